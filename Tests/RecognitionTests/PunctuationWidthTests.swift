import DossierModel
import Testing
import Typesetting

@testable import Recognition

/// Brackets and colons come out in the width they are printed in, in four typefaces and sizes.
@Suite(.serialized) struct PunctuationWidthTests {
    private static let full = [
        "附件（2）侦查人员南宫漱石对相关部位逐一检查", "鉴定标的物（平板电脑）价值人民币（大写）伍仟元", "办案单位：海州市公安局海东分局刑警大队",
        "被讯问人（签名）吴某甲，见证人（签名）李某乙在场", "青公（刑）立字第三十三号，经审查现已立案侦查",
    ]
    private static let half = full.map { $0.replacing("（", with: "(").replacing("）", with: ")").replacing("：", with: ":") }

    private func read(_ texts: [String], _ typeface: Typeface, size: Double) throws -> [String] {
        var typesetter = try Typesetter()
        let lines = texts.enumerated().map { TextLine($1, typeface: typeface, size: size, left: 20, top: 30 + 15 * Double($0)) }
        let page = try typesetter.draw(PageLayout(paper: .a4, elements: lines.map { .text($0) }), dpi: 300, mode: .grey).raster
        return try OCREngines.make(.ppocr, settings: Settings.Recognise(), threads: 1, cacheFolder: nil)
            .recognise(page, dpi: Resolution(x: 300, y: 300)).map { $0.text.replacing(" ", with: "") }
    }

    @Test(arguments: [(Typeface.song, 16.0), (.fangSong, 12), (.hei, 10.5), (.kai, 14)])
    func signsAreReadInTheirWidth(typeface: Typeface, size: Double) throws {
        for printed in [Self.full, Self.half] {
            let read = try read(printed, typeface, size: size)
            #expect(read == printed, "\(zip(read, printed).filter { $0 != $1 })")
        }
    }

    /// Ideographs an em apart: 1 is the em, half-width signs take a third.
    private func told(_ text: String, _ centres: [Double]) -> String { String(PunctuationWidth.told(Array(text), centres: centres)) }

    @Test func theRoomOnTheOpenSideTells() {
        #expect(told("甲乙丙(丁)戊", [0, 1, 2, 3.25, 4, 4.75, 6]) == "甲乙丙（丁）戊")
        #expect(told("甲乙丙(丁)戊", [0, 1, 2, 2.67, 3.33, 4, 4.67]) == "甲乙丙(丁)戊")
        #expect(told("(2)甲乙丙", [0, 0.5, 1, 2.25, 3.25, 4.25]) == "（2）甲乙丙", "at the edge a bracket is what its partner is")
        #expect(told("甲乙丙:丁", [0, 1, 2, 2.75, 4]) == "甲乙丙：丁" && told("甲乙丙:丁", [0, 1, 2, 2.67, 3.33]) == "甲乙丙:丁")
    }

    @Test func whatNoRoomTellsStaysAsRead() {
        #expect(told("(甲乙丙)", [0, 1, 2, 3, 4]) == "(甲乙丙)" && told("甲乙丙:", [0, 1, 2, 3.2]) == "甲乙丙:")
        #expect(told("(a)b", [0, 1, 2, 3.5]) == "(a)b", "without ideographs there is no em")
        #expect(told("甲乙丙:丁", [0, 1, 2, 2.7, 6]) == "甲乙丙:丁", "a blank to be filled in is no sign's room")
        #expect(told("（一)甲乙丙", [0, 1, 1.67, 2.33, 3.33, 4.33]) == "（一)甲乙丙", "a narrow partner does not outweigh what was read wide")
        #expect(told("甲乙丙) (丁", [0, 1, 2, 2.7, 4, 5, 5.7]) == "甲乙丙) (丁", "a space between is room of its own")
        #expect(told("甲乙丙（丁）戊", [0, 1, 2, 2.67, 3.33, 4, 4.67]) == "甲乙丙(丁)戊" && told("甲乙丙：丁", [0, 1, 2, 2.6, 3.6]) == "甲乙丙：丁", "unless it is plain")
        #expect(PunctuationWidth.told([], centres: []).isEmpty && told("甲(", [0]) == "甲(")
    }

    @Test func theOtherWidthIsNoDoubtAnyMore() {
        let decoding = CTCDecoding(characters: ["", "甲", "乙", "丙", "(", "（", "丁"])
        var rows: [Float] = []
        func step(_ label: Int, _ probability: Float = 0.99, other: Int = 0) {
            var row = [Float](repeating: 0, count: 7)
            row[label] = probability
            row[other] += 1 - probability
            rows += row
        }
        for label in [1, 0, 0, 2, 0, 0, 3, 0, 0] { step(label) }
        step(0)
        step(4, 0.6, other: 5)
        step(0)
        step(6)
        let reading = unsafe rows.withUnsafeBufferPointer { unsafe decoding.reading(of: $0, steps: rows.count / 7, usedSteps: Double(rows.count / 7)) }
        #expect(reading.text == "甲乙丙（丁" && reading.doubts.isEmpty)
    }
}
