import Typesetting

/// Cover, catalogue, docket sheet: the papers that carry no 页号. They are no rows of the catalogue, so they have a
/// title but neither 责任者 nor 日期.
enum FrontMatter {
    static func cover(_ facts: CaseFacts, kind: String, volume: Int, of count: Int, pages: Int) -> DraftDocument {
        var elements: [PageLayout.Element] = [
            .text(Composer.centred("刑事侦查卷宗", .boldSong, 40, top: 38)),
            .text(Composer.centred("（\(kind)）", .boldSong, TypeSize.first, top: 62)),
        ]
        let rows = [
            ("案件名称", facts.caseName), ("案件编号", facts.caseNumber), ("犯罪嫌疑人姓名", facts.suspect.name + "、" + facts.accomplice.name),
            ("立案时间", facts.filed.text), ("结案时间", facts.closed.text), ("立卷单位", facts.place.police),
            ("立卷人", facts.officers[0].name), ("审核人", facts.officers[2].name), ("密级", "\\"), ("保管期限", "长期"),
        ]
        let table = Table(
            columns: [46, 110], rows: rows.map { Table.Row([.init($0.0, typeface: .hei), .init($0.1, typeface: .kai)], minimumHeight: 14) },
            size: TypeSize.fourth)
        elements += table.elements(at: PaperPoint(27, 88))
        elements.append(.text(Composer.centred("本案共 \(count) 卷　第 \(volume) 卷　　本卷共 \(pages) 页", .fangSong, TypeSize.third, top: 240)))
        let page = DraftPage(
            layout: PageLayout(elements: elements),
            marks: [.seal(organ: facts.place.police, centre: PaperPoint(150, 178), tilt: 4)])
        return DraftDocument(
            title: "卷宗封面", number: nil, author: nil, day: nil, pages: [page], hasFolio: false)
    }

    /// One row of the 卷内文件目录 as printed.
    struct Entry {
        var number: String
        var author: String
        var title: String
        var date: String
        var folio: String
        var remark: String
    }

    static let rowsPerPage = 15

    static func catalogue(_ entries: [Entry]) -> DraftDocument {
        let head = ["序号", "文号", "责任者", "题名", "日期", "页号", "备注"]
        let columns = [11.0, 30, 34, 46, 20, 14, 11]
        let pages = stride(from: 0, to: entries.count, by: rowsPerPage).map { first in
            let chunk = entries[first..<min(entries.count, first + rowsPerPage)]
            var rows = [Table.Row(head.map { .init($0, typeface: .hei) }, minimumHeight: 11)]
            for (offset, entry) in chunk.enumerated() {
                let cells = ["\(first + offset + 1)", entry.number, entry.author, entry.title, entry.date, entry.folio, entry.remark]
                rows.append(.init(cells.map { .init($0) }, minimumHeight: 13))
            }
            let title = PageLayout.Element.text(Composer.centred("卷内文件目录", .boldSong, TypeSize.second, top: 24))
            let table = Table(columns: columns, rows: rows, size: TypeSize.fifth)
            return DraftPage(layout: PageLayout(elements: [title] + table.elements(at: PaperPoint(24, 40))))
        }
        return DraftDocument(title: "卷内文件目录", number: nil, author: nil, day: nil, pages: pages, hasFolio: false)
    }

    /// The form the police use: no 责任者, dates with dots, ranges of pages.
    static func policeCatalogue(_ entries: [Entry]) -> DraftDocument {
        let columns = [14.0, 58, 42, 24, 18, 12]
        let rowsPerPage = 17
        let pages = stride(from: 0, to: entries.count, by: rowsPerPage).map { first in
            let chunk = entries[first..<min(entries.count, first + rowsPerPage)]
            var rows = [Table.Row(["序号", "文书名称", "文号", "日期", "页码", "备注"].map { .init($0, typeface: .hei) }, minimumHeight: 11)]
            for (offset, entry) in chunk.enumerated() {
                let cells = ["\(first + offset + 1)", entry.title, entry.number, dotted(entry.date), entry.folio, entry.remark]
                rows.append(.init(cells.map { .init($0, typeface: .song) }, minimumHeight: 12))
            }
            let title = first == 0 ? [PageLayout.Element.text(Composer.centred("卷内文书目录".spaced, .boldSong, TypeSize.smallSecond, top: 26))] : []
            return DraftPage(layout: PageLayout(elements: title + Table(columns: columns, rows: rows, size: TypeSize.fifth).elements(at: PaperPoint(22, 40))))
        }
        return DraftDocument(title: "卷内文书目录", number: nil, author: nil, day: nil, pages: pages, hasFolio: false)
    }

    private static func dotted(_ date: String) -> String {
        date.count == 8 ? "\(date.prefix(4)).\(date.dropFirst(4).prefix(2)).\(date.suffix(2))" : date
    }

    static func docketSheet(_ facts: CaseFacts, pages: Int, seed: UInt64) -> DraftDocument {
        let table = Table(
            columns: [162],
            rows: [
                .init([.init("本卷情况说明：\n\n　　本卷共 \(pages) 页，无缺损、无涂改、无移出。", alignment: .left, isTop: true)], minimumHeight: 130),
                .init([.init("立卷人：\(facts.officers[0].name)", alignment: .left)], minimumHeight: 16),
                .init([.init("检查人：\(facts.officers[2].name)", alignment: .left)], minimumHeight: 16),
                .init([.init("立卷时间：\(facts.closed.text)", alignment: .left)], minimumHeight: 16),
            ], size: TypeSize.fourth)
        var sheet = Composer.form(
            organ: nil, title: "卷内备考表", author: facts.place.police, day: facts.closed, tables: [table],
            sealed: PaperPoint(140, 208), signatures: [PaperPoint(84, 174), PaperPoint(84, 190)], seed: seed)
        (sheet.hasFolio, sheet.author, sheet.day) = (false, nil, nil)
        return sheet
    }
}
