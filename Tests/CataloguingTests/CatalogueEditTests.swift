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

    private func author(of page: Sheet, known: [String] = ["张三", "李四"], _ edits: CatalogueEdit...) -> String? {
        Cataloguer.catalogue(volume([page, Sample.running()]), edits: CatalogueEdits(edits), parties: known).documents[0].author
    }

    /// As where the machine reads such a title; who was given as author by hand stays.
    @Test func theAuthorFollowsThePersonInACorrectedTitle() {
        let statement = Sheet().title("讯问笔录").filler()
        #expect(author(of: statement, edit(1, .title, "张三第二次讯问笔录")) == "张三")
        #expect(author(of: statement, edit(1, .title, "张三第二次讯问笔录"), edit(1, .author, "李四")) == "李四")
        #expect(author(of: statement, edit(1, .author, "李四"), edit(1, .title, "张三讯问笔录")) == "李四")
        #expect(author(of: statement, edit(1, .title, "张三辨认笔录")) == "张三")
        #expect(author(of: statement, edit(1, .title, "证人李四询问笔录")) == "李四", "a role is no part of the name")
        #expect(author(of: statement, edit(1, .title, "拘留证")) == author(of: statement), "other documents are called after nobody")
    }

    /// Words before a title may be no name: the author that was read stays.
    @Test func wordsInATitleThatNameNobodyKnownAreNoAuthor() {
        let statement = Sample.interrogation(of: "吴某己", time: 1)
        #expect(author(of: statement) == "吴某己")
        for title in ["补充讯问笔录", "重新询问笔录", "证人赵某子询问笔录", "再次讯问笔录"] { #expect(author(of: statement, edit(1, .title, title)) == "吴某己", "\(title)") }
        #expect(author(of: statement, edit(1, .title, "吴某乙第一次讯问笔录")) == "吴某乙", "a character read wrongly is mended")
        #expect(author(of: statement, edit(1, .title, "被害人李四询问笔录")) == "李四")
    }

    @Test func whatWasTakenBackStaysInTheFileAndCountsNoMore() throws {
        var taken = edit(3, .join)
        (taken.withdrawnBy, taken.withdrawnAt) = ("李某", "2026-11-25T10:00:00Z")
        let kept = try CatalogueEdits(text: CatalogueEdits([taken, edit(1, .remark, "复印件")]).text)
        #expect(kept.list.count == 2 && kept.list[0] == taken)
        #expect(Cataloguer.catalogue(volume(sheets), edits: kept.inForce).titles == ["立案决定书", "拘留证"])
    }

    @Test func anEditThatFindsNoDocumentIsReported() {
        #expect(catalogue(edit(4, .number, "甲〔2024〕1号")).findings.map(\.id).contains("catalogue.edit.ask"))
    }

    /// Of one import all have the same second, and each is a question of its own.
    @Test func editsThatFindNoDocumentAreToldApart() {
        let lost = catalogue(edit(2, .remark, "复印件"), edit(4, .remark, "复印件")).findings.filter { $0.id == "catalogue.edit.ask" }
        #expect(lost.count == 2 && Set(lost.map(\.key)).count == 2, "\(lost.map(\.key))")
    }

    /// More scans move images; the page stays the same frame of the same file.
    @Test func anEditFollowsItsPageAndSaysSoWhenItIsGone() throws {
        let page = CatalogueEdit.Page(file: String(repeating: "a", count: 64), frame: 2), gone = CatalogueEdit.Page(file: "b", frame: 1)
        var moved = edit(3, .title, "拘留证"), lost = edit(4, .remark, "复印件")
        (moved.page, lost.page) = (page, gone)
        let written = CatalogueEdits([moved, lost, edit(1, .author, "甲县公安局")])
        let kept = try CatalogueEdits(text: written.text)
        #expect(kept == written, "the file keeps the page")
        let result = kept.placed([page: [(volume: 2, image: 7)]])
        #expect(result.edits.list.map(\.image) == [7, 1] && result.edits.list.map(\.volume) == [2, 1])
        #expect(result.lost == [lost] && result.lost[0].lostFinding.id == "catalogue.edit.ask")
        // A page scanned twice: the edit stays where it was made.
        #expect(kept.placed([page: [(1, 1), (1, 3)], gone: [(1, 4)]]).edits.list.map(\.image) == [3, 4, 1])
    }

    /// Before the next run: what was kept is what an edited file is compared with, so it can be taken back.
    @Test func keptEditsAreLaidOverThePublishedCatalogue() throws {
        let published = index(catalogue())
        #expect(published.volumes[0].documents.map(\.title) == ["立案决定书", "拘留证"])
        let kept = published.applying(CatalogueEdits([edit(1, .title, "乙"), edit(2, .start), edit(2, .title, "丙"), edit(3, .join), edit(9, .date, "2024")]))
        #expect(kept.volumes[0].documents.map(\.title) == ["乙", "丙"])
        let back = try CatalogueSheet.edits(
            in: CatalogueSheet.text(of: published), of: kept, pages: [1: [1, 2, 3, 4]], by: "王某", at: "2026-11-24T11:00:00Z")
        #expect(published.applying(CatalogueEdits([edit(1, .title, "乙")] + back)).volumes[0].documents.map(\.title).first == "立案决定书")
    }

    /// Joined and begun again, a document is what it was; begun anew it has a title that can be given back.
    @Test func theLastWordOnAPageHolds() {
        let published = index(catalogue())
        let again = published.applying(CatalogueEdits([edit(3, .join), edit(3, .start)]))
        #expect(again == published)
        let begun = published.applying(CatalogueEdits([edit(2, .start)])).volumes[0].documents
        #expect(begun.map(\.firstImage).contains(2) && begun.allSatisfy { !$0.title.isEmpty })
        #expect(published.applying(CatalogueEdits([edit(2, .title, "丙"), edit(2, .join)])) == published)
    }

    /// A remark answers nothing the machine asked about a title.
    @Test func anEditAnswersOnlyItsOwnQuestion() {
        let odd = [Sheet().title("无名材料记载").filler(), Sample.running()]
        let asked = Cataloguer.catalogue(volume(odd)).findings(at: 1)
        let remarked = Cataloguer.catalogue(volume(odd), edits: CatalogueEdits([edit(1, .remark, "复印件")])).findings(at: 1)
        #expect(!asked.isEmpty && remarked.filter { $0 != "document.edited" } == asked && remarked.contains("document.edited"), "\(asked)")
    }

    /// A file that was emptied by mistake is no order to leave all as it is.
    @Test(arguments: ["", "# nothing\n", "case: \"测试\"\n"]) func anEmptyFileIsAMistake(text: String) {
        #expect(throws: SheetMistakes.self) { try edits(text) }
    }

    @Test func anUneditedFileChangesNothing() throws {
        #expect(try edits(CatalogueSheet.text(of: index(catalogue()))).isEmpty)
    }

    /// What is compared changes the digest, what is shown does not; a file keeps its base, and an old one has none.
    @Test func theBaseOfAFileStandsForWhatItIsComparedWith() throws {
        let made = index(catalogue())
        var shown = made, changed = made
        shown.volumes[0].documents[0].lastFolio = "77"
        changed.volumes[0].documents[0].remark = "复印件"
        #expect(CatalogueSheet.substance(of: made) == CatalogueSheet.substance(of: shown) && CatalogueSheet.substance(of: made) != CatalogueSheet.substance(of: changed))
        let text = CatalogueSheet.text(of: made, base: "0123456789abcdef")
        #expect(CatalogueSheet.base(of: text) == "0123456789abcdef" && CatalogueSheet.base(of: CatalogueSheet.text(of: made)) == nil)
        #expect(try edits(text).isEmpty)
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

    @Test func aVolumeGivenTwiceIsAMistake() throws {
        let text = CatalogueSheet.text(of: index(catalogue()))
        let mistakes = try #require(throws: SheetMistakes.self) { try edits(text + "  - volume: 1\n    documents:\n      - {image: 1, title: 甲}\n") }
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(mistakes.list.map(\.line) == [line] && mistakes.list[0].message == "volume 1 is given twice" && mistakes.list[0].remedy.contains("one “- volume: 1”"))
    }

    @Test(arguments: [("99999999", "too large"), ("99999999999999999999999", "too large"), ("0", "too small"), ("-4", "too small"), ("drei", "no whole number"), ("1.5", "no whole number")])
    func anImpossibleImageIsOneTrueComplaint(image: String, fault: String) throws {
        for text in ["{image: 1, title: 立案决定书}\n      - {image: \(image), title: 乙}", "{image: \(image), title: 甲}"] {
            let mistakes = try #require(throws: SheetMistakes.self) { try edits("case: A1\nvolumes:\n  - volume: 1\n    documents:\n      - \(text)\n") }
            #expect(mistakes.list.count == 1 && mistakes.list[0].message == "“\(image)” is \(fault)", "\(mistakes)")
        }
        let kept = try #require(throws: SheetMistakes.self) { try CatalogueEdits(text: "edits:\n  - {volume: 1, image: \(image), change: start}\n") }
        #expect(kept.list.count == 1 && kept.list[0].message.contains(fault))
    }

    /// What a hand makes of the file: line and remedy, and no word of the parser's own.
    @Test(arguments: [
        ("case: A1\nvolumes:\n  - volume: 1\n    documents:\n     - {image: 1, title: x}\n   - volume: 2\n", 6, "nesting"),
        ("case: A1\nvolumes:\n  - volume: 1\n   documents:\n", 4, "nesting"),
        ("case: A1\nvolumes:\n  - volume: 1\n    documents:\n      - {image: 1, title: x\n", 6, "{"),
        ("case: [A1\nvolumes: x\n", 2, "["), ("case: A: b\n", 1, "colon"), ("case: \"A1\n", 2, "quotation"), ("case: *A1\n", 1, "*"),
        ("case: A1\ncase: A1\n", 1, "twice"), ("case: \"\\q\"\n", 1, "backslash"), ("case: A1\nvolumes:\n  volume: 1\n", 3, "list"),
    ])
    func brokenNestingIsNamedWithLineAndRemedy(text: String, line: Int, word: String) throws {
        let mistakes = try #require(throws: SheetMistakes.self) { try edits(text) }
        let mistake = try #require(mistakes.list.first)
        #expect(mistake.line == line && mistake.message.contains(word), "\(mistakes)")
        #expect(!mistake.remedy.isEmpty)
        for word in ["indicator", "token", "yaml_", "YAML_", "scalar", "context", "Yams"] { #expect(!mistakes.description.contains(word), "\(mistakes)") }
    }
}

extension String {
    fileprivate func replacingOccurrence(of word: String, with other: String) -> String { split(separator: word, omittingEmptySubsequences: false).joined(separator: other) }
}
