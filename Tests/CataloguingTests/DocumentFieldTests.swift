import Cataloguing
import DossierModel
import Testing

@Suite struct DocumentFieldTests {
    private func first(_ sheets: Sheet...) -> VolumeCatalogue.Document { Cataloguer.catalogue(volume(sheets)).documents[0] }

    @Test(arguments: [
        ("海公(刑)立字〔2024〕123号", "海公（刑）立字〔2024〕123号"), ("海公（刑)立字[2O24]l23号", "海公（刑）立字〔2024〕123号"),
        ("京海检刑诉【2024】123号", "京海检刑诉〔2024〕123号"), ("京海检一部刑诉｛２０２４｝Z12号", "京海检一部刑诉〔2024〕Z12号"),
        ("京 海 检 批 捕 ( 2024 ) 7 号", "京海检批捕〔2024〕7号"), ("文号：京海检刑不诉「2024」第9号", "京海检刑不诉〔2024〕9号"),
        ("（2024）京0108刑初123号", "（2024）京0108刑初123号"), ("(2O24)京01O8刑初123号", "（2024）京0108刑初123号"),
    ])
    func documentNumberTakesItsNormalForm(read: String, meant: String) {
        #expect(first(Sample.filing(number: read)).documentNumber == meant)
    }

    @Test(arguments: ["本院以京海检刑诉〔2024〕123号起诉书指控张三犯盗窃罪", "海公立字〔2024〕号", "〔2024〕123号", "海公立字〔3024〕1号"])
    func whatIsNoDocumentNumberIsLeftAlone(text: String) {
        #expect(first(Sheet().title("起诉书").body(text).filler()).documentNumber == nil)
    }

    @Test(arguments: [
        ("二〇二四年三月二日", "2024-03-02"), ("二○二四年十二月三十一日", "2024-12-31"), ("二零二四年二月二十九日", "2024-02-29"),
        ("2024年3月2日", "2024-03-02"), ("2O24年l0目2曰", "2024-10-02"), ("2024.3.2", "2024-03-02"), ("2024-03-02", "2024-03-02"),
        ("20240302", "2024-03-02"), ("二 〇 二 四 年 三 月 二 日", "2024-03-02"),
    ])
    func dateIsReadInAllItsForms(read: String, meant: String) {
        #expect(first(Sheet().title("拘留通知书").filler().right(read)).date == meant)
    }

    @Test(arguments: ["2023年2月29日", "2024年13月1日", "2024年3月", "年 月 日"])
    func dayThatNeverWasIsNoDate(text: String) {
        #expect(first(Sheet().title("拘留通知书").filler().right(text)).date == nil)
    }

    @Test func decisionIsDatedBelowItsIssuerNotByTheReceipt() {
        let sheet = Sheet().title("取保候审决定书").filler().right("北京市公安局海淀分局").right("2024年3月2日")
            .body("本决定书已收到。", "被取保候审人张三").right("2024年3月5日")
        #expect(first(sheet).date == "2024-03-02")
    }

    @Test func datesInRunningTextAreNotTheDateOfADecision() {
        let sheet = Sheet().title("起诉意见书").body("犯罪嫌疑人张三于2023年1月1日在本市盗窃。").filler()
        #expect(first(sheet, Sample.running().right("2024年5月6日")).date == "2024-05-06")
    }

    @Test func recordIsDatedByItsBeginningNotByABirthday() {
        #expect(first(Sample.interrogation(of: "张三", date: "2024年3月9日")).date == "2024-03-09")
        let search = Sheet().title("搜查笔录").body("出生日期1990年1月1日", "2024年4月5日8时至9时，在张三住处").filler().right("2024年4月6日")
        #expect(first(search).date == "2024-04-05")
    }

    @Test func issuerIsTheLetterheadOrTheSignatureNeverTheAddressee() {
        #expect(first(Sample.filing()).author == "北京市公安局海淀分局")
        let indictment = Sheet().title("起诉书").filler().body("此致", "北京市海淀区人民法院").right("北京市海淀区人民检察阮").right("2024年5月6日")
        #expect(first(indictment).author == "北京市海淀区人民检察院")
        #expect(first(Sheet().title("起诉书").filler().body("此致").right("北京市海淀区人民法院")).author == nil)
    }

    @Test(arguments: [
        ("被讯问人姓名张三性别男", "张三"), ("被讯问人：王胜男性别女", "王胜男"), ("被讯问人 王胜 男 35岁", "王胜"), ("被讯问人 王 胜 男", "王胜男"), ("被讯问人欧阳小明曾用名无", "欧阳小明"),
        ("被讯问人阿依古丽·买买提性别女", "阿依古丽·买买提"), ("被迅问人张三出生日期1990年", "张三"),
    ])
    func personIsReadAfterItsLabel(row: String, name: String) {
        #expect(first(Sheet().title("讯问笔录").body(row).filler()).author == name)
    }

    @Test(arguments: [
        ("讯问笔录（第二次）", "张三第二次讯问笔录"), ("第3次讯问笔录", "张三第三次讯问笔录"), ("讯问笔录第二十一次", "张三第二十一次讯问笔录"),
        ("询 问 笔 录", "张三询问笔录"),
    ])
    func statementIsCalledAfterThePersonAndTheTime(read: String, title: String) {
        let label = read.contains("讯") ? "被讯问人" : "被询问人"
        let document = first(Sheet().title(read).body("\(label)张三性别男出生日期1990年1月1日").filler())
        #expect(document.title == title)
        #expect(document.author == "张三" && document.remark == nil)
    }

    @Test func statementWithoutAReadableNameKeepsWhatIsRead() {
        #expect(first(Sheet().title("讯问笔录（第二次）").filler()).title == "第二次讯问笔录")
    }

    @Test func identificationIsCalledAfterTheOneWhoIdentified() {
        let sheet = Sheet().title("辨 认 笔 录").body("时间2024年3月2日14时30分", "侦查人员赵一、钱二 辨认人李四", "见证人孙三 被辨认人不详").filler()
        let document = first(sheet)
        #expect(document.title == "李四辨认笔录" && document.author == "李四")
    }

    @Test func issuerIsReadFromAFieldOfTheForm() {
        let sheet = Sheet().title("户籍证明").filler().right("证明单位：海淀分局青禾派出所").right("2024年3月2日")
        #expect(first(sheet).author == "海淀分局青禾派出所")
        let scene = Sheet().title("现场勘验笔录").body("现场勘验单位北京市公安局海淀分局 指派、报告单位海淀分局青禾派出所").filler()
        #expect(first(scene).author == "北京市公安局海淀分局")
    }

    @Test func formIsDatedByItsLastRow() {
        let sheet = Sheet().title("扣押清单").cells("1", "手机", "2024-01-01", "黑色").filler().body("办案单位（公章） 2024年3月2日")
        #expect(first(sheet).date == "2024-03-02")
    }

    @Test func aCopyIsRemarkedUpon() {
        #expect(first(Sheet().title("户籍证明").filler().body("复印件，与原件核对无异")).remark == "复印件")
    }
}

@Suite struct FieldReadingTests {
    private func readings(_ sheets: Sheet...) -> [FieldReading] { Cataloguer.catalogue(volume(sheets)).documents[0].readings }

    @Test func everyFieldSaysWhereItWasRead() throws {
        let read = readings(Sample.filing(), Sample.running())
        for (field, value) in [
            (FieldReading.Field.title, "立案决定书"), (.documentNumber, "海公（刑）立字〔2024〕123号"), (.author, "北京市公安局海淀分局"), (.date, "2024-03-01"),
        ] {
            let reading = try #require(read.first { $0.field == field })
            #expect(reading.value == value && reading.image == 1 && reading.score > 0.9)
            let box = try #require(reading.box)
            #expect(box.width > 200 && box.height >= 66 && box.y > 300)
        }
    }

    @Test func aDateIsPlacedAtTheFootAndATimeAtTheHead() throws {
        let letter = readings(Sample.filing()).first { $0.field == .date }?.box
        let record = readings(Sample.interrogation(of: "张三")).first { $0.field == .date }?.box
        #expect(try #require(letter).y > 900)
        #expect(try #require(record).y < 800)
    }

    @Test func subjectsAreNamedAsTheFormsOfTheVolumeNameThem() {
        let letter = Sheet().title("逮捕通知书").body("犯罪嫌疑人张三涉嫌盗窃罪，已于2024年3月9日被逮捕。").right("北京市公安局海淀分局").right("2024年3月9日")
        let catalogue = Cataloguer.catalogue(volume([Sample.interrogation(of: "张三"), letter]))
        #expect(catalogue.documents.map { $0.readings.filter { $0.field == .person }.map(\.value) } == [["张三"], ["张三"]])
    }

    @Test func aBirthdayBelowTheLetterheadDatesNothing() {
        let sheet = Sheet().title("北京市公安局海淀分局").title("扣押决定书").body("1972年1月3日", "出生，住海淀区。").filler()
        #expect(Cataloguer.catalogue(volume([sheet])).documents[0].readings.first { $0.field == .date }.map { $0.score < 0.8 } ?? true)
    }
}

@Suite struct FieldPlaceTests {
    private func first(_ sheets: Sheet...) -> VolumeCatalogue.Document { Cataloguer.catalogue(volume(sheets)).documents[0] }

    private func readings(_ document: VolumeCatalogue.Document, _ field: FieldReading.Field) -> [FieldReading] { document.readings.filter { $0.field == field } }

    @Test func theFolioRangeHasTheBoxesOfTheStampedNumbers() throws {
        let sheets = [Sample.filing().stampRight("7"), Sample.running().stampLeft("8"), Sample.running(), Sample.filing().stampRight("10")]
        let documents = Cataloguer.catalogue(volume(sheets)).documents
        let first = try #require(readings(documents[0], .firstFolio).first)
        let stamp = try #require(sheets[0].lines.first { $0.text == "7" })
        #expect(first.value == "7" && first.image == 1 && first.text == "7" && first.score == stamp.confidence)
        #expect(first.box.map { [$0.x, $0.y] } == [Int(stamp.quad.topLeft.x), Int(stamp.quad.topLeft.y)])
        // Nine follows from its neighbours and stands nowhere.
        let last = try #require(readings(documents[0], .lastFolio).first)
        #expect(last.value == "9" && last.image == nil && last.box == nil && last.score < 0.8)
        #expect(readings(documents[1], .firstFolio).first?.image == 4 && readings(documents[1], .lastFolio).first?.image == 4)
        #expect(readings(Cataloguer.catalogue(volume([Sample.cover()])).documents[0], .firstFolio).isEmpty)
    }

    @Test(arguments: [
        ("此件系复印件", "复印件"), ("复印件与原件核对无异", "复印件"), ("附光盘1张", "光盘1张"), ("光盘（一张）", "光盘一张"), ("光盘", "光盘"), ("附：光盘二张", "光盘二张"), ("光盘说明", nil), ("刻录光盘一张。", nil),
        ("已刻录光盘一张", nil), ("光盘内容说明如下", nil), ("光盘封套", nil), ("（破损）", "破损"), ("备注：原件有破损", "破损"), ("此页残缺", "残缺"), ("车门破损", nil), ("破损", nil),
        ("门锁有破损，窗完好", nil),
    ] as [(String, String?)])
    func copiesAndDiscsAreRemarkedWithTheLineThatSaysSo(line: String, remark: String?) {
        let document = first(Sheet().title("情况说明").filler().body(line).right("2024年3月2日"))
        #expect(document.remark == remark)
        let reading = readings(document, .remark)
        #expect(reading.map(\.value) == (remark.map { [$0] } ?? []) && reading.allSatisfy { $0.image == 1 && $0.text == line && $0.box != nil })
    }

    /// A form that nobody signs in print: the seal says who issued it, in the words of another paper, and that is where its box lies.
    @Test func theSealNamesTheIssuerOfAFormThatNamesNobody() throws {
        let organ = "云汀市公安局栖霞岭分局"
        var page = Sheet().title("扣押清单").cells("编号", "名称", "数量").cells("1", "平板电脑", "1").right("2024年3月2日").page(2)
        let letter = Sheet().title("拘留证").filler().right(organ).right("2024年3月2日").page(1)
        func document(_ page: CataloguePage, after letter: CataloguePage? = letter) -> VolumeCatalogue.Document {
            Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: [letter, page].compactMap(\.self))).documents.last!
        }
        page.seals = [.init(quad: Quad(PixelRect(x: 1500, y: 800, width: 500, height: 500)), legend: "云江市公安局栖霞岭分局", confidence: 0.97)]
        let reading = try #require(readings(document(page), .author).first)
        #expect(reading.value == organ && reading.text == "云江市公安局栖霞岭分局" && reading.box == PixelRect(x: 1500, y: 800, width: 500, height: 500) && reading.score < 0.8)
        #expect(document(page, after: nil).author == nil, "what no paper prints is no name")
        var company = page
        company.seals.append(.init(quad: Quad(PixelRect(x: 300, y: 2800, width: 500, height: 500)), colour: .blue, legend: "云汀市某某商贸有限公司", confidence: 0.97))
        #expect(document(company).author == organ)
        var party = page, copy = page, two = page, faint = page
        party.lines = Sheet().title("谅解书").filler().right("2024年3月2日").page(2).lines
        copy.lines += Sheet().lower(to: 3000).body("此件系复印件").lines
        two.seals.append(.init(quad: Quad(PixelRect(x: 300, y: 2800, width: 500, height: 500)), legend: "云汀市第一看守所", confidence: 0.97))
        faint.seals[0].confidence = 0.8
        for other in [party, copy, two, faint] { #expect(document(other).author == nil) }
    }

    @Test func aCopyWithADiscIsBothEachWithItsPlace() {
        let document = first(Sheet().title("情况说明").body("附光盘1张").filler(), Sample.running().body("此件系复印件"))
        #expect(document.remark == "复印件、光盘1张")
        #expect(readings(document, .remark).map(\.value) == ["复印件", "光盘1张"] && readings(document, .remark).map(\.image) == [2, 1])
    }

    @Test func aRemarkThatAPersonEnteredStandsOnNoPage() throws {
        let edit = CatalogueEdit(volume: 1, image: 1, change: .remark, value: "破损", was: nil, by: "王某", at: "2026-11-24T10:00:00Z")
        let document = Cataloguer.catalogue(volume([Sample.filing().body("此件系复印件")]), edits: CatalogueEdits([edit])).documents[0]
        let reading = try #require(readings(document, .remark).first)
        #expect(document.remark == "破损" && reading.value == "破损" && reading.origin == .hand && reading.box == nil && reading.score == 1)
    }
}
