/// A paragraph of running text.
public struct Paragraph: Hashable, Sendable, Codable {
    public enum Alignment: String, Hashable, Sendable, Codable { case left, centre, right }

    public var text: String
    public var typeface: Typeface
    /// Points.
    public var size: Double
    public var ink: Ink
    /// Cells before the first line.
    public var indent: Double
    public var alignment: Alignment
    /// Cells kept free at the right end (a signature block stands in from the edge).
    public var inset: Double

    public init(
        _ text: String, typeface: Typeface = .fangSong, size: Double = TypeSize.third, ink: Ink = .black,
        indent: Double = 2, alignment: Alignment = .left, inset: Double = 0
    ) {
        self.text = text
        self.typeface = typeface
        self.size = size
        self.ink = ink
        self.indent = indent
        self.alignment = alignment
        self.inset = inset
    }
}

/// A column of lines on a grid.
public struct TextGrid: Hashable, Sendable, Codable {
    /// Millimetres.
    public var left: Double
    public var top: Double
    public var width: Double
    /// Millimetres from one line to the next.
    public var linePitch: Double
    /// Lines to a page.
    public var lines: Int

    public init(left: Double, top: Double, width: Double, linePitch: Double, lines: Int) {
        self.left = left
        self.top = top
        self.width = width
        self.linePitch = linePitch
        self.lines = lines
    }

    /// The type area of official documents: 156 × 225 mm, 37 mm from the top, 28 mm from the left, 22 lines of 28
    /// characters of 16 pt (GB/T 9704-2012 §5.2).
    public static let official = TextGrid(left: 28, top: 37, width: 156, linePitch: 225.0 / 22, lines: 22)

    /// Full-width cells of `size` points nearest to the width (set a little closer or wider than solid): 28 at 16 pt on the official grid.
    public func cells(size: Double) -> Double {
        (width / TextLine.em(size)).rounded()
    }

    /// Lines of a paragraph, the first in row `row`.
    public func lines(of paragraph: Paragraph, from row: Int = 0) -> [TextLine] {
        let cells = cells(size: paragraph.size)
        let pitch = width / cells
        let broken = LineBreaker.lines(of: paragraph.text, cells: cells - paragraph.inset, indent: paragraph.indent)
        return broken.enumerated().map { index, text in
            let indent = index == 0 ? paragraph.indent : 0
            let used = CharacterWidth.cells(of: text) + indent
            let isLast = index == broken.count - 1
            // A line shortened by a punctuation rule is spread over the full measure.
            let spread = isLast || paragraph.alignment != .left ? 1 : min(1.08, (cells - paragraph.inset) / used)
            let start = start(of: paragraph, cells: cells, used: used, indent: indent)
            return TextLine(
                text, typeface: paragraph.typeface, size: paragraph.size, ink: paragraph.ink,
                left: left + start * pitch * spread, top: rowTop(row + index, size: paragraph.size), pitch: pitch * spread)
        }
    }

    private func start(of paragraph: Paragraph, cells: Double, used: Double, indent: Double) -> Double {
        switch paragraph.alignment {
        case .left: indent
        case .centre: max(0, (cells - used) / 2 + indent)
        case .right: max(0, cells - paragraph.inset - used + indent)
        }
    }

    /// Upper edge of an em box of `size` points centred in a row.
    public func rowTop(_ row: Int, size: Double) -> Double {
        top + Double(row) * linePitch + (linePitch - TextLine.em(size)) / 2
    }

    /// Breaks paragraphs into pages of lines. The first page starts in row `firstRow`.
    public func pages(of paragraphs: [Paragraph], firstRow: Int = 0) -> [[TextLine]] {
        var pages: [[TextLine]] = [[]]
        var row = firstRow
        for line in paragraphs.flatMap({ lines(of: $0) }) {
            if row == lines {
                pages.append([])
                row = 0
            }
            var placed = line
            placed.top = rowTop(row, size: line.size)
            pages[pages.count - 1].append(placed)
            row += 1
        }
        return pages
    }
}
