public import DossierModel

/// A paragraph whose characters differ in typeface, with blanks that were filled in.
public struct StyledParagraph: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
        /// Text that flows, over a line where it was filled in.
        case text(String, Typeface, isUnderlined: Bool)
        case blank(Blank)
        /// The next line starts at the left edge.
        case lineBreak
    }

    /// A printed blank of a fixed width with what was written on it. Long text is set smaller, down to 五号; it never
    /// runs over.
    public struct Blank: Hashable, Sendable {
        public var text: String
        /// Full-width characters of the paragraph's size.
        public var cells: Double
        public var typeface: Typeface
        /// For messages: what the blank is for.
        public var label: String

        public init(_ text: String, cells: Double, typeface: Typeface, label: String) {
            self.text = text
            self.cells = cells
            self.typeface = typeface
            self.label = label
        }
    }

    public var pieces: [Piece]
    /// Points.
    public var size: Double
    /// Cells before the first line.
    public var indent: Double
    public var alignment: Paragraph.Alignment
    /// Cells kept free at the right end.
    public var inset: Double

    public init(
        _ pieces: [Piece], size: Double = TypeSize.third, indent: Double = 2, alignment: Paragraph.Alignment = .left, inset: Double = 0
    ) {
        self.pieces = pieces
        self.size = size
        self.indent = indent
        self.alignment = alignment
        self.inset = inset
    }

    /// What it says, blanks included, line breaks as spaces left out.
    public var text: String {
        pieces.map { piece in
            switch piece {
            case .text(let text, _, _): text
            case .blank(let blank): blank.text
            case .lineBreak: ""
            }
        }.joined()
    }

    /// The smallest type a blank's text is set in, points (五号).
    public static let smallestSize = TypeSize.fifth
}

extension TextGrid {
    /// The rows of a paragraph. Each is a list of elements as if it stood in row 0, so that `moved(down:)` puts it in place.
    ///
    /// #### Errors
    /// `limitExceeded`, naming the blank whose text does not fit even in the smallest type.
    public func rows(of paragraph: StyledParagraph) throws(DossierError) -> [[PageLayout.Element]] {
        var rows: [[PageLayout.Element]] = []
        var indent = paragraph.indent
        for part in paragraph.pieces.split(separator: .lineBreak, omittingEmptySubsequences: false) {
            let setting = RowSetting(pieces: Array(part), paragraph: paragraph, grid: self)
            rows += try setting.rows(indent: indent)
            indent = 0
        }
        return rows
    }
}

/// Sets what stands between two line breaks.
private struct RowSetting {
    private let paragraph: StyledParagraph
    private let grid: TextGrid
    private var atoms: [LineBreaker.Atom] = []
    /// For each atom, the piece it comes from.
    private var owners: [Int] = []
    private let pieces: [StyledParagraph.Piece]

    init(pieces: [StyledParagraph.Piece], paragraph: StyledParagraph, grid: TextGrid) {
        self.pieces = pieces
        self.paragraph = paragraph
        self.grid = grid
        for (index, piece) in pieces.enumerated() {
            let new = Self.atoms(of: piece)
            atoms += new
            owners += [Int](repeating: index, count: new.count)
        }
    }

    private static func atoms(of piece: StyledParagraph.Piece) -> [LineBreaker.Atom] {
        switch piece {
        case .text(let text, _, _): LineBreaker.atoms(of: text)
        case .blank(let blank): [LineBreaker.Atom(character: "\u{FFFC}", cells: blank.cells, joins: false)]
        case .lineBreak: []
        }
    }

    func rows(indent: Double) throws(DossierError) -> [[PageLayout.Element]] {
        let cells = grid.cells(size: paragraph.size)
        let lines = LineBreaker.lines(of: atoms, cells: cells - paragraph.inset, indent: indent)
        var rows: [[PageLayout.Element]] = []
        for (index, line) in lines.enumerated() {
            rows.append(try row(line, indent: index == 0 ? indent : 0, isLast: index == lines.count - 1, cells: cells))
        }
        return rows
    }

    private func row(_ line: Range<Int>, indent: Double, isLast: Bool, cells: Double) throws(DossierError) -> [PageLayout.Element] {
        let used = atoms[line].reduce(indent) { $0 + $1.cells }
        // A line shortened by a punctuation rule is spread over the full measure.
        let spread = isLast || paragraph.alignment != .left ? 1 : min(1.08, (cells - paragraph.inset) / used)
        let pitch = grid.width / cells * spread
        var left = grid.left + start(used: used, indent: indent, cells: cells) * pitch
        var elements: [PageLayout.Element] = []
        for group in groups(line) {
            elements += try set(group, left: left, pitch: pitch)
            left += atoms[group].reduce(0) { $0 + $1.cells } * pitch
        }
        return elements
    }

    private func start(used: Double, indent: Double, cells: Double) -> Double {
        switch paragraph.alignment {
        case .left: indent
        case .centre: max(0, (cells - used) / 2 + indent)
        case .right: max(0, cells - paragraph.inset - used + indent)
        }
    }

    /// Runs of atoms of one piece.
    private func groups(_ line: Range<Int>) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        for index in line {
            if let last = groups.last, owners[last.lowerBound] == owners[index] {
                groups[groups.count - 1] = last.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }

    private func set(_ group: Range<Int>, left: Double, pitch: Double) throws(DossierError) -> [PageLayout.Element] {
        switch pieces[owners[group.lowerBound]] {
        case .text(_, let typeface, let isUnderlined):
            let text = String(atoms[group].map(\.character))
            let line = TextLine(
                text, typeface: typeface, size: paragraph.size, left: left, top: grid.rowTop(0, size: paragraph.size), pitch: pitch)
            return [.text(line)] + (isUnderlined ? [underline(from: left, to: left + line.width)] : [])
        case .blank(let blank):
            let width = blank.cells * pitch
            return (try filled(blank, left: left, width: width).map { [.text($0)] } ?? []) + [underline(from: left, to: left + width)]
        case .lineBreak: return []
        }
    }

    private func filled(_ blank: StyledParagraph.Blank, left: Double, width: Double) throws(DossierError) -> TextLine? {
        guard !blank.text.isEmpty else { return nil }
        let needed = CharacterWidth.cells(of: blank.text)
        let scale = min(1, blank.cells / needed)
        let size = paragraph.size * scale
        guard size >= StyledParagraph.smallestSize - 0.01 else {
            let most = Int(blank.cells * paragraph.size / StyledParagraph.smallestSize)
            throw DossierError(
                .limitExceeded,
                "“\(blank.text)” does not fit its blank: it takes \(Self.spelled(needed)) characters, and at most \(most) fit in the smallest type; shorten it or widen the blank in the template",
                location: blank.label)
        }
        // Smaller type stands on the same baseline.
        let top = grid.rowTop(0, size: paragraph.size) + 0.86 * (TextLine.em(paragraph.size) - TextLine.em(size))
        let start = left + (width - needed * TextLine.em(size)) / 2
        return TextLine(blank.text, typeface: blank.typeface, size: size, left: max(left, start), top: top, pitch: min(TextLine.em(size), width / needed))
    }

    private static func spelled(_ cells: Double) -> String {
        cells == cells.rounded() ? "\(Int(cells))" : "\(cells)"
    }

    private func underline(from left: Double, to right: Double) -> PageLayout.Element {
        let y = grid.rowTop(0, size: paragraph.size) + TextLine.em(paragraph.size) + 0.7
        return .stroke(Stroke(.line(PaperPoint(left, y), PaperPoint(right, y)), width: 0.2))
    }
}
