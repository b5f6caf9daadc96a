import DossierModel
import Typesetting

/// 卷内文件目录, on as many pages of GB/T 9704-2012 §5.2 as it takes.
struct CatalogueSheets {
    let volume: VolumeDescription

    /// 序号, 文号, 责任者, 题名, 日期, 页号, 备注: together the 156 mm of the type area.
    private static let columns: [Double] = [10, 31, 27, 46, 18, 14, 10]
    private static let top = 54.0
    /// Down to the lower edge of the type area.
    private static let room = 37 + 225 - top

    func sheets() -> [VolumeSheet] {
        let rows = volume.entries.indices.map(row)
        let table = Table(columns: Self.columns, rows: [], size: TypeSize.fifth)
        let pages = RowPages.split(rows, head: Self.head, table: table, first: Self.room, room: Self.room)
        return pages.enumerated().map { index, range in
            sheet(rows: Array(rows[range]), range: range, table: table, page: pages.count > 1 ? index : nil, isFirst: index == 0)
        }
    }

    private func sheet(rows: [Table.Row], range: Range<Int>, table: Table, page: Int?, isFirst: Bool) -> VolumeSheet {
        var composer = SheetComposer()
        let grid = TextGrid(left: 28, top: 34, width: 156, linePitch: 12, lines: 1)
        composer.add(
            Paragraph("卷内文件目录", typeface: .boldSong, size: TypeSize.second, indent: 0, alignment: .centre), on: grid, row: 0,
            as: isFirst ? .heading(level: 1) : .paragraph)
        var table = table
        table.rows = [Self.head] + rows
        let links = range.enumerated().reduce(into: [Int: Int]()) { $0[$1.offset + 1] = volume.entries[$1.element].page }
        // The head is row 0 wherever it is repeated.
        composer.add(
            table, at: PaperPoint(28, Self.top), number: 2, rows: [0] + range.map { $0 + 1 }, heads: { row, _ in row == 0 ? .column : nil },
            links: links)
        return composer.sheet(label: "目录" + (page.map { "\($0 + 1)" } ?? ""), title: isFirst ? "卷内文件目录" : nil)
    }

    private static let head = Table.Row(
        ["序号", "文号", "责任者", "题名", "日期", "页号", "备注"].map { Table.Cell($0, typeface: .hei) }, minimumHeight: 10)

    /// Only the title stands left: it is what leads to the document.
    private func row(_ index: Int) -> Table.Row {
        let document = volume.entries[index].document
        let texts = [
            "\(index + 1)", document.documentNumber ?? "", document.author ?? "", document.title,
            document.date?.filter(\.isNumber) ?? "", folios(document, isLast: index == volume.entries.count - 1), document.remark ?? "",
        ]
        return Table.Row(
            texts.enumerated().map { Table.Cell($1, typeface: .fangSong, alignment: $0 == 3 ? .left : .centre) }, minimumHeight: 10)
    }

    /// The first page of each document; of the last one the last page, too.
    private func folios(_ document: CaseIndex.Document, isLast: Bool) -> String {
        guard let first = document.firstFolio else { return "" }
        guard isLast, let last = document.lastFolio, last != first else { return first }
        return "\(first)-\(last)"
    }
}
