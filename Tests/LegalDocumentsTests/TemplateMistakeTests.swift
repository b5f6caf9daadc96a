import LegalDocuments
import Testing

@Suite struct TemplateMistakeTests {
    private func expect(
        _ text: String, _ line: Int, _ column: Int, _ words: String, name: String = "试", partials: [String: String] = [:],
        _ place: SourceLocation = #_sourceLocation
    ) {
        let found = mistakes(text, name: name, partials: partials)
        let fits = found.contains { $0.line == line && $0.column == column && $0.message.contains(words) }
        #expect(fits, "wanted \(line):\(column) “\(words)”, got \(found)", sourceLocation: place)
    }

    @Test func aGoodTemplateHasNone() {
        #expect(mistakes(source("甲{{名}}乙{{! 注 }}")) == [])
        #expect(mistakes(source("甲{{名}}乙").replacing("\n", with: "\r\n")) == [])
    }

    @Test func anUnclosedTagIsNamed() {
        expect(source("第一行\n第二行{{名"), 8, 4, "not closed")
        expect(source("甲{{名\n\n乙{{名}}"), 7, 2, "not closed")
        expect(source("甲{{{名}}乙"), 7, 2, "not closed")
    }

    @Test func unbalancedSectionsAreNamed() {
        expect(source("甲{{#名}}乙"), 7, 2, "not closed")
        expect(source("甲{{/名}}乙"), 7, 2, "never opened")
        expect(source("{{#名}}甲{{/别}}"), 7, 8, "opened at 7:1")
    }

    @Test func aTemplateThatIncludesItselfIsNamed() {
        expect(source("甲{{> 试}}"), 7, 2, "includes itself")
        expect(source("甲\n\n{{> 一}}"), 9, 1, "一 → 二 → 一", partials: ["一": "{{> 二}}", "二": "{{> 一}}"])
        expect(source("{{> 没有}}"), 7, 1, "no partial “没有”")
        expect(source("{{> 一}}"), 7, 1, "1:2: there is no field “错”", partials: ["一": "甲{{错}}"])
    }

    @Test func unknownFieldsAndTransformsAreNamedWithTheNearest() {
        expect(source("甲{{姓名字}}", fields: "姓名: text"), 7, 2, "did you mean “姓名”")
        expect(source("甲{{第几回(次)}}", fields: "次: number"), 7, 2, "did you mean “第几次”")
        expect(source("{{汉字日期(名)}}"), 7, 1, "cannot be made of")
        expect(source("{{人.身高}}", fields: "人: person"), 7, 1, "no field “人.身高”")
        expect(source("{{人}}{{^末项()}}、{{/末项()}}", fields: "人: person"), 7, 6, "only between")
        expect(source("{{}}"), 7, 1, "empty")
        expect(source("{{=<% %>=}}"), 7, 1, "not used")
        expect(source("{{行}}", fields: "行: {type: list, fields: {甲: text}}"), 7, 1, "is a list")
    }

    @Test func mistakesOfTheFrontMatterAreNamed() {
        expect("起诉书", 1, 1, "front matter")
        expect("---\ntitle: 甲\n", 1, 1, "not closed")
        expect("---\ntitle: 甲\n\tcode: 乙\n---\n文", 3, 1, "tab")
        expect("---\ntitle: 甲\ncode: 乙\ncolour: red\n---\n文", 4, 1, "no key “colour”")
        expect("---\ntitle: 甲\n---\n文", 2, 1, "“code” is missing")
        expect("---\ntitle: 甲\ncode: 乙\nfields:\n  名: text\n  日子: date\n  名: date\n---\n文", 7, 3, "given twice")
        expect("---\ntitle: 甲\ncode: 乙\nfields: {名: {type: txt}}\n---\n文", 4, 20, "did you mean “text”")
        expect("---\ntitle: 甲\ncode: 乙\nfields: {名: {type: text, from: case.colour}}\n---\n文", 4, 32, "no “case.colour”")
        expect("---\ntitle: 甲\ncode: 乙\nfields: {名: {type: date, from: case.cause}}\n---\n文", 4, 32, "does not give a date")
        expect("---\ntitle: 甲\ncode: 乙\nfields: {名: {type: date, default: 昨天}}\n---\n文", 4, 35, "default")
        expect("---\ntitle: 甲\ncode: 乙\nfields: {文号: text}\n---\n文", 4, 10, "already")
        expect("---\ntitle: 甲\ncode: 乙\nnumbering: {pattern: \"{organ}〔{year}〕{sequence}号\"}\n---\n文", 4, 22, "lacks {type}")
        expect("---\ntitle: [甲\ncode: 乙\n---\n文", 3, 5, "check colons")
    }

    @Test func aCounterpartWithoutContentIsNamed() {
        let more = "counterparts:\n  - {name: 存根, section: 存根}\n  - {name: 正本, section: 正本}\n"
        expect(source("=== 存根\n甲\n", more: more), 6, 5, "“正本” has no content")
        expect(source("=== 存根\n甲\n=== 正本\n \n", more: more), 6, 5, "“正本” has no content")
        expect(source("=== 存根\n甲\n=== 正本\n乙\n=== 回执\n丙", more: more), 14, 5, "no counterpart uses the section “回执”")
        expect(source("  \n"), 7, 1, "no content")
    }

    @Test func markupWithoutMeaningOnPaperIsNamed() {
        expect(source("第一行\n{{名}}字<b>粗</b>"), 8, 7, "HTML")
        expect(source("甲\n\n<div>\n乙\n</div>"), 9, 1, "HTML")
        expect(source("甲[乙](丙)"), 7, 1, "links")
        expect(source("甲`乙`"), 7, 3, "code marks")
        expect(source("##### 五级"), 7, 1, "four levels")
        expect(source("甲\n\n    缩进"), 9, 5, "fenced")
        expect(source("``` table\n甲 | 乙\n3 | 4\n{{名}}\n```"), 10, 1, "1 cells")
        expect(source("``` table\n甲 | 乙\n```"), 8, 1, "line of columns")
    }

    @Test func allMistakesComeTogether() {
        let found = mistakes(source("{{甲}}{{乙}}\n\n<br>{{#名}}"))
        #expect(found.map { [$0.line, $0.column] } == [[7, 1], [7, 6], [9, 1], [9, 5]])
    }
}
