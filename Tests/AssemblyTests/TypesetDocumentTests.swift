import Assembly
import DossierModel
import Foundation
import TestTools
import Testing
import Typesetting

@Suite struct TypesetDocumentTests {
    let scratch: SampleParts
    init() throws { scratch = try SampleParts() }

    private let metadata = TypesetMetadata(
        title: "批准逮捕决定书 <甲> & 乙", author: "海曲市海东区人民检察院", subject: "海东检批捕〔2024〕12号", producer: "Dossier test",
        pageLabels: ["存根", "副本", "正本", "回执"])

    /// Every kind of element, every typeface, a rare character of a name, half-width runs.
    private func counterparts() -> [PageLayout] {
        ["存根", "副本", "正本", "回执"].map { name in
            let paragraphs = [
                Paragraph("海曲市海东区人民检察院", typeface: .boldSong, size: TypeSize.second, indent: 0, alignment: .centre),
                Paragraph("你局提请批准逮捕犯罪嫌疑人𠮷旻（身份证号37010119800101123X）一案，经审查认为，该犯罪嫌疑人涉嫌盗窃犯罪。"),
                Paragraph("（" + name + "）Wi-Fi 2024-03-05", typeface: .kai), Paragraph("一、执行要求", typeface: .hei),
            ]
            return PageLayout(elements: TextGrid.official.pages(of: paragraphs)[0].map { .text($0) } + [
                .stroke(Stroke(.line(PaperPoint(28, 150), PaperPoint(184, 150)))),
                .stroke(Stroke(.rectangle(PaperPoint(28, 170), PaperSize(width: 50, height: 20)))),
                .stroke(Stroke(.curve([PaperPoint(30, 200), PaperPoint(50, 210), PaperPoint(70, 200)]), width: 0.5, ink: .blue)),
                .fill(.circle(PaperPoint(150, 200), 2), .red),
                .text(TextLine("第一联统一保存", typeface: .song, size: TypeSize.smallFifth, left: 28, top: 160)),
                .text(TextLine("骑缝", typeface: .boldHei, left: 60, top: 160)),
                .ringText(RingText("海曲市海东区", size: 14, centre: PaperPoint(150, 200), radius: 16, span: 240)),
            ])
        }
    }

    private func bytes(_ pages: [PageLayout], _ metadata: TypesetMetadata) throws -> [UInt8] {
        var typesetter = try Typesetter()
        return try TypesetDocument.archivable(typesetter.typeset(pages), metadata: metadata)
    }

    private func written(_ pages: [PageLayout], _ metadata: TypesetMetadata? = nil) throws -> String {
        let path = scratch.file("document.pdf")
        let bytes = try bytes(pages, metadata ?? TypesetMetadata(title: "试页", producer: "Dossier test"))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func page(_ lines: [TextLine]) -> PageLayout { PageLayout(elements: lines.map { .text($0) }) }

    @Test func aTypesetDocumentPassesVeraPDFAndQPDF() throws {
        let path = try written(counterparts(), metadata)
        if let verdict = try VeraPDF.check([path]) { #expect(verdict.passes, "\(verdict.words)") }
        if let check = try Tool.run("qpdf", ["--check", path]) { #expect(check.status == 0, "\(check.output)") }
        if let fonts = try Tool.run("pdffonts", [path]) {
            let rows = fonts.output.split(separator: "\n").dropFirst(2)
            #expect(rows.count == 7 && rows.allSatisfy { $0.contains("yes yes yes") }, "\(fonts.output)")
        }
    }

    @Test func aDocumentSaysWhatItIs() throws {
        let path = try written(counterparts(), metadata)
        if let info = try Tool.run("pdfinfo", [path]) {
            for words in ["批准逮捕决定书 <甲> & 乙", "海曲市海东区人民检察院", "海东检批捕〔2024〕12号", "A4"] { #expect(info.output.contains(words)) }
            #expect(!info.output.contains("Date") && !info.output.contains("cairo"))
        }
        if let catalogue = try Tool.run("mutool", ["show", path, "trailer/Root"]) {
            for words in ["DisplayDocTitle true", "PrintScaling /None", "/PageLabels", "/OutputIntents"] { #expect(catalogue.output.contains(words)) }
        }
    }

    @Test func aDocumentWithoutTextPassesVeraPDF() throws {
        let rule = PageLayout.Element.stroke(Stroke(.line(PaperPoint(28, 150), PaperPoint(184, 150))))
        let path = try written([PageLayout(elements: [rule]), PageLayout()])
        if let verdict = try VeraPDF.check([path]) { #expect(verdict.passes, "\(verdict.words)") }
    }

    @Test func theSamePagesGiveTheSameBytes() throws {
        let first = try bytes(counterparts(), metadata)
        #expect(try bytes(counterparts(), metadata) == first)
        var other = metadata
        other.subject = "海东检批捕〔2024〕13号"
        #expect(try bytes(counterparts(), other) != first)
    }

    @Test func documentsOfOneTypesetterDoNotMix() throws {
        var typesetter = try Typesetter()
        let one = [page([TextLine("甲乙丙", left: 28, top: 37)])], two = [page([TextLine("丁戊己", typeface: .kai, left: 28, top: 37)])]
        let alone = try typesetter.typeset(one)
        _ = try typesetter.typeset(two)
        #expect(try typesetter.typeset(one) == alone)
    }

    /// DOMAIN: GB/T 9704-2012 §5.2, 22 lines of 28 characters in 156 × 225 mm, 28 mm from the left, 37 mm from the top.
    @Test func theOfficialGridIsExactToATenthOfAMillimetre() throws {
        let text = String(repeating: "依照中华人民共和国刑事诉讼法第八十一条的规定经本院审查决定批准逮捕", count: 30).prefix(616)
        let pages = TextGrid.official.pages(of: [Paragraph(String(text), indent: 0)])
        #expect(pages.count == 1)
        guard let boxes = try glyphBoxes(try written([page(pages[0])])) else { return }
        #expect(boxes.count == 616)
        for (index, box) in boxes.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: 28)
            #expect(abs(box.middle - (28 + (Double(column) + 0.5) * 156 / 28)) < 0.1, "character \(index) lies at \(box.middle) mm")
            #expect(abs(box.baseline - boxes[0].baseline - Double(row) * 225 / 22) < 0.1, "line \(row) stands at \(box.baseline) mm")
        }
        // The em box of the first line lies in the middle of its row; 0.86 of it above the baseline.
        let em = TextLine.em(16)
        #expect(abs(boxes[0].baseline - (37 + (225.0 / 22 - em) / 2 + 0.86 * em)) < 0.1)
    }

    private struct GlyphBox {
        /// Millimetres from the left and from the top edge.
        var middle: Double
        var baseline: Double
    }

    /// Of every character, as MuPDF finds it.
    private func glyphBoxes(_ path: String) throws -> [GlyphBox]? {
        guard let drawn = try Tool.run("mutool", ["draw", "-q", "-F", "stext", path]) else { return nil }
        return drawn.output.matches(of: /<char quad="([0-9. -]+)" x="([0-9.-]+)" y="([0-9.-]+)"/).map { match in
            let quad = match.1.split(separator: " ").compactMap { Double($0) }
            return GlyphBox(middle: (quad[0] + quad[2]) / 2 / 72 * 25.4, baseline: Double(match.3)! / 72 * 25.4)
        }
    }

    @Test func textComesOutAsItWasSet() throws {
        let lines = [
            "起　诉　书", "海东检刑诉〔2024〕123号", "被告人𠮷旻、荘某某，男，1987年4月12日出生；公民身份号码37010119870412123X。",
            "“经依法审查查明：”《中华人民共和国刑法》第二百六十四条……", "人民币1,234.50元——100%；℃㎡①Ⅳ〇", "Wi-Fi No.7 (A/B) #1 & <x>",
            "去⼀个⾯，兀兀嗀嗀",
        ]
        let layout = page(lines.enumerated().map { TextLine($1, typeface: [.fangSong, .kai, .song][$0 % 3], size: 12, left: 28, top: 37 + 10 * Double($0)) })
        let path = try written([layout])
        if let found = try Tool.run("pdftotext", ["-raw", path, "-"]) {
            // Poppler gives a space for whatever keeps words apart.
            #expect(found.output.split { "\n\u{C}".contains($0) }.map { String($0) } == lines.map { $0.replacing("　", with: " ") })
        }
        if let found = try Tool.run("mutool", ["draw", "-q", "-F", "trace", path]) { #expect(glyphText(found.output) == lines.joined()) }
    }

    /// What the file itself says of each glyph, spaces among them.
    private func glyphText(_ trace: String) -> String {
        let text = trace.matches(of: /<g unicode="([^"]*)"/).map { String($0.1) }.joined()
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// The PDF drawn by poppler against the same layout drawn by cairo: glyphs, places and shapes are the same.
    @Test func aDocumentLooksAsItWasLaidOut() throws {
        let pages = counterparts()
        let path = try written(pages)
        guard let drawn = try Tool.run("pdftoppm", ["-r", "100", "-gray", "-f", "1", "-l", "1", path, scratch.file("drawn")]) else { return }
        #expect(drawn.status == 0, "\(drawn.output)")
        let found = try GreyMap(Data(contentsOf: URL(fileURLWithPath: scratch.file("drawn-1.pgm"))))
        var typesetter = try Typesetter()
        let wanted = try typesetter.draw(pages[0], dpi: 100, mode: .grey).raster
        // Poppler rounds a page's height up.
        #expect(found.width == wanted.width && abs(found.height - wanted.height) <= 1)
        // Two renderers put grey edges elsewhere; a missing or moved character would leave whole cells apart.
        let cells = found.cellMeans(side: 12), others = GreyMap(width: wanted.width, height: wanted.height, bytes: wanted.bytes).cellMeans(side: 12)
        let apart = zip(cells, others).filter { abs($0 - $1) > 40 }.count
        #expect(cells.count == others.count && apart == 0, "\(apart) of \(cells.count) places differ")
    }

    @Test func everyPageKeepsItsOwnSize() throws {
        let path = try written([PageLayout(), PageLayout(paper: PaperSize(width: 100, height: 148))])
        guard let info = try Tool.run("pdfinfo", ["-l", "2", path]) else { return }
        #expect(info.output.contains("595.276 x 841.89") && info.output.contains("283.465 x 419.528"), "\(info.output)")
    }

    @Test func charactersNoFontHasAreNamedAndNeverPrinted() throws {
        var typesetter = try Typesetter()
        let pages = [page([TextLine("张\u{E5E5}三\u{1F600}，\u{E5E5}", left: 28, top: 37), TextLine("甲\u{301}", left: 28, top: 47)])]
        #expect(try typesetter.missingCharacters(in: pages) == ["\u{E5E5}", "\u{1F600}", "甲\u{301}"])
        do {
            _ = try typesetter.typeset(pages)
            Issue.record("a missing character was printed")
        } catch {
            #expect(error.code == .missingComponent)
            #expect(error.message.contains("U+E5E5") && error.message.contains("U+1F600") && error.message.contains("U+7532 U+0301"))
        }
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        var typesetter = try Typesetter()
        do { _ = try TypesetDocument.archivable(typesetter.typeset([]), metadata: metadata); Issue.record("no pages") } catch { #expect(error.code == .badUsage) }
        #expect(throws: DossierError(.badUsage, "")) { try bytes([PageLayout()], metadata) }
    }
}

/// A binary portable grey map with 255 as white (Netpbm, pgm(5)).
private struct GreyMap {
    let width: Int
    let height: Int
    let bytes: [UInt8]

    init(width: Int, height: Int, bytes: [UInt8]) {
        (self.width, self.height, self.bytes) = (width, height, bytes)
    }

    init(_ data: Data) throws {
        let fields = data.prefix(64).split(maxSplits: 4) { $0 == 0x0A || $0 == 0x20 }
        width = try #require(Int(String(decoding: fields[1], as: UTF8.self)))
        height = try #require(Int(String(decoding: fields[2], as: UTF8.self)))
        bytes = Array(data.suffix(width * height))
    }

    /// Mean light of squares, row by row.
    func cellMeans(side: Int) -> [Double] {
        stride(from: 0, to: height - side, by: side).flatMap { y in
            stride(from: 0, to: width - side, by: side).map { x in
                let sum = (y..<y + side).reduce(0) { sum, row in bytes[row * width + x..<row * width + x + side].reduce(sum) { $0 + Int($1) } }
                return Double(sum) / Double(side * side)
            }
        }
    }
}
