/// A ruled table. Heights grow with the text in the cells.
public struct Table: Hashable, Sendable, Codable {
    public struct Cell: Hashable, Sendable, Codable {
        public var text: String
        /// Columns taken, at least 1.
        public var span: Int
        public var typeface: Typeface
        public var ink: Ink
        public var alignment: Paragraph.Alignment
        /// Stands at the top of its cell, not in the middle.
        public var isTop: Bool

        public init(
            _ text: String, span: Int = 1, typeface: Typeface = .fangSong, ink: Ink = .black,
            alignment: Paragraph.Alignment = .centre, isTop: Bool = false
        ) {
            self.text = text
            self.span = span
            self.typeface = typeface
            self.ink = ink
            self.alignment = alignment
            self.isTop = isTop
        }
    }

    public struct Row: Hashable, Sendable, Codable {
        public var cells: [Cell]
        /// Millimetres.
        public var minimumHeight: Double

        public init(_ cells: [Cell], minimumHeight: Double = 9) {
            self.cells = cells
            self.minimumHeight = minimumHeight
        }
    }

    /// Millimetres.
    public var columns: [Double]
    public var rows: [Row]
    /// Points.
    public var size: Double
    public var ruleWidth: Double

    public init(columns: [Double], rows: [Row], size: Double = TypeSize.smallFourth, ruleWidth: Double = 0.3) {
        self.columns = columns
        self.rows = rows
        self.size = size
        self.ruleWidth = ruleWidth
    }

    private static let padding = 1.2
    private var lineHeight: Double { TextLine.em(size) * 1.35 }

    /// Height of a row, millimetres.
    public func height(of row: Row) -> Double {
        var column = 0
        var height = row.minimumHeight
        for cell in row.cells {
            let needed = Double(brokenText(cell, at: column).count) * lineHeight + 2 * Self.padding
            height = max(height, needed)
            column += cell.span
        }
        return height
    }

    /// A row cut between lines: what of it is at most `height` millimetres high, and the rest. Nothing of its text is lost.
    ///
    /// - Returns: nil where there is no rest, or fewer than `leastLines` lines fit.
    public func divided(_ row: Row, at height: Double, leastLines: Int = 1) -> (first: Row, rest: Row)? {
        let room = Int(((height - 2 * Self.padding) / lineHeight).rounded(.down))
        guard room >= max(1, leastLines), height >= row.minimumHeight else { return nil }
        var (first, rest) = (row, row)
        var column = 0
        var hasRest = false
        for (index, cell) in row.cells.enumerated() {
            let lines = brokenLines(cell, at: column)
            first.cells[index].text = Self.joined(lines.prefix(room))
            rest.cells[index].text = Self.joined(lines.dropFirst(room))
            first.cells[index].isTop = true
            rest.cells[index].isTop = true
            hasRest = hasRest || lines.count > room
            column += cell.span
        }
        return hasRest ? (first, rest) : nil
    }

    public var height: Double { rows.reduce(0) { $0 + height(of: $1) } }

    /// A cell with its place settled.
    public struct PlacedCell: Hashable, Sendable {
        public var row: Int
        public var cell: Cell
        /// Upper left corner.
        public var origin: PaperPoint
        public var size: PaperSize
        public var lines: [TextLine]
    }

    /// The table with its upper left corner at `origin`: rules first, then text row by row.
    public func elements(at origin: PaperPoint) -> [PageLayout.Element] {
        let cells = placed(at: origin)
        return cells.map(rule) + cells.flatMap { $0.lines.map { .text($0) } }
    }

    /// The cells, row by row.
    public func placed(at origin: PaperPoint) -> [PlacedCell] {
        var placed: [PlacedCell] = []
        var top = origin.y
        for (index, row) in rows.enumerated() {
            let height = height(of: row)
            var column = 0
            var left = origin.x
            for cell in row.cells {
                let width = width(of: cell, at: column)
                placed.append(
                    PlacedCell(
                        row: index, cell: cell, origin: PaperPoint(left, top), size: PaperSize(width: width, height: height),
                        lines: lines(of: cell, at: column, left: left, top: top, height: height)))
                column += cell.span
                left += width
            }
            top += height
        }
        return placed
    }

    /// The lines around a cell.
    public func rule(_ cell: PlacedCell) -> PageLayout.Element {
        .stroke(Stroke(.rectangle(cell.origin, cell.size), width: ruleWidth))
    }

    private func width(of cell: Cell, at column: Int) -> Double {
        columns[column..<min(columns.count, column + cell.span)].reduce(0, +)
    }

    /// Full-width characters to a line of a cell that begins in `column`.
    public func cells(of cell: Cell, at column: Int) -> Double {
        max(1, ((width(of: cell, at: column) - 2 * Self.padding) / TextLine.em(size) * 2).rounded(.down) / 2)
    }

    private func brokenText(_ cell: Cell, at column: Int) -> [String] { brokenLines(cell, at: column).map(\.text) }

    private func brokenLines(_ cell: Cell, at column: Int) -> [(text: String, endsParagraph: Bool)] {
        let cells = cells(of: cell, at: column)
        return cell.text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { text in
            let lines = LineBreaker.lines(of: String(text), cells: cells)
            return lines.enumerated().map { ($1, $0 == lines.count - 1) }
        }
    }

    /// The text that breaks into the lines.
    private static func joined(_ lines: some Collection<(text: String, endsParagraph: Bool)>) -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            text += line.text
            if line.endsParagraph, index < lines.count - 1 { text += "\n" }
        }
        return text
    }

    private func lines(of cell: Cell, at column: Int, left: Double, top: Double, height: Double) -> [TextLine] {
        let broken = brokenText(cell, at: column)
        let inner = width(of: cell, at: column) - 2 * Self.padding
        let block = Double(broken.count) * lineHeight
        let first = cell.isTop ? top + Self.padding : top + (height - block) / 2
        return broken.enumerated().filter { !$0.element.allSatisfy(\.isWhitespace) }.map { index, text in
            let free = inner - CharacterWidth.cells(of: text) * TextLine.em(size)
            let start = cell.alignment == .left ? 0 : cell.alignment == .centre ? free / 2 : free
            return TextLine(
                text, typeface: cell.typeface, size: size, ink: cell.ink, left: left + Self.padding + max(0, start),
                top: first + Double(index) * lineHeight + (lineHeight - TextLine.em(size)) / 2)
        }
    }
}
