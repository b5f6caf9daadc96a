import Cataloguing
import DossierModel
import Testing

@Suite struct VolumeTests {
    @Test func kindIsThatOfMostDocuments() {
        let evidence = [Sample.interrogation(of: "张三"), Sample.interrogation(of: "李四"), Sample.filing()]
        #expect(Cataloguer.catalogue(volume(evidence)).kind == .evidence)
        #expect(Cataloguer.catalogue(volume([Sheet().title("起诉书").filler()])).kind == .procuratorial)
    }

    @Test func coverOutvotesTheDocuments() {
        #expect(Cataloguer.catalogue(volume([Sample.cover(), Sample.interrogation(of: "张三")])).kind == .proceedings)
    }

    @Test func givenKindStandsAndNothingKnownIsLoose() {
        #expect(Cataloguer.catalogue(volume([Sample.filing()], kind: .internal)).kind == .internal)
        #expect(Cataloguer.catalogue(volume([Sample.running()])).kind == .loose)
    }

    @Test func emptyVolumeGivesAnEmptyCatalogue() {
        let catalogue = Cataloguer.catalogue(volume([]))
        #expect(catalogue.documents.isEmpty && catalogue.pages.isEmpty && catalogue.kind == .loose)
    }

    @Test func volumeOfPlaceholdersIsOneUnknownDocument() {
        let catalogue = Cataloguer.catalogue(volume([Sheet(), Sheet(), Sheet()]))
        #expect(catalogue.titles == ["未识别文书"])
        #expect(catalogue.documents[0].lastImage == 3)
    }

    @Test func everyTitleDestroyedGivesOneUnknownDocument() {
        let catalogue = Cataloguer.catalogue(volume(Array(repeating: Sheet().title("■□■□").filler(), count: 20)))
        #expect(catalogue.titles == ["未识别文书"])
        #expect(catalogue.allFindings.contains { $0.id == "document.title.unknown" })
    }

    @Test func threeThousandDocumentsOfOnePage() {
        let catalogue = Cataloguer.catalogue(volume(Array(repeating: Sample.filing(), count: 3000)))
        #expect(catalogue.documents.count == 3000)
        #expect(catalogue.documents.last?.lastFolio == "3000")
    }

    @Test func oneDocumentOfTwoThousandPages() {
        let catalogue = Cataloguer.catalogue(volume([Sample.filing()] + Array(repeating: Sample.running(), count: 1999)))
        #expect(catalogue.titles == ["立案决定书"])
        #expect(catalogue.documents[0].lastImage == 2000)
    }

    @Test func reversedVolumeLosesNothing() {
        let sheets = [Sample.filing(), Sample.running(), Sample.interrogation(of: "张三"), Sample.running()]
        let catalogue = Cataloguer.catalogue(volume(sheets.reversed()))
        #expect(catalogue.titles == ["未识别文书", "张三讯问笔录", "立案决定书"])
        expectSound(catalogue)
    }

    @Test(arguments: 0..<16)
    func everyDeliveredPageIsInExactlyOneDocument(seed: Int) {
        var random = Sequence64(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        let pages = (1...80).map { randomPage($0, &random) }
        let input = CatalogueVolume(number: 1, kind: nil, pages: pages)
        let catalogue = Cataloguer.catalogue(input)
        #expect(catalogue.pages.map(\.image) == pages.map(\.image))
        expectSound(catalogue)
        #expect(Cataloguer.catalogue(input) == catalogue)
    }

    /// Documents follow one another, and every delivered page lies in the one it names.
    private func expectSound(_ catalogue: VolumeCatalogue) {
        let delivered = catalogue.pages.filter { $0.disposition == .page }
        #expect(delivered.allSatisfy { $0.document != nil })
        #expect(catalogue.pages.allSatisfy { $0.disposition == .page || ($0.document == nil && $0.folio == nil) })
        let order = delivered.compactMap(\.document)
        #expect(order == order.sorted() && Set(order) == Set(catalogue.documents.indices.map { $0 + 1 }))
        for (index, document) in catalogue.documents.enumerated() {
            let images = delivered.filter { $0.document == index + 1 }.map(\.image)
            #expect(document.firstImage == images.first && document.lastImage == images.last)
            #expect((0...1).contains(document.score))
            #expect(document.score >= 0.8 || catalogue.findings(at: document.firstImage).contains { $0.hasPrefix("document.") })
        }
    }

    private func randomPage(_ image: Int, _ random: inout Sequence64) -> CataloguePage {
        let sheets = [
            Sample.filing(), Sample.running(), Sample.running().body("第2页共5页"), Sample.running().body("第1页共2页"),
            Sample.interrogation(of: "张三", time: 2), Sample.cover(), Sample.paperCatalogue(), Sample.docketSheet(), Sheet(),
            Sheet().title("SEPARATOR"), Sheet().title("無此文書報告").filler(), Sheet().title("扣押清").filler(),
        ]
        let sheet = sheets.randomElement(using: &random)!
        let stamp = Int.random(in: 0...3, using: &random)
        let disposition: Disposition = [.page, .page, .page, .page, .blank, .rejected, .separator].randomElement(using: &random)!
        return (stamp == 0 ? sheet : sheet.stampRight("\(image + stamp / 3)")).page(image * 2, disposition)
    }
}

/// xorshift64 (Marsaglia 2003), so that a seed names a case.
struct Sequence64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
