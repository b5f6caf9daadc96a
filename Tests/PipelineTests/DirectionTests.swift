import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline

/// Cannot tell directions by looking at lines, and reads so much of what each turn of the page makes upright: level lines, and
/// those that run down. How far the page was turned, the mark at one of its corners tells.
private final class FourWayEngine: OCREngine {
    let identity = EngineIdentity(name: "four-way", version: "1", models: [])
    let isSureOfUprightTextOnly: Bool
    let readings: [QuarterTurn: (sure: Int, unsure: Int)]
    var failsAfter = Int.max
    private(set) var looks = 0

    init(_ readings: [QuarterTurn: (sure: Int, unsure: Int)], isSureOfUprightTextOnly: Bool = true) {
        (self.readings, self.isSureOfUprightTextOnly) = (readings, isSureOfUprightTextOnly)
    }

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision { OrientationDecision(turn: .none, score: 0, verdict: .ask) }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        looks += 1
        guard looks <= failsAfter else { throw DossierError(.timedOut, "too long") }
        guard let turn = MarkedPage.turn(of: page) else { return [] }
        return lines(of: turn) { Quad(PixelRect(x: 200, y: $0, width: $1, height: 20)) }
            + lines(of: turn + .clockwise270) { top, length in
                let (left, right, start, end) = (Double(top), Double(top) + 20, 200.0, 200 + Double(length))
                return Quad(
                    topLeft: PixelPoint(x: right, y: start), topRight: PixelPoint(x: right, y: end), bottomRight: PixelPoint(x: left, y: end),
                    bottomLeft: PixelPoint(x: left, y: start))
            }
    }

    private func lines(of turn: QuarterTurn, _ quad: (Int, Int) -> Quad) -> [RecognisedLine] {
        let read = readings[turn] ?? (0, 0)
        return [(read.sure, 0.95, 300), (read.unsure, 0.7, 400)].filter { $0.0 > 0 }.map { glyphs, confidence, top in
            RecognisedLine(text: String(repeating: "文", count: glyphs), quad: quad(top, 24 * glyphs), confidence: confidence, characterSpans: [])
        }
    }
}

/// Three rows of blots, and a mark in the corner that lies at the upper left as scanned.
private enum MarkedPage {
    static let (width, height, mark) = (1200, 1600, 140)

    static func raster() -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .grey)
        blot(x: mark - 20, y: mark - 20, side: 40, &raster)
        for row in 0..<3 { for at in 0..<20 { blot(x: 200 + 24 * at, y: 300 + 60 * row, side: 16, &raster) } }
        return raster
    }

    private static func blot(x: Int, y: Int, side: Int, _ raster: inout Raster) {
        for line in y..<y + side { for at in x..<x + side { raster.bytes[line * width + at] = 30 } }
    }

    static func turn(of page: Raster) -> QuarterTurn? {
        let (right, bottom) = (page.width - mark, page.height - mark)
        let corners: [(QuarterTurn, Int, Int)] = [(.none, mark, mark), (.clockwise90, right, mark), (.half, right, bottom), (.clockwise270, mark, bottom)]
        return corners.first { page.bytes[$0.2 * page.width + $0.1] < 128 }?.0
    }
}

/// Pages whose lines do not tell by themselves which way up they are.
@Suite struct DirectionTests {
    private struct Outcome: Equatable {
        let rotation: QuarterTurn
        let asks: Bool
        /// Those that lie level.
        let lines: Int

        init(_ rotation: QuarterTurn, asks: Bool, lines: Int) { (self.rotation, self.asks, self.lines) = (rotation, asks, lines) }
    }

    private func taken(_ engine: FourWayEngine, hands: PageHands = PageHands()) throws -> Outcome {
        let path = NSTemporaryDirectory() + "direction-\(UUID().uuidString).png"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(PNGCodec.encode(MarkedPage.raster(), dpi: Resolution(x: 150, y: 150))).write(to: URL(fileURLWithPath: path))
        var settings = Settings()
        // Layers would be read once more, which is not what is counted here.
        settings.images.profile = .faithful
        let product = PageStages(engine: engine, settings: settings, stopwatch: nil).read(ScanSource(path: path, name: "1.png"), frame: 1, hands: hands).product
        let clean = try #require(product.clean)
        let isTurned = clean.geometry.rotation != .none
        #expect(product.allFindings.contains { $0.id == "page.orientation.read" } == isTurned, "whoever turns a page has to say so")
        return Outcome(
            clean.geometry.rotation, asks: product.allFindings.contains { $0.id == "page.orientation.unsure" }, lines: (product.recognised?.lines ?? []).count { $0.quad.topLeft.y == $0.quad.topRight.y })
    }

    @Test(arguments: [QuarterTurn.clockwise90, .half, .clockwise270])
    func aPageThatReadsInOneDirectionOnlyIsTurnedThatWay(turn: QuarterTurn) throws {
        let page = try taken(FourWayEngine([turn: (40, 4), .none: (2, 6)]))
        #expect(page == Outcome(turn, asks: false, lines: 2))
    }

    @Test func anUprightPageThatReadsIsNoLongerAskedAbout() throws {
        #expect(try taken(FourWayEngine([.none: (12, 0), .half: (1, 9)])) == Outcome(.none, asks: false, lines: 1))
    }

    @Test func whatReadsInTwoDirectionsIsLeftToAPerson() throws {
        #expect(try taken(FourWayEngine([.none: (12, 0), .clockwise90: (60, 0)])) == Outcome(.none, asks: true, lines: 1))
        #expect(try taken(FourWayEngine([.half: (20, 0), .clockwise270: (9, 0)])) == Outcome(.none, asks: true, lines: 0))
    }

    /// A photograph of a card pasted sideways beside what is written by hand.
    @Test func aFewSureWordsLyingSidewaysTurnNoPageOfUnsureWriting() throws {
        #expect(try taken(FourWayEngine([.none: (0, 60), .clockwise270: (11, 0)])) == Outcome(.none, asks: true, lines: 1))
        #expect(try taken(FourWayEngine([.none: (4, 0), .clockwise90: (32, 0)])) == Outcome(.none, asks: true, lines: 1), "the other has a caption")
    }

    @Test func whatIsHardlyReadIsLeftToAPerson() throws {
        #expect(try taken(FourWayEngine([.half: (5, 0)])) == Outcome(.none, asks: true, lines: 0))
        #expect(try taken(FourWayEngine([.half: (20, 60)])) == Outcome(.none, asks: true, lines: 0), "most of it is not sure")
        #expect(try taken(FourWayEngine([:])) == Outcome(.none, asks: true, lines: 0))
    }

    @Test func numbersTellNoDirection() throws {
        var direction = DirectionAsRead()
        let line = { (text: String) in RecognisedLine(text: text, quad: Quad(PixelRect(x: 0, y: 0, width: 400, height: 40)), confidence: 0.99, characterSpans: []) }
        direction.add([line("6901"), line("1698860619")], turnedBy: .half, confidence: 0.9)
        #expect(direction.turn == nil)
        direction.add([line("现场照片一拍摄于当日")], turnedBy: .half, confidence: 0.9)
        #expect(direction.turn == .half)
    }

    @Test func whereAReadingFailsNothingIsTurned() throws {
        let engine = FourWayEngine([.half: (40, 0)])
        engine.failsAfter = 1
        #expect(try taken(engine) == Outcome(.none, asks: true, lines: 0))
    }

    @Test func neitherAnEngineThatReadsAnyDirectionNorAPersonIsOverruled() throws {
        let tesseract = FourWayEngine([.half: (40, 0)], isSureOfUprightTextOnly: false)
        #expect(try taken(tesseract) == Outcome(.none, asks: true, lines: 0) && tesseract.looks == 1)
        let decided = FourWayEngine([.half: (40, 0)])
        #expect(try taken(decided, hands: PageHands(rotation: QuarterTurn.none)) == Outcome(.none, asks: false, lines: 0) && decided.looks == 1)
    }
}
