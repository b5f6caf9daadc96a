public import DossierModel

/// One look at the pixels of a page as scanned: whether it is blank, and how well it was scanned.
///
/// Both come from one reduced plane and one survey of its ink, so that quality control costs little beside the blank
/// decision. Nothing here judges; what is good enough is for the settings to say.
public struct PageExamination: Sendable {
    public let blank: BlankMeasure
    public let measures: PageMeasures

    /// - Parameter dpi: horizontally and vertically; what no scanner has is read as 300.
    public init(_ page: Raster, dpi: Resolution) {
        let plane = AnalysisPlane(page, dpi: dpi, channel: .darkest)
        let paper = PaperModel(plane)
        let tones = ToneSample(page)
        var measures = PageMeasures(paper: tones.paper, clipped: tones.clipped, coloured: tones.coloured)
        // Less than 4 mm across is no sheet of paper; one that is dark all over is a cover, a photograph or a fault.
        guard plane.width >= 24, plane.height >= 24, paper.pageLevel >= 70 else {
            if page.mode == .bitonal { measures.inkShare = Self.blackShare(page) }
            (blank, self.measures) = (.unsure, measures)
            return
        }
        let survey = InkSurvey(page, plane, paper)
        blank = Self.doubted(survey.judgement { plane.source(left: $0.left, top: $0.top, right: $0.right, bottom: $0.bottom, on: page) }, tones) { survey.faintPieces(plane, paper) }
        if blank.verdict != .yes { Self.measureWriting(page, plane, survey, tones, &measures) }
        measures.rim = survey.rim.depths(plane)
        measures.streak = StreakSearch(plane, inside: survey.rim).strongest(on: page)
        measures.fold = CornerFold(plane, paper, survey).place(on: page)
        self.measures = measures
    }

    /// 0…1. Rows end with white padding.
    private static func blackShare(_ page: Raster) -> Double {
        (Double(page.bytes.reduce(0) { $0 + $1.nonzeroBitCount }) / Double(max(1, page.width * page.height))).published(decimals: 4)
    }

    private static let fewestPale = 6
    /// Traces of a line or two; dust leaves fewer.
    private static let fewestFaint = 12

    /// Where the light washed the paper to white it washed show-through away, too: pale pieces and faint traces that are left
    /// may be print. Where it left nothing at all the other pages of the case have to tell (`WhiteBlanks`).
    private static func doubted(_ blank: BlankMeasure, _ tones: ToneSample, faint: () -> Int) -> BlankMeasure {
        guard blank.verdict == .yes, tones.clipped > 0.9 else { return blank }
        guard blank.showThroughPieces >= fewestPale || faint() >= fewestFaint else { return blank }
        return BlankMeasure(
            verdict: .ask, score: 0.5, inkShare: blank.inkShare, largestInk: blank.largestInk, showThroughPieces: blank.showThroughPieces,
            ignoredSolids: blank.ignoredSolids, isWorthReading: false, pieces: blank.pieces)
    }

    private static func measureWriting(
        _ page: Raster, _ plane: AnalysisPlane, _ survey: InkSurvey, _ tones: ToneSample, _ measures: inout PageMeasures
    ) {
        measures.ink = survey.inkLevel
        measures.inkShare = (Double(survey.inkArea) / Double(plane.width * plane.height)).published(decimals: 4)
        measures.cut = survey.cutPieces(plane)
        measures.showThrough = survey.showThrough.published(decimals: 3)
        if page.mode != .bitonal { measures.edgeWidth = EdgeSharpness(page, paper: tones.paper, ink: survey.inkLevel).width(dpi: plane.sourceDPI)?.published(decimals: 3) }
        if page.mode != .colour || tones.coloured < ToneSample.leastColoured { measures.ring = RingSearch(plane).best(on: page) }
    }
}

extension AnalysisPlane {
    /// Dots per inch of the page itself, as believed.
    var sourceDPI: Resolution { Resolution(x: dpi.x * Double(factorX), y: dpi.y * Double(factorY)) }

    /// A rectangle of the plane in pixels of the page, cut to it.
    func source(left: Int, top: Int, right: Int, bottom: Int, on page: borrowing Raster) -> PixelRect {
        let (x, y) = (max(0, left) * factorX, max(0, top) * factorY)
        return PixelRect(
            x: min(x, page.width), y: min(y, page.height), width: max(0, min(right * factorX, page.width) - x),
            height: max(0, min(bottom * factorY, page.height) - y))
    }
}

extension PageMeasures {
    /// What is left of a measured tilt once the page was turned by `skew` degrees.
    public mutating func note(_ measure: SkewMeasure, straightenedBy skew: Double) {
        guard measure.verdict != .no else { return }
        tilt = (measure.bestGuess - skew).published(decimals: 2)
        tiltVerdict = measure.verdict
    }
}
