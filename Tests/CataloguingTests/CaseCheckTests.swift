import DossierModel
import Testing

@testable import Cataloguing

@Suite struct CaseCheckTests {
    private func volume(_ number: Int, _ kind: VolumeKind, _ codes: String...) -> VolumeCatalogue {
        let titles = TitleKnowledge.standard.titles
        let documents = codes.enumerated().map { at, code in
            VolumeCatalogue.Document(title: titles.first { $0.code == code }!.names[0], code: code, firstImage: at + 1, lastImage: at + 1, score: 1)
        }
        return VolumeCatalogue(number: number, kind: kind, documents: documents, pages: [])
    }

    private func ids(_ volumes: VolumeCatalogue...) -> [String] {
        CaseCheck.findings(volumes).map(\.finding.id).filter { $0.hasPrefix("volume") }
    }

    private func missing(_ codes: String..., rules: CompletenessRules = .standard) -> [String] {
        let titles = TitleKnowledge.standard.titles
        let documents = codes.map { code in VolumeCatalogue.Document(title: titles.first { $0.code == code }!.names[0], code: code, firstImage: 1, lastImage: 1, score: 1) }
        let volume = VolumeCatalogue(number: 1, kind: .proceedings, documents: documents, pages: [])
        return CaseCheck.findings([volume], rules: rules).map(\.finding).filter { $0.id == "case.incomplete" }.map(\.message)
    }

    /// What a case of theft must hold is nothing a case of fraud lacks.
    @Test func aRuleMayHoldForAChargeOnly() {
        let volume = { (charge: String?) in
            var volume = VolumeCatalogue(number: 1, kind: .proceedings, documents: [.init(title: "起诉意见书", code: "L098", firstImage: 1, lastImage: 1, score: 1)], pages: [])
            let source = FactSheet.Source(volume: 1, document: 1, folio: nil, image: 1, box: nil, text: nil, score: 1)
            volume.observations = charge.map { [FactObservation(kind: .charge, person: nil, value: $0, source: source)] } ?? []
            return volume
        }
        let lacks = { (charge: String?, name: String) in CaseCheck.findings([volume(charge)]).contains { $0.finding.id == "case.incomplete" && $0.finding.message.contains(name) } }
        #expect(lacks("盗窃罪", "价格认定结论书") && !lacks("诈骗罪", "价格认定结论书") && !lacks(nil, "价格认定结论书"))
        #expect(lacks("故意伤害", "人体损伤程度鉴定") && !lacks("盗窃", "人体损伤程度鉴定"))
    }

    /// Scans of one case in the folder of another.
    @Test func documentsOfAnotherCaseAreTold() {
        let page = Sheet().title("拘留证").body("兹决定对犯罪嫌疑人吴某己执行拘留，因其涉嫌盗窃罪，送看守所羁押。").right("海东分局").right("2024年3月2日")
        let found = { (name: String, cause: String) in
            let parties = [BatchSheet.Party(name: name, role: "犯罪嫌疑人")]
            let statement = Sample.interrogation(of: "吴某己", time: 1)
            return CaseCheck.mismatch([Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: [page.page(1), statement.page(2)]), parties: parties.map(\.name))], parties: parties, cause: cause).map(\.id)
        }
        #expect(found("王某丑", "诈骗") == ["case.parties.differ", "case.cause.differs"])
        #expect(found("吴某己", "盗窃案") == [] && found("吴某己", "盗窃、诈骗") == [] && found("吴某已", "盗窃罪") == [], "look-alikes are a question of their own")
        #expect(CaseCheck.mismatch([], parties: [.init(name: "王某丑", role: "犯罪嫌疑人")], cause: "诈骗").isEmpty)
        #expect(CatalogueFinding.otherSuspects(["王某丑"], read: ["吴某己"]).key != CatalogueFinding.otherSuspects(["王某丑"], read: ["赵某子"]).key, "scans of a third case are asked about anew")
        #expect(CatalogueFinding.otherCause("诈骗", read: ["盗窃"]).key != CatalogueFinding.otherCause("诈骗", read: ["抢劫"]).key)
    }

    @Test func volumesInBindingOrderAreFine() {
        #expect(ids(volume(1, .proceedings, "A001", "A002", "A009", "Z901"), volume(2, .evidence, "A001", "B106"), volume(3, .evidence, "B114"), volume(4, .procuratorial, "C304")).isEmpty)
    }

    @Test func evidenceBeforeTheProceedingsIsReported() {
        #expect(ids(volume(1, .evidence, "B106"), volume(2, .proceedings, "A009")) == ["volume.order"])
    }

    /// A 补充侦查卷 is made after each 退查, when the 检察卷 may be there already; before the evidence it has no place.
    @Test func aSupplementMayStandBehindTheProcuratorsVolumesButNotBeforeTheEvidence() {
        #expect(ids(volume(1, .proceedings, "A009"), volume(2, .procuratorial, "C304"), volume(3, .supplementary, "B106")).isEmpty)
        #expect(ids(volume(1, .proceedings, "A009"), volume(2, .internal, "N177"), volume(3, .supplementary, "B106"), volume(4, .supplementary, "B106")).isEmpty)
        #expect(ids(volume(1, .proceedings, "A009"), volume(2, .procuratorial, "C304"), volume(3, .evidence, "B106")) == ["volume.order"])
        #expect(ids(volume(1, .proceedings, "A009"), volume(2, .supplementary, "B106"), volume(3, .evidence, "B106")) == ["volume.order"])
    }

    private func late(kind: VolumeKind?, _ sheet: Sheet) -> VolumeCatalogue {
        Cataloguer.catalogue(CatalogueVolume(number: 3, kind: kind, isLate: true, pages: [sheet.page(1)]))
    }

    @Test func whatCameLateIsBoundWhereItCameAndAskedOnlyWhereNothingSaysWhatItIs() throws {
        let paper = Sheet().title("抓获经过").filler()
        let (untold, declared, covered) = (late(kind: nil, paper), late(kind: .supplementary, paper), late(kind: nil, Sample.cover()))
        let finding = try #require(untold.findings.first)
        #expect(untold.kind == .supplementary && finding.id == "volume.late.ask" && finding.message.contains("补充侦查卷"))
        #expect(!declared.findings.contains { $0.id == "volume.late.ask" })
        #expect(covered.kind == .proceedings && !covered.findings.contains { $0.id == "volume.late.ask" })
        for volume in [untold, declared, covered, late(kind: .evidence, paper)] {
            #expect(ids(self.volume(1, .proceedings, "A009"), self.volume(2, .procuratorial, "C304"), volume).isEmpty, "\(volume.kind)")
        }
    }

    @Test func anInternalPaperInAnOpenVolumeIsReported() {
        #expect(ids(volume(1, .procuratorial, "C304", "N177")) == ["volume.internal"])
        #expect(ids(volume(1, .internal, "N177")).isEmpty)
    }

    @Test func aBoundIndictmentOpinionIsNoted() {
        #expect(ids(volume(1, .proceedings, "A009", "L098")) == ["volume.loose"])
    }

    @Test func frontMatterOutOfPlaceIsReported() {
        #expect(ids(volume(1, .proceedings, "A001", "A009", "A002", "Z901", "A046")) == ["volume.front", "volume.front"])
    }

    @Test func whatACaseMustHoldDependsOnWhatItHolds() {
        #expect(missing("A056").contains { $0.contains("批准逮捕决定书") && $0.contains("逮捕证") })
        #expect(!missing("A056", "A050").contains { $0.contains("lacks 批准逮捕决定书") })
        #expect(missing("C295").contains { $0.contains("补充侦查提纲") })
        #expect(!missing("A009").contains { $0.contains("补充侦查提纲") })
    }

    @Test func theStageFollowsFromTheDocuments() {
        #expect(CompletenessRules.stage(["A009"]) == .investigation)
        #expect(CompletenessRules.stage(["A009", "A049"]) == .arrestReview)
        #expect(CompletenessRules.stage(["A049", "L098"]) == .prosecutionReview)
        #expect(missing("A009", "A005").isEmpty)
        #expect(missing("A009", "A005", "L098").contains { $0.contains("户籍证明") })
    }

    @Test func anOfficeAddsChangesAndSwitchesOffRules() throws {
        let text = "rules:\n  - {name: 拘留通知书, off: true}\n  - {name: 体检, needs: [A069], if: [A046], level: warn}\n"
        let rules = try CompletenessRules.standard(with: text, titles: .standard)
        let found = missing("A046", rules: rules)
        #expect(found.contains { $0.contains("入所健康检查表") })
        #expect(!found.contains { $0.contains("拘留通知书") })
    }

    @Test(arguments: [
        ("- {needs: [A057]}", "no name"), ("- {name: 甲, needs: [Q999]}", "no title has the code"), ("- {name: 甲}", "asks for nothing"),
        ("- {name: 甲, needs: [A057], stage: [审判]}", "is not known"), ("- {name: 甲, need: [A057]}", "no key “need”"),
    ])
    func mistakesInRulesAreNamed(rule: String, words: String) {
        let error = #expect(throws: SheetMistakes.self) { try CompletenessRules.standard(with: "rules:\n  \(rule)\n", titles: .standard) }
        #expect(error?.list.contains { $0.message.contains(words) && $0.line == 2 } == true, "\(String(describing: error))")
    }
}
