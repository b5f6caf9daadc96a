import Archive
import DossierModel
import Foundation
import Hashing
@testable import Issuing
import LegalDocuments
import TestTools
import Testing
import Typesetting

/// A workspace of its own, gone afterwards.
final class Place {
    let path = NSTemporaryDirectory() + "dossier-issuing-" + UUID().uuidString

    init() throws { try Workspace.initialise(at: path) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func issuer() throws -> DocumentIssuer {
        DocumentIssuer(workspace: try Workspace.open(at: path, for: .registrar), who: "某", producer: "Dossier 0")
    }

    func rows() throws -> [RegisteredDocument] { try Workspace.open(at: path, for: .readOnly).journal.documents() }
}

func sampleData(_ name: String) throws -> [(String, GivenValue)] {
    let path = Program.repository + "/samples/documents/\(name).yaml"
    return try DataFile.read(Array(FileManager.default.contents(atPath: path)!), location: path)[0]
}

let facts = CaseFacts(
    number: "测试1号", cause: "盗窃", parties: [],
    rows: (1...60).map {
        CaseFacts.Row(
            volume: 1, volumeKind: "证据卷", sequence: $0, documentNumber: nil, author: "海州市公安局", title: "第\($0)份笔录", date: "2024-01-05",
            folios: "\($0)", remark: nil)
    })

let shipped = ["起诉书", "批准逮捕决定书", "讯问笔录", "案件材料移送清单"]

func prepared(_ name: String, _ issuer: DocumentIssuer) throws -> PreparedDocument {
    try issuer.prepare(try issuer.templates.template(named: name), given: try sampleData(name), facts: facts, date: nil)
}

@Suite struct DocumentIssuerTests {
    @Test(arguments: shipped) func theTextOfThePDFIsWhatWasSet(_ name: String) throws {
        let place = try Place()
        let issuer = try place.issuer()
        let document = try prepared(name, issuer)
        let issued = try issuer.issue([document])[0]
        let file = place.path + "/one.pdf"
        try Data(issued.bytes).write(to: URL(fileURLWithPath: file))
        let pdf = try #require(try Tool.run("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"])).output
        let layout = try document.template.pages(document.values, number: issued.row.number)
        let pages = pdf.components(separatedBy: "\u{0C}").dropLast()
        #expect(pages.count == layout.pages.count)
        for (page, expected) in zip(pages, layout.pages) {
            let set = expected.textLines.map(\.text).joined().filter { !$0.isWhitespace }
            #expect(page.filter { !$0.isWhitespace } == set)
        }
    }

    @Test func allFourAreTaggedPDFAAndTheSameEveryTime() throws {
        let first = try Place(), second = try Place()
        var files: [String] = []
        for name in shipped {
            let one = try first.issuer(), other = try second.issuer()
            let a = try one.issue([prepared(name, one)])[0], b = try other.issue([prepared(name, other)])[0]
            #expect(a.bytes == b.bytes, "\(name)")
            #expect(try #require(a.row.file).digest == SHA256Digest(of: a.bytes))
            files.append("\(first.path)/\(name).pdf")
            try Data(a.bytes).write(to: URL(fileURLWithPath: files.last!))
        }
        let draft = try first.issuer().draft(prepared("起诉书", first.issuer()))
        files.append(first.path + "/draft.pdf")
        try Data(draft).write(to: URL(fileURLWithPath: files.last!))
        if let verdict = try VeraPDF.check(files, flavours: VeraPDF.tagged) { #expect(verdict.passes, "\(verdict.words)") }
        #expect(try first.rows().count == 4)
    }

    @Test func aDocumentThatFailsLeavesItsNumberVoid() throws {
        let place = try Place()
        var issuer = try place.issuer()
        issuer.fault = { _, number in number.contains("〕2号") ? DossierError(.library, "字体坏了") : nil }
        let document = try prepared("批准逮捕决定书", issuer)
        let issued = try issuer.issue([document, document, document])
        #expect(issued.map(\.row.isVoid) == [false, true, false])
        #expect(issued[1].bytes.isEmpty)
        #expect(try place.rows().map(\.reason) == [nil, "字体坏了", nil])
    }

    @Test func whatCannotFitOrBeDrawnIsFoundBeforeANumberIsTaken() throws {
        let place = try Place()
        let issuer = try place.issuer()
        for (field, text) in [("批准人", "一个长得无论如何也写不进空格里的名字"), ("侦查机关", "海州\u{2F9FF}局")] {
            var data = try sampleData("批准逮捕决定书").filter { $0.0 != field }
            data.append((field, .scalar(text)))
            #expect(throws: DossierError.self) {
                _ = try issuer.issue([try issuer.prepare(try issuer.templates.template(named: "批准逮捕决定书"), given: data, facts: facts, date: nil)])
            }
        }
        #expect(try place.rows().isEmpty)
    }

    @Test func aSeriesIsNumberedInItsOrder() throws {
        let place = try Place()
        let issuer = try place.issuer()
        let names = (1...60).map { "某\($0)" }
        let template = try issuer.templates.template(named: "批准逮捕决定书")
        let documents = try names.map { name in
            let data = try sampleData("批准逮捕决定书").filter { $0.0 != "案由" } + [("案由", .scalar(name))]
            return try issuer.prepare(template, given: data, facts: facts, date: nil)
        }
        let issued = try issuer.issue(documents)
        #expect(issued.map(\.row.sequence) == Array(1...60))
        #expect(issued.map(\.row.valuesDigest) == documents.map { SHA256Digest(of: $0.values.canonicalText) })
        #expect(Set(issued.map(\.row.file!.digest)).count == 60)
    }
}
