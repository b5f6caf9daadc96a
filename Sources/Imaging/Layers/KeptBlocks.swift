package import DossierModel

/// Which squares of 16 × 16 pixels of a page stay as the scanner delivered them.
///
/// 16 pixels are the largest unit in which a scanner codes a JPEG (ITU-T T.81 A.2.4, sampling factors up to 2): a square
/// can be taken out of the coded stream with the scanner's own coefficients.
package struct KeptBlocks: Sendable, Equatable {
    /// Pixels.
    package static let side = 16

    package let columns: Int
    package let rows: Int
    let page: PixelSize
    private var isKept: [Bool]

    /// Nothing is kept.
    package init(of page: PixelSize) {
        self.page = page
        (columns, rows) = ((page.width + Self.side - 1) / Self.side, (page.height + Self.side - 1) / Self.side)
        isKept = .init(repeating: false, count: columns * rows)
    }

    package var isEmpty: Bool { !isKept.contains(true) }

    /// Of all squares, 0…1.
    package var share: Double { Double(isKept.reduce(0) { $0 + ($1 ? 1 : 0) }) / Double(isKept.count) }

    /// `false` beyond the page.
    package func contains(column: Int, row: Int) -> Bool {
        column >= 0 && row >= 0 && column < columns && row < rows && isKept[row * columns + column]
    }

    package mutating func keep(columns kept: Range<Int>, row: Int) {
        guard (0..<rows).contains(row) else { return }
        for column in kept.clamped(to: 0..<columns) { isKept[row * columns + column] = true }
    }

    /// Every square that a rectangle touches, pixels.
    package mutating func keep(_ box: PixelRect) {
        let touched = span(of: box)
        for row in touched.rows { keep(columns: touched.columns, row: row) }
    }

    package mutating func keep(_ other: KeptBlocks) {
        for i in isKept.indices where other.isKept[i] { isKept[i] = true }
    }

    package func common(with other: KeptBlocks) -> KeptBlocks {
        var common = self
        for i in isKept.indices where !other.isKept[i] { common.isKept[i] = false }
        return common
    }

    /// Whether a rectangle lies in kept squares only, pixels.
    package func covers(_ box: PixelRect) -> Bool {
        let touched = span(of: box)
        return touched.rows.allSatisfy { row in touched.columns.allSatisfy { isKept[row * columns + $0] } }
    }

    /// Whether any square that a rectangle touches is kept, pixels.
    package func touches(_ box: PixelRect) -> Bool {
        let touched = span(of: box)
        return touched.rows.contains { row in touched.columns.contains { isKept[row * columns + $0] } }
    }

    /// The squares that a rectangle touches, as a rectangle of the page, pixels.
    package func squares(under box: PixelRect) -> PixelRect {
        let touched = span(of: box)
        return pixels(columns: touched.columns, rows: touched.rows)
    }

    private func span(of box: PixelRect) -> (columns: Range<Int>, rows: Range<Int>) {
        func span(_ from: Int, _ length: Int, _ limit: Int) -> Range<Int> {
            let first = min(max(0, from / Self.side), limit)
            return first..<max(first, min((from + length + Self.side - 1) / Self.side, limit))
        }
        return (span(box.x, box.width, columns), span(box.y, box.height, rows))
    }

    /// Pixels of the page.
    package func pixels(columns: Range<Int>, rows: Range<Int>) -> PixelRect {
        let (left, top) = (columns.lowerBound * Self.side, rows.lowerBound * Self.side)
        return PixelRect(
            x: left, y: top, width: max(0, min(columns.upperBound * Self.side, page.width) - left),
            height: max(0, min(rows.upperBound * Self.side, page.height) - top))
    }

    /// Kept squares side by side, row by row, pixels of the page.
    package var runs: [PixelRect] {
        var runs: [PixelRect] = []
        for row in 0..<rows {
            var column = 0
            while column < columns {
                guard isKept[row * columns + column] else { column += 1; continue }
                let first = column
                while column < columns, isKept[row * columns + column] { column += 1 }
                runs.append(pixels(columns: first..<column, rows: row..<row + 1))
            }
        }
        return runs
    }

    /// Those within a rectangle of whole squares, pixels of the page.
    package func runs(in box: PixelRect) -> [PixelRect] {
        runs.compactMap { run in
            let (left, right) = (max(run.x, box.x), min(run.x + run.width, box.x + box.width))
            guard left < right, run.y >= box.y, run.y < box.y + box.height else { return nil }
            return PixelRect(x: left, y: run.y, width: right - left, height: run.height)
        }
    }

    /// Around kept squares that touch, at a corner at least, pixels of the page; in reading order of their first square.
    package var pieceBoxes: [PixelRect] { pieces.map { pixels(columns: $0.columns, rows: $0.rows) } }

    // MARK: Pictures

    /// A part of what is kept.
    package struct Picture: Sendable, Equatable {
        /// Whole squares, pixels of the page; those of other pictures may lie in it, too.
        package let box: PixelRect
        /// What of the box is kept by this picture.
        package let squares: KeptBlocks
    }

    /// Bytes that one picture more costs: its tables, its mask, their dictionaries.
    private static let pictureBytes = 1_100.0
    /// Bytes that a square costs which lies in a picture but is not kept by it.
    private static let emptyBytes = 0.75

    /// Pictures that hold every kept square once: few, because each costs its bytes, and not much larger than what they hold.
    package var pictures: [Picture] {
        var (open, done) = (Array(pieces.reversed()), [Piece]())
        while let piece = open.popLast() {
            guard let partner = Self.partner(of: piece, in: done) else { done.append(piece); continue }
            open.append(piece.joined(done.remove(at: partner)))
        }
        return done.map(picture).sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
    }

    /// Of the pieces the one with which a picture saves most.
    private static func partner(of piece: Piece, in pieces: [Piece]) -> Int? {
        var (best, most) = (Int?.none, 0.0)
        for (i, other) in pieces.enumerated() {
            let saved = piece.cost + other.cost - piece.joined(other).cost
            if saved > most { (best, most) = (i, saved) }
        }
        return best
    }

    private func picture(_ piece: Piece) -> Picture {
        var squares = KeptBlocks(of: page)
        for square in piece.squares { squares.isKept[square] = true }
        return Picture(box: pixels(columns: piece.columns, rows: piece.rows), squares: squares)
    }

    /// Squares, and the rectangle around them.
    private struct Piece {
        var columns: Range<Int>
        var rows: Range<Int>
        var squares: [Int]

        var cost: Double { pictureBytes + emptyBytes * Double(columns.count * rows.count - squares.count) }

        func joined(_ other: Piece) -> Piece {
            Piece(
                columns: min(columns.lowerBound, other.columns.lowerBound)..<max(columns.upperBound, other.columns.upperBound),
                rows: min(rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound), squares: squares + other.squares)
        }
    }

    /// Squares that touch, at a corner at least, in reading order of their first.
    private var pieces: [Piece] {
        var seen = isKept.map { !$0 }
        var pieces: [Piece] = []
        for first in isKept.indices where !seen[first] {
            seen[first] = true
            var (open, squares) = ([first], [Int]())
            while let square = open.popLast() {
                squares.append(square)
                let (column, row) = (square % columns, square / columns)
                for v in max(0, row - 1)...min(rows - 1, row + 1) {
                    for u in max(0, column - 1)...min(columns - 1, column + 1) where !seen[v * columns + u] {
                        seen[v * columns + u] = true
                        open.append(v * columns + u)
                    }
                }
            }
            let (across, down) = (squares.map { $0 % columns }, squares.map { $0 / columns })
            pieces.append(Piece(columns: across.min()!..<across.max()! + 1, rows: down.min()!..<down.max()! + 1, squares: squares))
        }
        return pieces
    }
}
