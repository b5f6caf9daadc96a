/// The parts of a page on which there is anything to be seen, as rectangles for the network: its time and memory grow with
/// the area, and much of a page is bare paper.
///
/// Own code, because where to cut depends on what the network needs around a line, which no library knows.
struct DetectionTiles {
    /// One rectangle of pixels, and the part of it for which its result counts; those parts do not overlap.
    struct Tile {
        /// `context` around the part that counts, unless the page ends. Sides are multiples of `block`.
        var columns: Range<Int>
        var rows: Range<Int>
        var countedColumns: Range<Int>
        var countedRows: Range<Int>
    }

    /// Side of a block, pixels.
    static let block = 16
    /// A block whose values differ by no more (eight of 256 grey levels) is bare. Pencil and pale carbon copies differ by more
    /// in every block they cross; the grain of paper often does, too, and is looked at.
    static let bare: Float = 8 * 2 / 255
    /// Pixels; the smallest print that is found at all, five points at 1,600 pixels a page, is ten high.
    static let largestSpeck = 6
    /// Pixels around the part that counts which the network sees besides.
    static let context = 48
    /// What one more rectangle costs, in pixels that take as long.
    static let overhead = 10_000
    /// More bare stripes than this, the widest, are not tried: every piece between any two is weighed.
    static let mostCuts = 8

    private let width: Int
    private let height: Int
    private let tallest: Int
    /// The page's print in pieces …
    private(set) var pieces: [Tile] = []
    /// … and in one, cut to size: full pages are cheaper so.
    private(set) var whole: [Tile] = []

    /// - Parameters:
    ///   - plane: `width × height` values −1…1, row by row; both sides multiples of `block`.
    ///   - tallest: no tile is higher, pixels; at least 10 blocks.
    init(of plane: [Float], width: Int, height: Int, tallest: Int) {
        self.width = width
        self.height = height
        self.tallest = tallest
        let marks = BlockMarks(of: plane, width: width, height: height).withoutSpecks(plane).grown()
        let grid = BlockGrid(marks)
        if let page = grid.trimmed(BlockRectangle(columns: 0..<grid.columns, rows: 0..<grid.rows)) {
            pieces = divided(page, of: grid).flatMap { cutToSize($0, of: grid, plane) }.map(tile)
            whole = cutToSize(page, of: grid, plane).map(tile)
        }
    }

    /// Cuts along bare stripes as long as that costs less.
    private func divided(_ part: BlockRectangle, of grid: BlockGrid) -> [BlockRectangle] {
        let best = cheapest(part, of: grid, directions: [.acrossRows, .acrossColumns, .acrossRows])
        let other = cheapest(part, of: grid, directions: [.acrossColumns, .acrossRows, .acrossColumns])
        let parts = (other.cost < best.cost ? other : best).parts
        return parts.count > 1 ? parts.flatMap { divided($0, of: grid) } : parts
    }

    /// What the part costs when it is cut in the first direction, its pieces in the second, and so on: the best choice
    /// among all sets of stripes, found piece by piece (Bellman, “Dynamic Programming”, 1957).
    private func cheapest(_ part: BlockRectangle, of grid: BlockGrid, directions: ArraySlice<BlockGrid.Direction>) -> Division {
        let whole = Division(cost: tile(of: part).area + Self.overhead, parts: [part])
        guard let direction = directions.first else { return whole }
        let pieces = grid.pieces(of: part, direction, atMost: Self.mostCuts + 1)
        guard pieces.count > 1 else { return cheapest(part, of: grid, directions: directions.dropFirst()) }
        var best = [Division(cost: 0, parts: [])]
        for end in 1...pieces.count {
            best.append(
                (0..<end).map { start in
                    let piece = grid.trimmed(pieces[start].united(with: pieces[end - 1]))!
                    return best[start] + cheapest(piece, of: grid, directions: directions.dropFirst())
                }.min { $0.cost < $1.cost }!)
        }
        return best[pieces.count].cost < whole.cost ? best[pieces.count] : whole
    }

    /// In as few parts as may be, across the lines and never along them (half a line reads like another word), where
    /// least ink is cut.
    private func cutToSize(_ part: BlockRectangle, of grid: BlockGrid, _ plane: [Float]) -> [BlockRectangle] {
        guard tile(of: part).rows.count > tallest else { return [part] }
        let most = (tallest - 2 * Self.context) / Self.block
        let later = (part.rows.count - 1) / most * most
        let first = part.rows.lowerBound + max(1, part.rows.count - later)
        let cuts = (first...part.rows.lowerBound + most).map { (row: $0, ink: ink(along: $0, part.columns, of: plane)) }
        let row = cuts.min { $0.ink < $1.ink }!.row
        let halves = [part.rows.lowerBound..<row, row..<part.rows.upperBound]
        return halves.compactMap { grid.trimmed(BlockRectangle(columns: part.columns, rows: $0)) }
            .flatMap { cutToSize($0, of: grid, plane) }
    }

    /// How dark the two rows of pixels are between which the cut runs.
    private func ink(along row: Int, _ columns: Range<Int>, of plane: [Float]) -> Float {
        let (left, right) = (columns.lowerBound * Self.block, columns.upperBound * Self.block)
        return [row * Self.block - 1, row * Self.block].reduce(0) { sum, y in
            plane[y * width + left..<y * width + right].reduce(sum) { $0 + 1 - $1 }
        }
    }

    private func tile(of part: BlockRectangle) -> Tile {
        let (columns, rows) = (Self.pixels(part.columns), Self.pixels(part.rows))
        return Tile(
            columns: Self.widened(columns, limit: width), rows: Self.widened(rows, limit: height), countedColumns: columns,
            countedRows: rows)
    }

    private static func pixels(_ blocks: Range<Int>) -> Range<Int> { blocks.lowerBound * block..<blocks.upperBound * block }

    private static func widened(_ range: Range<Int>, limit: Int) -> Range<Int> {
        max(0, range.lowerBound - context)..<min(limit, range.upperBound + context)
    }
}

extension DetectionTiles.Tile {
    var area: Int { columns.count * rows.count }
}

/// Rectangles and what they cost.
private struct Division {
    var cost: Int
    var parts: [BlockRectangle]

    static func + (one: Division, other: Division) -> Division {
        Division(cost: one.cost + other.cost, parts: one.parts + other.parts)
    }
}

/// Whole blocks.
private struct BlockRectangle {
    var columns: Range<Int>
    var rows: Range<Int>

    func united(with other: BlockRectangle) -> BlockRectangle {
        BlockRectangle(
            columns: min(columns.lowerBound, other.columns.lowerBound)..<max(columns.upperBound, other.columns.upperBound),
            rows: min(rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound))
    }
}

/// Which blocks of a page are not bare: 1.
private struct BlockMarks {
    let columns: Int
    let rows: Int
    fileprivate private(set) var seen: [UInt8]

    init(of plane: [Float], width: Int, height: Int) {
        let side = DetectionTiles.block
        (columns, rows) = (width / side, height / side)
        seen = [UInt8](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns where !Self.isBare(plane, width: width, x: column * side, y: row * side) {
                seen[row * columns + column] = 1
            }
        }
    }

    /// Whether the block is the same all along its rows, or all along its columns: bare paper, a rule, the shadow of an
    /// edge. Every letter has a block in which it is neither; one pixel of the next block is seen, too, so that a stroke that
    /// ends where its block does has an end.
    private static func isBare(_ plane: [Float], width: Int, x: Int, y: Int) -> Bool {
        let (first, side) = (y * width + x, DetectionTiles.block)
        let (across, down) = (min(side + 1, width - x), min(side + 1, plane.count / width - y))
        return isFlat(plane, first, along: (step: 1, count: across), lines: (step: width, count: down))
            || isFlat(plane, first, along: (step: width, count: down), lines: (step: 1, count: across))
    }

    private static func isFlat(_ plane: [Float], _ first: Int, along: (step: Int, count: Int), lines: (step: Int, count: Int)) -> Bool {
        for line in 0..<lines.count {
            var at = first + line * lines.step
            var (least, most) = (plane[at], plane[at])
            for _ in 1..<along.count {
                at += along.step
                least = min(least, plane[at])
                most = max(most, plane[at])
            }
            if most - least > DetectionTiles.bare { return false }
        }
        return true
    }

    /// Without the specks: lone spots smaller than any letter.
    func withoutSpecks(_ plane: [Float]) -> BlockMarks {
        var clean = self
        let parts = unsafe seen.map { Float($0) }.withUnsafeBufferPointer {
            unsafe Components(of: $0, width: columns, height: rows, threshold: 0).parts
        }
        for part in parts where isSpeck(part, plane) {
            for run in part {
                for column in run.start..<run.end { clean.seen[run.y * columns + column] = 0 }
            }
        }
        return clean
    }

    private func isSpeck(_ part: [Components.Run], _ plane: [Float]) -> Bool {
        let (left, right) = (part.map(\.start).min()!, part.map(\.end).max()!)
        let (top, bottom) = (part.first!.y, part.last!.y + 1)
        guard right - left <= 2, bottom - top <= 2 else { return false }
        let side = DetectionTiles.block
        let (across, down) = (left * side..<right * side, top * side..<bottom * side)
        let width = columns * side
        let paper = down.reduce(-1) { max($0, plane[$1 * width + across.lowerBound..<$1 * width + across.upperBound].max()!) }
        let ink = { (x: Int, y: Int) in paper - plane[y * width + x] > DetectionTiles.bare }
        let inkedRows = down.filter { y in across.contains { ink($0, y) } }
        let inkedColumns = across.filter { x in down.contains { ink(x, $0) } }
        guard let first = inkedRows.first, let start = inkedColumns.first else { return true }
        return max(inkedRows.last! - first, inkedColumns.last! - start) < DetectionTiles.largestSpeck
    }

    /// With every block beside one that is not bare.
    func grown() -> BlockMarks {
        var grown = self
        for row in 0..<rows {
            for column in 0..<columns where seen[row * columns + column] > 0 {
                for y in max(0, row - 1)...min(rows - 1, row + 1) {
                    for x in max(0, column - 1)...min(columns - 1, column + 1) { grown.seen[y * columns + x] = 1 }
                }
            }
        }
        return grown
    }
}

/// Counts marked blocks in any rectangle at once, by sums over all rectangles at the upper left corner
/// (Crow, “Summed-area tables for texture mapping”, SIGGRAPH 1984).
private struct BlockGrid {
    enum Direction {
        case acrossRows, acrossColumns
    }

    let columns: Int
    let rows: Int
    private var sums: [Int32]

    init(_ marks: BlockMarks) {
        (columns, rows) = (marks.columns, marks.rows)
        let stride = columns + 1
        sums = [Int32](repeating: 0, count: stride * (rows + 1))
        for row in 0..<rows {
            var sum: Int32 = 0
            for column in 0..<columns {
                sum += Int32(marks.seen[row * columns + column])
                sums[(row + 1) * stride + column + 1] = sums[row * stride + column + 1] + sum
            }
        }
    }

    func marked(_ across: Range<Int>, _ down: Range<Int>) -> Int {
        let (upper, lower) = (down.lowerBound * (columns + 1), down.upperBound * (columns + 1))
        return Int(
            sums[lower + across.upperBound] - sums[lower + across.lowerBound] - sums[upper + across.upperBound]
                + sums[upper + across.lowerBound])
    }

    /// The smallest rectangle around the marked blocks, nil when there are none.
    func trimmed(_ part: BlockRectangle) -> BlockRectangle? {
        guard let top = part.rows.first(where: { marked(part.columns, $0..<$0 + 1) > 0 }),
            let bottom = part.rows.last(where: { marked(part.columns, $0..<$0 + 1) > 0 }),
            let left = part.columns.first(where: { marked($0..<$0 + 1, part.rows) > 0 }),
            let right = part.columns.last(where: { marked($0..<$0 + 1, part.rows) > 0 })
        else { return nil }
        return BlockRectangle(columns: left..<right + 1, rows: top..<bottom + 1)
    }

    /// The pieces between the bare stripes that run through the whole part; with too many, the widest stripes.
    func pieces(of part: BlockRectangle, _ direction: Direction, atMost most: Int) -> [BlockRectangle] {
        let range = direction == .acrossRows ? part.rows : part.columns
        var pieces: [Range<Int>] = []
        for place in range where count(place, of: part, direction) > 0 {
            if let last = pieces.last, last.upperBound == place {
                pieces[pieces.count - 1] = last.lowerBound..<place + 1
            } else {
                pieces.append(place..<place + 1)
            }
        }
        while pieces.count > most {
            let narrow = (1..<pieces.count).min { Self.gap(pieces, $0) < Self.gap(pieces, $1) }!
            pieces[narrow - 1] = pieces[narrow - 1].lowerBound..<pieces.remove(at: narrow).upperBound
        }
        return pieces.map {
            direction == .acrossRows
                ? BlockRectangle(columns: part.columns, rows: $0) : BlockRectangle(columns: $0, rows: part.rows)
        }
    }

    private func count(_ place: Int, of part: BlockRectangle, _ direction: Direction) -> Int {
        direction == .acrossRows ? marked(part.columns, place..<place + 1) : marked(place..<place + 1, part.rows)
    }

    private static func gap(_ pieces: [Range<Int>], _ piece: Int) -> Int { pieces[piece].lowerBound - pieces[piece - 1].upperBound }
}
