/// 文号, 责任者, 日期 and 备注 of one document, read from its pages.
struct DocumentFields: Hashable {
    var number: String?
    var author: String?
    var date: CalendarDate?
    var remark: String?

    private enum Reach {
        static let numberRows = 10
        static let headerRows = 14
        static let footRows = 8
    }

    /// `pages` in scan order, placeholders left out.
    init(_ start: DocumentStart, pages: [PageReading]) {
        guard let first = pages.first, start.title?.role.carriesFolio ?? true else { return }
        let isStatement = start.title?.role == .statement
        let isRecord = start.title?.isRecord(as: start.shown) ?? start.shown.hasSuffix("笔录")
        number = Self.number(first.layout)
        author = (isStatement ? first.statement?.person : nil) ?? Self.organ(first, pages)
        date = (isRecord ? Self.startDate(first.layout) : nil) ?? Self.footDate(pages)
        remark = isStatement ? Self.remark(first) : nil
    }

    // MARK: 文号

    private static func number(_ page: PageLayout) -> String? {
        page.rows.prefix(Reach.numberRows).lazy.compactMap { row in
            DocumentNumberReader.number(in: row.glyphs)
                ?? row.cells.lazy.compactMap { DocumentNumberReader.number(in: $0.glyphs) }.first
        }.first
    }

    // MARK: 责任者

    /// The letterhead, else the signature at the foot.
    private static func organ(_ first: PageReading, _ pages: [PageReading]) -> String? {
        first.heading?.organ ?? letterhead(first) ?? pages.reversed().lazy.compactMap { signature($0.layout) }.first
    }

    private static func letterhead(_ page: PageReading) -> String? {
        guard let title = page.heading?.rows.lowerBound else { return nil }
        return page.layout.rows[max(0, title - 3)..<title].reversed().lazy.compactMap(organ).first
    }

    private static func signature(_ page: PageLayout) -> String? {
        let foot = page.rows.indices.suffix(Reach.footRows)
        return foot.reversed().lazy.filter { !isAddressee($0, page) }.compactMap { organ(page.rows[$0]) }.first
    }

    /// 此致 stands before the one a document is for, not the one it is from; senders stand in the right half.
    private static func isAddressee(_ row: Int, _ page: PageLayout) -> Bool {
        let word: Glyphs = ["致"]
        let before = row > 0 && page.rows[row - 1].glyphs.suffix(2).elementsEqual("此致".unicodeScalars)
        return before || page.rows[row].glyphs.prefix(2).suffix(1).elementsEqual(word) || page.rows[row].right < page.width * 0.5
    }

    private static func organ(_ row: LaidOutRow) -> String? {
        Organ.name(row.glyphs) ?? row.cells.lazy.compactMap { Organ.name($0.glyphs) }.first
    }

    // MARK: 日期

    /// A record is dated by the time it began, never by a date of birth beside it.
    private static func startDate(_ page: PageLayout) -> CalendarDate? {
        for row in page.rows.prefix(Reach.headerRows) {
            for found in DateReader.dates(in: row.glyphs) where isTime(found, in: row.glyphs) { return found.date }
        }
        return nil
    }

    private static func isTime(_ found: DateReader.Found, in glyphs: Glyphs) -> Bool {
        let before = Array(glyphs[..<found.range.lowerBound].suffix(6))
        let after = glyphs[found.range.upperBound...].prefix(5)
        return before.holds(["时", "间"]) || after.contains("时") || after.contains(":") || after.contains("：")
    }

    /// The date below the issuer's name; else the last date that stands alone; else one after 日期 or 时间 on the last page.
    private static func footDate(_ pages: [PageReading]) -> CalendarDate? {
        pages.reversed().lazy.compactMap { signedDate($0.layout) }.first
            ?? pages.reversed().lazy.compactMap { loneDate($0.layout) }.first
            ?? pages.last.flatMap { labelledDate($0.layout) }
    }

    private static func signedDate(_ page: PageLayout) -> CalendarDate? {
        let rows = page.rows.indices
        return rows.reversed().lazy.compactMap { at in
            guard let date = date(closing: page.rows[at]) else { return organThenDate(page.rows[at]) }
            let isSigned = rows.clamped(to: (at - 2)..<(at + 1)).contains { organ(page.rows[$0]) != nil && !isAddressee($0, page) }
            return isSigned ? date : nil
        }.first
    }

    private static func loneDate(_ page: PageLayout) -> CalendarDate? {
        page.rows.reversed().lazy.compactMap(date(closing:)).first
    }

    private static func date(closing row: LaidOutRow) -> CalendarDate? {
        DateReader.standalone(row.glyphs) ?? row.cells.lazy.compactMap { DateReader.standalone($0.glyphs) }.last
    }

    /// A seal may weld the name and the date below it into one line.
    private static func organThenDate(_ row: LaidOutRow) -> CalendarDate? {
        guard let found = DateReader.dates(in: row.glyphs).last, row.glyphs.count - found.range.upperBound <= 3,
            Organ.name(Array(row.glyphs[..<found.range.lowerBound])) != nil
        else { return nil }
        return found.date
    }

    private static func labelledDate(_ page: PageLayout) -> CalendarDate? {
        page.rows.reversed().lazy.compactMap { row in
            let labelled = row.glyphs.holds(["日", "期"]) || row.glyphs.holds(["时", "间"])
            return labelled ? DateReader.dates(in: row.glyphs).last?.date : nil
        }.first
    }

    // MARK: 备注

    /// “张三 第2次”, or the part of it that is on the page.
    private static func remark(_ page: PageReading) -> String? {
        let parts = [page.statement?.person, page.ordinal.map { "第\($0)次" }].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
