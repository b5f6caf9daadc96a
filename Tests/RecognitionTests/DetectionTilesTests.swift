import DossierModel
@testable import Recognition
import Testing

/// Which parts of a page the network looks at, and how they lie in its input.
struct DetectionTilesTests {
    private static let (width, height, tallest) = (1120, 1600, 704)

    /// A page of even grey with black bars of 24 × 3 pixels, as letters leave them.
    private func page(_ places: [(x: Int, y: Int)], grain: Float = 0) -> [Float] {
        var plane = [Float](repeating: 0.8, count: Self.width * Self.height)
        if grain > 0 { for i in plane.indices { plane[i] += i % 3 == 0 ? grain : 0 } }
        for (x, y) in places {
            for row in y..<y + 3 { for column in x..<x + 24 { plane[row * Self.width + column] = -1 } }
        }
        return plane
    }

    private func tiles(_ plane: [Float]) -> DetectionTiles {
        DetectionTiles(of: plane, width: Self.width, height: Self.height, tallest: Self.tallest)
    }

    private func area(_ tiles: [DetectionTiles.Tile]) -> Int { tiles.reduce(0) { $0 + $1.columns.count * $1.rows.count } }

    @Test func `bare paper is not looked at`() {
        #expect(tiles(page([])).pieces.isEmpty)
        #expect(DetectionCanvas.canvases(of: tiles(page([])), pageWidth: Self.width).isEmpty)
    }

    @Test func `every mark larger than a speck counts in exactly one tile, with its surroundings`() {
        let places = [(1040, 40), (96, 300), (640, 310), (500, 1540), (16, 800), (1095, 1200)]
        for tiles in [tiles(page(places)).pieces, tiles(page(places)).whole] {
            for (x, y) in places {
                let owners = tiles.filter { $0.countedColumns.contains(x + 12) && $0.countedRows.contains(y + 1) }
                #expect(owners.count == 1, "mark at \(x), \(y)")
                guard let tile = owners.first else { continue }
                #expect(tile.countedColumns.contains(x) && tile.countedColumns.contains(x + 23))
                #expect(tile.columns.lowerBound <= max(0, x - 48) && tile.columns.upperBound >= min(Self.width, x + 24 + 48))
                #expect(tile.rows.lowerBound <= max(0, y - 48) && tile.rows.upperBound >= min(Self.height, y + 3 + 48))
            }
        }
    }

    @Test func `a stamp far from the text costs no page of paper between them`() {
        let tiles = tiles(page([(1040, 40), (96, 1400), (130, 1400), (160, 1430)]))
        #expect(area(tiles.pieces) < Self.width * Self.height / 10)
    }

    @Test func `rules and specks are not looked at, a faint pencil stroke is`() {
        var plane = page([])
        for x in 60..<1060 { for y in 500..<503 { plane[y * Self.width + x] = -1 } }
        for y in 900..<904 { for x in 700..<704 { plane[y * Self.width + x] = -1 } }
        // The ends of the rule are marks like others.
        #expect(area(tiles(plane).pieces) < 90_000)
        #expect(!tiles(plane).pieces.contains { $0.countedColumns.contains(560) || $0.countedRows.contains(902) })
        for step in 0..<30 { plane[(1200 + step) * Self.width + 300 + step] -= 0.1 }
        #expect(tiles(plane).pieces.contains { $0.countedColumns.contains(315) && $0.countedRows.contains(1215) })
    }

    @Test(arguments: [(320, 480), (336, 487), (321, 480)]) func `a dash that begins and ends with its blocks is looked at`(x: Int, y: Int) {
        var plane = page([])
        for row in y..<y + 3 { for column in x..<x + 32 { plane[row * Self.width + column] = -1 } }
        #expect(tiles(plane).pieces.contains { $0.countedColumns.contains(x + 16) && $0.countedRows.contains(y + 1) })
    }

    @Test func `a page full of print is cut across its lines into as few tiles as its height needs`() {
        let places = stride(from: 60, to: 1540, by: 40).flatMap { y in stride(from: 60, to: 1030, by: 30).map { ($0, y) } }
        let whole = tiles(page(places)).whole
        #expect(whole.count == 3)
        #expect(whole.allSatisfy { $0.rows.count <= Self.tallest && $0.columns == whole[0].columns })
        for (upper, lower) in zip(whole, whole.dropFirst()) {
            #expect(upper.countedRows.upperBound <= lower.countedRows.lowerBound)
            #expect(upper.rows.upperBound > lower.countedRows.lowerBound, "each sees beyond the cut")
        }
    }

    /// Cells of a fine grid, each with a mark: dividing is given up before it costs more than it saves.
    @Test(arguments: [40, 64, 96, 128, 200, 320]) func `marks all over the page cost no more than the page as a whole`(step: Int) {
        let places = stride(from: 20, to: Self.height - 20, by: step).flatMap { y in stride(from: 20, to: Self.width - 40, by: step).map { (x: $0, y: y) } }
        let tiles = tiles(page(places))
        func cost(_ tiles: [DetectionTiles.Tile]) -> Int { area(tiles) + tiles.count * DetectionTiles.overhead }
        #expect(cost(tiles.pieces) <= cost(tiles.whole), "\(tiles.pieces.count) tiles, \(tiles.whole.count) of the whole")
    }

    @Test func `a cut runs between lines, not through them`() {
        // Lines of 20 pixels, 36 from one to the next.
        let lines = stride(from: 40, to: 1560, by: 36).map { $0..<$0 + 20 }
        let places = lines.flatMap { line in stride(from: 60, to: 1030, by: 40).flatMap { x in line.map { (x, $0) } } }
        let whole = tiles(page(places)).whole
        for tile in whole.dropFirst() {
            let cut = tile.countedRows.lowerBound
            #expect(!lines.contains { $0.lowerBound < cut && cut < $0.upperBound }, "cut at \(cut)")
        }
    }

    @Test func `grain as strong as print makes the whole page worth a look`() {
        let whole = tiles(page([], grain: 0.1)).whole
        #expect(whole.reduce(0) { $0 + $1.countedColumns.count * $1.countedRows.count } == Self.width * Self.height)
    }

    @Test(arguments: [1120, 2400, 96])
    func `tiles lie side by side and what the network says of each comes back to its place`(pageWidth: Int) throws {
        let height = 1600
        var plane = [Float](repeating: 0.8, count: pageWidth * height)
        let places = stride(from: 20, to: height - 40, by: 170).map { (x: ($0 * 7) % (pageWidth - 40), y: $0) }
        for (x, y) in places { for row in y..<y + 9 { for column in x..<x + 20 { plane[row * pageWidth + column] = -1 } } }
        let tiles = DetectionTiles(
            of: plane, width: pageWidth, height: height, tallest: DetectionCanvas.tallest(forPageWidth: pageWidth))
        var back = [Float](repeating: 0.8, count: plane.count)
        for canvas in DetectionCanvas.canvases(of: tiles, pageWidth: pageWidth) {
            #expect(canvas.width % 32 == 0 && canvas.height % 32 == 0 && canvas.width * canvas.height <= DetectionCanvas.largestArea)
            var values = [Float](repeating: 0, count: 3 * canvas.width * canvas.height)
            unsafe values.withUnsafeMutableBufferPointer { unsafe canvas.write(plane, pageWidth: pageWidth, into: $0) }
            unsafe values.withUnsafeBufferPointer { unsafe canvas.copy($0, to: &back, pageWidth: pageWidth) }
        }
        #expect(back == plane)
    }

    @Test(arguments: [
        (2480, 3508, 300.0, 1600), (4960, 3508, 300, 2262), (1240, 1754, 300, 1600), (7440, 5160, 200, 1600), (4000, 3000, 0, 1600),
    ]) func `a sheet of A3 is looked at as closely as one of A4, and a picture of unknown size is not`(
        width: Int, height: Int, dpi: Double, side: Int
    ) {
        let chosen = PPOCREngine.detectionSide(forA4: 1600, width: width, height: height, dpi: Resolution(x: dpi, y: dpi))
        #expect(abs(chosen - side) <= 1)
    }
}
