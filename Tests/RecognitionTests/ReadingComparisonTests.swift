import DossierModel
import Testing

@testable import Recognition

struct ReadingComparisonTests {
    private func line(_ text: String, x: Double = 0, y: Double, width: Double? = nil) -> RecognisedLine {
        let right = x + (width ?? Double(text.count) * 40)
        let quad = Quad(
            topLeft: PixelPoint(x: x, y: y), topRight: PixelPoint(x: right, y: y), bottomRight: PixelPoint(x: right, y: y + 40),
            bottomLeft: PixelPoint(x: x, y: y + 40))
        return RecognisedLine(text: text, quad: quad, confidence: 1, characterSpans: [])
    }

    @Test func spacesAndWidthOfFormsAreNoDifference() {
        let comparison = ReadingComparison([line("立案，（甲）", y: 0)], [line("立案,(甲)", y: 2, width: 240)])
        #expect(comparison.differences == [])
        #expect(comparison.finding(engine: "tesseract") == nil)
    }

    @Test func whatDiffersIsNamedWithBothReadings() {
        let comparison = ReadingComparison([line("讯问笔录", y: 0), line("被告人己到案", y: 60)], [line("讯问笔录", y: 0), line("被告人已到案", y: 61)])
        #expect(comparison.differences == [.init(text: "被告人己到案", other: "被告人已到案", errors: 1)])
        #expect(comparison.errors == 1 && comparison.characters == 10)
        let finding = comparison.finding(engine: "tesseract")
        #expect(finding?.id == "page.text.engines-differ" && finding?.message.contains("“被告人己到案” ≠ “被告人已到案”") == true)
    }

    @Test func cellsOfOneEngineAreComparedWithTheRowOfTheOther() {
        let cells = [line("序号", x: 0, y: 0), line("文号", x: 200, y: 0)]
        // 4 characters over 280 pixels with a gap: the row's own spans say where they stand.
        var row = line("序号文号", x: 0, y: 0, width: 280)
        row.characterSpans = [0, 40, 40, 80, 200, 240, 240, 280].map { $0 / 280 }
        #expect(ReadingComparison(cells, [row]).differences == [])
    }

    @Test func whatOnlyTheOtherEngineReadIsNamed() {
        #expect(ReadingComparison([], [line("附页", y: 500)]).differences == [.init(text: "", other: "附页", errors: 2)])
        #expect(ReadingComparison([line("附页", y: 500)], []).differences == [.init(text: "附页", other: "", errors: 2)])
    }
}
