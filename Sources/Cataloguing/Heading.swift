/// A title found at the top of a page.
struct Heading: Hashable {
    /// nil: it looks like a title, but not like one we know.
    let title: DocumentTitle?
    let shown: String
    /// 0…1: spelling times place and size.
    let score: Double
    let ordinal: Int?
    /// The issuing body when it stands on the same line.
    let organ: String?
    /// Rows taken.
    let rows: Range<Int>
    let rivals: [TitleName]
}

/// Looks for a title in the first text rows of a page.
struct HeadingFinder {
    private enum Limits {
        /// Text rows looked at; letterheads, document numbers and the like do not count.
        static let countedRows = 4
        static let rows = 10
        /// A title ends above this part of the page; on covers it may stand lower.
        static let lowest = 0.5
        static let lowestOnCovers = 0.8
    }

    private let page: PageLayout
    private let index: TitleIndex
    /// What the form's fields say it is, to settle 讯问 against 询问.
    private let statement: StatementHeader?

    init(_ page: PageLayout, statement: StatementHeader?, index: TitleIndex) {
        self.page = page
        self.statement = statement
        self.index = index
    }

    /// The best heading, known titles before unknown ones.
    func best() -> Heading? {
        let rows = countedRows()
        let known = rows.flatMap(knownHeadings)
        // The first of equals is the upper one.
        let best = known.reduce(nil as Heading?) { best, next in best.map { isBetter(next, than: $0) ? next : $0 } ?? next }
        if let best, best.score >= Threshold.no { return best }
        return rows.lazy.compactMap(unknownHeading).first
    }

    private func isBetter(_ a: Heading, than b: Heading) -> Bool {
        abs(a.score - b.score) > 0.05 ? a.score > b.score : a.shown.count > b.shown.count
    }

    private func countedRows() -> [Int] {
        let candidates = page.rows.indices.prefix(Limits.rows).filter { !isAside(page.rows[$0]) }
        return Array(candidates.prefix(Limits.countedRows))
    }

    /// Letterhead, document number, printed page number, mark of a copy: may stand above a title.
    private func isAside(_ row: LaidOutRow) -> Bool {
        let glyphs = row.glyphs
        return !glyphs.contains(where: \.isHan) || Organ.name(glyphs) != nil || DocumentNumberReader.number(in: glyphs) != nil
            || PrintedPageMark.mark(in: glyphs) != nil || (HeadingText(glyphs) == nil && glyphs.count <= 6)
            || (glyphs.first.map { "（(".unicodeScalars.contains($0) } ?? false && glyphs.count <= 12)
    }

    // MARK: Known titles

    private func knownHeadings(at row: Int) -> [Heading] {
        let here = page.rows[row]
        var found = [heading(here.glyphs, rows: row..<(row + 1), look: TitleLook(here, on: page))]
        if here.cells.count > 1 {
            found += here.cells.map { heading($0.glyphs, rows: row..<(row + 1), look: TitleLook(cell: $0, of: here, on: page)) }
        }
        if let next = continuation(of: row) {
            let looks = min(TitleLook(here, on: page).factor, TitleLook(next, on: page).factor)
            found.append(heading(here.glyphs + next.glyphs, rows: row..<(row + 2), look: TitleLook(factor: looks)))
        }
        return found.compactMap { $0 }
    }

    /// The next row, when it may be the second half of a broken title.
    private func continuation(of row: Int) -> LaidOutRow? {
        guard row + 1 < page.rows.count else { return nil }
        let (here, next) = (page.rows[row], page.rows[row + 1])
        let near = next.top - here.bottom < 2.5 * max(here.height, next.height)
        return near && here.glyphs.count + next.glyphs.count <= 30 ? next : nil
    }

    private func heading(_ glyphs: Glyphs, rows: Range<Int>, look: TitleLook) -> Heading? {
        guard look.factor >= Threshold.no, let text = HeadingText(glyphs) else { return nil }
        let plain = whole(text, rows, look) ?? afterOrgan(text, rows, look) ?? tail(text, rows, look)
        guard let plain, isHighEnough(plain) else { return nil }
        return plain
    }

    private func isHighEnough(_ heading: Heading) -> Bool {
        let onCover = heading.title.map { $0.role == .cover || $0.role == .backCover } ?? false
        return page.rows[heading.rows.lowerBound].top < page.height * (onCover ? Limits.lowestOnCovers : Limits.lowest)
    }

    private func whole(_ text: HeadingText, _ rows: Range<Int>, _ look: TitleLook) -> Heading? {
        index.match(text.core).map { heading($0, text, rows, look, organ: nil) }
    }

    private func afterOrgan(_ text: HeadingText, _ rows: Range<Int>, _ look: TitleLook) -> Heading? {
        guard let (name, rest) = Organ.leading(text.core), let match = index.match(rest) else { return nil }
        return heading(match, text, rows, look, organ: name)
    }

    /// “关于张三的抓获经过” is 抓获经过; any other words before a title may change its meaning, so it is kept as written and asked.
    private func tail(_ text: HeadingText, _ rows: Range<Int>, _ look: TitleLook) -> Heading? {
        guard look.isFull, let (match, before) = index.suffixMatch(text.core), !Self.isNumbered(text.core) else { return nil }
        let links = ["的", "案", "于"].map { $0.unicodeScalars.first! }
        if links.contains(text.core[before - 1]) { return heading(match, text, rows, look, organ: nil, factor: 0.85) }
        return Heading(
            title: match.name.title, shown: String(text.core), score: 0.7 * look.factor, ordinal: text.ordinal, organ: nil, rows: rows,
            rivals: [])
    }

    private func heading(
        _ match: TitleMatch, _ text: HeadingText, _ rows: Range<Int>, _ look: TitleLook, organ: String?, factor: Double = 1
    ) -> Heading {
        let chosen = settled(match)
        let quality = chosen.rivals.isEmpty ? max(match.quality, match.rivals.isEmpty ? 0 : 0.9) : match.quality
        return Heading(
            title: chosen.name.title, shown: chosen.name.shown, score: quality * look.factor * factor, ordinal: text.ordinal,
            organ: organ, rows: rows, rivals: chosen.rivals)
    }

    /// Lets the fields of a statement form choose among titles equally near.
    private func settled(_ match: TitleMatch) -> (name: TitleName, rivals: [TitleName]) {
        guard let statement, let told = ([match.name] + match.rivals).first(where: { $0.shown == statement.title })
        else { return (match.name, match.rivals) }
        return (told, [])
    }

    // MARK: Headings that are no known title

    private static let endings = [
        "书", "表", "笔录", "通知", "决定", "证明", "清单", "报告", "说明", "函", "证", "单", "记录", "提纲", "协议", "照片", "材料", "合同", "凭证",
        "回执", "意见", "申请", "经过", "鉴定", "流水", "明细", "摘录", "登记", "名单", "账单", "公告",
    ].map(\.compacted)

    private func unknownHeading(at row: Int) -> Heading? {
        let here = page.rows[row]
        let look = TitleLook(here, on: page)
        guard look.isFull, here.top < page.height * Limits.lowest, let text = HeadingText(here.glyphs), (4...24).contains(text.core.count),
            !Self.isNumbered(text.core), Self.endings.contains(where: text.core.ends)
        else { return nil }
        return Heading(
            title: nil, shown: String(text.core), score: 0.6, ordinal: text.ordinal, organ: nil, rows: row..<(row + 1), rivals: [])
    }

    /// 一、… （一）… 1.… 第一章 …: a heading inside a document.
    private static func isNumbered(_ glyphs: Glyphs) -> Bool {
        let head = Array(glyphs.prefix(4))
        guard let first = head.first else { return false }
        if first == "第" || first == "附" || "（(".unicodeScalars.contains(first) { return true }
        guard let end = head.firstIndex(where: { Numeral.digit($0) == nil && $0 != "十" }), end > 0 else { return false }
        return "、.．,".unicodeScalars.contains(head[end])
    }
}

/// How much a row looks like a title: written larger than the rest, and in the middle.
struct TitleLook: Hashable {
    let factor: Double
    var isFull: Bool { factor >= 1 }

    private enum Measure {
        /// Titles are set in 22 pt over a body of 16 pt (GB/T 9704-2012 §7.3.1: 2号 over 3号), forms in 18 over 14: both above 1.2.
        static let large = 1.2
        /// Distance of the middle from the page's middle, in page widths.
        static let centred = 0.08
        /// A line of running text is centred too, but it is wide.
        static let widest = 0.66
    }

    init(factor: Double) { self.factor = factor }

    init(_ row: LaidOutRow, on page: PageLayout) {
        let isTable = row.cells.count > 2 && row.cells.contains { $0.glyphs.count > 2 }
        self.init(
            height: row.height, centreX: row.centreX, width: row.width, page: page, isTable: isTable)
    }

    /// One cell of a row: only size can make it a title.
    init(cell: LaidOutLine, of row: LaidOutRow, on page: PageLayout) {
        let isLarge = cell.height >= page.bodyHeight * Measure.large
        guard isLarge, row.cells.count <= 3 else {
            self.init(factor: 0)
            return
        }
        self.init(height: cell.height, centreX: cell.centreX, width: cell.width, page: page, isTable: false)
    }

    private init(height: Double, centreX: Double, width: Double, page: PageLayout, isTable: Bool) {
        let isLarge = height >= page.bodyHeight * Measure.large
        let isCentred = abs(centreX - page.width / 2) <= page.width * Measure.centred && (isLarge || width <= page.width * Measure.widest)
        factor =
            switch (isLarge, isCentred) {
            case _ where isTable: 0.3
            case (true, true): 1
            case (true, false): 0.88
            case (false, true): 0.85
            case (false, false): 0.3
            }
    }
}

/// Where a score turns into yes, ask and no.
///
/// - `yes` and above: taken without a question. - Between: taken, and put to a person. - Below `no`: not taken.
enum Threshold {
    static let yes = 0.8
    static let no = 0.4
}
