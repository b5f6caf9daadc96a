import DossierModel
import Foundation
import Testing
import Typesetting

/// Share of black pixels inside a box of a bitonal raster.
func inkShare(_ raster: Raster, in box: PixelRect) -> Double {
    var black = 0
    for y in box.y..<(box.y + box.height) {
        for x in box.x..<(box.x + box.width) where raster.bytes[y * raster.bytesPerRow + x / 8] & (0x80 >> UInt8(x % 8)) != 0 {
            black += 1
        }
    }
    return Double(black) / Double(max(1, box.width * box.height))
}

func blackPixels(_ raster: Raster) -> Int { raster.bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

@Test func theOfficialGridHolds28CharactersIn22Lines() {
    #expect(TextGrid.official.cells(size: TypeSize.third) == 28)
    let text = String(repeating: "案", count: 28 * 23 - 2)
    let pages = TextGrid.official.pages(of: [Paragraph(text)])
    #expect(pages.map(\.count) == [22, 1])
    #expect(pages[0][1].text.count == 28)
}

@Test func linesNeverStartWithClosingPunctuation() {
    let text = String(repeating: "经依法侦查查明，", count: 30)
    for cells in 5...30 {
        let lines = LineBreaker.lines(of: text, cells: Double(cells))
        #expect(lines.joined() == text)
        #expect(lines.allSatisfy { $0.first != "，" })
    }
}

@Test func numbersStayWholeAtTheEndOfALine() {
    let lines = LineBreaker.lines(of: "人民币一二三四12345678元", cells: 9)
    #expect(lines == ["人民币一二三四", "12345678元"])
}

@Test func truthBoxesLieTightlyOnTheInk() throws {
    let lines = [
        TextLine("立 案 决 定 书", typeface: .boldSong, size: TypeSize.second, left: 60, top: 40),
        TextLine("海公（刑）立字〔2024〕123号", left: 100, top: 60),
        TextLine("旻荘 Wi-Fi 2024年3月", typeface: .kai, left: 30, top: 80),
    ]
    var typesetter = try Typesetter()
    let page = try typesetter.draw(PageLayout(elements: lines.map { .text($0) }), dpi: 200, mode: .bitonal)
    #expect(page.lines.map(\.text) == lines.map(\.text))
    let size = PixelSize(width: page.raster.width, height: page.raster.height)
    var inside = 0.0
    for line in page.lines {
        let box = line.quad.boundingBox(within: size)
        let share = inkShare(page.raster, in: box)
        #expect(share > 0.08 && share < 0.6)
        inside += share * Double(box.width * box.height)
        let top = PixelRect(x: box.x, y: box.y, width: box.width, height: 3)
        #expect(inkShare(page.raster, in: top) > 0, "the upper edge of the box of “\(line.text)” is loose")
    }
    #expect(abs(inside - Double(blackPixels(page.raster))) <= inside * 0.002, "ink outside the boxes")
}

@Test func aCharacterFandolLacksComesFromNoto() throws {
    var typesetter = try Typesetter()
    // U+20BB7 is in Noto only; a private-use character is nowhere and gives the missing-glyph box.
    for (a, b) in [("𠮷", "\u{E5E5}"), ("龘", "\u{E5E5}")] {
        let drawn = try typesetter.draw(PageLayout(elements: [.text(TextLine(a, left: 50, top: 50))]), dpi: 200, mode: .bitonal)
        let missing = try typesetter.draw(PageLayout(elements: [.text(TextLine(b, left: 50, top: 50))]), dpi: 200, mode: .bitonal)
        #expect(drawn.raster != missing.raster)
        #expect(blackPixels(drawn.raster) > 50)
    }
}

@Test func aTableRulesEveryCellAndGrowsWithItsText() {
    let table = Table(
        columns: [20, 40],
        rows: [.init([.init("姓名"), .init("张某甲")]), .init([.init(String(repeating: "长", count: 60), span: 2)])])
    let elements = table.elements(at: PaperPoint(30, 30))
    let rules = elements.filter { if case .stroke = $0 { true } else { false } }
    #expect(rules.count == 3)
    #expect(table.height > 9 + 4 * TextLine.em(TypeSize.smallFourth))
}

@Test func aPlaceholderSaysWhatItStandsFor() throws {
    for size in [PixelSize(width: 2480, height: 3508), PixelSize(width: 600, height: 300)] {
        let page = try Typesetter.placeholder(
            size: size, dpi: Resolution(x: 300, y: 300), headline: "此页影像未能读取 This image could not be read",
            lines: ["文件 file: 0002.tif", "帧 frame: 3", "原因 reason: the strip ends early", "处理 remedy: scan the sheet again"])
        #expect(page.width == size.width && page.height == size.height && page.mode == .bitonal)
        let share = Double(blackPixels(page)) / Double(size.width * size.height)
        #expect(share > 0.003 && share < 0.2)
    }
}

@Test func theSameLayoutGivesTheSamePixels() throws {
    let layout = PageLayout(elements: [
        .text(TextLine("起诉意见书", left: 30, top: 30)),
        .ringText(RingText("海曲市公安局", size: 14, centre: PaperPoint(100, 100), radius: 16, span: 240)),
        .stroke(Stroke(.curve([PaperPoint(10, 10), PaperPoint(30, 12), PaperPoint(40, 30)]), width: 0.5)),
    ])
    var first = try Typesetter()
    var second = try Typesetter()
    #expect(try first.draw(layout, dpi: 150, mode: .colour).raster == second.draw(layout, dpi: 150, mode: .colour).raster)
}

/// Cut anywhere and as often as one likes, a row keeps its text and the breaks of its lines.
@Test(arguments: [8.0, 12, 20, 47, 90]) func aRowThatIsCutKeepsItsText(_ height: Double) throws {
    let table = Table(columns: [10, 40, 60], rows: [], size: TypeSize.fifth)
    let texts = [
        "12345", "甲，乙。\n\n（丙）" + String(repeating: "经查明，A1-23 号物品。", count: 12), String(repeating: "某（", count: 40) + "\n末段",
    ]
    var rest = Table.Row(texts.map { Table.Cell($0) }, minimumHeight: 5)
    let whole = Table(columns: table.columns, rows: [rest], size: table.size).placed(at: PaperPoint(0, 0)).map { $0.lines.map(\.text) }
    var lines: [[String]] = [[], [], []], pieces = 0
    func take(_ row: Table.Row) {
        #expect(table.height(of: row) <= max(height, row.minimumHeight))
        let placed = Table(columns: table.columns, rows: [row], size: table.size).placed(at: PaperPoint(0, 0))
        for (column, cell) in placed.enumerated() { lines[column] += cell.lines.map(\.text) }
        pieces += 1
    }
    while let cut = table.divided(rest, at: height) {
        take(cut.first)
        rest = cut.rest
    }
    take(rest)
    #expect(lines == whole && lines.map { $0.joined() } == texts.map { $0.replacing("\n", with: "") })
    #expect(pieces > 1 || height == 90)
    #expect(table.divided(rest, at: height) == nil && table.divided(Table.Row(texts.map { Table.Cell($0) }), at: 3) == nil)
}
