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

    /// Every kind of element, fonts of every typeface, a rare character of a name, half-width runs.
    private func counterparts() -> [PageLayout] {
        ["存根", "副本", "正本", "回执"].map { name in
            let heading = Paragraph("海曲市海东区人民检察院", typeface: .boldSong, size: TypeSize.second, indent: 0, alignment: .centre)
            let body = Paragraph("你局提请批准逮捕犯罪嫌疑人𠮷旻（身份证号37010119800101123X）一案，经审查认为，该犯罪嫌疑人涉嫌盗窃犯罪。")
            let lines = TextGrid.official.pages(of: [heading, body, Paragraph("（" + name + "）Wi-Fi 2024-03-05", typeface: .kai)])[0]
            return PageLayout(elements: lines.map { .text($0) } + [
                .stroke(Stroke(.line(PaperPoint(28, 150), PaperPoint(184, 150)))),
                .text(TextLine("第一联统一保存", typeface: .hei, size: TypeSize.smallFifth, left: 28, top: 160)),
                .ringText(RingText("海曲市海东区", size: 14, centre: PaperPoint(150, 200), radius: 16, span: 240)),
            ])
        }
    }

    private func written(_ pages: [PageLayout], _ metadata: TypesetMetadata, _ name: String = "document.pdf") throws -> String {
        var typesetter = try Typesetter()
        let bytes = try TypesetDocument.archivable(typesetter.pdf(pages), metadata: metadata)
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.file(name)))
        return scratch.file(name)
    }

    @Test func aTypesetDocumentPassesVeraPDFAndQPDF() throws {
        let path = try written(counterparts(), metadata)
        if let verdict = try VeraPDF.check([path]) { #expect(verdict.passes, "\(verdict.words)") }
        if let check = try Tool.run("qpdf", ["--check", path]) { #expect(check.status == 0, "\(check.output)") }
    }
}
