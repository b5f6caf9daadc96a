internal import DossierModel

/// 题名, 文号, 责任者, 日期 and 备注 of one document, read from its pages.
struct DocumentFields: Hashable {
    var title: String
    var number: String?
    var author: String?
    /// No print names who issued it, but a seal does.
    var authorIsOfSeal = false
    var date: CalendarDate?
    /// The date stands where documents of its kind are dated, not just somewhere.
    var dateIsSure = false
    var remark: String?
    /// Who gave a field that the pages did not.
    var origins: [FieldReading.Field: FieldReading.Origin] = [:]

    private enum Reach {
        static let numberRows = 10
        static let headerRows = 14
        static let footRows = 8
        static let closingRows = 2
        /// Glyphs of a line that a person signs.
        static let signature = 12
    }

    /// `pages` in scan order, placeholders left out; `names` known from elsewhere.
    init(_ start: DocumentStart, pages: [PageReading], names: NameWitness) {
        title = start.shown
        guard let first = pages.first, start.title?.role.carriesFolio ?? true else { return }
        let person = start.title.flatMap { Self.person($0, first) }
        let isRecord = start.title?.isRecord(as: start.shown) ?? start.shown.hasSuffix("笔录")
        number = Self.number(first.layout)
        title = Self.title(start, person: person, time: first.ordinal)
        author = person ?? (start.title?.issuer == .party ? Self.signatory(pages, names) : nil) ?? Self.organ(first, pages)
        if author == nil, let title = start.title, let sealed = Self.sealed(title, pages) { (author, authorIsOfSeal) = (sealed, true) }
        if let sure = (isRecord ? Self.startDate(first.layout) : nil) ?? Self.sureDate(pages) {
            (date, dateIsSure) = (sure, true)
        } else {
            date = Self.looseDate(pages)
        }
        remark = Self.remark(pages)
    }

    // MARK: 题名

    /// Whose words a statement holds, or who pointed something out. Nobody issues such a record; that person signs
    /// every page of it, and so is the one 题名 and 责任者 name (issuing organ or signatory).
    private static func person(_ title: DocumentTitle, _ page: PageReading) -> String? {
        if title.role == .statement { return page.statement?.person }
        return title.isIdentification ? PersonName.labelled(["辨", "认", "人"], on: page.layout) : nil
    }

    /// 张三第二次讯问笔录, or the part of it that is on the page; any other document by its own title.
    private static func title(_ start: DocumentStart, person: String?, time: Int?) -> String {
        guard let title = start.title, title.isCalledAfterPerson else { return start.shown }
        return (person ?? "") + (time.flatMap(Numeral.chinese).map { "第\($0)次" } ?? "") + start.shown
    }

    // MARK: 文号

    private static func number(_ page: PageLayout) -> String? {
        page.rows.prefix(Reach.numberRows).lazy.compactMap { row in
            DocumentNumberReader.number(in: row.glyphs)
                ?? row.cells.lazy.compactMap { DocumentNumberReader.number(in: $0.glyphs) }.first
        }.first
    }

    // MARK: 责任者

    /// The letterhead, else what a field of the form says, else the signature at the foot: a seal lends it pieces of a name.
    private static func organ(_ first: PageReading, _ pages: [PageReading]) -> String? {
        if let printed = first.heading?.organ ?? letterhead(first) { return printed }
        if let stated = pages.lazy.compactMap({ stated($0.layout) }).first { return stated }
        let last = pages.last?.position
        return pages.reversed().lazy.compactMap { signature($0.layout, isLast: $0.position == last) }.first
    }

    /// On a paper that nobody signs in print the legend of its only seal says who issued it: not on papers of the parties and
    /// statements, which others confirm, not on copies, which others certify, and for forms of organs only an organ.
    private static func sealed(_ title: DocumentTitle, _ pages: [PageReading]) -> String? {
        guard title.issuer != .party, title.role != .statement, !pages.contains(where: isCopy) else { return nil }
        // Organs press red; a company's blue seal beside one takes nothing from it.
        let legends = pages.flatMap(\.layout.legends), red = legends.filter { $0.colour == .red }
        let names = Set((red.isEmpty ? legends : red).map { Organ.name($0.glyphs) })
        guard names.count == 1, let name = names.first ?? nil else { return nil }
        let isOfOrgan = [.police, .procuratorate].contains(title.issuer)
        return !isOfOrgan || Organ.isHandling(name) ? name : nil
    }

    private static func isCopy(_ page: PageReading) -> Bool { page.layout.rows.contains { DocumentRemark($0.glyphs)?.kind == .copy } }

    private static let signatoryLabels = [
        "申请人", "委托人", "保证人", "供述人", "证明人", "谅解人", "收款人", "承租方", "甲方", "具结人", "出具人", "书写人", "犯罪嫌疑人", "被害人",
    ].map(\.compacted)

    /// Who signs a paper of the parties: the name after the word for it, lowest on the last page; else a known name over the
    /// closing date, where a fingerprint or the writing itself made the word unreadable.
    private static func signatory(_ pages: [PageReading], _ names: NameWitness) -> String? {
        labelledSignatory(pages) ?? pages.last.flatMap { page in
            let foot = page.layout.rows.suffix(Reach.footRows)
            return zip(foot, foot.dropFirst()).reversed().lazy.compactMap { row, next in
                row.glyphs.count <= Reach.signature && date(closing: next) != nil ? names.name(ending: row.glyphs) : nil
            }.first
        }
    }

    private static func labelledSignatory(_ pages: [PageReading]) -> String? {
        pages.reversed().lazy.compactMap { page in
            page.layout.rows.suffix(Reach.footRows).reversed().lazy.compactMap { row in
                nameStart(row.glyphs).flatMap { row.glyphs.count - $0 <= 6 ? PersonName.read(row.glyphs[$0...], spaced: row.text) : nil }
            }.first
        }.first
    }

    /// Where the name begins behind the word for who signs. Before a colon one of its characters may be lost or misread.
    private static func nameStart(_ glyphs: Glyphs) -> Int? {
        if let label = signatoryLabels.first(where: { glyphs.starts(with: $0) }) { return label.count }
        guard let colon = glyphs.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return nil }
        let isLabel = signatoryLabels.contains { $0.count >= 4 && EditDistance.within(1, $0, Array(glyphs[..<colon])) != nil }
        return isLabel ? colon : nil
    }

    private static let issuerLabels = ["证明单位", "出具单位", "勘验单位", "制作单位", "办案单位", "承办单位", "受案单位", "鉴定机构", "制图单位", "查询单位", "登记机关", "提取单位", "换押机关", "拍摄单位"].map(\.compacted)

    /// The organ in a field of a form: 证明单位：××派出所. Further fields may follow on the same row.
    private static func stated(_ page: PageLayout) -> String? {
        page.rows.lazy.compactMap { row in
            issuerLabels.lazy.compactMap { label in
                row.glyphs.position(of: label).flatMap { Organ.beginning(row.glyphs[($0 + label.count)...]) }
            }.first
        }.first
    }

    private static func letterhead(_ page: PageReading) -> String? {
        guard let title = page.heading?.rows.lowerBound else { return nil }
        return page.layout.rows[max(0, title - 3)..<title].reversed().lazy.compactMap(organ).first
    }

    private static func signature(_ page: PageLayout, isLast: Bool) -> String? {
        let foot = page.rows.indices.suffix(Reach.footRows)
        return foot.reversed().lazy.filter { !isAddressee($0, page) && isClosing($0, page, isLast: isLast) }.compactMap { organ(page.rows[$0]) }.first
    }

    /// A sender stands over the date, or ends the document; the line of a sentence that ends with an organ does neither.
    private static func isClosing(_ row: Int, _ page: PageLayout, isLast: Bool) -> Bool {
        let below = page.rows[(row + 1)...]
        return (below.isEmpty && isLast) || organThenDate(page.rows[row]) != nil || below.prefix(Reach.closingRows).contains { date(closing: $0) != nil }
    }

    /// 此致 stands before the one a document is for, not the one it is from; senders stand in the right half.
    private static func isAddressee(_ row: Int, _ page: PageLayout) -> Bool {
        let word: Glyphs = ["致"]
        let before = row > 0 && page.rows[row - 1].glyphs.suffix(2).elementsEqual("此致".unicodeScalars)
        return before || page.rows[row].glyphs.prefix(2).suffix(1).elementsEqual(word) || page.rows[row].right < page.width * 0.5
    }

    /// Fields that hold an organ or a company which issued nothing.
    private static let otherOrgans = [
        "名称", "企业名称", "单位", "单位名称", "工作单位", "服务处所", "羁押场所", "委托单位", "移送单位", "接收单位", "送达地点", "户名", "开户银行", "开户行",
    ].map(\.compacted)

    private static func organ(_ row: LaidOutRow) -> String? {
        if let label = issuerLabels.first(where: { row.glyphs.starts(with: $0) }) { return Organ.beginning(row.glyphs[label.count...]) }
        guard !otherOrgans.contains(where: { row.glyphs.starts(with: $0) }) else { return nil }
        return Organ.name(row.glyphs) ?? row.cells.lazy.compactMap { Organ.name($0.glyphs) }.first
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

    /// The date below the issuer's name, or after the word for the day of issue, or at the end of a form.
    private static func sureDate(_ pages: [PageReading]) -> CalendarDate? {
        pages.reversed().lazy.compactMap(signedDate).first ?? pages.reversed().lazy.compactMap { issueDate($0.layout) }.first
            ?? pages.last.flatMap { closingDate($0.layout) }
    }

    /// The last date that stands alone; else one after 日期 or 时间 on the last page.
    private static func looseDate(_ pages: [PageReading]) -> CalendarDate? {
        pages.reversed().lazy.compactMap { loneDate($0.layout) }.first ?? pages.last.flatMap { labelledDate($0.layout) }
    }

    private static let issueLabels = [
        "填发日期", "填发时间", "签发日期", "制作日期", "制作时间", "制图时间", "出具日期", "发证日期", "查询日期", "拍摄时间", "提取时间", "打印日期", "签订日期", "受理日期",
    ].map(\.compacted)

    private static func issueDate(_ page: PageLayout) -> CalendarDate? {
        issueLabels.lazy.compactMap { label in
            page.rows.lazy.compactMap { row in
                row.glyphs.position(of: label).flatMap { at in
                    let after = Array(row.glyphs[(at + label.count)...])
                    return DateReader.dates(in: after).first.flatMap { $0.range.lowerBound <= 2 ? $0.date : nil }
                }
            }.first
        }.first
    }

    private static func signedDate(_ reading: PageReading) -> CalendarDate? {
        let page = reading.layout
        // A letterhead signs nothing.
        let rows = page.rows.indices.dropFirst(reading.heading?.rows.upperBound ?? 0)
        return rows.reversed().lazy.compactMap { at in
            guard let date = date(closing: page.rows[at]) else { return organThenDate(page.rows[at]) }
            let isSigned = rows.indices.clamped(to: (at - 2)..<(at + 1)).contains { organ(page.rows[$0]) != nil && !isAddressee($0, page) }
            return isSigned ? date : nil
        }.first
    }

    /// The date that ends the last rows of a form: 办案单位（公章） 2024年3月2日.
    private static func closingDate(_ page: PageLayout) -> CalendarDate? {
        page.rows.filter { $0.glyphs.contains(where: \.isHan) }.suffix(Reach.closingRows).reversed().lazy.compactMap { row in
            guard row.cells.count <= 3, let found = DateReader.dates(in: row.glyphs).last, row.glyphs.count - found.range.upperBound <= 1,
                !row.glyphs[..<found.range.lowerBound].contains(where: { "，。；,;".unicodeScalars.contains($0) })
            else { return nil }
            return found.date
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

    private static func remark(_ pages: [PageReading]) -> String? {
        DocumentRemark.text(pages.flatMap { $0.layout.rows.compactMap { DocumentRemark($0.glyphs) } })
    }
}
