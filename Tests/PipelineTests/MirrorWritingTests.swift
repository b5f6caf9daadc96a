import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline

/// Reads print only the right way round, as engines do: lines begin near the left edge and end far from the right one.
private final class OneWayEngine: OCREngine {
    let identity = EngineIdentity(name: "one-way", version: "1", models: [])
    var failsAfter = Int.max
    /// Reads whatever way round the page is.
    var readsAnyhow = false
    var tellsDirection = true
    private(set) var looks = 0

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        OrientationDecision(turn: .none, score: tellsDirection ? 1 : 0, verdict: tellsDirection ? .no : .ask)
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        looks += 1
        guard looks <= failsAfter else { throw DossierError(.timedOut, "too long") }
        guard readsAnyhow || SoftPage.rows.contains(where: { page.bytes[($0 + 10) * page.width + SoftPage.left + 10] < 225 }) else { return [] }
        return SoftPage.rows.map { row in
            let box = PixelRect(x: SoftPage.left, y: row, width: SoftPage.right - SoftPage.left, height: 20)
            return RecognisedLine(text: "一二三四五六七八九十", quad: Quad(box), confidence: 0.95, characterSpans: [])
        }
    }
}

/// Rows of blots without an edge, as writing on the other side shines through.
private enum SoftPage {
    static let (width, height, left, right) = (1200, 1600, 120, 900)
    static let rows = Array(stride(from: 180, to: 1380, by: 60))

    static func raster(note: Int = 0) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .grey)
        for y in 0..<height { for x in 0..<width { raster.bytes[y * width + x] = 246 &+ UInt8((x &* 31 &+ y &* 17) % 3) } }
        for row in rows { for x in stride(from: left, to: right, by: 20) { blot(x, row, &raster) } }
        for piece in 0..<note { blot(960 + 24 * piece, 1450, &raster) }
        return raster
    }

    /// As it is seen through the paper.
    static func mirrored(note: Int = 0) -> Raster {
        var raster = raster(note: note)
        for y in 0..<height { raster.bytes[y * width..<(y + 1) * width].reverse() }
        return raster
    }

    private static func blot(_ left: Int, _ top: Int, _ raster: inout Raster) {
        for y in 0..<20 {
            for x in 0..<20 {
                let depth = sin(Double(x) / 20 * .pi) * sin(Double(y) / 20 * .pi)
                raster.bytes[(top + y) * width + left + x] -= UInt8(50 * depth * depth)
            }
        }
    }
}

/// Backs on which nothing but the other side is seen.
@Suite struct MirrorWritingTests {
    private func taken(_ page: Raster, _ engine: OneWayEngine) throws -> PageTrial.Taken {
        let path = NSTemporaryDirectory() + "mirror-\(UUID().uuidString).png"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(PNGCodec.encode(page, dpi: Resolution(x: 150, y: 150))).write(to: URL(fileURLWithPath: path))
        var settings = Settings()
        // Layers would be read once more, which is not what is counted here.
        settings.images.profile = .faithful
        return PageTrial(engine: engine, settings: settings, stopwatch: PageStopwatch()).taken(path: path, frame: 1)
    }

    @Test func aBackThatCanBeReadInAMirrorIsBlankAndSaysSo() throws {
        let back = try taken(SoftPage.mirrored(), OneWayEngine())
        #expect(back.disposition == .blank && back.recognised == nil)
        #expect(back.findings.map(\.id) == ["page.blank.mirrored"])
    }

    @Test func whatStandsBesideTheMirroredLinesIsLeftToAPerson() throws {
        let back = try taken(SoftPage.mirrored(note: 6), OneWayEngine())
        #expect(back.disposition == .page)
        #expect(back.findings.contains { $0.id == "page.blank.unsure" } && !back.findings.contains { $0.id == "page.blank.mirrored" })
    }

    @Test func aPageThatIsPerhapsBlankIsNotAskedWhichWayUpItIs() throws {
        let engine = OneWayEngine()
        engine.tellsDirection = false
        #expect(try taken(SoftPage.mirrored(note: 6), engine).findings.map(\.id) == ["page.blank.unsure"])
        #expect(try taken(SoftPage.raster(), engine).findings.contains { $0.id == "page.orientation.unsure" }, "there is something to read")
    }

    @Test func aPaleCopyThatReadsTheRightWayRoundIsNotHeldAgainstAMirror() throws {
        let engine = OneWayEngine()
        let copy = try taken(SoftPage.raster(), engine)
        #expect(copy.disposition == .page && copy.recognised?.lines.count == SoftPage.rows.count && engine.looks == 1)
    }

    @Test func whereTheMirrorCannotBeReadInTimeThePageStays() throws {
        let engine = OneWayEngine()
        engine.failsAfter = 1
        #expect(try taken(SoftPage.mirrored(), engine).disposition == .page)
    }
}

/// Pages with too few lines to measure their tilt by.
@Suite struct LineLeanTests {
    private func lines(_ degrees: [Double], length: Double = 400) -> [RecognisedLine] {
        degrees.enumerated().map { index, lean in
            let (x, y) = (length * cos(lean * .pi / 180), length * sin(lean * .pi / 180)), top = 200 + 100 * Double(index)
            let quad = Quad(
                topLeft: PixelPoint(x: 100, y: top), topRight: PixelPoint(x: 100 + x, y: top + y), bottomRight: PixelPoint(x: 100 + x, y: top + y + 40),
                bottomLeft: PixelPoint(x: 100, y: top + 40))
            return RecognisedLine(text: "收到赔偿款", quad: quad, confidence: 0.95, characterSpans: [])
        }
    }

    /// The tilt that the page is straightened by, and how often the engine read it.
    private func straightened(hint: Double, verdict: Verdict = .ask, _ read: [RecognisedLine], readsStraight: Bool = true) -> [Double] {
        let engine = OneWayEngine(), page = SoftPage.raster()
        engine.readsAnyhow = readsStraight
        let stages = PageStages(engine: engine, settings: Settings(), stopwatch: nil)
        var measures = PageMeasures(paper: 246, clipped: 0, coloured: 0)
        (measures.tilt, measures.tiltVerdict) = (hint, verdict)
        let geometry = PageGeometry(source: PixelSize(width: page.width, height: page.height))
        var clean = CleanPage(geometry: geometry, disposition: .page, score: 1, findings: [], measures: measures)
        var readable: ReadablePage? = ReadablePage(raster: page, dpi: Resolution(x: 150, y: 150), scaleX: 1, scaleY: 1)
        var reading: RecognisedPage? = RecognisedPage(engine: "", lines: read, findings: [])
        stages.straightenAsRead(&clean, &readable, &reading)
        return [clean.geometry.skew, Double(engine.looks)]
    }

    @Test func aHintThatTheLinesBearOutStraightensThePageAndItIsReadAgain() {
        #expect(straightened(hint: 1.48, lines([1.3, 1.5, 1.6])) == [1.48, 1])
    }

    @Test func aPageThatReadsWorseWhenStraightenedStaysAsItWas() {
        #expect(straightened(hint: 1.48, lines([1.3, 1.5, 1.6]), readsStraight: false) == [0, 1])
    }

    @Test func aHintThatTheLinesContradictIsNotFollowed() {
        #expect(straightened(hint: 0.86, lines([-0.4, -0.3, -0.5])) == [0, 0])
    }

    @Test func neitherShortLinesNorLevelFramesAreWitnesses() {
        #expect(straightened(hint: 0.3, lines([0.3, 0.3], length: 120)) == [0, 0])
        #expect(straightened(hint: 0.3, lines([0, 0, 0])) == [0, 0])
        #expect(straightened(hint: 0.3, lines([0.02, 0, 0.01])) == [0, 0])
        #expect(straightened(hint: 0.15, lines([-0.2, -0.19, -0.2])) == [0, 0])
        #expect(straightened(hint: 0.3, lines([0.3])) == [0, 0])
    }

    @Test func whatWasMeasuredForSureIsLeftAlone() {
        #expect(straightened(hint: 0.3, verdict: .yes, lines([0.3, 0.3])) == [0, 0])
    }
}
