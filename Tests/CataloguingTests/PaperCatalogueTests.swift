import DossierModel
import Testing

@testable import Cataloguing

@Suite struct PaperCatalogueTests {
    private static func list(_ rows: [[String]]) -> Sheet {
        let head = Sheet().title("卷内文件目录").listRow("序号", "文号", "责任者", "题名", "日期", "页号", "备注")
        return rows.enumerated().reduce(head) { sheet, row in
            sheet.listRow("\(row.offset + 1)", row.element[0], "海淀分局", row.element[1], row.element[2], row.element[3], "无")
        }
    }

    private static let rows = [
        ["海公立字〔2024〕1号", "立案决定书", "20240301", "1"], ["无", "拘留证", "20240302", "2"], ["无", "张三第一次讯问笔录", "20240302", "3"],
        ["无", "抓获经过", "20240303", "5"],
    ]

    private static func letter(_ title: String, _ date: String, number: String? = nil, folio: Int) -> Sheet {
        let head = Sheet().stampRight("\(folio)").title(title)
        return (number.map { head.right($0) } ?? head).filler().right("北京市公安局海淀分局").right(date)
    }

    private static let pages = [
        letter("立案决定书", "2024年3月1日", number: "海公立字〔2024〕1号", folio: 1), letter("拘留证", "2024年3月2日", folio: 2),
        Sample.interrogation(of: "张三", time: 1).stampRight("3"), Sample.running().stampRight("4"), letter("抓获经过", "2024年3月3日", folio: 5),
    ]

    private func catalogue(_ rows: [[String]] = rows, _ pages: [Sheet] = pages) -> VolumeCatalogue {
        Cataloguer.catalogue(volume([Self.list(rows)] + pages))
    }

    @Test func everyRowOfAnHonestCatalogueIsFoundAndRaisesTheScores() {
        let catalogue = catalogue()
        #expect(catalogue.paperRows == .init(rows: 4, matched: 4))
        #expect(catalogue.allFindings.filter { $0.id.hasSuffix("ask") }.isEmpty)
        #expect(catalogue.documents.allSatisfy { $0.score >= 0.9 })
    }

    @Test(arguments: [(1, 2, "20240309", "日期"), (0, 0, "海公立字〔2024〕7号", "文号"), (1, 1, "逮捕证", "题名"), (2, 1, "张四第一次讯问笔录", "题名")])
    func whatDiffersIsAskedWithBothSides(row: Int, column: Int, text: String, word: String) throws {
        var rows = Self.rows
        rows[row][column] = text
        let catalogue = catalogue(rows)
        let finding = try #require(catalogue.allFindings.first { $0.id == "catalogue.paper.ask" }, "\(catalogue.allFindings)")
        #expect(finding.message.contains(word))
        #expect(catalogue.documents.count == 5)
        #expect(catalogue.titles.contains("拘留证"))
    }

    @Test func aRowWithoutADocumentIsAskedAtThePageItNames() {
        let rows = Array(Self.rows.prefix(3)) + [["无", "辨认笔录", "20240302", "4"], Self.rows[3]]
        let catalogue = catalogue(rows)
        #expect(catalogue.paperRows == .init(rows: 5, matched: 4))
        #expect(catalogue.findings(at: 5).contains("catalogue.row.ask"))
    }

    @Test func rowsOfOneTitleWithoutADocumentAreToldApart() {
        let rows = Array(Self.rows.prefix(3)) + [["无", "送达回证", "20240302", ""], ["无", "送达回证", "20240302", ""], Self.rows[3]]
        let asked = catalogue(rows).allFindings.filter { $0.id == "catalogue.row.ask" }
        #expect(asked.count == 2 && Set(asked.map(\.key)).count == 2, "\(asked.map(\.key))")
    }

    @Test func aTitleLostOnThePageIsTakenFromTheListAndAsked() throws {
        var pages = Self.pages
        pages[1] = Sheet().stampRight("2").filler().right("北京市公安局海淀分局").right("2024年3月2日")
        let catalogue = catalogue(Self.rows, pages)
        #expect(catalogue.titles == ["卷内文件目录", "立案决定书", "拘留证", "张三第一次讯问笔录", "抓获经过"])
        #expect(catalogue.findings(at: 3).contains { $0.hasSuffix("ask") })
        let finding = try #require(catalogue.allFindings.first { $0.id == "catalogue.paper.ask" })
        #expect(finding.message.contains("was not read on the page"), "two equal titles would tell nothing: \(finding.message)")
    }

    @Test func aDateThePageLacksIsThatOfTheList() {
        var pages = Self.pages
        pages[4] = Sheet().stampRight("5").title("抓获经过").filler()
        let document = catalogue(Self.rows, pages).documents[4]
        #expect(document.date == "2024-03-03")
        let reading = document.readings.first { $0.field == .date }
        #expect(reading?.origin == .paper && reading?.image == nil)
    }

    /// 序号 read as 序, or not at all: the ordinals must not slip into the numbers beside them.
    @Test(arguments: ["序", "房", ""])
    func aHeadThatWasHalfReadIsToldByItsPlace(head: String) {
        let sheet = Sheet().title("卷内文件目录").listRow(head, "文号", "责任者", "题名", "日期", "页号", "备注")
        let list = Self.rows.enumerated().reduce(sheet) { $0.listRow("\($1.offset + 1)", $1.element[0], "海淀分局", $1.element[1], $1.element[2], $1.element[3], "无") }
        let catalogue = Cataloguer.catalogue(volume([list] + Self.pages))
        #expect(catalogue.paperRows == .init(rows: 4, matched: 4))
        #expect(catalogue.allFindings.filter { $0.id.hasPrefix("catalogue") }.isEmpty, "\(catalogue.allFindings)")
    }

    @Test func aPageNumberColumnWhoseHeadWasLostIsStillRead() {
        let sheet = Sheet().title("卷内文件目录").listRow("序号", "文号", "责任者", "题名", "日期", "号", "备注")
        let list = Self.rows.enumerated().reduce(sheet) { $0.listRow("\($1.offset + 1)", $1.element[0], "海淀分局", $1.element[1], $1.element[2], $1.element[3], "无") }
        #expect(Cataloguer.catalogue(volume([list] + Self.pages)).paperRows == .init(rows: 4, matched: 4))
    }

    @Test func aNameThatOnlyLooksDifferentOnPaperIsANoteWhereThePageIsBorneOut() {
        var rows = Self.rows
        rows[2][1] = "张已第一次讯问笔录"
        let pages = [Self.pages[0], Self.pages[1], Sample.interrogation(of: "张己", time: 1).stampRight("3"), Self.pages[3], Self.pages[4]]
        let heard = Cataloguer.catalogue(volume([Self.list(rows)] + pages), parties: ["张己"])
        #expect(heard.titles.contains("张己第一次讯问笔录"))
        #expect(heard.allFindings.map(\.id).filter { $0.hasPrefix("catalogue") } == ["catalogue.paper.alike"], "\(heard.allFindings)")
        let note = heard.allFindings.first { $0.id == "catalogue.paper.alike" }
        #expect(note?.message.contains("张己") == true && note?.message.contains("张已") == true)
        #expect(Cataloguer.catalogue(volume([Self.list(rows)] + pages)).allFindings.map(\.id).contains("catalogue.paper.ask"), "nobody bears out the page")
    }

    /// The engine that read the page reads the next page with the same slip.
    @Test func theSameEnginesSecondReadingBearsOutNothing() {
        var rows = Self.rows
        rows[2][1] = "张已第一次讯问笔录"
        let forms = (0..<2).map { _ in Sheet().title("户籍证明").cells("姓名", "张己").filler() }
        let pages = [Self.pages[0], Self.pages[1], Sample.interrogation(of: "张己", time: 1).stampRight("3"), Self.pages[3], Self.pages[4]] + forms
        let ids = Cataloguer.catalogue(volume([Self.list(rows)] + pages)).allFindings.map(\.id)
        #expect(ids.contains("catalogue.paper.ask") && !ids.contains("catalogue.paper.alike"), "\(ids)")
    }

    @Test func aNumberWithALookAlikeIsAskedAndOneWithOtherMarksNoted() {
        let ids = { (paper: String) in
            var (rows, pages) = (Self.rows, Self.pages)
            rows[0][0] = paper
            pages[0] = Self.letter("立案决定书", "2024年3月1日", number: "北公（刑）立字〔2024〕1号", folio: 1)
            return catalogue(rows, pages).allFindings.map(\.id).filter { $0.hasPrefix("catalogue.paper") }
        }
        #expect(ids("北公（刑）立字〔2024〕1号").isEmpty && ids("此公（刑）立字〔2024〕1号") == ["catalogue.paper.ask"])
        #expect(ids("北公刑立字〔2024〕1号") == ["catalogue.paper.alike"])
    }

    @Test func aNameThatLooksLikeAPartysIsAskedAndNeverRewritten() throws {
        let catalogue = Cataloguer.catalogue(volume([Sample.interrogation(of: "吴某已", time: 1)]), parties: ["吴某己", "赵某丁"])
        #expect(catalogue.titles == ["吴某已第一次讯问笔录"])
        let ask = try #require(catalogue.allFindings.first { $0.id == "document.person.ask" })
        #expect(ask.message.contains("吴某已") && ask.message.contains("吴某己"))
        #expect(!Cataloguer.catalogue(volume([Sample.interrogation(of: "吴某己", time: 1)]), parties: ["吴某己"]).allFindings.map(\.id).contains("document.person.ask"))
        #expect(!Cataloguer.catalogue(volume([Sample.interrogation(of: "钱某", time: 1)]), parties: ["吴某己"]).allFindings.map(\.id).contains("document.person.ask"))
    }

    @Test func anOrgansDocumentWithoutDateIsAskedUnlessTheListHasIt() {
        var pages = Self.pages
        pages[1] = Sheet().stampRight("2").title("拘留证").filler()
        #expect(!catalogue(Self.rows, pages).allFindings.map(\.id).contains("document.field.ask"))
        let alone = Cataloguer.catalogue(volume([pages[1]]))
        #expect(alone.findings(at: 1).contains("document.field.ask") && alone.documents[0].date == nil)
    }

    @Test func whatIsTakenFromTheListSaysSo() {
        var pages = Self.pages
        pages[4] = Sheet().stampRight("5").title("抓获经过").filler()
        let note = catalogue(Self.rows, pages).allFindings.first { $0.id == "catalogue.paper.taken" }
        #expect(note?.message.contains("2024-03-03") == true)
    }

    @Test func oneMisreadPageNumberOfTheListMisleadsNobody() {
        var rows = Self.rows
        rows[1][3] = "72"
        let catalogue = catalogue(rows)
        #expect(catalogue.titles.count == 5)
        #expect(catalogue.paperRows?.matched == 4)
    }

    /// Damage and discs often stand in the list alone.
    @Test func aRemarkOfTheListIsTakenWhereThePagesHaveNone() throws {
        let head = Sheet().title("卷内文件目录").listRow("序号", "文号", "责任者", "题名", "日期", "页号", "备注")
        let remarks = ["破损", "复印件、光盘2张", "无", "见附件"]
        let list = Self.rows.enumerated().reduce(head) {
            $0.listRow("\($1.offset + 1)", $1.element[0], "海淀分局", $1.element[1], $1.element[2], $1.element[3], remarks[$1.offset])
        }
        let catalogue = Cataloguer.catalogue(volume([list] + Self.pages))
        #expect(catalogue.documents.dropFirst().map(\.remark) == ["破损", "复印件、光盘2张", nil, nil])
        let reading = try #require(catalogue.documents[1].readings.first { $0.field == .remark })
        #expect(reading.origin == .paper && reading.value == "破损")
    }

    @Test func cellsOfSeveralLinesAreOneRow() {
        var sheet = Sheet().title("卷内文件目录").listRow("序号", "文号", "责任者", "题名", "日期", "页号", "备注")
        for row in 0..<3 { sheet = sheet.listRow("\(row + 1)", "海公（刑）|立字〔2024〕|1\(row)号", "海淀分局", "取保候审|决定书", "20240301", "\(row * 2 + 1)", "无") }
        let page = PageReading(sheet.page(1), at: 0, .standard)
        let read = PaperCatalogue([page]).rows
        #expect(read.map(\.shown) == ["取保候审决定书", "取保候审决定书", "取保候审决定书"])
        #expect(read.map(\.number) == (0..<3).map { "海公（刑）立字〔2024〕1\($0)号" })
        #expect(read.map(\.firstFolio) == [1, 3, 5])
    }
}
