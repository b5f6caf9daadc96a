public import DossierModel
import Foundation
import Imaging

/// Reads QR codes, Code 39, Code 128 and patch codes of a page.
///
/// ZBar sees the whole page once, reduced to about 150 dpi; that is enough for modules of 0.3 mm and costs a tenth of
/// looking at 300 dpi. Where bars lie that it could not read they are straightened by their own tilt, averaged along
/// their length, which takes noise, streaks and faint print out, and shown to it again.
public enum BarcodeReader {
    /// - Parameters:
    ///   - page: any mode, as delivered; however turned or tilted.
    ///   - dpi: horizontally and vertically; they may differ.
    /// - Returns: Codes in reading order of their boxes, each payload once. What is wrong with a page is no error: it is read or not.
    public static func read(_ page: Raster, dpi: Resolution) -> BarcodeReading {
        let stretch = Stretch(dpi)
        let square = stretch.isNeeded ? page.stretched(x: stretch.x, y: stretch.y) : page
        var search = CodeSearch(square, dpi: stretch.dpi)
        search.lookAtPlane()
        search.lookAtRegions()
        search.lookAgain()
        return search.reading(undoing: stretch, within: PixelSize(width: page.width, height: page.height))
    }
}

/// Fax modes have oblong pixels; a QR code has square modules.
struct Stretch {
    let x: Double
    let y: Double
    let dpi: Resolution

    init(_ given: Resolution) {
        let known = given.x >= 20 && given.y >= 20 && given.x <= 4800 && given.y <= 4800
        let finest = known ? max(given.x, given.y) : 300
        let (x, y) = known ? (finest / given.x, finest / given.y) : (1, 1)
        let isOblong = max(x, y) > 1.25 && max(x, y) < 8
        (self.x, self.y) = isOblong ? (x, y) : (1, 1)
        dpi = isOblong ? Resolution(x: finest, y: finest) : (known ? given : Resolution(x: 300, y: 300))
    }

    var isNeeded: Bool { x != 1 || y != 1 }
}

/// One page under search. Boxes are pixels of the page given here.
struct CodeSearch {
    private let page: Raster
    private let survey: BarSurvey
    private let dpi: Resolution
    private var codes: [Barcode] = []
    /// Bars that nothing explains, and QR codes nobody could read, in pixels of the page.
    private var unread: [BarSurvey.Region] = []

    init(_ page: Raster, dpi: Resolution) {
        (self.page, self.dpi) = (page, dpi)
        survey = BarSurvey(page, dpi: dpi)
    }

    mutating func lookAtPlane() {
        let lines = survey.dpi.x > 170 ? 2 : 1
        for code in ZBarScanner(linesApart: lines).codes(in: survey.plane) { add(code, fromPlane: true) }
    }

    /// Bars no code was read from: patch codes, and codes that are tilted, faint or torn.
    mutating func lookAtRegions() {
        for region in merged(survey.regions) where !isExplained(region) {
            let strips = BarStrips(survey.plane, region: region, dpi: survey.dpi)
            let box = onPage(region.box)
            if let patch = PatchCode.read(strips, region: region, page: survey.plane, box: box) {
                add(patch)
            } else if let bars = strips.commonBars, bars >= Self.leastBars {
                readAgain(region, box, bars: bars)
            }
        }
    }

    /// Fewer bars are a table; a code that has lost some is worth a closer look.
    private static let leastBars = 8
    /// Start, one character and stop of Code 39 have 15 bars.
    private static let leastBarsOfCode = 12

    private mutating func readAgain(_ region: BarSurvey.Region, _ box: PixelRect, bars: Int) {
        let close = BarSurvey.Region(box: box, across: region.across, tiles: region.tiles)
        let grey = page.greyed()
        if [1.0, 2.5].contains(where: { addBars(of: BarStrips(grey, region: close, dpi: dpi, stripMillimetres: $0), close) }) { return }
        guard bars >= Self.leastBarsOfCode, !addTorn(BarStrips(grey, region: close, dpi: dpi), close) else { return }
        unread.append(close)
    }

    /// The one text that sheets carry in Code 39.
    private static let patchT = TornCode39("PATCHT")

    /// - Returns: Whether the bars are what is left of a PATCHT.
    private mutating func addTorn(_ strips: BarStrips, _ region: BarSurvey.Region) -> Bool {
        guard let part = Self.patchT?.part(in: strips) else { return false }
        add(Barcode(symbology: .code39, payload: "PATCHT", box: region.box, turn: turn(of: region, isReversed: part.isReversed), score: 0.7 * part.score))
        return true
    }

    /// - Returns: Whether there was a code.
    private mutating func addBars(of strips: BarStrips, _ region: BarSurvey.Region) -> Bool {
        let found = ZBarScanner(linesApart: 1, symbologies: [.code39, .code128]).codes(in: strips.raster)
        for code in found { add(Barcode(symbology: code.symbology, payload: code.payload, box: region.box, turn: turn(of: region, isReversed: code.turn == .half), score: code.score)) }
        return !found.isEmpty
    }

    /// A sheet carries little: where nothing was read there it is looked at once more, reduced, which takes noise out. Where
    /// bars lie that nothing explains, it may take several looks; ordinary pages have none.
    mutating func lookAgain() {
        guard codes.isEmpty, survey.filled > 0.005 else { return }
        let small = survey.plane.scaled(by: 0.5)
        if survey.filled < Self.mostFilled { look(at: small) }
        guard codes.isEmpty else { return unread = [] }
        unread += FinderPatterns(in: small).codes.map { box in
            BarSurvey.Region(box: scaled(box, by: Double(page.width) / Double(small.width)), across: 0, tiles: 0)
        }
        for look in Self.closerLooks where codes.isEmpty && !unread.isEmpty { look(&self) }
        if !codes.isEmpty { unread = [] }
    }

    /// Noise and specks are taken out in different ways, since each costs some detail; then bars are looked for far beyond
    /// where the survey saw them, since noise and covering strips hide their ends.
    private static let closerLooks: [@Sendable (inout CodeSearch) -> Void] = [
        { $0.look(at: $0.survey.plane.medianFiltered(side: 3)) },
        { $0.look(at: $0.survey.plane.medianFiltered(side: 3).scaled(by: 0.5)) },
        { $0.look(at: $0.survey.plane.scaled(by: 1.0 / 3)) },
        { $0.look(at: $0.survey.plane.medianFiltered(side: 5).scaled(by: 0.4)) },
        { search in
            let grey = search.page.greyed()
            for region in search.unread where region.tiles > 0 {
                for height in [1.5, 4.0] where search.codes.isEmpty {
                    _ = search.addBars(of: BarStrips(grey, region: region, dpi: search.dpi, stripMillimetres: height, marginMillimetres: 60), region)
                }
            }
        },
    ]

    /// - Parameter picture: the page, reduced.
    private mutating func look(at picture: Raster) {
        let scale = Double(page.width) / Double(picture.width)
        for code in ZBarScanner(linesApart: 1).codes(in: picture) { add(scaled(code, by: scale)) }
    }

    /// Share of the page that the codes and big words of a sheet fill.
    private static let mostFilled = 0.3

    private func scaled(_ code: Barcode, by scale: Double) -> Barcode {
        var code = code
        code.box = scaled(code.box, by: scale)
        return code
    }

    private func scaled(_ box: PixelRect, by scale: Double) -> PixelRect {
        PixelRect(x: Int(Double(box.x) * scale), y: Int(Double(box.y) * scale), width: Int(Double(box.width) * scale), height: Int(Double(box.height) * scale))
    }

    /// The bars' own tilt says where up is, to a quarter turn; what was read says whether forwards.
    private func turn(of region: BarSurvey.Region, isReversed: Bool) -> QuarterTurn {
        let isUpright = region.across < 45 || region.across > 135
        return (isUpright ? QuarterTurn.none : .clockwise270) + (isReversed ? .half : .none)
    }

    // MARK: Regions

    private func onPage(_ box: PixelRect) -> PixelRect {
        PixelRect(x: box.x * survey.factor.x, y: box.y * survey.factor.y, width: box.width * survey.factor.x, height: box.height * survey.factor.y)
    }

    /// Pieces of one code, torn apart by noise or a covering strip, lie near each other and run the same way.
    private func merged(_ regions: [BarSurvey.Region]) -> [BarSurvey.Region] {
        let near = Int(survey.dpi.x * 12 / 25.4)
        var merged: [BarSurvey.Region] = []
        for region in regions {
            guard let at = merged.firstIndex(where: { $0.box.grown(by: near).meets(region.box) && $0.across.isNear(region.across) }) else {
                merged.append(region)
                continue
            }
            let larger = merged[at].tiles >= region.tiles ? merged[at] : region
            merged[at] = BarSurvey.Region(box: merged[at].box.joined(region.box), across: larger.across, tiles: merged[at].tiles + region.tiles)
        }
        return merged
    }

    /// The box of a code that was read, or of its quiet zone, covers the bars.
    private func isExplained(_ region: BarSurvey.Region) -> Bool {
        let box = onPage(region.box)
        return codes.contains { $0.box.grown(by: Int(dpi.x * 6 / 25.4)).meets(box) }
    }

    // MARK: Result

    private mutating func add(_ code: Barcode, fromPlane: Bool = false) {
        var code = code
        if fromPlane { code.box = onPage(code.box) }
        guard !codes.contains(where: { $0.symbology == code.symbology && $0.payload == code.payload }) else { return }
        codes.append(code)
    }

    func reading(undoing stretch: Stretch, within size: PixelSize) -> BarcodeReading {
        let back = { (box: PixelRect) -> PixelRect in
            let quad = Quad(box).map { PixelPoint(x: $0.x / stretch.x, y: $0.y / stretch.y) }
            return quad.boundingBox(within: size)
        }
        let sorted = codes.map { code in
            var code = code
            code.box = back(code.box)
            return code
        }.sorted { ($0.box.y, $0.box.x, $0.payload) < ($1.box.y, $1.box.x, $1.payload) }
        return BarcodeReading(codes: sorted, unread: unread.map { back($0.box) })
    }
}

extension PixelRect {
    func grown(by margin: Int) -> PixelRect {
        PixelRect(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }

    func meets(_ other: PixelRect) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }

    func joined(_ other: PixelRect) -> PixelRect {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return PixelRect(
            x: left, y: top, width: max(x + width, other.x + other.width) - left, height: max(y + height, other.y + other.height) - top)
    }
}

extension Double {
    /// Directions of bars, degrees 0..<180.
    fileprivate func isNear(_ other: Double) -> Bool {
        let difference = abs(self - other)
        return min(difference, 180 - difference) < 8
    }
}
