import DossierModel
import Typesetting

/// 卷内文件目录, on as many pages of GB/T 9704-2012 §5.2 as it takes.
struct CatalogueSheets {
    let volume: VolumeDescription

    /// 序号, 文号, 责任者, 题名, 日期, 页号, 备注: together the 156 mm of the type area.
    private static let columns: [Double] = [10, 31, 27, 46, 18, 14, 10]

    func sheets() -> [VolumeSheet] {
        let pages = volume.entries.enumerated().reduce(into: [Int: Int]()) { $0[$1.offset] = $1.element.page }
        return TableSheets(
            title: "卷内文件目录", label: "目录", number: 2, head: Self.head,
            table: Table(columns: Self.columns, rows: [], size: TypeSize.fifth), rows: volume.entries.indices.map(row), targets: pages
        ).sheets()
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
