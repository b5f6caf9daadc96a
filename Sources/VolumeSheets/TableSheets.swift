import Typesetting

/// A table under a title, on as many sheets as it takes. A row that is taller than a sheet goes on, too.
struct TableSheets {
    /// Of the table; it heads every sheet.
    var title: String
    /// Of a single sheet; several are numbered.
    var label: String
    /// Tells the tables of the volume's sheets apart.
    var number: Int
    /// Stands on every sheet; without one, the first cell of each row heads the others.
    var head: Table.Row?
    /// Columns and size; without rows.
    var table: Table
    var rows: [Table.Row]
    /// By row, the page that it leads to.
    var targets: [Int: Int] = [:]
    /// Kept free on every sheet, millimetres: the end has its place behind the last row.
    var reserve = 0.0

    private static let top = 54.0
    /// Lower edge of the type area of GB/T 9704-2012 §5.2.
    private static let bottom = 37 + 225.0

    /// - Parameter end: Adds what stands below the table, from its lower edge in millimetres.
    func sheets(end: (inout SheetComposer, Double) -> Void = { _, _ in }) -> [VolumeSheet] {
        let pages = RowPages.split(rows, head: head, table: table, room: Self.bottom - Self.top - reserve)
        var before = 0
        return pages.enumerated().map { index, pieces in
            var composer = SheetComposer()
            let below = add(pieces, after: before, to: &composer, isFirst: index == 0)
            before += pieces.count
            if index == pages.count - 1 { end(&composer, below) }
            return composer.sheet(label: label + (pages.count > 1 ? "\(index + 1)" : ""), title: index == 0 ? title : nil)
        }
    }

    /// - Returns: Where the table ends, millimetres.
    private func add(_ pieces: [RowPages.Piece], after before: Int, to composer: inout SheetComposer, isFirst: Bool) -> Double {
        let grid = TextGrid(left: 28, top: 34, width: 156, linePitch: 12, lines: 1)
        composer.add(
            Paragraph(title, typeface: .boldSong, size: TypeSize.second, indent: 0, alignment: .centre), on: grid, row: 0,
            as: isFirst ? .heading(level: 1) : .paragraph)
        var table = table
        table.rows = (head.map { [$0] } ?? []) + pieces.map(\.row)
        // The head is row 0 wherever it is repeated.
        let heads = head == nil ? 0 : 1
        let links = pieces.enumerated().reduce(into: [Int: Int]()) { $0[$1.offset + heads] = targets[$1.element.source] }
        composer.add(
            table, at: PaperPoint(28, Self.top), number: number,
            rows: Array(0..<heads) + pieces.indices.map { before + $0 + heads },
            heads: { row, column in heads == 1 ? (row == 0 ? .column : nil) : column == 0 ? .row : nil }, links: links)
        return Self.top + table.height
    }
}

/// Rows that go onto one page.
enum RowPages {
    /// A row, or what of it stands on one page.
    struct Piece {
        var row: Table.Row
        /// Its place among the rows.
        var source: Int
    }

    /// Fewer lines of a row that goes on are not begun at the foot of a page.
    private static let leastLines = 3

    /// Fills pages of `room` millimetres, each beginning with `head`. A row goes over in one piece where it fits a page; a
    /// taller one is cut between lines, and its first cell says 续 where it goes on.
    static func split(_ rows: [Table.Row], head: Table.Row?, table: Table, room: Double) -> [[Piece]] {
        let headHeight = head.map(table.height(of:)) ?? 0
        var pages: [[Piece]] = [[]]
        var used = headHeight
        func turn() {
            pages.append([])
            used = headHeight
        }
        for (index, row) in rows.enumerated() {
            var rest = row
            while used + table.height(of: rest) > room {
                let isFresh = pages[pages.count - 1].isEmpty
                let isTall = headHeight + table.height(of: rest) > room
                if isTall, let cut = table.divided(rest, at: room - used, leastLines: isFresh ? 1 : leastLines) {
                    pages[pages.count - 1].append(Piece(row: cut.first, source: index))
                    rest = cut.rest
                    if rest.cells[0].text.isEmpty { rest.cells[0].text = "续" }
                } else if isFresh {
                    break
                }
                turn()
            }
            used += table.height(of: rest)
            pages[pages.count - 1].append(Piece(row: rest, source: index))
        }
        return pages
    }
}
