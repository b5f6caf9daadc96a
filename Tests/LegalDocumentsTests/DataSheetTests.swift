import DossierModel
import LegalDocuments
import Testing

/// The data file a case prefills: what agrees stands in its field with its place, what does not is a comment over an empty one.
@Suite struct DataSheetTests {
    private static func seen(_ folio: Int, score: Double = 0.97) -> FactSheet.Source {
        FactSheet.Source(volume: 1, document: folio, folio: "\(folio)", image: folio + 2, box: nil, text: nil, score: score)
    }

    private static func fact(_ kind: FactSheet.Kind, _ values: String..., measure: String? = nil, isSound: Bool? = nil) -> FactSheet.Fact {
        .init(
            kind: kind, measure: measure, isConflict: values.count > 1 && kind != .alias,
            readings: values.enumerated().map { .init(value: $1, isSound: isSound, sources: [seen($0 + 3)]) })
    }

    private static let wu = FactSheet.Person(
        role: "犯罪嫌疑人",
        facts: [
            fact(.name, "吴某己"), fact(.sex, "男"), fact(.identityNumber, "99010219880517001X", isSound: true), fact(.birthDate, "1988-05-17", "1988-05-11"),
            fact(.measure, "2024-01-26", measure: "逮捕"), fact(.measure, "2024-01-12", measure: "拘留"),
        ])
    private static let zheng = FactSheet.Person(role: "犯罪嫌疑人", facts: [fact(.name, "郑某庚"), fact(.identityNumber, "990102199009230029", isSound: false)])
    private static let li = FactSheet.Person(role: "被害人", facts: [fact(.name, "李某乙")])

    private static func sheet(_ persons: FactSheet.Person..., facts: [FactSheet.Fact] = []) -> FactSheet {
        FactSheet(
            case: "测试1号", persons: persons, facts: facts,
            documents: [
                .init(
                    volume: 1, document: 2,
                    fields: [
                        .init(field: .title, value: "起诉意见书", image: 9, box: nil, text: nil, score: 1), .init(field: .date, value: "2024-02-27", image: 9, box: nil, text: nil, score: 0.9),
                        .init(field: .author, value: "海州市公安局海东分局", image: 12, box: nil, text: nil, score: 0.9), .init(field: .firstFolio, value: "7", image: nil, box: nil, text: nil, score: 1),
                        .init(field: .lastFolio, value: "9", image: 12, box: nil, text: nil, score: 1),
                    ])
            ])
    }

    private func data(_ template: DocumentTemplate, _ sheet: FactSheet, index: CaseFacts = CaseFacts(number: "测试1号")) -> String {
        DataSheet(template, index: index, facts: sheet, organ: .init(name: "海州市海东区人民检察院", code: "海东"), titleCode: { ["起诉意见书": "L098"][$0] }).text
    }

    private func shipped(_ name: String) throws -> DocumentTemplate { try TemplateLibrary(folder: nil).template(named: name) }

    @Test func whatAllDocumentsAgreeOnStandsInItsFieldWithPlaceAndScore() throws {
        let text = data(try shipped("起诉书"), Self.sheet(Self.wu, Self.li))
        #expect(text.contains("  - 姓名: \"吴某己\"  # 第1册3页（image 5）, 97 %\n"), "\(text)")
        #expect(text.contains("    性别: \"男\"  # 第1册3页"))
        #expect(text.contains("    证件号码: \"99010219880517001X\"  #"))
        #expect(text.contains("侦查机关: \"海州市公安局海东分局\"  # 第1册9页（image 12）, 90 %\n"), "\(text)")
        let dated = try template("{{名}}", fields: "名: {type: date, from: \"document[起诉意见书].date\"}")
        #expect(data(dated, Self.sheet()).contains("名: \"2024-02-27\"  # 第1册7页（image 9）, 90 %\n"))
        #expect(!text.contains("李某乙"))
    }

    /// The document may be called otherwise than the template calls it.
    @Test func aDocumentIsToldByItsCodeToo() throws {
        var sheet = Self.sheet()
        sheet.documents[0].code = "L098"
        sheet.documents[0].fields[0].value = "起诉意见书（副本）"
        for path in ["起诉意见书", "L098"] {
            let dated = try template("{{名}}", fields: "名: {type: date, from: \"document[\(path)].date\"}")
            let text = DataSheet(dated, index: CaseFacts(number: "测试1号"), facts: sheet, organ: .init(name: nil, code: nil), titleCode: { ["起诉意见书": "L098", "L098": "L098"][$0] }).text
            #expect(text.contains("名: \"2024-02-27\"  #"), "\(path): \(text)")
        }
    }

    @Test func measuresStandInTheOrderOfTheirDays() throws {
        let text = data(try shipped("起诉书"), Self.sheet(Self.wu))
        #expect(text.contains("    # 2024-01-12 拘留: 第1册3页（image 5）, 97 %\n    # 2024-01-26 逮捕: 第1册3页（image 5）, 97 %\n    强制措施: \"2024年1月12日拘留；2024年1月26日逮捕\"\n"), "\(text)")
        var again = Self.wu
        again.facts.append(Self.fact(.measure, "2024-03-01", measure: "拘留"))
        again.facts.removeAll { $0.measure == "拘留" && $0.readings[0].value == "2024-01-12" }
        again.facts[again.facts.count - 1].readings.append(.init(value: "2024-03-02", sources: [Self.seen(8)]))
        #expect(data(try shipped("起诉书"), Self.sheet(again)).contains("    # 2024-03-02 拘留: 第1册8页（image 10）, 97 %\n    强制措施:  #"))
    }

    @Test func contradictoryValuesAreCommentsAndTheFieldIsEmpty() throws {
        let text = data(try shipped("起诉书"), Self.sheet(Self.wu))
        #expect(text.contains("    # 1988-05-17: 第1册3页（image 5）, 97 %\n    # 1988-05-11: 第1册4页（image 6）, 97 %\n    出生日期:  # a date such as 2024-03-02\n"), "\(text)")
    }

    @Test func aNumberThatFailsItsCheckDigitIsShownAndNotFilledIn() throws {
        let text = data(try shipped("起诉书"), Self.sheet(Self.zheng))
        #expect(text.contains("    # 990102199009230029: 第1册3页（image 5）, 97 %, 校验不符\n    证件号码:  #"), "\(text)")
    }

    @Test func ofSeveralSuspectsNoneIsChosenWhereThereIsRoomForOne() throws {
        let text = data(try shipped("讯问笔录"), Self.sheet(Self.wu, Self.zheng))
        #expect(text.contains("# 吴某己: 第1册3页（image 5）, 97 %\n# 郑某庚: 第1册3页（image 5）, 97 %\n被讯问人:  #"), "\(text)")
        #expect(data(try shipped("讯问笔录"), Self.sheet(Self.wu, Self.li)).contains("被讯问人:  #") == true)
        #expect(data(try shipped("讯问笔录"), Self.sheet(Self.wu, Self.li)).contains("  姓名: \"吴某己\"  #"))
    }

    @Test func aChargeLosesItsFinalWordAndSeveralAreNotChosenFrom() throws {
        let one = Self.sheet(facts: [Self.fact(.charge, "盗窃罪")]), two = Self.sheet(facts: [Self.fact(.charge, "盗窃", "诈骗罪")])
        #expect(data(try shipped("起诉书"), one).contains("案由: \"盗窃\"  #"))
        #expect(data(try shipped("起诉书"), two).contains("# 盗窃: 第1册3页（image 5）, 97 %\n# 诈骗: 第1册4页（image 6）, 97 %\n案由:  #"))
        #expect(data(try shipped("起诉书"), Self.sheet(), index: CaseFacts(number: "测试1号", cause: "抢夺")).contains("案由: \"抢夺\"  # batch.yaml\n"))
    }

    /// The file is what “document new” reads; whatever is empty is told as missing, and the rest is not complained of.
    @Test(arguments: ["起诉书", "批准逮捕决定书", "讯问笔录", "案件材料移送清单"])
    func theFileIsReadBackAndOnlyWhatIsEmptyIsMissing(name: String) throws {
        let template = try shipped(name)
        for sheet in [FactSheet(case: "测试1号"), Self.sheet(Self.wu), Self.sheet(Self.wu, Self.zheng, facts: [Self.fact(.charge, "盗窃罪"), Self.fact(.amount, "12399.5")])] {
            let text = DataSheet(template, index: CaseFacts(number: "测试1号"), facts: sheet, organ: .init(name: nil, code: nil)).text
            let found = problems(template, text)
            #expect(!found.isEmpty && found.allSatisfy { $0.kind == .missing }, "\(found)\n\(text)")
            let keys = text.split(separator: "\n").filter { !$0.hasPrefix(" ") && !$0.hasPrefix("#") }.map { String($0.prefix { $0 != ":" }) }
            #expect(keys == ["院名", "院代字", "日期"] + template.header.fields.map(\.name))
        }
    }

    @Test func aCompletedFileMakesTheDocument() throws {
        let template = try template("甲{{人.姓名}}乙{{名}}", fields: "名: text\n人: {type: person, from: suspect}")
        let text = data(template, Self.sheet(Self.zheng))
        #expect(problems(template, text).map(\.field) == ["名"])
        #expect(try values(template, text.replacing("名:  # one line", with: "名: 丙 # one line")).canonicalText.contains("郑某庚"))
    }

    /// What was read from paper can break neither a comment nor a value.
    @Test(arguments: ["甲\n乙: 丙", "# 甲", "\"甲\\", "甲: [", "'", "{{名}}", "\u{7}甲"])
    func whateverWasReadTheFileStaysAFile(value: String) throws {
        let template = try template("{{名}}{{数}}", fields: "名: {type: text, from: suspect.name}\n数: {type: text, from: unit}")
        let person = FactSheet.Person(role: "犯罪嫌疑人", facts: [Self.fact(.name, value)])
        for facts in [[Self.fact(.handlingUnit, value)], [Self.fact(.handlingUnit, value, "乙")]] {
            let text = data(template, Self.sheet(person, facts: facts))
            let read = try DataFile.read(Array(text.utf8), location: "data.yaml")[0]
            #expect(read.map(\.0) == ["日期", "名", "数"], "\(text)")
        }
    }

    @Test func placesAmongTheFactsAreCheckedWithTheTemplate() {
        for path in ["suspect.name", "victim.alias", "charge", "unit", "document[起诉意见书].number"] { #expect(mistakes(source("{{名}}", fields: "名: {type: text, from: \"\(path)\"}")) == [], "\(path)") }
        for path in ["suspect.height", "suspect.name.x", "somebody.name", "document[起诉意见书].colour", "document.date", "suspect."] {
            #expect(mistakes(source("{{名}}", fields: "名: {type: text, from: \"\(path)\"}")).contains { $0.message.contains("no “\(path)”") && $0.message.contains("suspect.PART") }, "\(path)")
        }
        for (type, path) in [("date", "suspect.name"), ("text", "suspect"), ("money", "charge"), ("number", "amount"), ("{type: choice, choices: [是]}", "suspect.sex")] {
            let field = type.hasPrefix("{") ? "名: {type: choice, choices: [是], from: \(path)}" : "名: {type: \(type), from: \(path)}"
            #expect(mistakes(source("{{名}}", fields: field)).contains { $0.message.contains("does not give") }, "\(type) from \(path)")
        }
    }

    /// A fact is no value of a document as long as nobody has looked at it.
    @Test func factsStandInForNothingByThemselves() throws {
        let template = try template("{{名}}", fields: "名: {type: text, from: suspect.name}")
        let found = problems(template, "", facts: catalogue(1))
        #expect(found.map(\.kind) == [.missing] && found[0].message.contains("dossier document data"))
    }
}
