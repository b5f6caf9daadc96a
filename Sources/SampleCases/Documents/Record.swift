import Typesetting

/// 笔录: filled-in head lines on the first page, questions and answers on ruled lines, a foot on every page where the
/// person signs and leaves a fingerprint.
struct Record {
    var style = PaperStyle.official
    var title: String
    /// 第几次, in the head; nil where the kind of record has none.
    var time: Int?
    var catalogueTitle: String
    var author: String
    var day: Day
    /// Label and filled-in value.
    var fields: [(String, String)]
    var body: [String]
    /// Who signs at the foot, e.g. 被讯问人.
    var signer: String
    var seed: UInt64

    private static let linePitch = 9.6
    private static let left = 26.0
    private static let width = 160.0
    private static let lastLine = 262.0

    func document() -> DraftDocument {
        let firstTop = 50 + Double(fieldLines.count) * Self.linePitch + 2
        let lines = body.flatMap { brokenLines($0) }
        let onFirst = rows(from: firstTop)
        let onOthers = rows(from: 34)
        var chunks = [Array(lines.prefix(onFirst))]
        var rest = lines.dropFirst(onFirst)
        while !rest.isEmpty {
            chunks.append(Array(rest.prefix(onOthers)))
            rest = rest.dropFirst(onOthers)
        }
        let pages = chunks.indices.map { page(chunks[$0], number: $0 + 1, of: chunks.count, firstTop: firstTop) }
        return DraftDocument(title: catalogueTitle, number: nil, author: author, day: day, pages: pages)
    }

    private func rows(from top: Double) -> Int { Int((Self.lastLine - top) / Self.linePitch) }

    private func brokenLines(_ text: String) -> [String] {
        let cells = (Self.width / TextLine.em(TypeSize.fourth)).rounded(.down)
        return LineBreaker.lines(of: text, cells: cells)
    }

    /// Fields run on, two or three to a line, as long as they fit.
    private var fieldLines: [[(String, String)]] {
        var lines: [[(String, String)]] = []
        var room = 0.0
        for field in fields {
            let needed = CharacterWidth.cells(of: field.0 + field.1) + 2
            if needed > room {
                lines.append([])
                room = 32
            }
            lines[lines.count - 1].append(field)
            room -= needed
        }
        return lines
    }

    private func page(_ lines: [String], number: Int, of count: Int, firstTop: Double) -> DraftPage {
        // Above the title, and so read before it.
        var elements: [PageLayout.Element] = []
        if style.pageMark == .top {
            elements.append(.text(TextLine("第\(number)页 共\(count)页", typeface: .song, size: TypeSize.fifth, left: 158, top: 22)))
        }
        if number == 1 { elements += head() }
        let top = number == 1 ? firstTop : 34
        for (row, text) in lines.enumerated() {
            let y = top + Double(row) * Self.linePitch
            elements.append(.text(TextLine(text, size: TypeSize.fourth, left: Self.left, top: y, pitch: pitch)))
        }
        for row in 0..<rows(from: top) {
            elements.append(Composer.rule(top + Double(row) * Self.linePitch + 7, from: Self.left, to: Self.left + Self.width, width: 0.15))
        }
        return finished(elements, number: number, of: count)
    }

    private var pitch: Double { Self.width / (Self.width / TextLine.em(TypeSize.fourth)).rounded(.down) }

    private func head() -> [PageLayout.Element] {
        let mark = time.map { "第\(Day.numeral($0))次" }
        let title = mark.map { style.timeIsBelow ? self.title.spaced : "\(self.title.spaced)（\($0)）" } ?? self.title.spaced
        var elements: [PageLayout.Element] = [.text(Composer.centred(title, .boldSong, style.titleSize, top: 34))]
        if style.timeIsBelow, let mark { elements.append(.text(Composer.centred("（\(mark)）", .song, TypeSize.smallFourth, top: 43))) }
        for (row, fields) in fieldLines.enumerated() {
            elements += fieldElements(fields, top: 50 + Double(row) * Self.linePitch)
        }
        return elements
    }

    /// Label and value of one line are one text line to a reader; the value stands on a rule.
    private func fieldElements(_ fields: [(String, String)], top: Double) -> [PageLayout.Element] {
        let em = TextLine.em(TypeSize.fourth)
        var left = Self.left
        var rules: [PageLayout.Element] = []
        var text = ""
        for (label, value) in fields {
            let start = left + CharacterWidth.cells(of: label) * em
            let end = start + CharacterWidth.cells(of: value) * em
            rules.append(Composer.rule(top + 6.6, from: start, to: end, width: 0.15))
            text += label + value + "  "
            left = end + em
        }
        text.removeLast(2)
        return rules + [.text(TextLine(text, size: TypeSize.fourth, left: Self.left, top: top))]
    }

    private func finished(_ elements: [PageLayout.Element], number: Int, of count: Int) -> DraftPage {
        let foot = TextLine("\(signer)（签名、捺指印）：", size: TypeSize.smallFourth, left: 96, top: 268)
        let at = PaperPoint(foot.left + foot.width + 2, foot.top - 3)
        var marks: [Mark] = [
            .signature(seed: seed, at, width: 22), .fingerprint(PaperPoint(at.x + 16, at.y + 3), tilt: Double(number * 17 % 40) - 20),
        ]
        var texts: [PageLayout.Element] = [.text(foot)]
        if style.pageMark == .foot { texts.append(.text(TextLine("第 \(number) 页 共 \(count) 页", typeface: .song, size: TypeSize.smallFifth, left: 26, top: 276))) }
        if number == count { marks.append(.signature(seed: seed &+ 99, PaperPoint(40, 265), width: 24)) }
        return DraftPage(layout: PageLayout(elements: elements + texts), marks: marks)
    }
}
