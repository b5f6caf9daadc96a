import DossierModel
import Foundation
import LegalDocuments
import Testing
import Typesetting

@Suite struct LayoutTests {
    private let library = TemplateLibrary(folder: nil)
    static let shipped = ["批准逮捕决定书", "案件材料移送清单", "讯问笔录", "起诉书"]

    @Test func fourTemplatesAreShipped() { #expect(library.entries.map(\.name).sorted() == Self.shipped.sorted()) }

    /// Everything lies in the type area but page numbers, foot notes, seams and the mark of a draft.
    @Test(arguments: LayoutTests.shipped, [false, true])
    func nothingStandsOutsideTheTypeArea(_ name: String, _ isDraft: Bool) throws {
        let document = try pages(try library.template(named: name), try sample(name), facts: catalogue(40), isDraft: isDraft)
        for page in document.pages {
            #expect(page.paper == .a4)
            for line in page.textLines where line.top > 36 && line.top + line.height < 262.1 {
                #expect(line.left > 27.9 && line.left + line.width < 184.1, "\(line.text)")
            }
            for line in page.textLines where line.top < 36 { #expect(line.text.contains("骑缝") || line.text == "草稿", "\(line.text)") }
            for line in page.textLines where line.top + line.height >= 262.1 {
                let words = ["第", "—", "骑缝", "签名"]
                #expect(words.contains { line.text.contains($0) }, "\(line.text)")
            }
        }
    }

    /// Page numbers, seams and the heads of tables that go on are there for the eye only.
    @Test(arguments: LayoutTests.shipped)
    func everythingElseIsToldOnceInReadingOrder(_ name: String) throws {
        let document = try pages(try library.template(named: name), try sample(name), facts: catalogue(40), isDraft: true)
        #expect(document.blocks.count == document.pages.count)
        var heads: Set<String> = []
        for (page, blocks) in zip(document.pages, document.blocks) {
            let told = blocks.flatMap(\.elements)
            #expect(told == told.sorted() && Set(told).count == told.count)
            for (index, element) in page.elements.enumerated() {
                guard case .text(let line) = element else { #expect(!told.contains(index)); continue }
                if told.contains(index) { heads.insert(line.text); continue }
                #expect(line.text.hasPrefix("第") || line.text.hasPrefix("—") || line.text.contains("骑缝") || heads.contains(line.text), "\(line.text)")
            }
        }
        #expect(document.blocks.flatMap(\.self).count { $0.role == .heading(level: 1) } == document.parts.count)
    }

    @Test func aParagraphThatGoesOnOverThePageIsOne() throws {
        let template = try template("{{文}}", fields: "文: multiline")
        let document = try pages(template, "文: " + String(repeating: "案", count: 28 * 60))
        #expect(document.blocks.dropFirst().allSatisfy { $0.first?.isContinued == true && $0.count == 1 })
        #expect(document.blocks[0].allSatisfy { !$0.isContinued })
    }

    @Test func rowsOfATableAreNumberedOverItsPagesAndItsHeadIsToldOnce() throws {
        let document = try pages(try library.template(named: "案件材料移送清单"), try sample("案件材料移送清单"), facts: catalogue(60))
        let cells = document.blocks.flatMap(\.self).compactMap { if case .cell(let cell) = $0.role { cell } else { nil } }
        let rows = cells.map(\.row)
        #expect(rows == rows.sorted() && Set(rows).count > 60 && document.pages.count > 1)
        #expect(cells.filter { $0.heads == .column }.allSatisfy { $0.row == 0 } && Set(cells.map(\.table)).count == 1)
    }

    @Test func aFullPageHas22LinesOf28Characters() throws {
        let template = try template("{{文}}", fields: "文: multiline")
        let document = try pages(template, "文: " + String(repeating: "案", count: 28 * 60))
        let lines = document.pages[1].textLines.filter { $0.size == TypeSize.third }
        #expect(lines.count == 22)
        #expect(lines.allSatisfy { $0.text.count == 28 })
        for (index, line) in lines.enumerated() {
            #expect(abs(line.left - 28) < 0.1 && abs(line.width - 156) < 0.1)
            #expect(abs(line.top + line.height / 2 - (37 + 225.0 / 22 * (Double(index) + 0.5))) < 0.1)
        }
    }

    @Test func pageNumbersStandOnTheOuterSide() throws {
        let template = try template("{{文}}", fields: "文: multiline")
        let document = try pages(template, "文: " + String(repeating: "案", count: 28 * 60))
        let numbers = document.pages.compactMap { $0.textLines.last }
        #expect(numbers.map(\.text) == ["— 1 —", "— 2 —", "— 3 —"].prefix(numbers.count).map { $0 })
        #expect(abs(numbers[0].left + numbers[0].width - (184 - 156.0 / 28)) < 0.1)
        #expect(abs(numbers[1].left - (28 + 156.0 / 28)) < 0.1)
        #expect(abs(numbers[0].top + numbers[0].height / 2 - (262 + 7)) < 0.1)
    }

    @Test func aSignatureNeverStandsAloneOnAPage() throws {
        let template = try template("{{文}}\n\n> {{院名}}\n> {{汉字日期(日期)}}\n> （院印）", fields: "文: multiline")
        for lines in 10...40 {
            let document = try pages(template, "文: " + String(repeating: "案", count: 28 * lines - 2))
            let last = try #require(document.pages.last).textLines.map(\.text)
            #expect(last.contains { $0.contains("案") }, "\(lines)")
            #expect(last.contains("（院印）"))
        }
    }

    @Test func theHeadOfATableIsRepeatedAndNoRowIsLost() throws {
        let template = try library.template(named: "案件材料移送清单")
        let document = try pages(template, try sample("案件材料移送清单"), facts: catalogue(120))
        #expect(document.pages.count > 4)
        let titles = document.pages.map { $0.textLines.map(\.text) }
        for page in titles.dropLast() { #expect(page.filter { $0 == "题名" }.count == 1) }
        for number in 1...120 { #expect(titles.flatMap(\.self).filter { $0 == "第\(number)份讯问笔录" }.count == 1) }
        #expect(titles.last?.contains("第\(document.pages.count)页 共\(document.pages.count)页") == true)
    }

    @Test func aBlankShrinksItsTextToAFloorAndThenRefuses() throws {
        let template = try template("批准人{{名}}签", fields: "名: {type: text, width: 4}", more: "kind: fill-in\n")
        func line(_ name: String) throws -> TextLine? { try pages(template, "名: \(name)").pages[0].textLines.first { $0.text == name } }
        #expect(try line("张某甲")?.size == 16)
        #expect(try line("买买提·张某")?.size ?? 16 < 16)
        #expect { try line("买买提·阿不都热合曼") } throws: { ($0 as? DossierError)?.code == .limitExceeded && "\($0)".contains("名: “买买提·阿不都热合曼”") }
    }

    @Test func unusedBlanksAreStruck() throws {
        let template = try template("甲{{名}}乙", fields: "名: {type: text, optional: true}", more: "kind: fill-in\n")
        #expect(try pages(template, "").pages[0].textLines.map(\.text).contains("\\"))
    }

    @Test func eachCounterpartHasItsOwnContentFootAndNumber() throws {
        let document = try pages(try library.template(named: "批准逮捕决定书"), try sample("批准逮捕决定书"))
        #expect(document.parts.map(\.name) == ["存根", "副本", "正本", "回执"])
        #expect(document.parts.allSatisfy { $0.pageCount == 1 })
        let texts = document.pages.map { $0.textLines.map(\.text) }
        for (page, foot) in zip(texts, ["统一保存", "附卷", "送达", "退回附卷"]) {
            #expect(page.contains("海东检批捕〔2024〕7号"))
            #expect(page.last { $0.contains("第") && $0.contains("联") }?.contains(foot) == true)
        }
        #expect(texts.map { $0.filter { $0.contains("骑缝") }.count } == [1, 2, 2, 1])
        #expect(texts[0].contains { $0.contains("批准人") } && !texts[1].contains { $0.contains("批准人") })
    }

    @Test func headingsHaveTheTypefacesOfTheStandard() throws {
        let template = try template("# 一、甲\n\n## （一）乙\n\n### 1.丙\n\n文*楷***黑**文{{名}}\\\n新行\n\n- 顶格")
        let lines = try pages(template, "名: 某").pages[0].textLines
        func face(_ text: String) -> Typeface? { lines.first { $0.text == text }?.typeface }
        #expect(face("一、甲") == .hei)
        #expect(face("（一）乙") == .kai)
        #expect(face("1.丙") == .fangSong)
        #expect(face("楷") == .kai)
        #expect(face("黑") == .hei)
        #expect(lines.first { $0.text == "新行" }?.left == 28)
        #expect(lines.first { $0.text == "顶格" }?.left == 28)
        #expect(abs(lines.first { $0.text == "一、甲" }!.left - 28 - 2 * 156.0 / 28) < 0.01)
    }

    @Test func aRowHigherThanAPageIsAnError() throws {
        let template = try template("``` table\n头 | 二\n1 | 20\n{{名}} | 乙\n```")
        #expect { try pages(template, "名: " + String(repeating: "长", count: 200)) } throws: { ($0 as? DossierError)?.code == .limitExceeded }
    }

    @Test func twoSidedCounterpartsBeginOnAFrontSide() throws {
        let more = "page: {sides: two}\ncounterparts: [{name: 正本}, {name: 副本}]\n"
        let document = try pages(try template("{{名}}", more: more), "名: 甲")
        #expect(document.pages.count == 3 && document.pages[1].elements.isEmpty)
        #expect(document.parts.map(\.pageCount) == [1, 1])
    }

    @Test func theWorkspaceShadowsAndAddsTemplates() throws {
        let folder = NSTemporaryDirectory() + "dossier-templates-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["起诉书", "自定"] { try source("{{> 尾}}").write(toFile: "\(folder)/\(name).md", atomically: true, encoding: .utf8) }
        try "结尾{{名}}".write(toFile: folder + "/尾.part.md", atomically: true, encoding: .utf8)
        let own = TemplateLibrary(folder: folder)
        #expect(own.entries.filter { $0.origin == .workspace }.map(\.name).sorted() == ["自定", "起诉书"].sorted())
        #expect(own.entries.count == 5)
        #expect(text(try pages(try own.template(named: "起诉书"), "名: 某")).contains("结尾某"))
        #expect { try own.template(named: "起诉") } throws: { "\($0)".contains("did you mean “起诉书”") }
    }
}
