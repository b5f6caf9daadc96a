import Cataloguing
import DossierModel
import Testing

@Suite struct FolioTests {
    private func stamped(_ stamps: [String?]) -> [Sheet] {
        stamps.enumerated().map { at, stamp in
            let sheet = at == 0 ? Sample.filing() : Sample.running()
            return stamp.map(at % 2 == 0 ? sheet.stampRight : sheet.stampLeft) ?? sheet
        }
    }
    private func folios(_ catalogue: VolumeCatalogue) -> [String?] { catalogue.pages.map(\.folio) }

    @Test func stampsAtBothCornersAreRead() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["3", "4", "5", "6"])))
        #expect(folios(catalogue) == ["3", "4", "5", "6"])
        #expect(catalogue.documents[0].firstFolio == "3" && catalogue.documents[0].lastFolio == "6")
        #expect(catalogue.allFindings.isEmpty)
    }

    @Test func unreadStampsFollowFromTheirNeighbours() {
        let catalogue = Cataloguer.catalogue(volume(stamped([nil, "2", nil, "4", "S", nil])))
        #expect(folios(catalogue) == ["1", "2", "3", "4", "5", "6"])
        #expect(catalogue.findings(at: 3) == ["folio.inferred"])
        #expect(catalogue.findings(at: 4).isEmpty)
    }

    @Test func misreadStampIsOverruledAndReported() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "2", "88", "4", "5"])))
        #expect(folios(catalogue) == ["1", "2", "3", "4", "5"])
        #expect(catalogue.findings(at: 3) == ["folio.sequence"])
    }

    @Test func missingNumbersAreReportedWhereTheyAreMissing() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "2", "5", "6"])))
        #expect(folios(catalogue) == ["1", "2", "5", "6"])
        #expect(catalogue.findings(at: 3) == ["folio.sequence"])
    }

    @Test func ofTwoNumbersForOneUnreadPageOneIsSaidToBeMissing() throws {
        for catalogue in [Cataloguer.catalogue(volume(stamped(["1", nil, "4", "5", "6"]))), removed(3, unread: [2], blank: 2)] {
            let finding = try #require(catalogue.allFindings.first { $0.id == "folio.sequence" })
            #expect(finding.message.contains("2 to 3 have only one page") && (finding.message.contains("(image 2)") || finding.message.contains("(image 3)")), "\(finding.message)")
        }
    }

    /// Pages 1 to 8 of which one was removed; the numbers of `unread` were not read, and a blank side lies before `blank`.
    private func removed(_ number: Int, unread: Set<Int>, blank: Int?) -> VolumeCatalogue {
        var pages: [CataloguePage] = []
        for folio in 1...8 where folio != number {
            if folio == blank { pages.append(Sheet().page(pages.count + 1, .blank)) }
            let sheet = pages.isEmpty ? Sample.filing() : Sample.running()
            let stamped = unread.contains(folio) ? sheet : folio % 2 == 1 ? sheet.stampRight("\(folio)") : sheet.stampLeft("\(folio)")
            pages.append(stamped.page(pages.count + 1))
        }
        return Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: pages))
    }

    @Test(arguments: 2...7) func aRemovedPageIsReportedWhateverWasReadBesideIt(number: Int) {
        let around = [number - 1, number + 1].filter { (2...7).contains($0) }
        for unread in [[], [around[0]], [around.last!], around] {
            for blank in [nil, number - 1, number + 1] {
                let findings = removed(number, unread: Set(unread), blank: blank).allFindings.filter { $0.severity >= .warn && $0.id.hasPrefix("folio.") }
                #expect(findings.count >= 1, "\(number) removed, \(unread) not read, a blank before \(blank ?? 0)")
            }
        }
    }

    @Test func theMissingNumbersAreNamed() throws {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "2", "5", "6"])))
        let finding = try #require(catalogue.pages[2].findings.first)
        #expect(finding.message.contains("3 to 4"))
    }

    @Test func aPageThatCameTwiceTakesNoNumberFromTheOthers() throws {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "2", "3", "3", "4", "5", "6"])))
        #expect(folios(catalogue) == ["1", "2", "3", nil, "4", "5", "6"])
        #expect(catalogue.findings(at: 4) == ["folio.repeated"])
        #expect(catalogue.allFindings.count == 1)
    }

    @Test func twoPagesInEachOthersPlaceAreBothNamed() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "2", "4", "3", "5", "6"])))
        #expect(catalogue.findings(at: 3) == ["folio.displaced"] && catalogue.findings(at: 4) == ["folio.displaced"])
        #expect(catalogue.allFindings.count == 2)
    }

    private func whole(_ stamps: [String?], pages: Int) -> [Sheet] {
        let cover = Sample.cover().centred("本案共 2 卷　第 1 卷　　本卷共 \(pages) 页")
        return [cover] + stamped(stamps) + [Sample.docketSheet()]
    }

    @Test func aWholeVolumeBeginsAtOneAndEndsWhereItsCoverSays() {
        func ids(_ stamps: [String?], pages: Int) -> [String] {
            let catalogue = Cataloguer.catalogue(volume(whole(stamps, pages: pages)))
            return (catalogue.findings + CaseCheck.findings([catalogue]).map(\.finding)).map(\.id).filter { $0.hasPrefix("folio") }
        }
        #expect(ids(["1", "2", "3"], pages: 3).isEmpty)
        #expect(ids(["2", "3", "4"], pages: 4) == ["folio.start"])
        #expect(ids([nil, "3", nil, nil, nil, nil, "8"], pages: 8) == ["folio.start"], "the cover vouches for the volume")
        #expect(ids(["1", "2", "3"], pages: 5) == ["folio.count"])
        #expect(ids([], pages: 1) == ["folio.count"], "not one page is left")
    }

    private func bare(_ stamps: [String?], number: Int = 1, isLate: Bool = false) -> VolumeCatalogue {
        let pages = stamped(stamps).enumerated().map { $1.page($0 + 1) }
        return Cataloguer.catalogue(CatalogueVolume(number: number, kind: .evidence, isLate: isLate, pages: pages))
    }

    private func starts(_ volumes: VolumeCatalogue...) -> [String] {
        CaseCheck.findings(volumes).filter { $0.finding.id == "folio.start" }.map { "\($0.volume ?? 0): \($0.finding.message)" }
    }

    @Test func missingFirstPagesOfAVolumeWithoutCoverAreTold() {
        #expect(starts(bare(["5", "6", "7"])) == ["1: The page numbers of volume 1 begin with 5, not with 1: pages 1 to 4 are not here."])
        #expect(starts(bare(["2", "3", "4"])) == ["1: The page numbers of volume 1 begin with 2, not with 1: page 1 is not here."])
        #expect(starts(bare([nil, "6", nil, "8", nil])).count == 1, "numbers not read follow from the others")
        #expect(starts(bare(["8", "7", "6", "5"])).count == 1, "fed from its end")
        #expect(starts(bare(["5", "6"])).count == 1)
        #expect(starts(bare(["1", "2", "3"]), bare(["5", "6", "7"], number: 2)).count == 1, "volume 1 ends with 3")
    }

    @Test func oneNumberAloneIsNoEvidenceOfMissingPages() {
        #expect(starts(bare(["5"])).isEmpty)
        #expect(starts(bare([nil, nil, "7", nil, nil, "10", nil])).isEmpty, "of the first five pages one is stamped")
        #expect(starts(bare([nil, nil, nil, nil])).isEmpty, "counted")
        #expect(starts(bare([nil, nil, "3", "4"])).isEmpty, "counted back to 1")
    }

    @Test func aVolumeThatGoesOnFromAnEarlierOneLacksNothing() {
        let (first, second, third) = (bare(["1", "2", "3", "4"]), bare(["5", "6"], number: 2), bare(["7", "8", "9"], number: 3, isLate: true))
        #expect(starts(first, second, third).isEmpty)
        #expect(starts(first, third) == ["3: The page numbers of volume 3 begin with 7, not with 1: pages 1 to 6 are not here, and no earlier volume ends with 6."])
        let bound = Cataloguer.catalogue(CatalogueVolume(number: 2, kind: .evidence, pages: whole(["5", "6"], pages: 6).enumerated().map { $1.page($0 + 1) }))
        #expect(starts(first, bound).isEmpty, "with a cover of its own, too")
        #expect(starts(second, bare(["1", "2", "3", "4"], number: 3)).count == 1, "it goes on from no later volume")
    }

    /// A blank side behind each of the first pages.
    private func withBlanks(_ stamps: [String], _ count: Int) -> VolumeCatalogue {
        var pages: [CataloguePage] = []
        for (at, sheet) in stamped(stamps).enumerated() {
            pages.append(sheet.page(pages.count + 1))
            if at < count { pages.append(Sheet().page(pages.count + 1, .blank)) }
        }
        return Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: pages))
    }

    @Test func blankBacksTakeANumberOnlyWhereTheStampsSaySo() {
        #expect(folios(withBlanks(["1", "3", "4"], 1)) == ["1", nil, "3", "4"])
        #expect(folios(withBlanks(["1", "2", "3"], 1)) == ["1", nil, "2", "3"])
        #expect(withBlanks(["1", "2", "3"], 1).allFindings.isEmpty)
    }

    @Test func anOfficeThatCountsBlankSidesMissesNothing() {
        #expect(withBlanks(["1", "3", "5", "7", "8"], 3).allFindings.isEmpty)
    }

    @Test func aNumberMissingAtOneBlankAmongManyIsReported() {
        let catalogue = withBlanks(["1", "2", "4", "5", "6"], 4)
        #expect(catalogue.allFindings.map(\.id) == ["folio.sequence"])
        #expect(catalogue.allFindings.first?.message.contains("number 3 is missing") == true)
    }

    @Test func aBackThatWasNeverNumberedTakesNoNumberFromThePagesAroundIt() {
        let back = Sheet().body("透印")
        let catalogue = Cataloguer.catalogue(volume([stamped(["1"])[0], back] + stamped([nil, "2", "3"]).dropFirst()))
        #expect(folios(catalogue) == ["1", nil, "2", "3"])
        #expect(catalogue.findings(at: 2) == ["folio.sequence"])
        #expect(catalogue.findings(at: 1).isEmpty && catalogue.findings(at: 3).isEmpty)
    }

    @Test func ofTwoPagesForOneNumberTheFullerCarriesIt() {
        let back = Sheet().body("透印")
        let catalogue = Cataloguer.catalogue(volume([stamped(["1"])[0], back, Sample.running()] + stamped([nil, "3"]).dropFirst()))
        #expect(folios(catalogue) == ["1", nil, "2", "3"])
    }

    @Test func anEmptyBackThatTakesTheNumberOfAMissingPageIsReported() throws {
        let back = Sheet().body("透印")
        let catalogue = Cataloguer.catalogue(volume([stamped(["1"])[0], back] + stamped([nil, "3", "4"]).dropFirst()))
        let finding = try #require(catalogue.pages[1].findings.first { $0.id == "folio.sequence" })
        #expect(finding.message.contains("number 2 was read nowhere"))
    }

    /// Mirrored print gives many lines, hardly one of which is sure.
    @Test func aBackFullOfMirroredPrintIsEmptyToo() {
        var back = Sheet().body("贝意宝鉴四本", "留入一同长否昊本林己", "书茶长出只燕神青的杂", "鉴剑鉢一")
        for at in 1..<4 { back.lines[at].confidence = 0.7 }
        let catalogue = Cataloguer.catalogue(volume([stamped(["1"])[0], back] + stamped([nil, "3", "4"]).dropFirst()))
        #expect(catalogue.pages[1].findings.contains { $0.message.contains("number 2 was read nowhere") })
    }

    private func edited(_ stamps: [String?], image: Int, folio: String?) -> VolumeCatalogue {
        let edit = CatalogueEdit(volume: 1, image: image, change: .folio, value: folio, was: nil, by: "王某", at: "2026-11-27T10:00:00Z")
        let pages = stamped(stamps).enumerated().map { $1.page($0 + 1) }
        return Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: pages), edits: CatalogueEdits([edit]))
    }

    @Test func aNumberGivenByHandCountsAsIfItHadBeenRead() {
        let catalogue = edited(["1", "2", nil, nil, "6"], image: 3, folio: "4")
        #expect(folios(catalogue) == ["1", "2", "4", "5", "6"])
        #expect(catalogue.findings(at: 3) == ["folio.sequence", "folio.edited"], "3 is missing still")
    }

    @Test func aMisreadNumberIsCorrectedByHandAndAsksNoMore() {
        let catalogue = edited(["1", "2", "88", "4", "5"], image: 3, folio: "3")
        #expect(folios(catalogue) == ["1", "2", "3", "4", "5"])
        #expect(catalogue.findings(at: 3) == ["folio.edited"])
    }

    @Test func aPageSaidToCarryNoNumberTakesNone() {
        let catalogue = edited(["1", nil, "2", "3"], image: 2, folio: nil)
        #expect(folios(catalogue) == ["1", nil, "2", "3"])
        #expect(catalogue.findings(at: 2) == ["folio.edited"])
        #expect(catalogue.allFindings.count == 1)
    }

    @Test func withoutStampsPagesAreCounted() {
        let catalogue = Cataloguer.catalogue(volume([Sample.cover(), Sample.paperCatalogue()] + stamped([nil, nil]) + [Sample.docketSheet()]))
        #expect(folios(catalogue) == [nil, nil, "1", "2", nil])
        #expect(catalogue.findings.map(\.id).filter { $0.hasPrefix("folio") } == ["folio.counted"])
    }

    @Test func pagesFedFromTheEndKeepTheirStamps() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["4", "3", "2", "1"])))
        #expect(folios(catalogue) == ["4", "3", "2", "1"])
        #expect(catalogue.findings.map(\.id) == ["folio.sequence"])
    }

    @Test func twoInterleavedVolumesAreCountedAndReported() {
        let catalogue = Cataloguer.catalogue(volume(stamped(["1", "1", "2", "2", "3", "3", "4", "4"])))
        #expect(folios(catalogue) == (1...8).map(String.init))
        #expect(catalogue.findings.map(\.id) == ["folio.sequence"])
    }

    @Test func numbersElsewhereOnThePageAreNoStamps() {
        let sheets = stamped([nil, nil]).map { $0.lower(to: 3300).right("77") }
        #expect(folios(Cataloguer.catalogue(volume(sheets))) == ["1", "2"])
    }
}
