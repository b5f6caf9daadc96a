import DossierModel
import Foundation
import Testing

@testable import Search

@Suite struct SearchIndexTests {
    private func index(_ pages: [[String]]) throws -> SearchIndex {
        let path = NSTemporaryDirectory() + "search-\(UUID().uuidString).sqlite"
        let index = try SearchIndex.open(at: path, readOnly: false)
        try index.replace(
            case: "甲", pages: pages.enumerated().map {
                SearchIndex.Page(case: "甲", volume: 1, image: $0 + 1, folio: "\($0 + 1)", title: "笔录", lines: $1)
            })
        return index
    }

    @Test func oneTwoAndMoreCharactersAreFound() throws {
        let index = try index([["盗窃他人财物"], ["抢劫"], ["强盗"]])
        #expect(try index.search("盗").hits.map(\.image) == [1, 3])
        #expect(try index.search("盗窃").hits.map(\.image) == [1])
        #expect(try index.search("他人财物").total == 1)
        #expect(try index.search("财人").total == 0)
    }

    @Test func aNameBrokenOverTwoLinesIsFoundWithBothPieces() throws {
        let hit = try #require(try index([["犯罪嫌疑人张", "某甲供述"]]).search("张某甲").hits.first)
        #expect(hit.matches == [.init(line: 0, start: 5, length: 1), .init(line: 1, start: 0, length: 2)])
        #expect(hit.count == 1)
    }

    @Test func latinWordsDoNotRunTogetherAtTheEndOfALine() throws {
        let index = try index([["OpenVINO", "runtime"]])
        #expect(try index.search("openvino runtime").total == 1)
        #expect(try index.search("openvinoruntime").total == 0)
    }

    @Test func widthAndCaseDoNotMatterButTheSnippetIsAsStored() throws {
        let index = try index([["车牌号ＡＢ１２３，颜色白"]])
        let hit = try #require(try index.search("ab123").hits.first)
        #expect(hit.snippet == "车牌号ＡＢ１２３，颜色白")
        #expect(hit.highlight == [3, 5])
    }

    @Test func partsMustAllOccur() throws {
        let index = try index([["张三盗窃"], ["张三"], ["盗窃"]])
        #expect(try index.search("张三 盗窃").hits.map(\.image) == [1])
    }

    @Test func aCharacterOutsideTheBasicPlaneIsFound() throws {
        let index = try index([["王𠮷"], ["王吉"]])
        #expect(try index.search("𠮷").hits.map(\.image) == [1])
        #expect(try index.search("王𠮷").hits.map(\.image) == [1])
    }

    @Test(arguments: ["", "   ", "，。", "\"", "*", "()", "^"])
    func aTermWithNothingToSearchIsRefused(term: String) throws {
        let index = try index([["任何"]])
        #expect(throws: DossierError(.badUsage, "")) { try index.search(term) }
    }

    @Test(arguments: ["AND", "NEAR(张 李)", "tokens:张", "张\"三", "张*", "NOT 张", "-张", "a OR b"])
    func operatorsAreOrdinaryText(term: String) throws {
        #expect(try index([["李四"]]).search(term).total == 0)
    }

    @Test func replacingACaseForgetsItsOldPages() throws {
        let index = try index([["旧的文字"]])
        try index.replace(case: "甲", pages: [SearchIndex.Page(case: "甲", volume: 1, image: 1, folio: nil, title: nil, lines: ["新的文字"])])
        #expect(try index.search("旧").total == 0)
        #expect(try index.search("新").total == 1)
    }

    @Test func aDamagedIndexIsReplacedWhenWrittenAndNamedWhenRead() throws {
        let path = NSTemporaryDirectory() + "search-\(UUID().uuidString).sqlite"
        try Data("this is no database, only text that is long enough to be looked at".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: DossierError(.integrity, "")) { try SearchIndex.open(at: path, readOnly: true) }
        let index = try SearchIndex.open(at: path, readOnly: false)
        #expect(try index.search("甲").total == 0)
    }

    /// Against a plain scan over the same text, for terms cut from it at random.
    @Test func countsAgreeWithAScan() throws {
        var state: UInt64 = 20_240_302
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let alphabet = Array("甲乙丙丁戊己庚辛，。2024ab")
        let pages = (0..<60).map { _ in (0..<8).map { _ in String((0..<12).map { _ in alphabet[next(alphabet.count)] }) } }
        let index = try index(pages)
        let folded = pages.map { SearchText(lines: $0).string }
        let han = Set("甲乙丙丁戊己庚辛")
        var checked = 0
        while checked < 400 {
            let text = Array(folded[next(folded.count)])
            let length = [1, 2, 3, 5][next(4)]
            let start = next(text.count - length)
            let term = String(text[start..<(start + length)])
            guard term.allSatisfy(han.contains) else { continue }
            checked += 1
            #expect(try index.search(term, limit: 1).total == folded.filter { $0.contains(term) }.count, "\(term)")
        }
    }
}
