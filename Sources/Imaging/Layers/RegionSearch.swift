package import DossierModel

/// Finds what layers would spoil: seals, fingerprints and signatures by the colour of their ink, photographs and stamps
/// on grey pages by shades that neither paper nor print explain.
struct RegionSearch {
    private let cells: PageCells
    /// As if nothing were to be kept.
    let paper: Raster
    let colours: PrintColours
    private let millimetres: (x: Double, y: Double)

    /// Spread of the channels, each as a share of the paper's, that makes an ink coloured.
    private static var colourfulness: Double { 0.10 }
    /// A shade that differs from what the layers show, levels.
    private static var leastDifference: Int { 26 }
    /// Variance within a cell that no noise of paper has, square levels.
    private static var leastUnevenness: Int { 260 }

    init(_ cells: PageCells, dpi: Resolution) {
        self.cells = cells
        let nothing = KeptBlocks(of: PixelSize(width: cells.columns * cells.step.x, height: cells.rows * cells.step.y))
        paper = cells.paper(without: nothing)
        colours = PrintColours(cells, paper: paper, without: nothing)
        millimetres = (25.4 / max(dpi.x, 20) * Double(cells.step.x), 25.4 / max(dpi.y, 20) * Double(cells.step.y))
    }

    /// Seals, fingerprints, signatures, pictures.
    func regions(on page: PixelSize) -> [SeparatedPage.Region] {
        let inks = cells.mode == .colour ? pieces(of: colouredCells(), reach: 1.5).filter(isMark) : []
        let tones = pieces(of: shadedCells(), reach: 1.2).filter(isPicture)
        return (inks.map { region(.ink, $0, page) } + tones.map { region(.tone, $0, page) }).sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
    }

    // MARK: Cells

    private func colouredCells() -> InkMask {
        let white = paperColour()
        return flagged { cell in
            let shares = (Double(cells.mean(cell, 0)) / white[0], Double(cells.mean(cell, 1)) / white[1], Double(cells.mean(cell, 2)) / white[2])
            return max(shares.0, shares.1, shares.2) - min(shares.0, shares.1, shares.2) > Self.colourfulness
        }
    }

    /// Median of each channel.
    private func paperColour() -> [Double] {
        (0..<3).map { channel in
            var histogram = [Int](repeating: 0, count: 256)
            for i in stride(from: channel, to: paper.bytes.count, by: 3) { histogram[Int(paper.bytes[i])] += 1 }
            var rest = paper.width * paper.height / 2
            let median = histogram.firstIndex { rest -= $0; return rest < 0 } ?? 255
            return Double(max(1, median))
        }
    }

    private func shadedCells() -> InkMask {
        flagged { cell in
            if cells.unevenness(cell) > Self.leastUnevenness { return true }
            guard cells.hiddenCounts[cell] > 0 else { return false }
            return (0..<cells.channels).contains { differs(cell, $0) }
        }
    }

    private func differs(_ cell: Int, _ channel: Int) -> Bool {
        let count = Int(cells.counts[cell]), print = Int(cells.printCounts[cell])
        let shown = Int(paper.bytes[cell * cells.channels + channel]) * (count - print) + colours.colour(ofCell: cell, channel, cells) * print
        return abs(shown / count - cells.mean(cell, channel)) > Self.leastDifference
    }

    private func flagged(_ isFlagged: (Int) -> Bool) -> InkMask {
        var mask = InkMask(width: cells.columns, height: cells.rows)
        for row in 0..<cells.rows {
            for column in 0..<cells.columns where isFlagged(row * cells.columns + column) {
                mask.words[row * mask.wordsPerRow + column >> 6] |= 0x8000_0000_0000_0000 >> UInt64(column & 63)
            }
        }
        return mask
    }

    // MARK: Pieces

    /// Cells that lie together.
    struct Piece {
        /// Cells.
        var left: Int, top: Int, right: Int, bottom: Int
        /// Flagged cells among them.
        var count: Int
        /// Those whose ink is redder than blue.
        var red: Int
        /// From the first to the last of each row, from the top.
        var spans: [Range<Int>] = []
    }

    /// - Parameter reach: cells up to twice as far apart belong together, millimetres.
    private func pieces(of mask: InkMask, reach: Double) -> [Piece] {
        let (x, y) = (max(1, Int(reach / millimetres.x)), max(1, Int(reach / millimetres.y)))
        var grown = mask
        grown.words = InkMask.words(of: mask.pix().dilated(width: 2 * x + 1, height: 2 * y + 1), perRow: mask.wordsPerRow)
        return InkComponents.found(in: grown) { _, _, _ in (0, 0) }.compactMap { piece(mask, $0) }
    }

    /// The flagged cells within a piece's bounds and the smallest rectangle around them.
    private func piece(_ mask: InkMask, _ bounds: InkComponent) -> Piece? {
        var piece = Piece(left: .max, top: .max, right: 0, bottom: 0, count: 0, red: 0)
        var spans = [Range<Int>?](repeating: nil, count: bounds.bottom - bounds.top)
        for row in bounds.top..<bounds.bottom {
            for column in bounds.left..<bounds.right {
                guard mask.words[row * mask.wordsPerRow + column >> 6] << UInt64(column & 63) & 0x8000_0000_0000_0000 != 0 else { continue }
                piece.count += 1
                (piece.left, piece.right) = (min(piece.left, column), max(piece.right, column + 1))
                (piece.top, piece.bottom) = (min(piece.top, row), max(piece.bottom, row + 1))
                let cell = row * cells.columns + column
                if cells.channels == 3, cells.mean(cell, 0) > cells.mean(cell, 2) { piece.red += 1 }
                spans[row - bounds.top] = (spans[row - bounds.top]?.lowerBound ?? column)..<column + 1
            }
        }
        guard piece.count > 0 else { return nil }
        piece.spans = spans[piece.top - bounds.top..<piece.bottom - bounds.top].map { $0 ?? 0..<0 }
        return piece
    }

    private func size(_ piece: Piece) -> (width: Double, height: Double) {
        (Double(piece.right - piece.left) * millimetres.x, Double(piece.bottom - piece.top) * millimetres.y)
    }

    /// A seal, a fingerprint, a signature: no line of red print, no coloured sheet, no speck.
    private func isMark(_ piece: Piece) -> Bool {
        let (width, height) = size(piece)
        guard max(width, height) >= 4, min(width, height) >= 1.5, Double(piece.count) * millimetres.x * millimetres.y >= 2 else { return false }
        guard width <= 90, height <= 90 else { return false }
        let isRed = piece.red * 2 > piece.count
        return !(isRed && height <= 22 && width >= 2.2 * height)
    }

    private func isPicture(_ piece: Piece) -> Bool {
        let (width, height) = size(piece)
        let area = (piece.right - piece.left) * (piece.bottom - piece.top)
        return min(width, height) >= 4 && piece.count * 7 >= area
    }

    // MARK: Squares

    /// Around what was found, millimetres.
    private static var margin: Double { 1 }

    /// Row by row from the first to the last cell found: a round seal has no corners, and what lies within its ring is kept.
    private func region(_ cause: PageLayering.Region.Cause, _ piece: Piece, _ page: PixelSize) -> SeparatedPage.Region {
        let (x, y) = (Int(Self.margin / millimetres.x) + 1, Int(Self.margin / millimetres.y) + 1)
        var squares = KeptBlocks(of: page)
        for (row, span) in zip(piece.top..., piece.spans) where !span.isEmpty {
            let (left, top) = ((span.lowerBound - x) * cells.step.x, (row - y) * cells.step.y)
            let (right, bottom) = ((span.upperBound + x) * cells.step.x, (row + 1 + y) * cells.step.y)
            squares.keep(PixelRect(x: max(0, left), y: max(0, top), width: right - max(0, left), height: bottom - max(0, top)))
        }
        let (left, top) = (max(0, (piece.left - x) * cells.step.x), max(0, (piece.top - y) * cells.step.y))
        let (right, bottom) = ((piece.right + x) * cells.step.x, (piece.bottom + y) * cells.step.y)
        let box = squares.squares(under: PixelRect(x: left, y: top, width: right - left, height: bottom - top))
        return .init(cause: cause, box: box, squares: squares)
    }
}

extension PixelRect {
    package func overlaps(_ other: PixelRect) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
