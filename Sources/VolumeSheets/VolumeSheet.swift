public import Typesetting

/// A page that Dossier itself puts into a volume, settled on paper and told block by block.
public struct VolumeSheet: Hashable, Sendable {
    public var layout: PageLayout
    /// In reading order. Elements of no block are there for the eye only.
    public var blocks: [TextBlock]
    /// 封面, 目录1, 备考表.
    public var label: String
    /// For the outline; nil on a sheet that carries one on.
    public var title: String?
    /// To documents; a target is the 0-based place of a scanned page in the volume.
    public var links: [PageLink]
}

/// A sheet being composed: elements and what they are go in together.
struct SheetComposer {
    private var elements: [PageLayout.Element] = []
    private var blocks: [TextBlock] = []
    private var links: [PageLink] = []

    mutating func add(_ lines: [TextLine], as role: TextBlock.Role) {
        blocks.append(TextBlock(role, elements: Array(elements.count..<elements.count + lines.count)))
        elements += lines.map { .text($0) }
    }

    mutating func add(_ paragraph: Paragraph, on grid: TextGrid, row: Int, as role: TextBlock.Role = .paragraph) {
        add(grid.lines(of: paragraph, from: row), as: role)
    }

    /// - Parameters:
    ///   - number: Tells the tables of the volume's sheets apart.
    ///   - rows: For each row its number over all pages of the table.
    ///   - heads: What a cell heads, by its row and column on this page.
    ///   - links: By row on this page, the page that the row's widest cell leads to.
    mutating func add(
        _ table: Table, at origin: PaperPoint, number: Int, rows: [Int], heads: (_ row: Int, _ column: Int) -> TextBlock.Cell.Heads?,
        links: [Int: Int] = [:]
    ) {
        var column = 0
        var row = 0
        for placed in table.placed(at: origin) {
            if placed.row != row { (row, column) = (placed.row, 0) }
            elements.append(table.rule(placed))
            let cell = TextBlock.Cell(table: number, row: rows[row], span: placed.cell.span, heads: heads(row, column))
            add(placed.lines, as: .cell(cell))
            if let page = links[row], placed.cell.alignment == .left, !placed.lines.isEmpty {
                self.links.append(
                    PageLink(
                        origin: placed.origin, size: placed.size, target: page, text: placed.cell.text, block: blocks.count - 1))
            }
            column += placed.cell.span
        }
    }

    /// The sheet, with the mark that no sheet of ours goes without.
    mutating func sheet(label: String, title: String?) -> VolumeSheet {
        let foot = TextGrid(left: 28, top: 276, width: 156, linePitch: 6, lines: 1)
        add(
            Paragraph(
                "本页由 Dossier 依据扫描影像自动生成，不是原卷内容，不编页号", typeface: .kai, size: TypeSize.smallFifth, indent: 0,
                alignment: .centre), on: foot, row: 0)
        return VolumeSheet(layout: PageLayout(elements: elements), blocks: blocks, label: label, title: title, links: links)
    }
}
