public import DossierModel

/// Holds the measures of one page against the settings. Pure; only delivered pages are judged.
public struct PageJudge: Sendable {
    private let limits: Settings.Quality

    public init(_ limits: Settings.Quality) { self.limits = limits }

    /// - Parameter page: its `quality` may be missing; then only what the record itself says is judged.
    public func findings(of page: PageRecord) -> [Finding] {
        guard page.disposition == .page, !page.isPlaceholder else { return [] }
        let ofSheet = [resolution(page), size(page)]
        guard let measures = page.quality else { return ofSheet.compactMap { $0 } }
        let ofTone = [dark(page, measures), isPerhapsBlank(page, measures) ? nil : contrast(measures), showThrough(measures)]
        let ofFeed = [streak(measures), border(page, measures), cut(page, measures), fold(measures), tilt(measures)]
        return (ofSheet + ofTone + [blur(page, measures)] + ofFeed + [lostColour(page, measures)]).compactMap { $0 }
    }

    // MARK: The sheet

    private func resolution(_ page: PageRecord) -> Finding? {
        guard let dpi = page.dpi, min(dpi.x, dpi.y) < limits.minimumDPI * 0.98 else { return nil }
        return QualityFinding.lowResolution(dpi, minimum: limits.minimumDPI)
    }

    /// No paper of a case file is smaller than a stamp or larger than A0.
    private func size(_ page: PageRecord) -> Finding? {
        guard let paper = page.paperSize, min(paper.width, paper.height) < 30 || max(paper.width, paper.height) > 1300 else { return nil }
        return QualityFinding.impossibleSize(paper)
    }

    // MARK: Tones

    private func dark(_ page: PageRecord, _ measures: PageMeasures) -> Finding? {
        if page.mode == .bitonal {
            guard measures.inkShare > limits.inkShare else { return nil }
            return QualityFinding.dark(Self.score(measures.inkShare, limits.inkShare, 0.7), "\(Self.percent(measures.inkShare)) % of it is black")
        }
        guard Double(measures.paper) < limits.darkPaper else { return nil }
        return QualityFinding.dark(Self.score(Double(measures.paper), limits.darkPaper, 40), "its paper has a brightness of \(measures.paper) of 255")
    }

    /// What is on it may be no print at all, and that is asked already; unless so much light fell on it that nobody can say.
    private func isPerhapsBlank(_ page: PageRecord, _ measures: PageMeasures) -> Bool {
        measures.clipped <= 0.9 && page.findings.contains { $0.id == "page.blank.unsure" }
    }

    private func contrast(_ measures: PageMeasures) -> Finding? {
        guard let contrast = measures.contrast, contrast < limits.contrast, Double(measures.paper) >= limits.darkPaper else { return nil }
        let score = Self.score(contrast, limits.contrast, 0.1)
        return measures.clipped > 0.5 && measures.ink ?? 0 > 120 ? QualityFinding.bright(score, contrast) : QualityFinding.pale(score, contrast)
    }

    private func showThrough(_ measures: PageMeasures) -> Finding? {
        guard measures.showThrough >= limits.showThrough, !isBlurred(measures.edgeWidth, dpi: nil) else { return nil }
        return QualityFinding.showThrough(Self.score(measures.showThrough, limits.showThrough, 0.5), measures.showThrough)
    }

    // MARK: Focus

    /// A good scan's print rises over two pixels; less than this many is no blur that could be told.
    private static let leastPixels = 2.75

    private func isBlurred(_ width: Double?, dpi: Resolution?) -> Bool {
        guard let width else { return false }
        return width >= max(limits.blur, dpi.map { Self.leastPixels * 25.4 / max($0.x, 1) } ?? 0)
    }

    private func blur(_ page: PageRecord, _ measures: PageMeasures) -> Finding? {
        guard let width = measures.edgeWidth, isBlurred(width, dpi: page.dpi) else { return nil }
        return QualityFinding.blurred(Self.score(width, limits.blur, 2 * limits.blur), width)
    }

    // MARK: The feed

    private func streak(_ measures: PageMeasures) -> Finding? {
        measures.streak.map { QualityFinding.streak($0.share, $0.place) }
    }

    private func border(_ page: PageRecord, _ measures: PageMeasures) -> Finding? {
        guard let deepest = measures.rim.all.max(), deepest >= limits.border else { return nil }
        return QualityFinding.border(Self.score(deepest, limits.border, 4 * limits.border), deepest, measures.rim.names { $0 >= limits.border })
    }

    /// From so many pieces on there is no doubt.
    private static let sureCuts = 8
    /// A speck or a stroke of a pen reaches the edge now and then.
    private static let fewestCuts = 4

    private func cut(_ page: PageRecord, _ measures: PageMeasures) -> Finding? {
        guard let most = measures.cut.all.max(), most >= Self.fewestCuts else { return nil }
        let score = min(1, 0.5 + Double(most - Self.fewestCuts) / 16)
        return QualityFinding.cut(score, pieces: most, measures.cut.names { $0 >= Self.fewestCuts }, isSure: most >= Self.sureCuts)
    }

    private func fold(_ measures: PageMeasures) -> Finding? { measures.fold.map(QualityFinding.fold) }

    private func tilt(_ measures: PageMeasures) -> Finding? {
        guard let tilt = measures.tilt, abs(tilt) > limits.skew else { return nil }
        switch measures.tiltVerdict {
        case .yes: return QualityFinding.tilted(Self.score(abs(tilt), limits.skew, 3), tilt)
        case .ask: return QualityFinding.perhapsTilted(tilt)
        default: return nil
        }
    }

    // MARK: Colour

    private static let sureRing = 0.72

    private func lostColour(_ page: PageRecord, _ measures: PageMeasures) -> Finding? {
        guard let ring = measures.ring else { return nil }
        return QualityFinding.lostColour(ring.share, ring.place, isSure: ring.share >= Self.sureRing)
    }

    // MARK: Scores

    /// 0.5 at the limit, 1 where nobody doubts.
    private static func score(_ value: Double, _ limit: Double, _ sure: Double) -> Double {
        guard sure != limit else { return 1 }
        return min(1, max(0.5, 0.5 + 0.5 * (value - limit) / (sure - limit)))
    }

    private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}

extension PageRecord {
    /// Size of the sheet in millimetres, as pixels and resolution tell.
    var paperSize: (width: Double, height: Double)? {
        guard let size, let dpi, dpi.x > 0, dpi.y > 0 else { return nil }
        return (Double(size.width) / dpi.x * 25.4, Double(size.height) / dpi.y * 25.4)
    }
}

extension PageMeasures.Sides {
    /// The sides that are meant, for a message.
    func names(where isMeant: (Value) -> Bool) -> String {
        zip(["top", "right", "bottom", "left"], all).filter { isMeant($0.1) }.map(\.0).joined(separator: ", ")
    }
}
