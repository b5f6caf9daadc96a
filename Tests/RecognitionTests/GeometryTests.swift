import DossierModel
import Foundation
import Testing

@testable import Recognition

struct GeometryTests {
    private func line(_ left: Double, _ top: Double, _ width: Double, height: Double = 30) -> TextFrame {
        TextFrame(left: left, top: top, right: left + width, bottom: top + height, score: 1)
    }

    @Test func rowsAreReadFromLeftToRight() {
        let frames = [line(900, 104, 100), line(100, 100, 200), line(500, 98, 150), line(100, 160, 300)]
        #expect(ReadingOrder.indices(of: frames) == [1, 2, 0, 3])
    }

    @Test func columnsOfRunningTextAreReadOneAfterTheOther() {
        let title = line(300, 10, 400)
        let left = (0..<5).map { line(50, 100 + 50 * Double($0), 420) }
        let right = (0..<5).map { line(530, 102 + 50 * Double($0), 420) }
        let foot = line(100, 500, 800)
        let frames = [foot] + zip(left, right).flatMap { [$0, $1] } + [title]
        #expect(ReadingOrder.indices(of: frames) == [11, 1, 3, 5, 7, 9, 2, 4, 6, 8, 10, 0])
    }

    @Test func tablesAreReadRowByRow() {
        let frames = (0..<6).flatMap { row in
            [line(50, 100 + 50 * Double(row), 90), line(600, 100 + 50 * Double(row), row == 2 ? 300 : 140)]
        }
        #expect(ReadingOrder.indices(of: frames) == Array(frames.indices))
    }

    /// A form of 150 dpi: a label over two text rows beside three lines, then a row of three cells.
    private func form(brokenBy gap: Int = 0) -> GreyPage {
        let level = [100, 300, 400], standing = [(100, 100, 400), (300, 100, 400), (900, 100, 400), (600, 300, 400)]
        return GreyPage(
            TestPages.drawn(1000, 600) { x, y in
                let onLevel = (100...900).contains(x) && level.contains { abs(y - $0) < 1 } && x % 100 >= gap
                let onStanding = standing.contains { abs(x - $0.0) < 1 && ($0.1...$0.2).contains(y) }
                return onLevel || onStanding ? 0 : 255
            })
    }

    @Test func formsAreReadCellByCellInRows() {
        let title = line(400, 40, 200), label = [line(120, 170, 100), line(120, 210, 100)]
        let text = [line(320, 120, 500), line(320, 160, 500), line(320, 200, 300)]
        let row = [line(150, 335, 60), line(400, 338, 60), line(700, 333, 60)], foot = line(100, 450, 300)
        let expected = [title] + label + text + row + [foot]
        for page in [form(), form(brokenBy: 3)] {
            let frames = [foot, row[2], text[0], label[0], text[1], row[0], label[1], text[2], title, row[1]]
            let order = ReadingOrder.indices(of: frames, cells: RuledCells(of: page, dpi: Resolution(x: 150, y: 150)))
            #expect(order.map { frames[$0] } == expected)
        }
    }

    @Test func oneFrameOverTwoCellsIsTwoLines() {
        let cells = RuledCells(of: form(), dpi: Resolution(x: 150, y: 150))
        #expect(cells.cells.count == 5)
        let parts = cells.split(line(400, 335, 300))
        #expect(parts.count == 2)
        #expect(parts.allSatisfy { cells.cell(of: $0) != nil } && parts[0].right <= 606 && parts[1].left >= 594)
        let inside = line(320, 120, 500)
        #expect(cells.split(inside) == [inside])
    }

    @Test func cellsKnowTheirRowsColumnsAndSpans() {
        func cell(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, table: Int = 0) -> RuledCells.Cell {
            var cell = RuledCells.Cell(left: left, top: top, right: right, bottom: bottom)
            cell.table = table
            return cell
        }
        // A head over both columns, one row of two cells with rules a little off, one cell beside two rows; a frame alone.
        let grid = TableGrid([
            cell(100, 100, 500, 140), cell(100, 144, 298, 180), cell(302, 146, 500, 220), cell(101, 184, 298, 221), cell(100, 400, 500, 700, table: 1),
        ])
        #expect(grid.place(of: 0) == TableCell(table: 0, row: 0, column: 0, rowSpan: 1, columnSpan: 2))
        #expect(grid.place(of: 1) == TableCell(table: 0, row: 1, column: 0))
        #expect(grid.place(of: 2) == TableCell(table: 0, row: 1, column: 1, rowSpan: 2, columnSpan: 1))
        #expect(grid.place(of: 3) == TableCell(table: 0, row: 2, column: 0))
        #expect(grid.place(of: 4) == nil)
    }

    @Test func strokesOfLettersAreNoRules() {
        // 国, 8 mm high, with a line of text through its middle.
        let page = GreyPage(
            TestPages.drawn(400, 300) { x, y in
                let side = (100...147).contains(x) && (100...147).contains(y)
                return side && (x < 104 || x > 143 || y < 104 || y > 143) ? 0 : 255
            })
        let cells = RuledCells(of: page, dpi: Resolution(x: 150, y: 150))
        let title = line(90, 95, 200, height: 60)
        #expect(cells.split(title) == [title] && cells.cell(of: title) == nil)
    }

    @Test func resolutionsThatCannotBeAreNotBelieved() {
        for dpi in [Double.nan, 0, -3, .infinity, 72] {
            #expect(RuledCells(of: form(), dpi: Resolution(x: dpi, y: dpi)).cells.count <= 5)
        }
    }

    @Test func pageNumbersAreLookedAtWithTheirDashes() {
        func reading(_ text: String) -> LineReading { LineReading(text: text, confidence: 0.99, spans: []) }
        let frames = [line(480, 950, 20), line(480, 500, 20), line(100, 950, 60), line(150, 960, 200)]
        let found = PageNumbers.candidates(frames, ["2", "3", "4", "附卷"].map(reading), height: 1000)
        #expect(found.map(\.index) == [0])
        #expect(found[0].wide.left < 450 && found[0].wide.right > 530)
        #expect(PageNumbers.isNumber("2", withDashes: "- 2 -") && PageNumbers.isNumber("12", withDashes: "—12—"))
        #expect(!PageNumbers.isNumber("2", withDashes: "2") && !PageNumbers.isNumber("2", withDashes: "-3-"))
        #expect(!PageNumbers.isNumber("2", withDashes: "一2一"))
    }

    @Test func longNumbersAreReadAtFullWidth() {
        #expect("金额50000元".isDense && "990103198201111170".isDense && "A990120222913".isDense && "6222 0000 2913".isDense)
        #expect(!"2022年2月6日".isDense && !"询问笔录".isDense)
        let narrow = LineReading(text: "5000", confidence: 0.99, spans: [])
        #expect(narrow.yields(to: LineReading(text: "50000", confidence: 0.97, spans: [])))
        #expect(!narrow.yields(to: LineReading(text: "5O", confidence: 0.6, spans: [])))
        let plain = LineReading(text: "询问", confidence: 0.99, spans: [])
        #expect(!plain.yields(to: LineReading(text: "询间", confidence: 0.97, spans: [])))
    }

    @Test func smallestRectangleFollowsTheTilt() {
        // A bar of 100 × 10 turned by 30°.
        let (c, s) = (cos(Double.pi / 6), sin(Double.pi / 6))
        let corners = [(-50.0, -5.0), (50, -5), (50, 5), (-50, 5)].map { PixelPoint(x: 200 + $0.0 * c - $0.1 * s, y: 200 + $0.0 * s + $0.1 * c) }
        let frame = DetectionBoxes.smallestRectangle(around: corners)
        #expect(abs(frame.width - 100) < 1e-6 && abs(frame.height - 10) < 1e-6)
        #expect(abs(frame.along.x - c) < 1e-6 && abs(frame.along.y - s) < 1e-6)
        #expect(abs(frame.quad.topLeft.x - corners[0].x) < 1e-6 && abs(frame.quad.bottomRight.y - corners[2].y) < 1e-6)
    }

    @Test func componentsJoinAtCornersAndInTheEnd() {
        // A U whose arms meet in the last row, and a lone pixel that touches its corner not.
        let rows = ["#..#..#", "#..#...", ".##...."]
        let map = rows.flatMap { $0.map { $0 == "#" ? Float(1) : 0 } }
        let parts = map.withUnsafeBufferPointer { Components(of: $0, width: 7, height: 3, threshold: 0.5).parts }
        #expect(parts.map { $0.reduce(0) { $0 + $1.end - $1.start } } == [6, 1])
    }

    @Test func hullHoldsEveryPixel() {
        let runs = [Components.Run(y: 0, start: 2, end: 4), Components.Run(y: 1, start: 0, end: 1), Components.Run(y: 1, start: 3, end: 6)]
        let hull = runs.convexHull
        #expect(hull.map(\.x).min() == 0 && hull.map(\.x).max() == 6 && hull.map(\.y).max() == 2)
        for (a, b) in zip(hull, hull.dropFirst() + hull.prefix(1)) {
            for run in runs {
                for x in [run.start, run.end] {
                    let turn = (b.x - a.x) * (Double(run.y) + 0.5 - a.y) - (b.y - a.y) * (Double(x) - a.x)
                    #expect(turn >= 0)
                }
            }
        }
    }

    @Test func splitLinesAreJoinedButNotAcrossARule() {
        let pieces = [line(100, 100, 200), line(304, 101, 200)]
        let white = GreyPage(Raster(whiteWidth: 700, height: 300, mode: .grey))
        #expect(LineJoining(page: white).joined(pieces).map(\.width) == [404])
        let ruled = GreyPage(TestPages.drawn(700, 300) { x, _ in x == 302 ? 0 : 255 })
        #expect(LineJoining(page: ruled).joined(pieces) == pieces)
        let apart = [line(100, 100, 200), line(340, 101, 200)]
        #expect(LineJoining(page: white).joined(apart) == apart)
    }

    @Test func repeatsMergeAndBlanksPart() {
        let decoding = CTCDecoding(characters: ["", "甲", "乙"])
        let steps: [[Float]] = [[0.9, 0.1, 0], [0.2, 0.8, 0], [0.1, 0.9, 0], [0.8, 0.1, 0.1], [0.3, 0.7, 0], [0.2, 0.2, 0.6]]
        let reading = steps.flatMap(\.self).withUnsafeBufferPointer { decoding.reading(of: $0, steps: 6, usedSteps: 6) }
        #expect(reading.text == "甲甲乙")
        #expect(abs(reading.confidence - (0.9 + 0.7 + 0.6) / 3) < 1e-6)
        #expect(reading.spans == reading.spans.sorted() && reading.spans.count == 6)
    }

    @Test func areaAveragingKeepsTheMean() {
        let page = GreyPage(TestPages.drawn(97, 61) { x, y in UInt8((x * 7 + y * 13) % 256) })
        let (small, scale) = page.reduced(longestSide: 31)
        #expect(small.width == 31 && small.height == 19 && abs(scale - 31.0 / 97) < 1e-9)
        let mean = { (page: GreyPage) in page.pixels.reduce(0.0) { $0 + Double($1) } / Double(page.pixels.count) }
        #expect(abs(mean(page) - mean(small)) < 1)
    }

    @Test func damagedMessagesAreNotBelieved() {
        #expect(ProtobufFields(Data([0x0A, 3, 65, 66])) == nil)
        #expect(ProtobufFields(Data([0xFF])) == nil)
        #expect(ProtobufFields(Data([0x0A, 2, 65, 66]))?.text(of: 1) == "AB")
    }
}
