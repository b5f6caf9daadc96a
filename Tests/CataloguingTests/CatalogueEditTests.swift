import DossierModel
import Testing

@testable import Cataloguing

@Suite struct CatalogueEditTests {
    private let sheets = [Sample.filing(), Sample.running(), Sheet().title("拘留证").filler(), Sample.running()]

    private func edit(_ image: Int, _ change: CatalogueEdit.Change, _ value: String? = nil) -> CatalogueEdit {
        CatalogueEdit(volume: 1, image: image, change: change, value: value, was: nil, by: "王某", at: "2026-11-24T10:00:00Z")
    }

    private func catalogue(_ edits: CatalogueEdit...) -> VolumeCatalogue { Cataloguer.catalogue(volume(sheets), edits: CatalogueEdits(edits)) }

    private func index(_ catalogue: VolumeCatalogue) -> CaseIndex {
        let documents = catalogue.documents.map {
            CaseIndex.Document(
                title: $0.title, documentNumber: $0.documentNumber, author: $0.author, date: $0.date, firstFolio: $0.firstFolio, lastFolio: $0.lastFolio,
                firstImage: $0.firstImage, lastImage: $0.lastImage, score: $0.score, remark: $0.remark)
        }
        return CaseIndex(case: "A1", volumes: [.init(number: 1, kind: .proceedings, pdf: "1.pdf", documents: documents)])
    }

    private func edits(_ text: String) throws(SheetMistakes) -> [CatalogueEdit] {
        try CatalogueSheet.edits(in: text, of: index(catalogue()), pages: [1: [1, 2, 3, 4]], by: "王某", at: "2026-11-24T10:00:00Z")
    }

    @Test func aPersonSaysWhereDocumentsBeginAndWhereNot() {
        #expect(catalogue(edit(3, .join)).titles == ["立案决定书"])
        let more = catalogue(edit(2, .title, "情况说明"))
        #expect(more.titles == ["立案决定书", "情况说明", "拘留证"])
        #expect(more.documents[1].code == "B138" && more.documents[1].score == 1)
        #expect(more.findings(at: 2).contains("document.edited"))
        #expect(catalogue(edit(3, .join), edit(3, .start)).titles == ["立案决定书", "拘留证"])
    }

    @Test func fieldsAPersonGaveHoldOverThoseRead() {
        let document = catalogue(edit(1, .number, "海公立字〔2024〕9号"), edit(1, .date, "2024-05-06"), edit(1, .author)).documents[0]
        #expect(document.documentNumber == "海公立字〔2024〕9号" && document.date == "2024-05-06" && document.author == nil)
    }

    @Test func anEditThatFindsNoDocumentIsReported() {
        #expect(catalogue(edit(4, .number, "甲〔2024〕1号")).findings.map(\.id).contains("catalogue.edit.ask"))
    }

    @Test func anUneditedFileChangesNothing() throws {
        #expect(try edits(CatalogueSheet.text(of: index(catalogue()))).isEmpty)
    }

    @Test func anEditedFileBecomesRecordsThatSurviveTheNextRun() throws {
        var text = CatalogueSheet.text(of: index(catalogue()))
        text = text.replacingOccurrence(of: "\"拘留证\"", with: "\"逮捕证\"") + "      - {image: 4, title: 送达回证, date: 2024-03-09}\n"
        let edits = try edits(text)
        #expect(edits.map(\.change) == [.title, .start, .title, .date])
        #expect(edits[0].was == "拘留证" && edits.allSatisfy { $0.by == "王某" })
        let kept = try CatalogueEdits(text: CatalogueEdits(edits).text)
        #expect(kept == CatalogueEdits(edits))
        let again = Cataloguer.catalogue(volume(sheets), edits: kept)
        #expect(again.titles == ["立案决定书", "逮捕证", "送达回证"])
        #expect(again.documents[2].date == "2024-03-09")
    }

    @Test func aRowTakenOutJoinsItsPages() throws {
        let text = CatalogueSheet.text(of: index(catalogue())).split(separator: "\n").filter { !$0.contains("拘留证") }.joined(separator: "\n")
        #expect(try edits(text).map(\.change) == [.join])
    }

    @Test(arguments: [
        ("{image: 9, title: 甲乙丙丁}", "is no page of volume"), ("{image: 4}", "has no title"), ("{title: 甲乙丙丁}", "on which image"),
        ("{image: 4, title: 甲乙丙丁, date: 2024-13-01}", "is no date"), ("{image: 3, title: 甲乙丙丁}", "two documents begin"), ("{image: 4, titel: 甲}", "no key “titel”"),
    ])
    func mistakesAreNamedWithLineAndRemedyAndNothingIsTaken(row: String, words: String) {
        let text = CatalogueSheet.text(of: index(catalogue())) + "      - \(row)\n"
        let error = #expect(throws: SheetMistakes.self) { try edits(text) }
        #expect(error?.list.contains { $0.message.contains(words) && $0.line > 7 && !$0.remedy.isEmpty } == true, "\(String(describing: error))")
    }
}

extension String {
    fileprivate func replacingOccurrence(of word: String, with other: String) -> String { split(separator: word, omittingEmptySubsequences: false).joined(separator: other) }
}
