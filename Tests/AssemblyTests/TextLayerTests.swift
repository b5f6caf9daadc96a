@testable import Assembly
import DossierModel
import Foundation
import TestTools
import Testing

/// Pages of a volume as `pdftotext -raw` extracts them; nil when it is not installed.
func extractedPages(_ path: String) throws -> [String]? {
    guard let tool = try Tool.run("pdftotext", ["-raw", "-enc", "UTF-8", path, "-"]) else { return nil }
    return tool.output.split(separator: "\u{0C}", omittingEmptySubsequences: false).dropLast().map { page in
        page.hasSuffix("\n") ? String(page.dropLast()) : String(page)
    }
}

@Suite struct TextLayerTests {
    let parts: SampleParts
    init() throws { parts = try SampleParts() }

    private let sheet = PixelSize(width: 2_480, height: 3_508)

    private func differences(_ pages: [[RecognisedLine]], rotation: QuarterTurn = .none) throws -> [String] {
        let image = parts.fax(width: 8)
        let source = rotation.swapsSides ? PixelSize(width: sheet.height, height: sheet.width) : sheet
        let plan = parts.plan(pages.map { parts.page([image], rotation: rotation, lines: $0, size: source) })
        guard let found = try extractedPages(try parts.write(plan)) else { return [] }
        #expect(found.count == pages.count)
        return zip(pages, found).enumerated().compactMap { index, pair in
            let wanted = PageText.written(pair.0)
            if Array(wanted.unicodeScalars) == Array(pair.1.unicodeScalars) { return nil }
            let (a, b) = (wanted.split(separator: "\n", omittingEmptySubsequences: false), pair.1.split(separator: "\n", omittingEmptySubsequences: false))
            let first = zip(a, b).first { $0 != $1 }
            return "page \(index): \(a.count) lines, \(b.count) found; “\(first?.0 ?? "")” became “\(first?.1 ?? "")”"
        }
    }

    @Test func popplerReadsRandomPagesExactly() throws {
        var random = RandomLines(seed: 20_240_302)
        let pages = (0..<120).map { _ in random.page() }
        #expect(try differences(pages) == [])
    }

    @Test(arguments: QuarterTurn.allCases) func popplerReadsTurnedPagesExactly(_ turn: QuarterTurn) throws {
        var random = RandomLines(seed: UInt64(turn.rawValue))
        #expect(try differences((0..<20).map { _ in random.page() }, rotation: turn) == [])
    }

    private func line(_ text: String, x: Int = 300, y: Int = 300, width: Int = 900, height: Int = 50, spans: [Double] = []) -> RecognisedLine {
        RecognisedLine(
            text: text, quad: Quad(PixelRect(x: x, y: y, width: width, height: height)), confidence: 1, characterSpans: spans)
    }

    @Test func cellsOfATableRowStayLinesOfTheirOwn() throws {
        let row = ["序号", "文号", "责任者", "题名", "日期"].enumerated().map { line($1, x: 200 + 400 * $0, width: 300) }
        #expect(try differences([row]) == [])
    }

    @Test func wideGapsInsideALineAddNoSpace() throws {
        let spaced = line("立案决定书", width: 2_000, spans: [0, 0.03, 0.2, 0.23, 0.5, 0.53, 0.8, 0.83, 0.97, 1])
        #expect(try differences([[spaced]]) == [])
    }

    /// Viewers built on poppler order text by its place. A document's usual page reads the same that way.
    @Test func aUsualPageReadsTheSameByPlace() throws {
        let texts = ["立 案 决 定 书", "海公（刑）立字〔2024〕17号", "  根据《中华人民共和国刑事诉讼法》第一百一十二条之规定，", "决定对 A1 故意伤害案立案侦查。", "二〇二四年三月二日"]
        let page = texts.enumerated().map { line($1, x: 300, y: 300 + 90 * $0, width: 50 * $1.count) }
        let plan = parts.plan([parts.page([parts.fax(width: 8)], lines: page, size: sheet)])
        guard let tool = try Tool.run("pdftotext", ["-enc", "UTF-8", try parts.write(plan), "-"]) else { return }
        #expect(tool.output.split(whereSeparator: \.isNewline).filter { $0 != "\u{0C}" }.map(String.init) == texts)
    }

    @Test func aLongTiltedLineIsOneLine() throws {
        let quad = Quad(
            topLeft: PixelPoint(x: 100, y: 100), topRight: PixelPoint(x: 2_000, y: 1_500),
            bottomRight: PixelPoint(x: 1_970, y: 1_540), bottomLeft: PixelPoint(x: 70, y: 140))
        let text = String(repeating: "本院认为 A1，", count: 12)
        let tilted = RecognisedLine(text: text, quad: quad, confidence: 1, characterSpans: [])
        #expect(try differences([[tilted, line("下一行", y: 2_000)]]) == [])
    }

    /// The room for one glyph's text is limited: a long run of spaces, or a heap of marks, is no single glyph.
    @Test(arguments: [2, 59, 60, 61, 62, 119, 120, 121, 122, 200])
    func longRunsOfSpacesAreReadExactly(_ count: Int) throws {
        let spaces = String(repeating: " ", count: count), wide = String(repeating: "\u{3000}", count: count)
        let texts = ["甲\(spaces)乙", "\(wide)丙", "丁\(spaces)", "戊\(spaces)\(wide)A1"]
        for text in texts {
            let cells = TextCells(line(text))
            #expect(cells.clusters.joined() == text && cells.bounds.count == cells.clusters.count + 1)
            #expect(cells.clusters.allSatisfy { $0.utf16.count <= 60 && $0 != " " && $0 != "\u{3000}" })
            #expect(cells.bounds == cells.bounds.sorted())
        }
        #expect(try differences([texts.enumerated().map { line($1, y: 300 + 100 * $0, width: 2_000) }]) == [])
    }

    @Test func aCharacterUnderAHeapOfMarksIsReadExactly() throws {
        let heap = "a" + String(repeating: "\u{301}\u{323}", count: 60)
        #expect(heap.count == 1 && TextCells(line("甲\(heap) 乙")).clusters.allSatisfy { $0.utf16.count <= 60 })
        #expect(try differences([[line("甲\(heap) 乙", width: 2_000), line("下一行", y: 600)]]) == [])
    }

    @Test func charactersThatPDFAForbidsGetTheirStandIn() throws {
        #expect(PageText.written("a\u{0}b\u{FEFF}c\u{FFFE}d\u{1}e") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
        #expect(PageText.written("甲\t乙\r\n丙\u{2028}丁") == "甲 乙 丙 丁")
        #expect(PageText.written(" \u{3000} ") == nil)
        #expect(try differences([[line("甲\u{0}乙\t丙"), line("\u{3000}"), line("丁", y: 500)]]) == [])
    }

    @Test func textOutsideThePageIsNotLost() throws {
        #expect(try differences([[line("左上角之外", x: -500, y: -500, width: 300), line("右下角之外", x: 2_600, y: 4_000)]]) == [])
    }

    @Test func moreClustersThanOneFontHolds() throws {
        var table = GlyphTable(capacity: 3)
        let codes = ["甲", "乙", "甲", "丙", "丁", "é", "e\u{301}"].map { table.code(for: $0) }
        #expect(codes.map(\.font) == [0, 0, 0, 0, 1, 1, 1])
        #expect(codes.map(\.cid) == [1, 2, 1, 3, 1, 2, 3])
    }

    /// 66,000 distinct characters: all of the Han planes' first part and what follows.
    @Test func aVolumeWithTwoFontsIsReadExactly() throws {
        let characters = (0x20000..<0x20000 + 66_000).compactMap(Unicode.Scalar.init).filter { !$0.properties.isNoncharacterCodePoint }.map(Character.init)
        var pages: [[RecognisedLine]] = []
        for start in stride(from: 0, to: characters.count, by: 2_000) {
            let chunk = characters[start..<min(start + 2_000, characters.count)]
            pages.append(stride(from: chunk.startIndex, to: chunk.endIndex, by: 40).enumerated().map { row, first in
                line(String(chunk[first..<min(first + 40, chunk.endIndex)]), y: 100 + 60 * row, width: 2_000)
            })
        }
        #expect(try differences(pages) == [])
    }
}
