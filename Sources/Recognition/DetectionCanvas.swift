/// Tiles side by side in one input of the network, which so sees few shapes: each new one takes 25 ms to prepare and 4 MB
/// to keep prepared.
struct DetectionCanvas {
    struct Placed {
        var tile: DetectionTiles.Tile
        /// Where the tile's upper left corner lies, pixels.
        var x: Int
        var y: Int
    }

    /// Pixels, the narrower ones for parts of a page; 1,120 holds a page of A4 that is 1,600 high.
    static let widths = [512, 768, 1024, 1120]
    /// Wider ones go in steps of this.
    static let widthStep = 160
    /// Heights go in steps of this.
    static let heightStep = 64
    /// Pixels. Each takes 300 bytes while the network works; with a million a worker took 60 MB more.
    static let largestArea = 820_000

    private(set) var placed: [Placed] = []
    let width: Int
    private(set) var height = 0

    /// What the tallest tile may be for a page of this width: a strip has its surroundings on however wide a page.
    static func tallest(forPageWidth width: Int) -> Int { max(4, largestArea / self.width(for: width) / heightStep) * heightStep }

    /// The smaller of both ways to look at a page.
    static func canvases(of tiles: DetectionTiles, pageWidth: Int) -> [DetectionCanvas] {
        let (pieces, whole) = (packed(tiles.pieces, pageWidth: pageWidth), packed(tiles.whole, pageWidth: pageWidth))
        return area(of: pieces) < area(of: whole) ? pieces : whole
    }

    private static func area(of canvases: [DetectionCanvas]) -> Int { canvases.reduce(0) { $0 + $1.width * $1.height } }

    /// The tiles, highest first, each where it lies highest, on as few canvases as that gives.
    private static func packed(_ tiles: [DetectionTiles.Tile], pageWidth: Int) -> [DetectionCanvas] {
        let width = width(for: tiles.map(\.columns.count).max() ?? 0)
        let tallest = tallest(forPageWidth: pageWidth)
        var canvases: [DetectionCanvas] = []
        for tile in tiles.sorted(by: { ($0.rows.count, $1.rows.lowerBound) > ($1.rows.count, $0.rows.lowerBound) }) {
            var isPlaced = false
            for at in canvases.indices where !isPlaced { isPlaced = canvases[at].place(tile, tallest: tallest) }
            guard !isPlaced else { continue }
            canvases.append(DetectionCanvas(width: width))
            _ = canvases[canvases.count - 1].place(tile, tallest: tile.rows.count)
        }
        return canvases
    }

    /// How far down each column of blocks is taken.
    private var skyline: [Int]

    private init(width: Int) {
        self.width = width
        skyline = [Int](repeating: 0, count: width / DetectionTiles.block)
    }

    /// Lays the tile down where it ends highest, leftmost among equals, a block of paper from the next; false where it would
    /// reach below `tallest`.
    private mutating func place(_ tile: DetectionTiles.Tile, tallest: Int) -> Bool {
        let block = DetectionTiles.block
        let columns = tile.columns.count / block
        let tops = (0...skyline.count - columns).map { skyline[$0..<min(skyline.count, $0 + columns + 1)].max() ?? 0 }
        guard let top = tops.min(), let left = tops.firstIndex(of: top), top + tile.rows.count <= tallest else { return false }
        placed.append(Placed(tile: tile, x: left * block, y: top))
        for column in left..<min(skyline.count, left + columns + 1) { skyline[column] = top + tile.rows.count + block }
        height = max(height, (top + tile.rows.count + Self.heightStep - 1) / Self.heightStep * Self.heightStep)
        return true
    }

    private static func width(for pixels: Int) -> Int {
        widths.first { $0 >= pixels } ?? (pixels + widthStep - 1) / widthStep * widthStep
    }
}

// MARK: - The network's input and output

extension DetectionCanvas {
    /// Writes the tiles' parts of the plane, `pageWidth` values a row, as three equal planes; between them is paper.
    func write(_ plane: [Float], pageWidth: Int, into values: UnsafeMutableBufferPointer<Float>) {
        unsafe values[0..<width * height].update(repeating: 1)
        unsafe plane.withUnsafeBufferPointer { plane in
            for piece in placed {
                for (row, y) in piece.tile.rows.enumerated() {
                    let source = unsafe plane.baseAddress! + y * pageWidth + piece.tile.columns.lowerBound
                    unsafe (values.baseAddress! + (piece.y + row) * width + piece.x).update(from: source, count: piece.tile.columns.count)
                }
            }
        }
        unsafe repeatFirstPlane(values, size: width * height)
    }

    /// Copies the network's result for the parts of the tiles that count.
    func copy(_ values: UnsafeBufferPointer<Float>, to map: inout [Float], pageWidth: Int) {
        for piece in placed {
            let tile = piece.tile
            for y in tile.countedRows {
                let row = (piece.y + y - tile.rows.lowerBound) * width + piece.x - tile.columns.lowerBound
                for x in tile.countedColumns { unsafe map[y * pageWidth + x] = values[row + x] }
            }
        }
    }
}
