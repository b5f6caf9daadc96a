import DossierModel
import Testing

@testable import Recognition

@Suite struct CellStrokeTests {
    /// Black within `thickness` of the polyline, on paper that is not quite white.
    private func page(_ points: [(Double, Double)], thickness: Double = 3, more: [[(Double, Double)]] = []) -> GreyPage {
        func distance(_ x: Double, _ y: Double, _ a: (Double, Double), _ b: (Double, Double)) -> Double {
            let (dx, dy) = (b.0 - a.0, b.1 - a.1)
            let along = max(0, min(1, ((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy)))
            return ((x - a.0 - along * dx) * (x - a.0 - along * dx) + (y - a.1 - along * dy) * (y - a.1 - along * dy)).squareRoot()
        }
        let pieces = ([points] + more).flatMap { zip($0, $0.dropFirst()) }
        return GreyPage(
            TestPages.drawn(60, 60) { x, y in
                let nearest = pieces.map { distance(Double(x), Double(y), $0, $1) }.min()!
                return nearest <= thickness / 2 ? 40 : nearest <= thickness / 2 + 1 ? 150 : 240
            })
    }

    private func stroke(_ page: GreyPage) -> CellStroke? {
        CellStroke(in: TextFrame(left: 5, top: 5, right: 55, bottom: 55, score: 1), on: page)
    }

    @Test func aThinStraightSlantedLineIsAStroke() {
        #expect(stroke(page([(22, 12), (36, 48)]))?.fallsToTheRight == true)
        #expect(stroke(page([(36, 12), (22, 48)]))?.fallsToTheRight == false)
        #expect(stroke(page([(10, 18), (50, 42)]))?.fallsToTheRight == true, "wider than high")
        #expect(stroke(page([(10, 42), (50, 18)], thickness: 2))?.fallsToTheRight == false)
    }

    @Test func lettersAreNoStrokes() {
        #expect(stroke(page([(30, 10), (30, 50)])) == nil, "1 without a flag")
        #expect(stroke(page([(22, 16), (30, 10), (30, 50)])) == nil, "1 with one")
        #expect(stroke(page([(24, 18), (33, 10), (25, 50)])) == nil, "an italic 1 with one")
        #expect(stroke(page([(10, 32), (50, 28)])) == nil, "一, hurried")
        #expect(stroke(page([(20, 12), (40, 12), (28, 48)])) == nil, "7")
        #expect(stroke(page([(20, 20), (26, 30), (42, 36)])) == nil, "bent")
        #expect(stroke(page([(22, 12), (36, 48)], more: [[(36, 12), (22, 48)]])) == nil, "X")
        #expect(stroke(page([(26, 24), (34, 34)], thickness: 7)) == nil, "、")
        #expect(stroke(page([(22, 12), (36, 48)], more: [[(45, 20), (45, 24)]])) == nil, "with a speck, left as read")
        #expect(stroke(GreyPage(TestPages.drawn(60, 60) { _, _ in 240 })) == nil, "nothing")
    }

    @Test func onlyAReadingThatContradictsTheShapeIsAMistake() throws {
        let (back, forward) = (try #require(stroke(page([(22, 12), (36, 48)]))), try #require(stroke(page([(36, 12), (22, 48)]))))
        for text in ["一", "1", "丨"] { #expect(back.isMisread(as: text)) }
        for text in ["\\", "＼", "11", "一二", ""] { #expect(!back.isMisread(as: text)) }
        #expect(forward.isMisread(as: "一") && !forward.isMisread(as: "1") && !forward.isMisread(as: "/"), "a hurried 1 leans so")
    }
}
