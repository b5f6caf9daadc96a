import DossierModel

/// The tables that lines of a scanned page stand in, made whole for a structure tree: every place of the grid belongs to one
/// cell, or rows would have different lengths (ISO 14289-1 §7.5).
struct PageTable {
    struct Cell {
        var row: Int
        var column: Int
        var rowSpan: Int
        var columnSpan: Int
        /// Indices of its lines; none in an empty cell.
        var lines: [Int]
        /// Heads the cells below it.
        var isHead = false
    }

    /// Row by row; in a row by column.
    private(set) var rows: [[Cell]]

    /// A form with more places than this is told as paragraphs.
    private static let mostPlaces = 2_000

    /// - Parameter lines: of the page; those of `range` stand in one table.
    /// - Returns: nil where cells lie over one another, or there is no row or no column but one.
    init?(_ range: Range<Int>, of lines: [RecognisedLine]) {
        var cells: [Cell] = []
        for index in range {
            guard let place = lines[index].cell else { return nil }
            if let known = cells.firstIndex(where: { $0.row == place.row && $0.column == place.column }) {
                cells[known].lines.append(index)
            } else {
                cells.append(Cell(row: place.row, column: place.column, rowSpan: place.rowSpan, columnSpan: place.columnSpan, lines: [index]))
            }
        }
        let (height, width) = (cells.map { $0.row + $0.rowSpan }.max() ?? 0, cells.map { $0.column + $0.columnSpan }.max() ?? 0)
        guard height > 1, width > 1, height * width <= Self.mostPlaces, let rows = Self.filled(cells, height: height, width: width) else { return nil }
        self.rows = rows
        if isList(lines) { for column in self.rows[0].indices { self.rows[0][column].isHead = true } }
    }

    private static func filled(_ cells: [Cell], height: Int, width: Int) -> [[Cell]]? {
        var isTaken = [Bool](repeating: false, count: height * width)
        for cell in cells {
            for row in cell.row..<cell.row + cell.rowSpan {
                for column in cell.column..<cell.column + cell.columnSpan {
                    guard !isTaken[row * width + column] else { return nil }
                    isTaken[row * width + column] = true
                }
            }
        }
        let empty = isTaken.indices.filter { !isTaken[$0] }
            .map { Cell(row: $0 / width, column: $0 % width, rowSpan: 1, columnSpan: 1, lines: []) }
        let byRow = Dictionary(grouping: cells + empty, by: \.row)
        return (0..<height).map { (byRow[$0] ?? []).sorted { $0.column < $1.column } }
    }

    /// A list has a number of its own in every row below the first, which has none: 序号, 1, 2, 3.
    private func isList(_ lines: [RecognisedLine]) -> Bool {
        func text(_ cell: Cell) -> String { cell.lines.map { lines[$0].text }.joined().filter { !$0.isWhitespace } }
        let first = rows[0]
        guard rows.count > 2, first.allSatisfy({ $0.columnSpan == 1 && $0.rowSpan == 1 && !text($0).isEmpty && !text($0).contains(where: \.isNumber) })
        else { return false }
        let numbers = rows.dropFirst().compactMap { row in row.first.flatMap { $0.column == 0 ? Int(text($0)) : nil } }
        return numbers.count > 1 && numbers == Array(numbers[0]..<numbers[0] + numbers.count)
    }
}

extension PageTable.Cell {
    /// Table attributes (ISO 32000-1 §14.8.5.7).
    var attributes: String {
        var entries: [String] = []
        if isHead { entries.append("/Scope /Column") }
        if rowSpan > 1 { entries.append("/RowSpan \(rowSpan)") }
        if columnSpan > 1 { entries.append("/ColSpan \(columnSpan)") }
        return entries.isEmpty ? "" : "/A << /O /Table \(entries.joined(separator: " ")) >>"
    }
}
