import DossierModel
import Testing

@testable import Cataloguing

struct ReadingCheckTests {
    /// A line; `or` names what the character at a place may also be.
    private func line(_ text: String, or alternatives: [(Int, String)] = []) -> RecognisedLine {
        let quad = Quad(PixelRect(x: 0, y: 0, width: 100, height: 10))
        return RecognisedLine(
            text: text, quad: quad, confidence: 0.9, characterSpans: [],
            doubts: alternatives.map { .init(index: $0.0, confidence: 0.5, alternatives: [.init(text: $0.1, confidence: 0.4)]) })
    }

    private func failures(_ text: String, or alternatives: [(Int, String)] = []) -> [ReadingCheck.Failure] {
        ReadingCheck.failures(on: line(text, or: alternatives))
    }

    @Test(arguments: [
        "身份证号11010519491231002X，住海澜市", "户号110105194912310021234", "2024年2月29日", "于2024年12月31日24时", "海检刑诉〔2024〕12号",
        "〔见附件〕", "人民币伍万贰仟陆佰玖拾贰元整（52692元）", "人民币壹拾万元（¥100,000.00）", "叁佰元伍角（300.5元）", "伍万元（5万元）", "第贰联",
    ])
    func soundTextIsLeftInPeace(_ text: String) {
        #expect(failures(text) == [])
    }

    @Test func aCitizenNumberIsTriedWithTheOtherCandidates() {
        let failure = failures("号码：110105194912310O2X。")
        #expect(failure.map(\.read) == ["110105194912310O2X"])
        #expect(failure.first?.possible == ["11010519491231002X"])
        #expect(failures("11010517491231002X", or: [(7, "9")]).first?.possible == ["11010519491231002X"])
        // A candidate that fails as well is not offered.
        #expect(failures("11010519491231001X", or: [(16, "3")]).first?.possible == [])
        #expect(failures("11010519491231001X", or: [(16, "2")]).first?.possible == ["11010519491231002X"])
    }

    @Test func aCitizenNumberThatNothingMendsIsStillTold() {
        #expect(failures("110105194912310029") == [.init(read: "110105194912310029", reason: "fails its check as a citizen number (GB 11643)", possible: [])])
    }

    /// Numbers in groups and sums set widely are checked like others, and a space still parts two numbers.
    @Test func spacesHideNothing() {
        #expect(failures("身份证 110105 19491231 0019").map(\.read) == ["110105194912310019"])
        #expect(failures("110105194912310029 13800138000").map(\.read) == ["110105194912310029"])
        #expect(failures("于 2024 年 13 月 5 日", or: [(10, "2")]).first?.possible == ["2024年12月5日"])
        #expect(failures("人 民 币 伍 万 元 整 （52692元）").count == 1)
        #expect(failures("身份证 110105 19491231 002X 2024年2月29日") == [])
    }

    @Test func aDayThatNeverWasIsTold() {
        #expect(failures("2024年13月5日", or: [(6, "2")]).first?.possible == ["2024年12月5日"])
        #expect(failures("于2023年2月29日至").map(\.read) == ["2023年2月29日"])
    }

    @Test func theYearOfADocumentNumberIsTold() {
        #expect(failures("海检刑诉〔2O24〕12号").first?.possible == ["〔2024〕"])
        #expect(failures("海检刑诉〔2824〕12号", or: [(6, "0")]).first?.possible == ["〔2024〕"])
    }

    @Test func aSumInWordsIsComparedWithItsFigures() {
        let failure = failures("计人民币伍万贰仟陆佰玖拾贰元整（52892元）", or: [(18, "6")])
        #expect(failure.count == 1)
        #expect(failure.first?.possible == ["52692"])
        #expect(failures("壹亿零叁佰元（¥100000300）") == [])
        #expect(failures("壹亿零叁佰元（¥100000301）").count == 1)
    }

    @Test func whatFailsBecomesAFindingAndTheTextStays() {
        let line = line("〔2O24〕")
        let findings = ReadingCheck.findings(on: [line])
        #expect(findings.map(\.id) == ["page.text.check"])
        #expect(findings.first?.message.contains("〔2024〕") == true)
        #expect(line.text == "〔2O24〕")
    }

    @Test func longRunsOfCapitalNumeralsNeitherOverflowNorHang() {
        let words = String(repeating: "玖仟玖佰玖拾玖亿", count: 2000)
        #expect(failures(words) == [])
        #expect(failures(String(repeating: "9", count: 20_000)) == [])
        #expect(failures("元元元（999999999999999999999999") == [])
    }
}
