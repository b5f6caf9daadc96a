package import DossierModel

/// Finds what layers would spoil: seals, fingerprints and signatures by the colour of their ink, photographs and stamps
/// on grey pages by shades that neither paper nor print explain.
struct RegionSearch {
    private let cells: PageCells
    private let paper: Raster
    private let colours: PrintColours
    private let millimetres: (x: Double, y: Double)

    /// Spread of the channels, each as a share of the paper's, that makes an ink coloured.
    private static var colourfulness: Double { 0.10 }
    /// A shade that differs from what the layers show, levels.
    private static var leastDifference: Int { 26 }
    /// Variance within a cell that no noise of paper has, square levels.
    private static var leastUnevenness: Int { 260 }

    init(_ cells: PageCells, dpi: Resolution) {
        self.cells = cells
        paper = cells.paper(without: [])
        colours = PrintColours(cells, paper: paper, without: [])
        millimetres = (25.4 / max(dpi.x, 20) * Double(cells.step.x), 25.4 / max(dpi.y, 20) * Double(cells.step.y))
    }

    /// - Parameter keeping: pixels of the page that are to be regions in any case.
    func regions(of page: borrowing Raster, keeping: [PixelRect]) -> [SeparatedPage.Region] {
        let inks = cells.mode == .colour ? pieces(of: colouredCells(), reach: 1.5).filter(isMark) : []
        let tones = pieces(of: shadedCells(), reach: 1.2).filter(isPicture)
        let wanted = keeping.map { SeparatedPage.Region(cause: .text, box: Self.onBlocks($0, page)) }.filter { $0.box.width > 0 && $0.box.height > 0 }
        return Self.merged(inks.map { region(.ink, $0, page) } + wanted + tones.map { region(.tone, $0, page) })
    }

    // MARK: Cells

    private func colouredCells() -> InkMask {
        let white = paperColour()
        return flagged { cell in
            let shares = (0..<3).map { Double(cells.mean(cell, $0)) / white[$0] }
            return shares.max()! - shares.min()! > Self.colourfulness
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
        for row in bounds.top..<bounds.bottom {
            for column in bounds.left..<bounds.right {
                guard mask.words[row * mask.wordsPerRow + column >> 6] << UInt64(column & 63) & 0x8000_0000_0000_0000 != 0 else { continue }
                piece.count += 1
                (piece.left, piece.right) = (min(piece.left, column), max(piece.right, column + 1))
                (piece.top, piece.bottom) = (min(piece.top, row), max(piece.bottom, row + 1))
                let cell = row * cells.columns + column
                if cells.channels == 3, cells.mean(cell, 0) > cells.mean(cell, 2) { piece.red += 1 }
            }
        }
        return piece.count > 0 ? piece : nil
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

    // MARK: Boxes

    /// The scanner's JPEG is coded in blocks of at most 16 pixels.
    private static var block: Int { 16 }
    /// Around what was found, millimetres.
    private static var margin: Double { 1 }

    private func region(_ cause: PageLayering.Region.Cause, _ piece: Piece, _ page: borrowing Raster) -> SeparatedPage.Region {
        let (x, y) = (Int(Self.margin / millimetres.x) + 1, Int(Self.margin / millimetres.y) + 1)
        let (left, top) = ((piece.left - x) * cells.step.x, (piece.top - y) * cells.step.y)
        let (right, bottom) = ((piece.right + x) * cells.step.x, (piece.bottom + y) * cells.step.y)
        return .init(cause: cause, box: Self.onBlocks(PixelRect(x: left, y: top, width: right - left, height: bottom - top), page))
    }

    /// The blocks that a box touches, cut to the page.
    private static func onBlocks(_ box: PixelRect, _ page: borrowing Raster) -> PixelRect {
        func down(_ value: Int) -> Int { max(0, value) / block * block }
        func up(_ value: Int, _ limit: Int) -> Int { min((value + block - 1) / block * block, limit) }
        let (left, top) = (down(box.x), down(box.y))
        let (right, bottom) = (up(box.x + box.width, page.width), up(box.y + box.height, page.height))
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }

    /// Boxes that overlap become one; ink gives the cause before text, text before tone.
    private static func merged(_ regions: [SeparatedPage.Region]) -> [SeparatedPage.Region] {
        var open = regions, done: [SeparatedPage.Region] = []
        while var region = open.popLast() {
            while let other = open.firstIndex(where: { $0.box.overlaps(region.box) }) {
                let joined = open.remove(at: other)
                region.box = region.box.joined(with: joined.box)
                region.cause = weightier(region.cause, joined.cause)
            }
            if let other = done.firstIndex(where: { $0.box.overlaps(region.box) }) {
                region.box = region.box.joined(with: done[other].box)
                region.cause = weightier(region.cause, done.remove(at: other).cause)
                open.append(region)
            } else {
                done.append(region)
            }
        }
        return done.sorted { ($0.box.y, $0.box.x) < ($1.box.y, $1.box.x) }
    }

    private static func weightier(_ a: PageLayering.Region.Cause, _ b: PageLayering.Region.Cause) -> PageLayering.Region.Cause {
        [.ink, .text].first { a == $0 || b == $0 } ?? .tone
    }
}

extension PixelRect {
    package func overlaps(_ other: PixelRect) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }

    func joined(with other: PixelRect) -> PixelRect {
        let (left, top) = (min(x, other.x), min(y, other.y))
        let (right, bottom) = (max(x + width, other.x + other.width), max(y + height, other.y + other.height))
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
