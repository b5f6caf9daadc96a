import DossierModel
import Foundation
import Testing

@testable import Search

/// Removed with everything in it at the end of a test.
private final class ScratchFolder: Sendable {
    private let path = NSTemporaryDirectory() + "search-\(UUID().uuidString)"

    init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A name nobody else uses.
    func file() -> String { path + "/\(UUID().uuidString).sqlite" }
}

@Suite struct SearchIndexTests {
    private let folder = ScratchFolder()

    private func index(_ pages: [[String]]) throws -> SearchIndex {
        let path = folder.file()
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
        let path = folder.file()
        try Data("this is no database, only text that is long enough to be looked at".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: DossierError(.integrity, "")) { try SearchIndex.open(at: path, readOnly: true) }
        let index = try SearchIndex.open(at: path, readOnly: false)
        #expect(try index.search("甲").total == 0)
    }

    @Test func aSpacedTitleIsFoundByItsWord() throws {
        let hit = try #require(try index([["立 案 决 定　书"]]).search("立案决定书").hits.first)
        #expect(hit.snippet == "立 案 决 定　书")
        #expect(hit.highlight == [0, 9])
        #expect(hit.matches == [.init(line: 0, start: 0, length: 9)])
    }

    @Test func aWordOrNumberIsFoundFromItsBeginningOn() throws {
        let index = try index([["身份证号11010519900101123X"], ["现金12,500.00元", "A股"]])
        #expect(try index.search("110105").total == 1)
        #expect(try index.search("11010519900101123x").total == 1)
        #expect(try index.search("0105").total == 0)
        #expect(try index.search("12,500.00元").total == 1)
        #expect(try index.search("2,500.00元").total == 0)
        #expect(try index.search("500").total == 1)
        #expect(try index.search("a股").total == 1)
        #expect(try index.search("第500").total == 0)
    }

    @Test func aNumberBrokenOverTwoLinesIsFoundWholeAndByItsParts() throws {
        let index = try index([["身份证号1101051990", "01011234，住北京"]])
        let whole = try #require(try index.search("110105199001011234").hits.first)
        #expect(whole.matches == [.init(line: 0, start: 4, length: 10), .init(line: 1, start: 0, length: 8)])
        #expect(whole.snippet.contains("110105199001011234，住北京"))
        #expect(try index.search("01011234").total == 1)
        #expect(try index.search("1101051990").total == 1)
        #expect(try index.search("号110105199001011234，住").total == 1)
        #expect(try index.search("\"1990 01011234\"").total == 0)
        #expect(try index.search("1234").total == 0)
    }

    @Test(arguments: ["〔2024〕123号", "[2024]123号", "（2024）123号", "【２０２４】１２３号", "检刑诉〔2024〕", "﹝2024﹞123"])
    func theShapeOfBracketsDoesNotMatter(term: String) throws {
        let index = try index([["京朝检刑诉〔2024〕123号"], ["京朝检刑诉〔2024〕23号"], ["2024年123号"]])
        #expect(try index.search(term).hits.first?.image == 1)
        #expect(try index.search("〔2024〕23号").hits.map(\.image) == [2])
    }

    @Test func rareCompatibleAndPrivateCharactersAreFound() throws {
        let index = try index([["张旻、李荘"], ["葛\u{E0100}某"], ["\u{2F00}、\u{F967}"], ["王\u{E863}"], ["注①2024年"], ["阿依古丽•买买提"]])
        #expect(try index.search("旻").hits.map(\.image) == [1])
        #expect(try index.search("葛某").hits.map(\.image) == [2])
        #expect(try index.search("一、不").hits.map(\.image) == [3])
        #expect(try index.search("\u{E863}").hits.map(\.image) == [4])
        #expect(try index.search("2024").hits.map(\.image) == [5])
        #expect(try index.search("①").hits.map(\.image) == [5])
        #expect(try index.search("古丽·买买提").hits.map(\.image) == [6])
    }

    @Test func quotesMakeOnePart() throws {
        let index = try index([["the bank account"], ["account bank"]])
        #expect(try index.search("bank account").total == 2)
        #expect(try index.search("\"bank account\"").hits.map(\.image) == [1])
        #expect(try index.search("\"bank account").total == 2)
    }

    @Test func punctuationInATermIsCompared() throws {
        let index = try index([["张三、李四"], ["张三，李四"], ["张三李四"]])
        #expect(try index.search("张三，李四").hits.map(\.image) == [2])
        #expect(try index.search("三、").hits.map(\.image) == [1])
        #expect(try index.search("张三 、").hits.map(\.image) == [1])
        #expect(try index.search("张三李四").hits.map(\.image) == [3])
    }

    @Test func hitsComeInOrderPageByPage() throws {
        let index = try index([["甲，乙"], ["丙"], ["甲，乙，甲，乙"], ["甲乙"], ["甲，乙"]])
        for term in ["甲", "甲，乙"] {
            let all = try index.search(term)
            let paged = try (0..<all.total).flatMap { try index.search(term, limit: 1, offset: $0).hits }
            #expect(paged == all.hits)
            #expect(try index.search(term, limit: 0).total == all.total)
            #expect(try index.search(term, limit: .max, offset: .max).hits == [])
        }
        #expect(try index.search("甲，乙").hits.map(\.count) == [1, 2, 1])
    }

    @Test func aCaseIsSearchedAlone() throws {
        let index = try index([["现金"]])
        try index.replace(case: "乙", pages: [SearchIndex.Page(case: "乙", volume: 1, image: 1, folio: nil, title: nil, lines: ["现金"])])
        #expect(try index.search("现金").hits.map(\.case) == ["乙", "甲"])
        #expect(try index.search("现金", case: "乙").hits.map(\.case) == ["乙"])
        #expect(try index.search("现金", case: "\"").total == 0)
        try index.replace(case: "乙", pages: [])
        #expect(try index.search("现金").total == 1)
    }

    @Test func linesWithLineFeedsAndBackslashesKeepTheirPlace() throws {
        let hit = try #require(try index([["甲\n乙\\n", "丙"]]).search("丙").hits.first)
        #expect(hit.matches == [.init(line: 1, start: 0, length: 1)])
        #expect(hit.snippet == "甲\n乙\\n丙")
    }

    @Test func aReplacedIndexSaysSo() throws {
        let path = folder.file()
        #expect(try SearchIndex.open(at: path, readOnly: false).recreation == nil)
        #expect(try SearchIndex.open(at: path, readOnly: false).recreation == nil)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try Data(repeating: 7, count: 9000).write(to: URL(fileURLWithPath: path))
        #expect(try SearchIndex.open(at: path, readOnly: false).recreation?.id == "search.recreated")
        #expect(throws: DossierError(.notFound, "")) { try SearchIndex.open(at: path + "-none", readOnly: true) }
    }

    @Test func aReaderSearchesWhileAWriterWorksAndWritesNothing() async throws {
        let path = folder.file()
        let writer = try SearchIndex.open(at: path, readOnly: false)
        let reader = try SearchIndex.open(at: path, readOnly: true)
        @Sendable func pages(_ text: String) -> [SearchIndex.Page] {
            (1...40).map { .init(case: "甲", volume: 1, image: $0, folio: nil, title: nil, lines: [text]) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for round in 0..<20 { try writer.replace(case: "甲", pages: pages(round % 2 == 0 ? "盗窃" : "抢劫")) } }
            group.addTask {
                for _ in 0..<200 {
                    let total = try reader.search("盗").total
                    #expect(total == 0 || total == 40, "half a transaction was seen")
                }
            }
            try await group.waitForAll()
        }
        #expect(try reader.search("抢劫").total == 40)
        #expect(throws: DossierError(.badUsage, "")) { try reader.replace(case: "甲", pages: []) }
    }

    /// A generator with a fixed seed (Knuth's MMIX constants).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64 = 20_240_302
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 32 | state << 32
        }
    }

    /// Pages of `alphabet`, 12 characters a line, and terms cut from them.
    @Test func countsAgreeWithAScanOfInventedText() throws {
        var dice = Dice()
        let alphabet = Array("甲乙丙丁戊己庚辛𠮷，。、")
        let pages = (0..<60).map { _ in (0..<8).map { _ in String((0..<12).map { _ in alphabet.randomElement(using: &dice)! }) } }
        try compare(pages, terms: 400, &dice)
    }

    @Test func countsAgreeWithAScanOfLawText() throws {
        let text = try lawText()
        guard !text.isEmpty else {
            print("skipped: the folder shared/corpus/legal_text is not beside the checkout")
            return
        }
        var dice = Dice()
        let characters = Array(text.prefix(60_000))
        let pages = stride(from: 0, to: characters.count, by: 600).map { start in
            stride(from: start, to: min(start + 600, characters.count), by: 28).map {
                String(characters[$0..<min($0 + 28, start + 600, characters.count)])
            }
        }
        try compare(pages, terms: 400, &dice)
    }

    private func compare(_ pages: [[String]], terms: Int, _ dice: inout Dice) throws {
        let index = try index(pages)
        let scanned = pages.map { $0.joined() }
        for length in [1, 2, 3, 5] {
            for _ in 0..<(terms / 4) {
                let page = Array(scanned.randomElement(using: &dice)!)
                let start = Int.random(in: 0...max(0, page.count - length), using: &dice)
                let term = String(page[start..<min(start + length, page.count)])
                guard term.contains(where: { !"，。、；：".contains($0) }) else { continue }
                #expect(try index.search(term, limit: 1).total == scanned.filter { $0.range(of: term, options: .literal) != nil }.count, "\(term)")
            }
        }
    }

    /// Han and the commonest marks only: what else a text may hold is folded, and has tests of its own.
    private func lawText() throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/corpus/legal_text").standardized
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".txt") }.sorted().map { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8).filter {
                "，。、；：".contains($0) || ("\u{4E00}"..."\u{9FFF}").contains($0)
            }
        }.joined()
    }
}

@Suite struct OccurrenceTests {
    @Test func everyOccurrenceIsFoundInTheLinesAlsoOverTheirEnds() throws {
        let found = try SearchIndex.occurrences(of: "盗窃", in: ["甲盗窃乙盗", "窃", "盗 窃"])
        #expect(
            found == [
                [.init(line: 0, start: 1, length: 2)], [.init(line: 0, start: 4, length: 1), .init(line: 1, start: 0, length: 1)],
                [.init(line: 2, start: 0, length: 3)],
            ])
    }

    @Test func aPageWithoutOneOfThePartsHasNothing() throws {
        #expect(try SearchIndex.occurrences(of: "盗窃 抢劫", in: ["盗窃"]).isEmpty)
        #expect(try SearchIndex.occurrences(of: "盗窃 抢劫", in: ["抢劫盗窃"]).count == 2)
    }

    @Test func aTermOfPunctuationIsRefused() {
        #expect(throws: DossierError(.badUsage, "")) { try SearchIndex.occurrences(of: "。", in: ["盗。"]) }
    }
}
