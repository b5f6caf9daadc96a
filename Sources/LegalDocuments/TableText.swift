/// The lines of a fenced block `table`: a head (optional), the columns, then rows. Cells are divided by `|`.
///
///     序号 | 题名    | 页号
///     :4:  | 20      | 6:
///     {{#材料}}
///     {{序号}} | {{题名}} | {{页号}}
///     {{/材料}}
///
/// The line of columns gives their widths in proportion; colons centre a column or set it to the right. A cell `<` is
/// joined to the one on its left.
struct TableText {
    struct Column: Hashable {
        enum Alignment { case left, centre, right }

        var share: Double
        var alignment: Alignment
    }

    private(set) var head: [String]?
    private(set) var columns: [Column] = []
    private(set) var rows: [[String]] = []
    /// Line (0-based within the block) and what is wrong.
    private(set) var fault: (line: Int, message: String)?

    /// - Parameter isVeiled: Letters x stand for tags, so that a line of them alone is no row.
    init(_ text: String, isVeiled: Bool = false) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        guard let place = lines.prefix(2).firstIndex(where: { Self.columns($0) != nil }) else {
            fault = (0, "the table lacks its line of columns; write their widths below the head, as in “:4: | 20 | 6:”")
            return
        }
        columns = Self.columns(lines[place])!
        head = place == 1 ? Self.cells(lines[0]) : nil
        for (index, line) in lines.enumerated() where index != place && !line.allSatisfy({ $0 == " " || isVeiled && $0 == "x" }) {
            if index > place { rows.append(Self.cells(line)) }
            let count = Self.cells(line).count
            if count != columns.count, fault == nil {
                fault = (index, "this row has \(count) cells and the table \(columns.count) columns; divide cells with | and join them with <")
            }
        }
    }

    private static func cells(_ line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
    }

    private static func columns(_ line: String) -> [Column]? {
        let cells = cells(line)
        let columns = cells.compactMap { cell -> Column? in
            guard let share = Double(cell.filter { $0 != ":" }), share > 0 else { return nil }
            let alignment: Column.Alignment = cell.hasPrefix(":") && cell.hasSuffix(":") ? .centre : cell.hasSuffix(":") ? .right : .left
            return Column(share: share, alignment: alignment)
        }
        return columns.count == cells.count ? columns : nil
    }
}
