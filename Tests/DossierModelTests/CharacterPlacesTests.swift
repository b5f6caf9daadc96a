import DossierModel
import Testing

@Suite struct CharacterPlacesTests {
    private let geometry = PageGeometry(source: PixelSize(width: 1000, height: 2000))

    private func record(
        _ text: String, x: Double, y: Double, width: Double, height: Double, spans: [Double], on geometry: PageGeometry? = nil
    ) -> PageRecord.Line {
        func at(_ dx: Double, _ dy: Double) -> PixelPoint { PixelPoint(x: x + dx, y: y + dy) }
        let quad = Quad(topLeft: at(0, 0), topRight: at(width, 0), bottomRight: at(width, height), bottomLeft: at(0, height))
        return PageRecord.Line(
            RecognisedLine(text: text, quad: quad, confidence: 1, characterSpans: spans), on: geometry ?? self.geometry)
    }

    @Test func charactersThatMeetAreTheirWidthsAlone() {
        let line = record("甲乙丙", x: 100, y: 100, width: 120, height: 40, spans: [0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1])
        #expect(line.advances == [40, 40, 40])
    }

    @Test func roomAtTheEdgeAndWideGapsAreNegative() {
        let line = record("甲乙", x: 100, y: 100, width: 200, height: 40, spans: [0.05, 0.25, 0.75, 0.95])
        #expect(line.advances == [-10, 40, -100, 40])
    }

    @Test func aNarrowGapIsSharedOut() {
        let line = record("甲乙", x: 100, y: 100, width: 100, height: 40, spans: [0, 0.45, 0.55, 1])
        #expect(line.advances == [50, 50])
    }

    @Test func thePlacesOfATurnedPageRunInReadingDirection() {
        let turned = PageGeometry(source: PixelSize(width: 1000, height: 2000), rotation: .clockwise90)
        let line = record("甲乙", x: 300, y: 100, width: 200, height: 40, spans: [0.05, 0.25, 0.75, 0.95], on: turned)
        #expect(line.box == PixelRect(x: 100, y: 1500, width: 40, height: 200))
        #expect(line.advances == [-10, 40, -100, 40])
    }

    @Test func aTiltedPageIsMeasuredAlongItsLines() throws {
        let tilted = PageGeometry(source: PixelSize(width: 1000, height: 2000), skew: 2)
        let line = record("甲乙", x: 300, y: 900, width: 200, height: 40, spans: [0.05, 0.25, 0.75, 0.95], on: tilted)
        let places = try #require(line.advances.flatMap { CharacterPlaces($0, of: line.text) })
        for (found, expected) in zip(places.characters, [10..<50, 150..<190]) {
            #expect(abs(found.lowerBound - expected.lowerBound) <= 2 && abs(found.upperBound - expected.upperBound) <= 2)
        }
    }

    @Test func aLineDownThePageIsMeasuredDownwards() {
        // Read downwards: the quad's upper edge is the right one of the page.
        let quad = Quad(
            topLeft: PixelPoint(x: 140, y: 100), topRight: PixelPoint(x: 140, y: 220), bottomRight: PixelPoint(x: 100, y: 220),
            bottomLeft: PixelPoint(x: 100, y: 100))
        let line = RecognisedLine(text: "甲乙丙", quad: quad, confidence: 1, characterSpans: [0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1])
        #expect(PageRecord.Line(line, on: geometry).advances == [40, 40, 40])
    }

    @Test func anUpsideDownLineAndOneWithoutSpansHaveNone() {
        #expect(record("甲乙", x: 100, y: 100, width: 100, height: 40, spans: []).advances == nil)
        #expect(record("甲乙", x: 100, y: 100, width: 100, height: 40, spans: [0, .nan, 0, 1]).advances == nil)
        #expect(record("甲乙", x: 200, y: 140, width: -100, height: -40, spans: [0, 0.5, 0.5, 1]).advances == nil)
        #expect(record("", x: 100, y: 100, width: 100, height: 40, spans: []).advances == nil)
    }

    @Test func aJoinedScalarTakesNoRoomOfItsOwn() throws {
        let text = "e\u{301}甲"
        let line = record(text, x: 100, y: 100, width: 60, height: 40, spans: [0, 1 / 3, 1 / 3, 1])
        #expect(line.advances == [20, 0, 40])
        #expect(CharacterPlaces([20, 0, 40], of: text)?.characters == [0..<20, 20..<60])
    }

    @Test(arguments: [[40], [40, 40, 40], [], [40, 1 << 40], [-(1 << 40), 40, 40], [1 << 20, 1 << 20]])
    func advancesThatDoNotFitAreRefused(advances: [Int]) {
        #expect((CharacterPlaces(advances, of: "甲乙") == nil) == (advances != [1 << 20, 1 << 20]))
    }

    @Test func anExtentIsCutToTheLine() throws {
        let places = try #require(CharacterPlaces([-10, 40, -100, 40], of: "甲乙"))
        #expect(places.extent(of: 0..<1) == 10..<50)
        #expect(places.extent(of: 0..<2) == 10..<190)
        #expect(places.extent(of: 1..<7) == 150..<190)
        #expect(places.extent(of: 4..<7) == nil)
    }
}
