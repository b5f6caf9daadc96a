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

    public var height: Double { rows.reduce(0) { $0 + height(of: $1) } }

    /// The table with its upper left corner at `origin`: rules first, then text row by row.
    public func elements(at origin: PaperPoint) -> [PageLayout.Element] {
        var rules: [PageLayout.Element] = []
        var texts: [PageLayout.Element] = []
        var top = origin.y
        for row in rows {
            let height = height(of: row)
            var column = 0
            var left = origin.x
            for cell in row.cells {
                let width = width(of: cell, at: column)
                rules.append(box(left: left, top: top, width: width, height: height))
                texts += lines(of: cell, at: column, left: left, top: top, height: height).map { .text($0) }
                column += cell.span
                left += width
            }
            top += height
        }
        return rules + texts
    }

    private func box(left: Double, top: Double, width: Double, height: Double) -> PageLayout.Element {
        .stroke(Stroke(.rectangle(PaperPoint(left, top), PaperSize(width: width, height: height)), width: ruleWidth))
    }

    private func width(of cell: Cell, at column: Int) -> Double {
        columns[column..<min(columns.count, column + cell.span)].reduce(0, +)
    }

    private func brokenText(_ cell: Cell, at column: Int) -> [String] {
        let cells = ((width(of: cell, at: column) - 2 * Self.padding) / TextLine.em(size) * 2).rounded(.down) / 2
        return cell.text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { text in
            LineBreaker.lines(of: String(text), cells: max(1, cells))
        }
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
