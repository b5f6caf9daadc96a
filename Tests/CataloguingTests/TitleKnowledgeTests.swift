import DossierModel
import Testing

@testable import Cataloguing

@Suite struct TitleKnowledgeTests {
    private let titles = TitleKnowledge.standard.titles
    private let index = TitleKnowledge.standard.index

    private static func office(_ rows: String...) -> String {
        "groups:\n  - group: 本院\n    volume: evidence\n    issuer: 公安机关\n    titles:\n" + rows.map { "      - \($0)\n" }.joined()
    }

    private func mistakes(_ text: String) -> [SheetMistake] {
        do {
            _ = try TitleKnowledge.standard(with: text)
            return []
        } catch { return error.list }
    }

    @Test func aTitleHasItsCodeByEveryNameAndByTheCodeItself() {
        let known = TitleKnowledge.standard
        #expect(known.code(named: "起诉意见书") == "L098" && known.code(named: "l098") == "L098" && known.code(named: "菜单") == nil)
        for title in known.titles { for name in title.names { #expect(known.code(named: name) != nil) } }
    }

    @Test func coverCatalogueAndDocketSheetAreNoDocuments() {
        for title in ["卷宗封面", "卷内文件目录", "卷内文书目录", "卷内备考表"] { #expect(TitleKnowledge.standard.isFrontMatter(title), "\(title)") }
        for title in ["立案决定书", "张三第一次讯问笔录", "未识别文书", ""] { #expect(!TitleKnowledge.standard.isFrontMatter(title), "\(title)") }
    }

    @Test func knowledgeHoldsTheTitlesOfTheField() {
        #expect(titles.count > 240)
        #expect(Set(titles.map(\.code)).count == titles.count)
        let numbers = Set(titles.compactMap { Int($0.code.dropFirst()) })
        #expect(Set(1...178).isSubset(of: numbers))
        for title in titles { #expect((title.legalKind != nil) == (title.volume == .evidence), "\(title.code)") }
    }

    @Test func anOfficesTitleIsRecognisedFromThenOn() throws {
        let own = try TitleKnowledge.standard(with: Self.office("{code: X001, name: 无人机航拍登记表, variants: [航拍登记表]}"))
        let sheets = volume([Sheet().title("航拍登记表").filler()])
        #expect(Cataloguer.catalogue(sheets, titles: own).documents.map(\.title) == ["航拍登记表"])
        #expect(Cataloguer.catalogue(sheets, titles: own).allFindings.filter { ["document.title.unknown", "document.start.ask"].contains($0.id) }.isEmpty)
        #expect(Cataloguer.catalogue(sheets).findings(at: 1).contains("document.start.ask"))
    }

    @Test func anOfficesTitleTakesThePlaceOfTheStandardOne() throws {
        let own = try TitleKnowledge.standard(with: Self.office("{code: B138, name: 工作说明, legalKind: 书证}"))
        #expect(own.titles.count == titles.count)
        #expect(own.titles.first { $0.code == "B138" }?.names == ["工作说明"])
        #expect(own.index.match("情况说明".compacted)?.quality != 1)
    }

    @Test(arguments: [
        ("{code: X001}", "no name"), ("{name: 某表}", "no code"), ("{code: x1, name: 某表}", "is no code"), ("{code: X001, name: 立案决定书}", "already a title of A009"),
        ("{code: X001, name: 某某表, variants: 另一表}", "a list is expected"), ("{code: X001, name: 某某表, varients: [另一表]}", "no key “varients”"),
        ("{code: X001, name: 某某表, role: 笔录}", "“笔录” is not known"), ("{code: X001, name: 某某表, rank: 0}", "is too small"),
        ("{code: X001, name: 某某表, volume: proceedings, legalKind: 书证}", "not bound with the evidence"),
        ("{code: X001, name: 某某表, variants: [某某表]}", "twice in X001"), ("{code: X001, name: 表}", "too short"),
        ("{code: X001, name: 某某表", "is not closed"),
    ])
    func everyMistakeIsNamedWithItsLineAndRemedy(row: String, words: String) throws {
        let found = mistakes(Self.office("{code: X900, name: 无误之表}", row))
        let mistake = try #require(found.first { $0.message.contains(words) }, "\(found)")
        #expect(mistake.line >= 7 && !mistake.remedy.isEmpty)
    }

    @Test func allMistakesAreNamedAtOnce() {
        #expect(mistakes(Self.office("{code: X001}", "{name: 某表}", "{code: X001, name: 甲表, volume: nowhere}")).count >= 3)
        #expect(mistakes("\tgroups: []").first?.message.contains("tab") == true)
        #expect(mistakes("- 1").count == 1)
        #expect(mistakes("").isEmpty)
    }

    @Test func everyNameFindsItself() {
        for title in titles {
            for name in title.names {
                let match = index.match(name.compacted)
                #expect(match?.name.shown == name && match?.quality == 1, "\(title.code) \(name)")
            }
        }
    }

    @Test func everyLongNameSurvivesOneWrongCharacter() {
        for title in titles {
            for name in title.names where name.count >= 5 {
                for at in name.compacted.indices {
                    var read = name.compacted
                    read[at] = "囗"
                    let match = index.match(read)
                    let near = match.map { [$0.name] + $0.rivals } ?? []
                    #expect(near.contains { $0.shown == name }, "\(String(read))")
                }
            }
        }
    }

    @Test func placeholdersAndNumeralsAreRead() {
        #expect(Numeral.value("二十一".compacted) == 21)
        #expect(Numeral.value("十".compacted) == 10)
        #expect(Numeral.value("l2".compacted) == 12)
        #expect(Numeral.value("".compacted) == nil)
    }
}
