import DossierModel
import Testing

@testable import Cataloguing

/// Volumes no office should deliver: the catalogue stays honest, and every page stays in it.
@Suite struct BadVolumeTests {
    private func everyPageIsInADocument(_ catalogue: VolumeCatalogue) -> Bool {
        catalogue.pages.allSatisfy { $0.disposition != .page || $0.document != nil }
    }

    @Test func anEmptyVolumeHasAnEmptyCatalogue() {
        let catalogue = Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: []))
        #expect(catalogue.documents.isEmpty && catalogue.pages.isEmpty && catalogue.kind == .loose)
    }

    @Test func aVolumeOfBlanksHasAnEmptyCatalogue() {
        let pages = (1...5).map { Sheet().page($0, .blank) }
        #expect(Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: pages)).documents.isEmpty)
    }

    @Test func threeThousandOnePageDocumentsAreThreeThousand() {
        let names = ["立案决定书", "拘留证", "搜查证", "逮捕通知书"]
        let sheets = (0..<3000).map { Sheet().stampRight("\($0 + 1)").title(names[$0 % 4]).right("北京市公安局海淀分局").right("2024年3月1日") }
        let catalogue = Cataloguer.catalogue(volume(sheets))
        #expect(catalogue.documents.count == 3000)
        #expect(catalogue.documents[2999].firstFolio == "3000")
        #expect(catalogue.allFindings.isEmpty)
    }

    @Test func twoThousandPagesOfOneDocumentAreOne() {
        let sheets = [Sheet().title("审计报告").body("第1页共2000页", "经审计查明以下事实")] + (2...2000).map { Sheet().body("第\($0)页共2000页", "以上款项均未入账并经核对无误") }
        let catalogue = Cataloguer.catalogue(volume(sheets))
        #expect(catalogue.titles == ["审计报告"])
        #expect(catalogue.documents[0].lastImage == 2000)
    }

    @Test func pagesInReverseKeepTheirNumbersAndAreReported() {
        let letters = (1...12).map { Sheet().stampRight("\($0)").title(["立案决定书", "拘留证", "搜查证"][$0 % 3]).filler().right("北京市公安局海淀分局").right("2024年3月1日") }
        let catalogue = Cataloguer.catalogue(volume(letters.reversed()))
        #expect(catalogue.pages.map(\.folio) == (1...12).reversed().map(String.init))
        #expect(catalogue.findings.contains { $0.id == "folio.sequence" })
        #expect(everyPageIsInADocument(catalogue))
    }

    @Test func twoInterleavedVolumesAreReported() {
        let sheets = (1...10).flatMap { number in
            [Sheet().stampRight("\(number)").title("拘留证").filler(), Sheet().stampRight("\(number + 50)").title("搜查证").filler()]
        }
        let catalogue = Cataloguer.catalogue(volume(sheets))
        #expect(catalogue.allFindings.contains { $0.id == "folio.sequence" })
        #expect(everyPageIsInADocument(catalogue))
    }

    @Test func withEveryTitleDestroyedNothingIsMadeUpAndEveryLetterIsAQuestion() {
        let letters = (1...6).map { number in
            Sheet().title("北京市公安局海淀分局").title("囗囗囗囗囗").right("海公（刑）囗字〔2024〕\(number)号").filler().right("北京市公安局海淀分局").right("2024年3月1日")
        }
        let catalogue = Cataloguer.catalogue(volume(letters))
        #expect(catalogue.titles.allSatisfy { $0 == DocumentStart.unknownTitle })
        #expect(catalogue.documents.count == 6)
        for document in catalogue.documents { #expect(catalogue.findings(at: document.firstImage).contains("document.title.unknown")) }
    }

    @Test func runningTextIsNeverADossierDocument() {
        let law = (0..<8).map { chapter in
            Sheet().title("第\(["一", "二", "三", "四", "五", "六", "七", "八"][chapter])章　强制措施")
                .body("第六十六条　人民法院、人民检察院和公安机关根据案件情况，", "对犯罪嫌疑人、被告人可以拘传、取保候审或者监视居住。", "执行拘留、逮捕的时候，必须出示拘留证、逮捕证，", "并在讯问笔录上签名。").filler()
        }
        let catalogue = Cataloguer.catalogue(volume(law))
        #expect(catalogue.documents.allSatisfy { $0.code == nil })
        #expect(catalogue.documents.count == 1)
    }

    @Test func aLostTitleIsSettledByThePagesAroundIt() {
        let pages = [
            Sheet().stampRight("1").title("拘留证").filler().right("北京市公安局海淀分局").right("2024年3月1日"),
            Sheet().stampRight("2").right("海公（刑）字〔2024〕9号").filler().right("北京市公安局海淀分局").right("2024年3月2日"),
            Sheet().stampRight("3").title("搜查证").filler().right("北京市公安局海淀分局").right("2024年3月3日"),
        ]
        let catalogue = Cataloguer.catalogue(volume(pages))
        #expect(catalogue.findings(at: 2).contains { $0 == "document.title.unknown" || $0 == "document.continuation.ask" })
    }

    /// Whatever is running, each page is weighed against a few documents only: work grows with the pages.
    @Test(arguments: [50, 200, 800])
    func theWorkPerPageIsBounded(pages: Int) {
        let sheets = (0..<pages).map { $0 % 3 == 0 ? Sheet().title(["拘留证", "搜查证", "立案决定书"][$0 % 9 / 3]).filler() : Sample.running() }
        let segmenter = Segmenter(VolumeReading(volume(sheets), .standard).leaves())
        #expect(segmenter.nodeCount <= 4 * pages)
        #expect(segmenter.segments.count == (pages + 2) / 3)
    }

    @Test func everyCatalogueOfABadVolumeHasFacts() {
        for sheets in [[], [Sheet()], (1...12).map { Sheet().stampRight("\(13 - $0)").title("囗囗囗").body("犯罪嫌疑人涉嫌盗窃罪，赃款\($0)00元").filler() }] as [[Sheet]] {
            let catalogue = Cataloguer.catalogue(volume(sheets))
            let facts = FactSheet.collected(case: "甲", volumes: [catalogue])
            #expect(facts.documents.count == catalogue.documents.count)
            let sources = facts.facts.flatMap(\.readings).flatMap(\.sources)
            #expect(facts.facts.map(\.kind) == (sheets.count == 12 ? [.charge, .amount] : []))
            #expect(sources.count(where: { $0.text?.contains("赃款") == true }) >= (sheets.count == 12 ? 12 : 0))
        }
    }
}
