/// How a page begins and ends: what tells whether the next one goes on with it.
struct PageEnds {
    /// A sender's name and a date, or a date alone, in the last rows.
    enum Closing: Hashable { case none, dated, signed }

    let closing: Closing
    /// A round seal lies over the last rows of writing, or below them.
    let isSealed: Bool
    /// 此致 stands among the last rows.
    let isAddressed: Bool
    /// Share of the page's height below the last row of writing.
    let blankBelow: Double
    /// The last row of writing stands at the foot.
    let isFull: Bool
    /// The first row is running text in the middle of a sentence: as wide as the page's text and not indented.
    let runsOn: Bool
    /// “附件：…” opens the page: it belongs to the document before.
    let opensWithAttachment: Bool
    /// The N of “照片N” that comes first.
    let firstPhoto: Int?
    /// Questions and answers.
    let isTalk: Bool
    let hasLetterhead: Bool
    let hasNumberOnTop: Bool

    private enum Measure {
        static let foot = 0.84
        static let closingRows = 4
        static let headRows = 5
        static let addressRows = 8
        /// A seal this far above the last row of writing, of the page's height, still belongs to it: half its diameter and some rows.
        static let sealReach = 0.18
    }

    init(_ page: PageLayout) {
        let writing = page.rows.filter { !Self.isPageNumber($0) }
        closing = Self.closing(writing)
        let bottom = writing.map(\.bottom).max() ?? 0
        isSealed = !writing.isEmpty && page.lowestSeal.map { $0 > bottom - page.height * Measure.sealReach } == true
        isAddressed = writing.suffix(Measure.addressRows).contains { $0.glyphs.suffix(2).elementsEqual("此致".unicodeScalars) }
        blankBelow = max(0, 1 - bottom / page.height)
        isFull = bottom > page.height * Measure.foot
        runsOn = Self.runsOn(writing)
        let first = writing.first?.glyphs ?? []
        opensWithAttachment = first.starts(with: "附件".unicodeScalars) || first.starts(with: "附：".unicodeScalars)
        firstPhoto = writing.lazy.compactMap { Self.photo($0.glyphs) }.first
        isTalk = writing.count { Self.isTalk($0.glyphs) } >= 2
        let head = writing.prefix(Measure.headRows)
        hasLetterhead = head.prefix(3).contains { $0.top < page.height * 0.3 && Organ.name($0.glyphs) != nil }
        hasNumberOnTop = head.contains { row in
            row.top < page.height * 0.35 && (DocumentNumberReader.number(in: row.glyphs) != nil || row.cells.contains { DocumentNumberReader.number(in: $0.glyphs) != nil })
        }
    }

    /// “- 3 -”, “第3页 共5页”.
    private static func isPageNumber(_ row: LaidOutRow) -> Bool {
        !row.glyphs.contains(where: \.isHan) && row.glyphs.count <= 6 || PrintedPageMark.mark(in: row.glyphs) != nil
    }

    private static func closing(_ rows: [LaidOutRow]) -> Closing {
        let last = rows.suffix(Measure.closingRows)
        let isDated = last.contains { row in
            DateReader.standalone(row.glyphs) != nil || row.cells.contains { DateReader.standalone($0.glyphs) != nil }
                || DateReader.dates(in: row.glyphs).last.map { row.glyphs.count - $0.range.upperBound <= 3 && row.glyphs.count <= 40 } == true
        }
        guard isDated else { return .none }
        let isSigned = last.contains { row in Organ.name(row.glyphs) != nil || row.cells.contains { Organ.name($0.glyphs) != nil } }
        return isSigned ? .signed : .dated
    }

    private static func runsOn(_ rows: [LaidOutRow]) -> Bool {
        guard rows.count >= 3, let first = rows.first, first.cells.count <= 2 else { return false }
        let left = rows.map(\.left).min()!, right = rows.map(\.right).max()!
        return first.left - left < first.height && first.width > (right - left) * 0.8
    }

    private static func photo(_ glyphs: Glyphs) -> Int? {
        guard glyphs.starts(with: "照片".unicodeScalars) else { return nil }
        return Numeral.value(glyphs.dropFirst(2).prefix { Numeral.digit($0) != nil || $0 == "十" })
    }

    private static func isTalk(_ glyphs: Glyphs) -> Bool {
        guard let first = glyphs.first, first == "问" || first == "答", glyphs.count > 1 else { return false }
        return glyphs[1] == "：" || glyphs[1] == ":"
    }
}
