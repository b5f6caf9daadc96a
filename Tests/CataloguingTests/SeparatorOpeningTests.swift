import Cataloguing
import DossierModel
import Testing

/// Where sheets, stickers, blanks and counting cut a volume.
@Suite struct SeparatorOpeningTests {
    private func sheet(_ image: Int, opens title: String?? = .none) -> CataloguePage {
        var page = Sheet().page(image, .separator)
        page.opening = title.map { DocumentOpening(title: $0) }
        return page
    }

    private func catalogue(_ pages: [CataloguePage], _ cutting: CuttingRule = .none) -> VolumeCatalogue {
        Cataloguer.catalogue(CatalogueVolume(number: 1, kind: .evidence, pages: pages, cutting: cutting))
    }

    private func running(_ image: Int, opens title: String?? = .none) -> CataloguePage {
        var page = Sample.running().page(image)
        page.opening = title.map { DocumentOpening(title: $0) }
        return page
    }

    @Test func aSheetNamesADocumentWhosePageDoesNot() throws {
        let code = try #require(TitleKnowledge.standard.titles.first { $0.names[0] == "起诉意见书" }).code
        for title in [code, code.lowercased(), "起诉意见书"] {
            let made = catalogue([sheet(1, opens: title), running(2), running(3)])
            #expect(made.titles == ["起诉意见书"])
            #expect(made.documents[0].code == code && made.documents[0].score >= 0.8)
            #expect(!made.findings(at: 2).contains("document.title.unknown"))
        }
    }

    @Test func aTitleNoTableKnowsIsKeptAsPrinted() {
        #expect(catalogue([sheet(1, opens: "无人机航拍登记表"), running(2)]).titles == ["无人机航拍登记表"])
    }

    @Test func wherePageAndSheetDifferThePageIsBelievedAndAPersonAsked() {
        let made = catalogue([sheet(1, opens: "起诉意见书"), Sample.filing().page(2)])
        #expect(made.titles == ["立案决定书"])
        #expect(made.findings(at: 2).contains("separator.title.ask"))
    }

    @Test func wherePageAndSheetAgreeNobodyIsAsked() {
        let made = catalogue([sheet(1, opens: "立案决定书"), Sample.filing().page(2)])
        #expect(made.titles == ["立案决定书"])
        #expect(!made.findings(at: 2).contains("separator.title.ask"))
    }

    @Test func aTitleHoldsForTheNextDocumentOnly() {
        let made = catalogue([sheet(1, opens: "起诉意见书"), running(2), sheet(3, opens: .some(nil)), running(4)])
        #expect(made.titles == ["起诉意见书", "未识别文书"])
    }

    @Test func aStickerOpensADocumentAndItsPageStays() {
        let made = catalogue([Sample.filing().page(1), running(2), running(3, opens: .some(nil)), running(4)])
        #expect(made.documents.map(\.firstImage) == [1, 3])
        #expect(made.pages.allSatisfy { $0.disposition == .page })
    }

    @Test func blanksCutOnlyWhereTheOfficeSaysSo() {
        let pages = [Sample.filing().page(1), Sheet().page(2, .blank), running(3), running(4)]
        #expect(catalogue(pages).documents.map(\.firstImage) == [1])
        #expect(catalogue(pages, CuttingRule(blanks: true, everyPages: 0)).documents.map(\.firstImage) == [1, 3])
    }

    @Test func pagesAreCountedAndSheetsBeginTheCountAnew() {
        let pages = (1...7).map { running($0) } + [sheet(8)] + (9...11).map { running($0) }
        #expect(catalogue(pages, CuttingRule(blanks: false, everyPages: 3)).documents.map(\.firstImage) == [1, 4, 7, 9])
    }

    @Test func whatAPersonSaidHoldsOverTheCount() {
        let volume = CatalogueVolume(number: 1, kind: nil, pages: (1...4).map { running($0) }, cutting: CuttingRule(blanks: false, everyPages: 2))
        #expect(Cataloguer.catalogue(volume).documents.map(\.firstImage) == [1, 3])
    }
}
