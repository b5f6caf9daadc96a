import DossierModel
import Testing

@testable import Cataloguing

@Suite struct DocumentStartTests {
    private func titles(_ sheets: Sheet...) -> [String] { Cataloguer.catalogue(volume(sheets)).titles }

    @Test func spacedTitleBelowLetterheadStartsADocument() {
        let catalogue = Cataloguer.catalogue(volume([Sample.filing(), Sample.running()]))
        #expect(catalogue.titles == ["立案决定书"])
        #expect(catalogue.documents[0].lastImage == 2)
        #expect(catalogue.documents[0].score >= 0.8)
    }

    @Test func titleReadInPiecesIsPutTogether() {
        #expect(titles(Sheet().titlePieces("立", "案", "决", "定", "书").filler()) == ["立案决定书"])
    }

    @Test func titleBrokenOverTwoLinesIsPutTogether() {
        #expect(titles(Sheet().title("取保候审").title("决定书").filler()) == ["取保候审决定书"])
        #expect(titles(Sheet().title("解除").title("取保候审决定书").filler()) == ["解除取保候审决定书"])
    }

    @Test func letterheadAndTitleOnOneLineAreParted() {
        let catalogue = Cataloguer.catalogue(volume([Sheet().title("北京市海淀区人民检察院起诉书").filler()]))
        #expect(catalogue.titles == ["起诉书"])
        #expect(catalogue.documents[0].author == "北京市海淀区人民检察院")
    }

    @Test(arguments: [
        ("艘查证", "搜查证"), ("逮捕通知节", "逮捕通知书"), ("立案诀定书", "立案决定书"), ("取保侯宙决定书", "取保候审决定书"),
        ("拘留通书", "拘留通知书"), ("扣押清清单", "扣押清单"), ("辩认笔录", "辨认笔录"), ("起诉意见书（副本）", "起诉意见书"),
        ("现场勘验（检查）笔录", "现场勘验检查笔录"), ("扣押物品、文件清单", "扣押清单"), ("关于张三的抓获经过", "抓获经过"),
    ])
    func titleWithSlipsIsRecognised(read: String, meant: String) {
        #expect(titles(Sheet().title(read).filler()) == [meant])
    }

    @Test func shortTitlesMustBeSpelledRight() {
        #expect(titles(Sheet().title("搜寻证").filler()) == ["未识别文书"])
    }

    @Test func fieldsSettleBetweenTheTwoKindsOfAsking() {
        let asked = Sheet().title("某问笔录").body("时间2024年3月2日9时", "被询问人李四性别女").filler()
        #expect(titles(asked) == ["李四询问笔录"])
    }

    /// What the page before ends with speaks for a beginning: a seal at its foot, and 此致 over the addressee.
    @Test func aSealedEndSpeaksForABeginning() throws {
        let first = Sheet().title("情况说明").filler()
        let next = Sheet().body("关于张三到案前后的有关情况").filler()
        func odds(_ page: Sheet, sealAt y: Double? = nil) throws -> Double {
            var sheet = page.page(1)
            if let y { sheet.seals = [.init(quad: Quad(PixelRect(x: 1500, y: Int(y) - 250, width: 500, height: 500)))] }
            let readings = [PageReading(sheet, at: 0, .standard), PageReading(next.page(2), at: 1, .standard)]
            let running = RunningDocument(start: try #require(readings[0].start), lastMark: nil)
            return BoundaryScore.logOdds(readings[1], after: readings[0], of: running, blankBetween: false, listed: nil)
        }
        let bare = try odds(first)
        #expect(try odds(first, sealAt: 2400) > bare)
        #expect(try odds(first, sealAt: 300) == bare, "a seal at the top ends nothing")
        #expect(try odds(first.body("此致", "海淀区人民检察院")) > odds(first.body("以上", "海淀区人民检察院")))
    }

    @Test func sentenceWithATitleIsNoStart() {
        let sheet = Sheet().body("本局于2024年3月1日作出立案决定书", "立案决定书。", "拘留证").filler()
        #expect(titles(Sample.filing(), sheet) == ["立案决定书"])
    }

    @Test func titleInTheMiddleOfAPageIsNoStart() {
        #expect(titles(Sample.filing(), Sheet().filler().title("起诉书")) == ["立案决定书"])
    }

    @Test func numberedHeadingIsNoStart() {
        #expect(titles(Sample.filing(), Sheet().title("三、关于张三的讯问笔录").filler()) == ["立案决定书"])
    }

    @Test func unlistedHeadingStartsADocumentAndIsAsked() {
        let catalogue = Cataloguer.catalogue(volume([Sample.filing(), Sheet().title("无人机航拍登记表").filler()]))
        #expect(catalogue.titles == ["立案决定书", "无人机航拍登记表"])
        #expect(catalogue.findings(at: 2).contains("document.start.ask"))
    }

    @Test func wordsThatChangeATitleAreKept() {
        let catalogue = Cataloguer.catalogue(volume([Sheet().title("撤销取保候审决定书").filler()]))
        #expect(catalogue.titles == ["撤销取保候审决定书"])
        #expect(catalogue.findings(at: 1).contains("document.start.ask"))
    }

    @Test func everyNewStatementIsADocument() {
        let catalogue = Cataloguer.catalogue(
            volume([
                Sample.interrogation(of: "张三", time: 1), Sample.running(), Sample.interrogation(of: "张三", time: 2),
                Sample.interrogation(of: "李四", time: 1),
            ]))
        #expect(catalogue.titles == ["张三第一次讯问笔录", "张三第二次讯问笔录", "李四第一次讯问笔录"])
        #expect(catalogue.documents.map(\.author) == ["张三", "张三", "李四"])
    }

    @Test func statementFormWithoutATitleIsToldByItsFields() {
        let form = Sheet().body("时间2024年3月2日9时", "被询问人李四性别女", "住址海淀区").filler()
        #expect(titles(Sample.interrogation(of: "张三"), form) == ["张三讯问笔录", "李四询问笔录"])
    }

    @Test func signatureOfAStatementIsNoNewForm() {
        let last = Sheet().body("以上笔录我看过，和我说的一样。", "被讯问人签名张三").filler()
        #expect(titles(Sample.interrogation(of: "张三"), last) == ["张三讯问笔录"])
    }

    @Test func restartOfThePrintedPageNumberStartsADocument() {
        let first = Sample.interrogation(of: "张三").body("第 1 页 共 2 页")
        let second = Sample.running().body("第 2 页 共 2 页")
        let restart = Sample.running().body("第 1 页 共 3 页")
        let catalogue = Cataloguer.catalogue(volume([first, second, restart]))
        #expect(catalogue.documents.map(\.firstImage) == [1, 3])
        #expect(catalogue.findings(at: 3).contains("document.start.ask"))
    }

    @Test func titleRepeatedOnALaterPageOfItsFormIsNoStart() {
        let list = { (page: Int) in Sheet().title("扣押清单").body("第\(page)页共3页").filler() }
        #expect(titles(list(1), list(2), list(3), list(1)) == ["扣押清单", "扣押清单"])
    }

    @Test func printedPageNumberOutOfOrderIsReported() {
        let catalogue = Cataloguer.catalogue(
            volume([Sheet().title("鉴定书").body("第1页共4页").filler(), Sample.running().body("第3页共4页")]))
        #expect(catalogue.findings(at: 2).contains("document.page.order"))
    }

    @Test func rowsOfThePaperCatalogueAreNoStarts() {
        let more = Sheet().cells("4", "无", "李四", "询问笔录", "20240303", "6", "无").cells("5", "无", "海淀分局", "起诉意见书", "20240401", "9", "无")
        #expect(titles(Sample.cover(), Sample.paperCatalogue(), more, Sample.filing()) == ["卷宗封面", "卷内文件目录", "立案决定书"])
    }

    @Test func catalogueThatRepeatsItsHeadOnEveryPageIsOneDocument() {
        #expect(titles(Sample.paperCatalogue(), Sample.paperCatalogue(), Sample.filing()) == ["卷内文件目录", "立案决定书"])
    }

    @Test func catalogueIsToldByItsColumnsWhenItsTitleIsLost() {
        let sheet = Sheet().cells("序号", "文号", "责任者", "题名", "日期", "页号").cells("1", "无", "张三", "讯问笔录", "20240302", "3")
        #expect(titles(sheet) == ["卷内文件目录"])
    }

    @Test func frontAndBackMatterAreDocumentsOfTheirOwn() {
        let back = Sheet().lower(to: 1500).title("封 底")
        #expect(titles(Sample.cover(), Sample.filing(), Sample.docketSheet(), back) == ["卷宗封面", "立案决定书", "卷内备考表", "封底"])
    }

    @Test(arguments: ["分 隔 页", "SEPARATOR", "PATCHT", "patch-t"])
    func separatorSheetEndsADocument(text: String) {
        let catalogue = Cataloguer.catalogue(volume([Sample.filing(), Sheet().title(text), Sample.running(), Sample.running()]))
        #expect(catalogue.pages.map(\.disposition) == [.page, .separator, .page, .page])
        #expect(catalogue.pages.map(\.document) == [1, nil, 2, 2])
        #expect(catalogue.titles == ["立案决定书", "未识别文书"])
    }

    @Test func blanksAndRejectsBelongToNoDocumentAndEndNone() {
        let pages = [
            Sample.filing().page(1), Sheet().page(2, .blank), Sheet().page(3, .rejected), Sheet().page(4), Sample.running().page(5),
        ]
        let catalogue = Cataloguer.catalogue(CatalogueVolume(number: 1, kind: nil, pages: pages))
        #expect(catalogue.pages.map(\.document) == [1, nil, nil, 1, 1])
        #expect(catalogue.documents[0].lastImage == 5)
    }

    @Test func pagesBeforeTheFirstTitleBecomeAnUnknownDocument() {
        let catalogue = Cataloguer.catalogue(volume([Sample.running(), Sample.running(), Sample.filing()]))
        #expect(catalogue.titles == ["未识别文书", "立案决定书"])
        #expect(catalogue.documents[0].score < 0.4)
        #expect(catalogue.findings(at: 1) == ["document.title.unknown"])
    }
}
