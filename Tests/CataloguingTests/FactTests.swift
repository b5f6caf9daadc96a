import DossierModel
import Testing

@testable import Cataloguing

/// What the documents say of persons and measures, with where; nothing is corrected and nothing chosen.
@Suite struct FactTests {
    private func sheet(_ sheets: [Sheet], parties: [BatchSheet.Party] = [], cause: String? = nil) -> FactSheet {
        let catalogue = Cataloguer.catalogue(volume(sheets), parties: parties.map(\.name))
        return FactSheet.collected(case: "测试1号", volumes: [catalogue], parties: parties, cause: cause)
    }

    private func fact(_ facts: [FactSheet.Fact], _ kind: FactSheet.Kind, measure: String? = nil) -> FactSheet.Fact? {
        facts.first { $0.kind == kind && (measure == nil || $0.measure == measure) }
    }

    private static func detention(of name: String, date: String = "2024年3月2日", birth: String = "1949年12月31日") -> Sheet {
        Sheet().title("拘留证").right("海公（刑）拘字〔2024〕5号")
            .body("兹决定对犯罪嫌疑人\(name)（性别男，出生日期\(birth)，身份证", "号码11010519491231002X）执行拘留，因其涉嫌盗窃罪，涉案人民币", "52692元，送看守所羁押。")
            .right("北京市公安局海淀分局").right(date)
    }

    private static func record(of name: String) -> Sheet {
        Sheet().title("户籍证明").cells("姓名", name).cells("曾用名", "张大山").cells("出生日期", "1949年12月31日").cells("公民身份号码", "110105194912310021")
            .right("北京市公安局海淀分局").right("2024年3月3日")
    }

    @Test func aPersonHasEverythingTheDocumentsSayWithItsPlace() throws {
        let facts = sheet([Self.detention(of: "张三"), Self.record(of: "张三")], parties: [.init(name: "张三", role: "犯罪嫌疑人")], cause: "盗窃")
        let person = try #require(facts.persons.first)
        #expect(person.role == "犯罪嫌疑人")
        #expect(fact(person.facts, .alias)?.readings.map(\.value) == ["张大山"])
        let birth = try #require(fact(person.facts, .birthDate))
        #expect(birth.readings.map(\.value) == ["1949-12-31"] && !birth.isConflict)
        let measure = try #require(fact(person.facts, .measure, measure: "拘留"))
        #expect(measure.readings.map(\.value) == ["2024-03-02"])
        let source = try #require(measure.readings[0].sources.first)
        #expect(source.image == 1 && source.volume == 1 && source.document == 1 && source.text?.contains("2024年3月2日") == true)
        #expect(fact(facts.facts, .charge)?.readings.map(\.value) == ["盗窃"] && fact(facts.facts, .charge)?.readings[0].isGiven == true)
        #expect(fact(facts.facts, .amount)?.readings.map(\.value) == ["52692"])
        #expect(fact(facts.facts, .documentNumber)?.readings.map(\.value) == ["海公（刑）拘字〔2024〕5号"])
        #expect(fact(facts.facts, .handlingUnit)?.readings.map(\.value) == ["北京市公安局海淀分局"])
    }

    @Test func aNumberBrokenOverTwoLinesHasTheBoxOfBoth() throws {
        let page = Sheet().title("拘留证").body("犯罪嫌疑人张三，身份证号码110105", "19491231002X，现住本市。").right("北京市公安局海淀分局").right("2024年3月2日")
        let person = try #require(sheet([page], parties: [.init(name: "张三")]).persons.first)
        let reading = try #require(fact(person.facts, .identityNumber)?.readings.first)
        #expect(reading.value == "11010519491231002X" && reading.isSound == true)
        let box = try #require(reading.sources[0].box)
        let lines = page.lines.filter { $0.text.contains("110105") || $0.text.contains("1231002X") }.map { $0.quad.corners.map(\.y) }
        #expect(box.y == Int(lines[0].min()!) && box.y + box.height >= Int(lines[1].max()!))
    }

    /// Both stand, and the wrong check digit is said, not mended.
    @Test func numbersThatContradictOneAnotherAreAllListed() throws {
        let facts = sheet([Self.detention(of: "张三"), Self.record(of: "张三")], parties: [.init(name: "张三", role: "犯罪嫌疑人")])
        let numbers = try #require(fact(facts.persons[0].facts, .identityNumber))
        #expect(numbers.isConflict)
        #expect(numbers.readings.map(\.value) == ["11010519491231002X", "110105194912310021"])
        #expect(numbers.readings.map(\.isSound) == [true, false])
    }

    @Test func aBirthThatContradictsASoundNumberIsAConflict() throws {
        let facts = sheet([Self.detention(of: "张三", birth: "1950年1月1日")], parties: [.init(name: "张三")])
        let birth = try #require(fact(facts.persons[0].facts, .birthDate))
        #expect(birth.isConflict && Set(birth.readings.map(\.value)) == ["1950-01-01", "1949-12-31"])
    }

    /// 性别 in a form, between marks behind a name, and in a sound number; they have to agree.
    @Test func theSexIsWhatTheFormsSayAndTheNumberBearsOut() throws {
        let page = { (lines: String...) in lines.reduce(Sheet().title("情况说明")) { $0.body($1) } }
        let sexes = { (page: Sheet) in fact(sheet([page], parties: [.init(name: "张三")]).persons.flatMap(\.facts), .sex) }
        for said in ["张三，男，汉族", "张三（女，汉族）", "张三性别男出生日期1980年5月1日", "张三，性别：女，汉族"] {
            #expect(sexes(page(said))?.readings.map(\.value) == [said.contains("男") ? "男" : "女"], "\(said)")
        }
        for unsaid in ["张三，男朋友在场", "张三女儿在场", "性别", "张三性别不详", "男，张三"] { #expect(sexes(page(unsaid)) == nil, "\(unsaid)") }
        // The order 002 of the number is a woman's.
        let conflict = try #require(sexes(page("张三，男，身份证号码11010519491231002X。")))
        #expect(conflict.isConflict && conflict.readings.map(\.value) == ["男", "女"])
        #expect(sexes(page("张三，女，身份证号码11010519491231002X。"))?.isConflict == false)
        #expect(sexes(page("张三，男，身份证号码110105194912310021。"))?.readings.map(\.value) == ["男"], "a number that is not sound tells nothing")
    }

    /// Forms that name the person by particulars and not by a role, over the end of a line too.
    @Test(arguments: [
        ("延长拘留期限通知书", ["因张三系结伙作案的重大嫌疑分子，决定延长张三（性别男，出生日期", "1949年12月31日）的拘留期限。"], "延长拘留期限"),
        ("逮捕证", ["兹由我局对涉嫌盗窃罪的张三（性别男，住海淀）执行逮捕。"], "逮捕"), ("拘留证", ["兹决定对犯罪嫌疑人", "张三执行拘留。"], "拘留"),
        ("释放通知书", ["我局拘留的犯罪嫌疑人张三，因变更强制措施，予以释放。"], "释放"), ("拘留证", ["因殴打被害人李四，兹决定对犯罪嫌疑人张三执行拘留。"], "拘留"),
    ] as [(String, [String], String)])
    func aMeasureHasItsPerson(title: String, lines: [String], measure: String) throws {
        let page = lines.reduce(Sheet().title(title)) { $0.body($1) }.right("北京市公安局海淀分局").right("2024年3月2日")
        let facts = sheet([page], parties: [.init(name: "张三", role: "犯罪嫌疑人"), .init(name: "李四", role: "被害人")])
        #expect(fact(facts.persons[0].facts, .measure, measure: measure)?.readings.map(\.value) == ["2024-03-02"])
        #expect(fact(facts.facts, .measure) == nil && fact(facts.persons[1].facts, .measure) == nil)
    }

    @Test func namesThatLookAlikeAreOnePersonWithANameInDispute() throws {
        let facts = sheet([Sample.interrogation(of: "吴某己", time: 1), Sample.interrogation(of: "吴某已", time: 2)])
        #expect(facts.persons.count == 1)
        let name = try #require(fact(facts.persons[0].facts, .name))
        #expect(name.isConflict && Set(name.readings.map(\.value)) == ["吴某己", "吴某已"])
        #expect(facts.persons[0].role == "犯罪嫌疑人")
    }

    /// 己 was read as 已 on the form that orders the measure: it is still the suspect's.
    @Test func aMeasureIsOfThePersonWhoseNameLooksLikeTheOneRead() throws {
        let facts = sheet([Self.detention(of: "吴某已")], parties: [.init(name: "吴某己", role: "犯罪嫌疑人")])
        #expect(facts.persons.count == 1 && fact(facts.facts, .measure) == nil)
        #expect(fact(facts.persons[0].facts, .measure, measure: "拘留")?.readings.map(\.value) == ["2024-03-02"])
        #expect(fact(facts.persons[0].facts, .name)?.readings.map(\.value) == ["吴某己", "吴某已"], "what was read is not put right")
    }

    @Test func anEmptyFieldIsNoAliasAndAnInvolvedPersonNoSuspect() throws {
        let page = Sheet().title("户籍证明").cells("姓名", "李四").cells("曾用名", "性别", "男").cells("出生日期", "1980年5月1日").right("2024年3月3日")
        let person = try #require(sheet([page]).persons.first)
        #expect(fact(person.facts, .alias) == nil && person.role == nil)
    }

    /// The head of a table stands beside labels, not beside values.
    @Test func aFormLabelIsNobodysName() {
        let table = Sheet().title("户籍证明").cells("姓名", "性别", "出生日期").cells("张三", "男", "1980年5月1日").cells("姓名", "文化程度").cells("姓名", "籍贯").cells("绰号", "职业")
        let facts = sheet([table], parties: [.init(name: "张三")])
        #expect(facts.persons.count == 1)
        #expect(fact(facts.facts, .alias) == nil && fact(facts.persons[0].facts, .alias) == nil)
        for label in ["性别", "出生日期", "文化程度", "职业", "籍贯", "国籍", "住址", "姓名", "民族", "身份证号", "被害人", "不详", "同上"] { #expect(!NameForm.fits(label.compacted), "\(label)") }
        for name in ["张三", "曾志伟", "文化平", "单玉", "买买提·吐尔逊", "阿卜杜热合曼·阿卜杜热西提"] { #expect(NameForm.fits(name.compacted), "\(name)") }
    }

    @Test func aWitnessNobodyKnowsLeavesTheSuspectAlone() {
        let page = Sheet().title("搜查笔录").body("对犯罪嫌疑人张三的住处进行搜查。见证人：钱七，性别女，", "身份证号码11010519491231002X，全程在场。").right("2024年3月2日")
        let facts = sheet([page], parties: [.init(name: "张三", role: "犯罪嫌疑人")])
        let suspect = facts.persons.first { person in person.facts.contains { $0.kind == .name && $0.readings.contains { $0.value == "张三" } } }
        #expect(suspect != nil && fact(suspect?.facts ?? [], .identityNumber) == nil && fact(suspect?.facts ?? [], .sex) == nil)
    }

    /// 王小明华 is somebody else, whatever the volume knows of 王小明.
    @Test func aNameThatGoesOnOwnsNothing() throws {
        let page = Sheet().title("拘留证").body("对犯罪嫌疑人王小明华，身份证号码11010519491231002X执行拘留。").right("北京市公安局海淀分局").right("2024年3月2日")
        let facts = sheet([page], parties: [.init(name: "王小明")])
        #expect(facts.persons.flatMap(\.facts).map(\.kind).filter { $0 != .name } == [])
        #expect(fact(facts.facts, .identityNumber)?.readings.map(\.value) == ["11010519491231002X"])
        for rest in ["", "，男", "性别男", "因涉嫌", "身份证号", "(", "2024", "第二次讯问笔录", "侦查羁押期限", "账号：", "执行逮捕"] { #expect(NameForm.ends(before: rest.compacted), "\(rest)") }
        for rest in ["华", "华，男", "·买买提"] { #expect(!NameForm.ends(before: rest.compacted), "\(rest)") }
    }

    /// Whoever the office names is looked for, whatever the name looks like.
    @Test(arguments: ["阿卜杜热合曼·阿卜杜热西提", "甲", "John Smith", "某科技发展有限责任公司"])
    func aPartyIsFoundWhateverTheNameLooksLike(name: String) throws {
        let page = Sheet().title("户籍证明").cells("姓名", name).cells("公民身份号码", "11010519491231002X").right("2024年3月3日")
        let person = try #require(sheet([page], parties: [.init(name: name)]).persons.first)
        #expect(fact(person.facts, .identityNumber)?.readings.map(\.value) == ["11010519491231002X"])
    }

    @Test func documentsCarryTheirFieldsWithBoxes() throws {
        let fields = try #require(sheet([Sample.filing()]).documents.first).fields
        #expect(fields.map(\.field).prefix(4) == [.title, .documentNumber, .author, .date])
        #expect(fields.prefix(4).allSatisfy { $0.image == 1 && $0.box != nil && $0.text != nil })
    }

    /// What a person entered, or only the list on paper says, stands on no line of the document; it is a fact all the same.
    @Test func whatAHandOrThePaperGaveIsAFactThatSaysSo() throws {
        let edits = [CatalogueEdit.Change.number: "海公（刑）拘字〔2024〕77号", .author: "甲县公安局", .date: "2024-03-09"].map {
            CatalogueEdit(volume: 1, image: 1, change: $0.key, value: $0.value, was: nil, by: "王某", at: "2026-11-24T10:00:00Z")
        }
        let edited = Cataloguer.catalogue(volume([Self.detention(of: "张三")]), edits: CatalogueEdits(edits), parties: ["张三"])
        let facts = FactSheet.collected(case: "测试1号", volumes: [edited], parties: [.init(name: "张三")])
        let number = try #require(fact(facts.facts, .documentNumber)?.readings.first { $0.value.contains("77") }?.sources.first)
        let unit = try #require(fact(facts.facts, .handlingUnit)?.readings.first { $0.value == "甲县公安局" }?.sources.first)
        let day = try #require(fact(facts.persons[0].facts, .measure)?.readings.first { $0.value == "2024-03-09" }?.sources.first)
        for source in [number, unit, day] {
            #expect(source.image == 1 && source.box == nil && source.text == nil && source.origin == .hand && source.score == 1)
        }
        #expect(facts.documents[0].fields.filter { $0.origin == .hand }.map(\.field) == [.documentNumber, .author, .date])
    }

    @Test func whatMayBeOfSeveralIsNoConflict() throws {
        let once = Self.detention(of: "张三", date: "2024年3月2日"), again = Self.detention(of: "张三", date: "2024年5月2日")
        let nobody = Sheet().title("情况说明").body("涉嫌诈骗罪，持有号码11010519491231002X和110105194912310021，", "1980年5月1日出生，1981年5月1日出生。")
        let facts = sheet([once, again, nobody], parties: [.init(name: "张三")], cause: "盗窃")
        #expect(fact(facts.persons[0].facts, .measure)?.readings.count == 2 && fact(facts.persons[0].facts, .measure)?.isConflict == false)
        #expect(fact(facts.facts, .identityNumber)?.readings.count == 2 && fact(facts.facts, .birthDate)?.readings.count == 2)
        #expect(fact(facts.facts, .charge)?.readings.map(\.value) == ["盗窃", "诈骗罪"], "盗窃罪 is 盗窃")
        #expect(facts.facts.allSatisfy { !$0.isConflict })
    }

    @Test func aPartyWrittenWithASpaceHasOneName() throws {
        let page = Sheet().title("户籍证明").cells("姓名", "王五").cells("公民身份号码", "11010519491231002X").right("2024年3月3日")
        let name = try #require(sheet([page], parties: [.init(name: "王 五")]).persons.first.flatMap { fact($0.facts, .name) })
        #expect(name.readings.map(\.value) == ["王 五"] && !name.isConflict)
    }

    /// Too short, too long, an impossible day, a letter read for a digit, a mask: kept as read, and not sound.
    @Test(arguments: ["1101051949123100", "110105194912310022345", "110105194913310021", "11010519491231O021", "1101051949****0021", "110105491231002"])
    func aMalformedNumberBehindItsLabelIsKeptAsRead(number: String) throws {
        let page = Sheet().title("户籍证明").cells("姓名", "张三").cells("公民身份号码", number).cells("2024年3月2日", "填表").right("2024年3月3日")
        let facts = sheet([page], parties: [.init(name: "张三")])
        let readings = try #require(fact(facts.persons[0].facts, .identityNumber)?.readings)
        #expect(readings.map(\.value) == [number] && readings.map(\.isSound) == [false])
        #expect(fact(facts.persons[0].facts, .birthDate) == nil)
        let unlabelled = Sheet().title("户籍证明").cells("姓名", "张三").cells("联系电话", number).right("2024年3月3日")
        #expect(sheet([unlabelled], parties: [.init(name: "张三")]).persons.flatMap(\.facts).allSatisfy { $0.kind != .identityNumber })
    }

    @Test(arguments: [
        ("张三，出生日期：1980年5月1日，男", "1980-05-01"), ("张三，1980年5月1日出生", "1980-05-01"), ("张三生于1980年5月1日", "1980-05-01"), ("张三，出生年月1980年5月1日", "1980-05-01"),
        ("张三，出生地海淀，2024年3月2日被拘留", nil), ("出生证明办理时间2024年3月2日，张三", nil), ("张三2024年3月2日到案，出生日期不详", nil), ("张三于2024年3月2日，出生日期", nil), ("制作2024年3月2日出生日期", nil),
    ] as [(String, String?)])
    func onlyADayThatIsCalledSoIsABirth(sentence: String, day: String?) {
        let facts = sheet([Sheet().title("情况说明").body(sentence)], parties: [.init(name: "张三")])
        #expect((facts.persons.flatMap(\.facts) + facts.facts).filter { $0.kind == .birthDate }.flatMap(\.readings).map(\.value) == (day.map { [$0] } ?? []))
    }

    /// The commonest of the courts' years, and those whose names hold 犯罪, 的 or 、.
    @Test(arguments: [
        "危险驾驶罪", "盗窃罪", "帮助信息网络犯罪活动罪", "诈骗罪", "掩饰、隐瞒犯罪所得罪", "故意伤害罪", "交通肇事罪", "寻衅滋事罪", "开设赌场罪", "走私、贩卖、运输、制造毒品罪", "侵犯公民个人信息罪",
        "生产、销售不符合安全标准的食品罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪", "非法制造、买卖、运输、邮寄、储存枪支、弹药、爆炸物罪", "组织、领导、参加黑社会性质组织罪",
    ])
    func aChargeIsReadToItsEnd(name: String) {
        for sentence in ["因其涉嫌\(name)，经批准", "涉嫌\(name)一案的犯罪嫌疑人", "因涉嫌\(name)被刑事拘留", "涉嫌\(name)的犯罪嫌疑人", "涉嫌\(name)", "涉嫌罪名：\(name)。其犯罪事实"] {
            let page = Sheet().title("情况说明").body(sentence)
            #expect(fact(sheet([page]).facts, .charge)?.readings.map(\.value) == [name], "\(sentence)")
        }
    }

    @Test func severalChargesAreSeveralAndConductIsNone() {
        let charges = { (sentence: String) in fact(sheet([Sheet().title("情况说明").body(sentence)]).facts, .charge)?.readings.map(\.value) ?? [] }
        #expect(charges("涉嫌盗窃罪、诈骗罪和寻衅滋事罪，现查明") == ["盗窃罪", "诈骗罪", "寻衅滋事罪"])
        #expect(charges("涉嫌盗窃一案") == ["盗窃"] && charges("涉嫌故意伤害案件") == ["故意伤害"])
        #expect(charges("涉嫌犯罪，其行为") == [] && charges("涉嫌殴打他人的行为已构成故意伤害罪。") == [])
    }

    @Test(arguments: [
        ("52692", "52692"), ("1,234.50", "1234.5"), ("5.2万", "52000"), ("3万", "30000"), ("3万5000", "35000"), ("5万2千", "52000"), ("1亿2000万", "120000000"), ("", nil), ("1.2.3", nil),
        ("0.00001万", "0.1"), ("0.123", "0.123"), ("5.25678万", "52567.8"), ("1,234,567", "1234567"), ("3,50", nil), ("1234,567", nil), ("，500", nil), ("万", nil), ("5千2万", nil),
        ("12345678901234567890", nil), ("1234567890123456", "1234567890123456"), ("9223372036854775807亿", nil),
    ] as [(String, String?)])
    func sumsAreReadAsWritten(written: String, yuan: String?) {
        #expect(Money.value(written.unicodeScalars) == yuan)
    }

    /// A sentence breaks anywhere, in front of 元 too.
    @Test(arguments: [("人民币526", "92元，已追回"), ("人民币52692", "元，已追回"), ("人民币5.2", "692万元，已追回")])
    func aSumThatASentenceBreaksIsWhole(end: String, next: String) {
        let page = Sheet().title("情况说明").body("经查，犯罪嫌疑人张三于当日将上述物品变卖，共得款" + end, next)
        #expect(fact(sheet([page]).facts, .amount)?.readings.map(\.value) == ["52692"])
    }

    /// A telephone number, a sum that ends with a mark, and a table cell beside another may end a line, too.
    @Test(arguments: [("其本人联系电话为13800138000", "5000元现金已扣押", "5000"), ("先后于当日取款1,500,", "300元，已追回", "300")])
    func whatIsNoSumAboveTheBreakStaysOutOfIt(end: String, next: String, yuan: String) {
        let page = Sheet().title("情况说明").body("证人李某乙证明犯罪嫌疑人张三于次日上午" + end, next)
        let found = fact(sheet([page]).facts, .amount)?.readings.map(\.value) ?? []
        #expect(found.isEmpty || found == [yuan], "\(found)")
    }

    /// 任用 is no 任月, and of two parties whose names look alike a third spelling is neither.
    @Test func wordsThatFoldLikeANameAreNobody() {
        let page = Sheet().title("情况说明").body("张三系该单位聘任用，身份证号码11010519491231002X。")
        let facts = sheet([page], parties: [.init(name: "任月", role: "犯罪嫌疑人")])
        #expect(facts.persons.allSatisfy { fact($0.facts, .identityNumber) == nil })
        let third = Sheet().title("情况说明").body("吴某巳，男，身份证号码11010519491231002X。")
        let two = sheet([third], parties: [.init(name: "吴某己", role: "犯罪嫌疑人"), .init(name: "吴某已", role: "被害人")])
        #expect(two.persons.prefix(2).allSatisfy { fact($0.facts, .identityNumber) == nil })
    }

    /// No sum is put together from what stands in two cells, two rows that are no sentence, or two clauses.
    @Test(arguments: [
        (["共计2，500元"], ["500"]), (["数量12345678901234567元"], ["12345678901234567"]), (["赃款人民币526", "92元已追回"], []), (["物品价值", "3000元，已退还"], ["3000"]),
        (["损失1,234.50元，5.2万元"], ["1234.5", "52000"]), (["涉案金额0.00001万元"], ["0.1"]),
    ] as [([String], [String])])
    func noSumIsInvented(lines: [String], yuan: [String]) {
        let page = lines.reduce(Sheet().title("情况说明")) { $0.body($1) }
        #expect(fact(sheet([page]).facts, .amount)?.readings.map(\.value) ?? [] == yuan)
    }

    @Test func noSumCrossesTheBorderOfACell() {
        let page = Sheet().title("扣押清单").cells("12", "30元").cells("5", "元")
        #expect(fact(sheet([page]).facts, .amount)?.readings.map(\.value) == ["30"])
    }

    /// The example of GB 11643-1999 annex A, and one with two digits exchanged.
    @Test func theCheckDigitIsJudged() {
        #expect(IdentityNumber("11010519491231002X")?.isSound == true)
        #expect(IdentityNumber("11010519491213002X")?.isSound == false)
        #expect(IdentityNumber("11010519491331002X") == nil, "no such month")
        #expect(IdentityNumber("1101051949123100") == nil)
    }

    @Test func anEmptyCaseHasNoFacts() {
        #expect(FactSheet.collected(case: "甲", volumes: []) == FactSheet(case: "甲"))
    }

    /// Four times the pages give four times the values and not more places per value than documents.
    @Test func factsGrowWithTheDocuments() {
        let count = { (copies: Int) in
            Cataloguer.catalogue(volume((0..<copies).flatMap { _ in [Self.detention(of: "张三"), Self.record(of: "张三")] }), parties: ["张三"]).observations.count
        }
        #expect(count(40) == 4 * count(10))
    }
}
