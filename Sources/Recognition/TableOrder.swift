internal import DossierModel

/// Reading order on a page with ruled tables: a table is read where it stands, row by row, and in a row cell by cell,
/// each to its end, as a person fills it in.
struct TableOrder {
    /// Cells whose upper rules are no further apart than this share of the lower one's height start the same row.
    private static let sameTop = 0.4

    private let frames: [TextFrame]
    private let cells: [RuledCells.Cell]
    /// Lines by cell.
    private var lines: [Int: [Int]] = [:]
    /// Lines in no cell.
    private var free: [Int] = []

    init(_ frames: [TextFrame], _ ruled: RuledCells) {
        self.frames = frames
        cells = ruled.cells
        for (i, frame) in frames.enumerated() {
            if let cell = ruled.cell(of: frame) { lines[cell, default: []].append(i) } else { free.append(i) }
        }
    }

    func indices() -> [Int] {
        var order: [Int] = []
        var rest = free
        for table in tables() {
            let before = rest.filter { isBefore(frames[$0], table) }
            rest.removeAll { isBefore(frames[$0], table) }
            order += ReadingOrder.order(before, frames) + readOut(table)
        }
        return order + ReadingOrder.order(rest, frames)
    }

    /// The cells of each table that hold lines; tables from top to bottom.
    private func tables() -> [[Int]] {
        Dictionary(grouping: lines.keys.sorted()) { cells[$0].table }.values
            .sorted { (top(of: $0), left(of: $0), $0[0]) < (top(of: $1), left(of: $1), $1[0]) }
    }

    private func top(of table: [Int]) -> Int { table.map { cells[$0].top }.min()! }
    private func left(of table: [Int]) -> Int { table.map { cells[$0].left }.min()! }
    private func bottom(of table: [Int]) -> Int { table.map { cells[$0].bottom }.max()! }

    /// Above the table, or beside it on the left.
    private func isBefore(_ frame: TextFrame, _ table: [Int]) -> Bool {
        frame.centre.y < Double(top(of: table))
            || frame.centre.y < Double(bottom(of: table)) && frame.centre.x < Double(left(of: table))
    }

    private func readOut(_ table: [Int]) -> [Int] {
        rows(of: table).flatMap { row in
            row.sorted { (cells[$0].left, $0) < (cells[$1].left, $1) }.flatMap { ReadingOrder.order(lines[$0]!, frames) }
        }
    }

    /// Cells by the row they begin in: one that reaches over several rows is read with the first.
    private func rows(of table: [Int]) -> [[Int]] {
        var rows: [[Int]] = []
        for cell in table.sorted(by: { (cells[$0].top, $0) < (cells[$1].top, $1) }) {
            if let first = rows.last?.first, startsWith(cells[first], cells[cell]) {
                rows[rows.count - 1].append(cell)
            } else {
                rows.append([cell])
            }
        }
        return rows
    }

    private func startsWith(_ first: RuledCells.Cell, _ other: RuledCells.Cell) -> Bool {
        Double(other.top - first.top) <= Self.sameTop * Double(min(first.bottom - first.top, other.bottom - other.top))
    }
}
