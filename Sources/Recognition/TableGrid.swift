internal import DossierModel

/// Rows and columns of the ruled tables on a page, told from where their cells begin.
struct TableGrid {
    private let cells: [RuledCells.Cell]
    /// By table, where its rows and its columns begin, pixels.
    private var rows: [Int: [Int]] = [:]
    private var columns: [Int: [Int]] = [:]
    /// By table of the rules, its place among those of the page that are tables.
    private var places: [Int: Int] = [:]

    /// Edges this near to each other are one rule, share of the lowest or narrowest cell of the table.
    private static let slack = 0.4

    /// - Parameter cells: of all tables of the page.
    init(_ cells: [RuledCells.Cell]) {
        self.cells = cells
        let tables = Dictionary(grouping: cells.indices) { cells[$0].table }
        for (table, members) in tables {
            let own = members.map { cells[$0] }
            rows[table] = Self.starts(own.map(\.top), slack: own.map { $0.bottom - $0.top }.min()!)
            columns[table] = Self.starts(own.map(\.left), slack: own.map { $0.right - $0.left }.min()!)
        }
        let real = tables.keys.filter { rows[$0]!.count > 1 && columns[$0]!.count > 1 }
        let ordered = real.sorted { (rows[$0]![0], columns[$0]![0], $0) < (rows[$1]![0], columns[$1]![0], $1) }
        for (place, table) in ordered.enumerated() { places[table] = place }
    }

    private static func starts(_ edges: [Int], slack: Int) -> [Int] {
        edges.sorted().reduce(into: []) { starts, edge in
            if let last = starts.last, Double(edge - last) <= Self.slack * Double(slack) { return }
            starts.append(edge)
        }
    }

    /// nil where what the rules close in is no table of several rows and columns: a frame around text, for example.
    func place(of cell: Int) -> TableCell? {
        let cell = cells[cell]
        guard let table = places[cell.table], let rows = rows[cell.table], let columns = columns[cell.table] else { return nil }
        let (down, across) = (Self.span(rows, cell.top, cell.bottom), Self.span(columns, cell.left, cell.right))
        return TableCell(table: table, row: down.lowerBound, column: across.lowerBound, rowSpan: down.count, columnSpan: across.count)
    }

    /// The starts from the last that is no later than the cell's, to the last that is well before its end.
    private static func span(_ starts: [Int], _ from: Int, _ to: Int) -> Range<Int> {
        let first = max(0, (starts.firstIndex { $0 > from } ?? starts.count) - 1)
        let room = Double(to - from) * 0.2
        let end = starts.lastIndex { Double($0) < Double(to) - room } ?? first
        return first..<max(first, end) + 1
    }
}
