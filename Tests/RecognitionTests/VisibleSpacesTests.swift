import DossierModel
import Testing
import Typesetting

@testable import Recognition

/// Gaps that a reader sees come out as spaces, others do not.
@Suite(.serialized) struct VisibleSpacesTests {
    private func read(_ texts: [String], _ typeface: Typeface, size: Double) throws -> [String] {
        var typesetter = try Typesetter()
        let lines = texts.enumerated().map { TextLine($1, typeface: typeface, size: size, left: 25, top: 30 + 17 * Double($0)) }
        let page = try typesetter.draw(PageLayout(paper: .a4, elements: lines.map { .text($0) }), dpi: 300, mode: .grey).raster
        return try OCREngines.make(.ppocr, settings: Settings.Recognise(), threads: 1, cacheFolder: nil)
            .recognise(page, dpi: Resolution(x: 300, y: 300)).map(\.text)
    }

    @Test(arguments: [(Typeface.song, 16.0), (.fangSong, 12), (.boldSong, 22), (.kai, 14)])
    func spacesAreReadWhereTheyAreSeen(typeface: Typeface, size: Double) throws {
        let printed = ["卷 内 文 书 目 录", "第 1 页 共 2 页", "记录人慕容知夏 见证人宇文惊蛰", "性别女  年龄四十八", "姓\u{3000}名"]
        let read = try read(printed, typeface, size: size)
        #expect(read == printed, "\(read)")
    }

    @Test(arguments: [(Typeface.song, 16.0), (.fangSong, 12), (.hei, 10.5), (.kai, 14)])
    func narrowLettersAndSignsLeaveNoSpace(typeface: Typeface, size: Double) throws {
        let printed = ["自己日日口口了了目目小小", "二〇二四年十一月三十日出门口", "2024年11月11日上午11时01分", "我说：“知道了。”他（小张）就走了"]
        let read = try read(printed, typeface, size: size)
        #expect(read.allSatisfy { !$0.contains(where: \.isWhitespace) }, "\(read)")
    }

    /// Letters of full ink with gaps between them, columns; the line is as high as a letter is wide.
    private func missing(_ text: String, gaps: [Double], letter: Double = 40) -> [String] {
        var (columns, centres) = ([Bool](), [Double]())
        for (at, character) in text.filter({ !$0.isWhitespace }).enumerated() {
            let width = character.isASCII ? letter / 2 : letter
            if at > 0 { columns += Array(repeating: false, count: Int(gaps[at - 1])) }
            centres.append(Double(columns.count) + width / 2)
            columns += Array(repeating: true, count: Int(width))
        }
        let width = Double(columns.count)
        var places: [Double] = []
        for character in text { places.append((character.isWhitespace ? places.last! * width + letter : centres.removeFirst()) / width) }
        return VisibleSpaces.missing(in: Array(text), centres: places, width: width, ink: LineInk(columns: columns, height: letter))
    }

    @Test func aGapIsASpaceAndAWideOneTwo() {
        #expect(missing("甲乙丙丁", gaps: [4, 4, 4]).isEmpty)
        #expect(missing("甲乙丙丁", gaps: [4, 24, 4]) == ["", "", " ", ""])
        #expect(missing("甲乙丙丁", gaps: [4, 48, 4]) == ["", "", "  ", ""])
        #expect(missing("姓名", gaps: [48]) == ["", "\u{3000}"])
        #expect(missing("第1页", gaps: [4, 4]).isEmpty && missing("第1页", gaps: [24, 24]) == ["", " ", " "])
        #expect(missing("- 2 -", gaps: [36, 36]).isEmpty && missing("-2-", gaps: [36, 36]) == ["", " ", " "] && missing("1-2", gaps: [10, 10]).isEmpty)
    }

    @Test func whatWasReadAsASpaceStaysOne() {
        #expect(missing("甲 乙丙丁", gaps: [4, 4, 4]).isEmpty)
        #expect(missing("甲 乙丙丁", gaps: [24, 4, 4]).isEmpty)
        #expect(missing("甲 乙丙丁", gaps: [48, 4, 4]) == ["", "", " ", "", ""], "one of two")
    }

    @Test func punctuationBringsRoomOfItsOwn() {
        #expect(missing("甲，乙丙丁", gaps: [4, 30, 4, 4]).isEmpty)
        #expect(VisibleSpaces.missing(in: [], centres: [], width: 0, ink: LineInk(columns: [], height: 0)).isEmpty)
        #expect(VisibleSpaces.missing(in: ["甲"], centres: [0.5], width: 9, ink: LineInk(columns: Array(repeating: false, count: 9), height: 0)).isEmpty)
    }

    /// A space moves the doubts behind it, and every letter keeps its place.
    @Test func lettersAndDoubtsKeepTheirPlaces() throws {
        let decoding = CTCDecoding(characters: ["", "甲", "乙"])
        func row(_ label: Int, _ probability: Float) -> [Float] { (0..<3).map { $0 == label ? probability : (1 - probability) / 2 } }
        let rows = [row(1, 0.99), row(0, 0.99), row(0, 0.99), row(2, 0.7)].flatMap(\.self)
        let columns = (0..<52).map { $0 < 12 || $0 >= 40 }
        let plain = unsafe rows.withUnsafeBufferPointer { unsafe decoding.reading(of: $0, steps: 4, usedSteps: 4) }
        let spaced = unsafe rows.withUnsafeBufferPointer {
            unsafe decoding.reading(of: $0, steps: 4, usedSteps: 4, ink: LineInk(columns: columns, height: 20), width: 52)
        }
        #expect(plain.text == "甲乙" && plain.doubts.map(\.index) == [1])
        #expect(spaced.text == "甲\u{3000}乙" && spaced.doubts.map(\.index) == [2] && spaced.confidence == plain.confidence)
        #expect(spaced.spans.count == 6 && spaced.spans == spaced.spans.sorted())
    }
}
