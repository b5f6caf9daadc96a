@testable import Assembly
import DossierModel
import Foundation
import Hashing
import TestTools
import Testing
import Typesetting

/// What a reader that speaks is told.
@Suite struct StructureTests {
    let parts: SampleParts
    init() throws { parts = try SampleParts() }

    private func line(_ text: String, left: Double = 100, right: Double = 900, top: Double) -> RecognisedLine {
        let quad = Quad(
            topLeft: .init(x: left, y: top), topRight: .init(x: right, y: top), bottomRight: .init(x: right, y: top + 30),
            bottomLeft: .init(x: left, y: top + 30))
        return RecognisedLine(text: text, quad: quad, confidence: 1, characterSpans: [])
    }

    private func texts(_ lines: [RecognisedLine]) -> [[String]] { Paragraphs.ranges(of: lines).map { lines[$0].map(\.text) } }

    @Test func fullLinesJoinAndAnIndentedOneBeginsAParagraph() {
        let lines = [
            line("标题", left: 400, right: 600, top: 100), line("一甲", left: 160, top: 200), line("一乙", top: 250),
            line("一丙", right: 500, top: 300), line("二甲", left: 160, top: 350), line("二乙", right: 300, top: 400),
        ]
        #expect(texts(lines) == [["标题"], ["一甲", "一乙", "一丙"], ["二甲", "二乙"]])
    }

    @Test func linesFarApartOfOtherSizeOrInOtherColumnsStayApart() {
        #expect(texts([line("上", top: 100), line("下", top: 300)]).count == 2)
        var tall = line("大", top: 150)
        tall.quad.bottomLeft.y += 60
        tall.quad.bottomRight.y += 60
        #expect(texts([line("小", top: 100), tall]).count == 2)
        #expect(texts([line("左", right: 480, top: 100), line("右", left: 520, top: 120)]).count == 2)
    }

    @Test func theRangesCoverEveryLineOnceWhateverTheLines() {
        var random = RandomLines(seed: 11)
        for _ in 0..<50 {
            let lines = random.page()
            #expect(Paragraphs.ranges(of: lines).flatMap(Array.init) == Array(lines.indices))
        }
    }

    private func line(_ text: String, _ row: Int, _ column: Int, rows: Int = 1, columns: Int = 1) -> RecognisedLine {
        var line = line(text, left: 100 + 200 * Double(column), right: 250 + 200 * Double(column), top: 200 + 60 * Double(row))
        line.cell = TableCell(table: 0, row: row, column: column, rowSpan: rows, columnSpan: columns)
        return line
    }

    private var list: [RecognisedLine] {
        [
            line("序号", 0, 0), line("题名", 0, 1), line("备注", 0, 2), line("1", 1, 0), line("讯问笔录", 1, 1), line("2", 2, 0), line("照片", 2, 1, columns: 2),
        ]
    }

    @Test func everyPlaceOfATableBelongsToOneCell() throws {
        let table = try #require(PageTable(0..<7, of: list))
        #expect(table.rows.map { $0.map(\.lines) } == [[[0], [1], [2]], [[3], [4], []], [[5], [6]]])
        #expect(table.rows[0].allSatisfy(\.isHead) && !table.rows[1].contains(where: \.isHead))
        #expect(table.rows[2][1].attributes == "/A << /O /Table /ColSpan 2 >>")
    }

    @Test func cellsOverOneAnotherAndSingleRowsAreNoTable() {
        #expect(PageTable(0..<2, of: [line("甲", 0, 0, rows: 2, columns: 2), line("乙", 1, 1)]) == nil)
        #expect(PageTable(0..<2, of: [line("甲", 0, 0), line("乙", 0, 1)]) == nil)
    }

    @Test func aFormHasNoHeads() throws {
        let form = [line("姓名", 0, 0), line("张某", 0, 1), line("性别", 1, 0), line("男", 1, 1), line("民族", 2, 0), line("汉", 2, 1)]
        #expect(try #require(PageTable(0..<6, of: form)).rows.joined().allSatisfy { !$0.isHead })
    }

    @Test func aScannedTableIsToldAsOneAndPasses() throws {
        let size = PixelSize(width: 1000, height: 1000)
        let text = [line("卷内文件目录", left: 300, right: 700, top: 80)] + list + [line("以下空白", left: 100, right: 400, top: 500)]
        let plan = parts.plan([parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: "1", lines: text, scan: 1, size: size)])
        let path = try parts.write(plan)
        let structure = try #require(try Tool.run("pdfinfo", ["-struct", path])).output
        for (type, count) in [("Table", 1), ("TR", 3), ("TH", 3), ("TD", 5), ("P", 2)] {
            #expect(structure.split(separator: "\n").count { $0.trimmingCharacters(in: .whitespaces).hasPrefix(type) } == count, "\(type) in \(structure)")
        }
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
    }

    /// A document of two pages, a page without text, and sheets before and after.
    private func write() throws -> String {
        let first = [
            line("讯 问 笔 录", left: 400, right: 600, top: 50), line("问：你叫什么", left: 160, top: 200), line("名字", right: 300, top: 250),
        ]
        let size = PixelSize(width: 1000, height: 1000)
        var pages = [
            parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: "1", lines: first, scan: 1, size: size, destination: "v1p1"),
            parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: "2", lines: [line("答：好", top: 100)], scan: 2, size: size),
            parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: nil, scan: 3, size: size),
        ]
        for (index, document) in [0, 0, 1].enumerated() { pages[index].document = document }
        let plan = parts.plan(
            pages, outline: [.init(title: "林某第二次讯问笔录", pageIndex: 0), .init(title: "现场照片", pageIndex: 2)])
        let path = parts.file("tagged.pdf")
        let folder = parts.folder
        try VolumeWriter.write(
            plan, to: path, part: { (digest) throws(DossierError) in folder + "/" + digest.hex },
            ending: { (digests) throws(DossierError) in
                #expect(digests.count == 3 && Set(digests).count == 3)
                return .init(sheets: try Self.sheets(), record: { contents in Array("\(contents.front.count) \(contents.back.count)".utf8) })
            })
        return path
    }

    private static func sheets() throws(DossierError) -> VolumePlan.Sheets {
        let table = Table(columns: [40, 60], rows: [.init([.init("页号"), .init("题名")]), .init([.init("1"), .init("讯问笔录")]), .init([.init(""), .init("照片")])])
        let cells = table.placed(at: PaperPoint(30, 60))
        var elements: [PageLayout.Element] = [.text(TextLine("目录", left: 90, top: 30))]
        var blocks = [TextBlock(.heading(level: 1), elements: [0])]
        for (index, cell) in cells.enumerated() {
            elements.append(table.rule(cell))
            let role = TextBlock.Role.cell(.init(table: 1, row: cell.row, heads: cell.row == 0 ? .column : nil))
            blocks.append(TextBlock(role, elements: Array(elements.count..<elements.count + cell.lines.count)))
            elements += cell.lines.map { .text($0) }
            #expect(index < 6)
        }
        let link = PageLink(origin: cells[3].origin, size: cells[3].size, target: 0, text: "讯问笔录", block: 4)
        var typesetter = try Typesetter()
        let layout = PageLayout(elements: elements)
        let typeset = try typesetter.typeset([layout, layout])
        // The second page repeats the head and goes on with the rows of the first: both are read once.
        let front = typeset.pages.enumerated().map {
            VolumePlan.Sheet(page: $1, blocks: blocks, links: $0 == 0 ? [link] : [], label: "目录\($0 + 1)", title: $0 == 0 ? "目录" : nil)
        }
        let back = VolumePlan.Sheet(page: typeset.pages[0], blocks: blocks, label: "备考表", title: "备考表")
        return .init(front: front, back: [back], fonts: typeset.fonts)
    }

    @Test func aVolumeWithSheetsIsPDFA2aAndPDFUA1() throws {
        if let verdict = try VeraPDF.check([try write()], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
    }

    @Test func theTreeTellsDocumentsPagesHeadingsParagraphsTablesAndFigures() throws {
        guard let told = try Tool.run("pdfinfo", ["-struct-text", try write()]) else { return }
        let tree = told.output
        let order = ["H1", "Table", "Link", "Part", "讯 问 笔 录", "问：你叫什么", "名字", "答：好", "Figure"]
        var rest = tree[...]
        for word in order {
            guard let found = rest.range(of: word) else { return #expect(Bool(false), "\(word) is not told in its place:\n\(tree)") as Void }
            rest = rest[found.upperBound...]
        }
        // Two lines of one paragraph are one element; the repeated head is told once on the two sheets of a table.
        #expect(tree.components(separatedBy: "TH").count - 1 == 4)
    }

    /// The structure of one page, and its objects as JSON, in which text is legible.
    private func told(_ change: (inout VolumePlan.Page) -> Void) throws -> (structure: String, objects: String)? {
        let size = PixelSize(width: 1000, height: 1000)
        var page = parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: "7", scan: 9, size: size)
        page.document = 0
        change(&page)
        let path = try parts.write(parts.plan([page], outline: [.init(title: "现场照片", pageIndex: 0)]))
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
        guard let structure = try Tool.run("pdfinfo", ["-struct", path]), let objects = try Tool.run("qpdf", ["--json=2", path]) else { return nil }
        return (structure.output, objects.output)
    }

    private var fullPage: [RecognisedLine] { (0..<20).map { line("问：第\($0)句", top: 40 + 45 * Double($0)) } }

    @Test func aPictureWithACaptionIsAFigureBehindItsCaption() throws {
        guard let told = try told({ $0.lines = [line("照片3：门锁撬压痕迹", left: 300, right: 700, top: 900)] }) else { return }
        let caption = try #require(told.structure.range(of: "P (block)")), figure = try #require(told.structure.range(of: "Figure"))
        #expect(caption.lowerBound < figure.lowerBound)
        #expect(told.objects.contains("\"u:现场照片，第 7 页影像，文字很少\""))
    }

    @Test func aPageThatItsTextSaysWhollyIsNotToldTwice() throws {
        guard let told = try told({ $0.lines = fullPage }) else { return }
        #expect(!told.structure.contains("Figure") && !told.objects.contains("/Alt"))
    }

    @Test func sealsAndOtherInkAreToldThoughNoLineSaysThem() throws {
        let seal = SealReading(box: PixelRect(x: 600, y: 600, width: 200, height: 200), legend: "青禾市公安局", confidence: 0.9)
        func region(_ cause: PageLayering.Region.Cause, _ x: Int) -> PageLayering.Region {
            .init(cause: cause, box: PixelRect(x: x, y: 650, width: 80, height: 80), quality: nil, similarity: 1)
        }
        func layering(_ regions: [PageLayering.Region]) -> PageLayering {
            PageLayering(profile: .balanced, outcome: .layered, bytesBefore: 1, regions: regions)
        }
        guard
            let sealed = try told({
                ($0.lines, $0.seals) = (fullPage, [seal, SealReading(box: seal.box, colour: .blue)])
                $0.layering = layering([region(.ink, 640), region(.text, 100)])
            }), let signed = try told({ ($0.lines, $0.seals, $0.layering) = (fullPage, [seal], layering([region(.ink, 100), region(.tone, 300)])) })
        else { return }
        #expect(sealed.objects.contains("第 7 页影像，红色印章：青禾市公安局；蓝色印章\""))
        #expect(signed.objects.contains("第 7 页影像，有照片或其他图像；红色印章：青禾市公安局；有红色或蓝色的笔迹、指印或印记\""))
    }

    /// ISO 19005-2 §6.2.11.7.3, level A. Another glyph stands in, so that it does not matter which fonts are at hand.
    @Test func aCharacterOfPrivateUseOnASheetIsToldAsText() throws {
        var typesetter = try Typesetter()
        var typeset = try typesetter.typeset([PageLayout(elements: [.text(TextLine("林甲", left: 90, top: 30))])])
        guard case .glyphs(var run) = typeset.pages[0].marks[0] else { return #expect(Bool(false)) as Void }
        run.glyphs[1].text = "\u{E000}"
        typeset.pages[0].marks[0] = .glyphs(run)
        let sheet = VolumePlan.Sheet(page: typeset.pages[0], blocks: [TextBlock(.heading(level: 1), elements: [0])], label: "封面", title: "封面")
        let (path, folder) = (parts.file("private.pdf"), parts.folder)
        try VolumeWriter.write(
            parts.plan([parts.page([parts.jpeg()])]), to: path, part: { (digest) throws(DossierError) in folder + "/" + digest.hex },
            ending: { (_) throws(DossierError) in .init(sheets: .init(front: [sheet], back: [], fonts: typeset.fonts)) })
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
        if let text = try Tool.run("pdftotext", ["-raw", path, "-"]) { #expect(text.output.contains("林\u{E000}")) }
    }

    @Test func sheetsCountInLabelsOutlineAndDestinations() throws {
        let path = try write()
        if let outline = try Tool.run("mutool", ["show", path, "outline"]) {
            let rows = outline.output.split(separator: "\n").map(String.init)
            #expect(rows.count == 4 && rows[0].contains("目录") && rows[0].contains("#page=1"))
            #expect(rows[1].contains("林某第二次讯问笔录") && rows[1].contains("#page=3") && rows[3].contains("#page=6"))
        }
        if let info = try Tool.run("pdfinfo", ["-dests", path]) { #expect(info.output.contains("   3 ") && info.output.contains("v1p1")) }
        if let info = try Tool.run("pdfinfo", [path]) { #expect(info.output.contains("Pages:           6")) }
    }

    @Test func stampsAreALayerThatCanBeHiddenAndIsNotSpoken() throws {
        var pages = [1, 2].map { parts.page([parts.jpeg()], dpi: Resolution(x: 100, y: 100), label: "\($0)", lines: [line("正文", top: 100)], scan: $0, size: PixelSize(width: 1000, height: 1000)) }
        pages.append(parts.page([parts.jpeg()], scan: 3))
        var plan = parts.plan(pages)
        let paper = VolumePlan.paper(of: pages[0].geometry, dpi: pages[0].dpi)
        #expect(abs(paper.width - 254) < 0.01 && abs(paper.height - 254) < 0.01)
        let layouts = ["戳一", "戳二"].map { PageLayout(paper: paper, elements: [.text(TextLine($0, left: 200, top: 6))]) } + [PageLayout(paper: paper)]
        var typesetter = try Typesetter()
        let typeset = try typesetter.typeset(layouts)
        plan.stamps = .init(name: "页号", pages: typeset.pages, fonts: typeset.fonts)
        let path = try parts.write(plan, "stamped.pdf")
        if let verdict = try VeraPDF.check([path], flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
        if let text = try Tool.run("pdftotext", ["-raw", path, "-"]) { #expect(text.output.contains("戳一") && text.output.contains("戳二")) }
        if try Tool.run("pdftoppm", ["-r", "72", "-f", "1", "-l", "1", "-singlefile", "-gray", path, parts.file("stamped")]) != nil {
            // A raw PGM of 720 × 720; the stamp stands 200 mm from the left, 6 mm from the top.
            let pixels = try Data(contentsOf: URL(fileURLWithPath: parts.file("stamped.pgm"))).suffix(720 * 720)
            let dark = (15..<40).contains { y in (565..<620).contains { x in pixels[pixels.startIndex + y * 720 + x] < 120 } }
            #expect(dark, "a stamp is seen")
        }
        if let told = try Tool.run("pdfinfo", ["-struct-text", path]) { #expect(told.output.contains("正文") && !told.output.contains("戳")) }
        if let layers = try Tool.run("qpdf", ["--qdf", "--object-streams=disable", path, "-"]) { #expect(layers.output.contains("/OCGs")) }
        #expect(try VolumeInspector.pages(path).map(\.content) != VolumeInspector.pages(parts.write(parts.plan(pages), "plain.pdf")).map(\.content))
    }

    @Test func theRecordComesBackAndContentsAreThoseOfTheFile() throws {
        let path = try write()
        #expect(try VolumeInspector.record(path) == Array("2 1".utf8))
        let pages = try VolumeInspector.pages(path)
        #expect(pages.map { $0.streams?.count } == [0, 0, 1, 1, 1, 0])
        #expect(Set(pages.map(\.content)).count == 5, "the two sheets of one layout differ in their marks only where rows are repeated")
        #expect(try VolumeInspector.record(try parts.write(parts.plan([parts.page([parts.jpeg()])]), "bare.pdf")) == [])
    }
}
