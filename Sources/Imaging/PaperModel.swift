/// How bright the bare paper is at every place of a page: follows tint, yellowing, shadows and vignetting.
struct PaperModel {
    private let grid: TileGrid
    /// Paper brightness of each tile.
    let levels: [UInt8]
    /// Brightness of most of the page's paper.
    let pageLevel: UInt8

    /// A tile of 5 mm is larger than a character and smaller than a shadow.
    private static var tileMillimetres: Double { 5.4 }

    init(_ plane: borrowing AnalysisPlane) {
        let (tw, th) = (max(4, plane.across(Self.tileMillimetres)), max(4, plane.down(Self.tileMillimetres)))
        grid = TileGrid(width: plane.width, height: plane.height, tileWidth: tw, tileHeight: th)
        var raw: [UInt8] = []
        raw.reserveCapacity(grid.columns * grid.rows)
        for row in 0..<grid.rows {
            for column in 0..<grid.columns { raw.append(Self.brightness(of: plane, column: column, row: row, tw, th)) }
        }
        pageLevel = Self.commonest(raw)
        // Black edges and solid fills are not paper, however large.
        let floor = UInt8(Double(pageLevel) * 0.5)
        levels = grid.brightestNearby(raw).map { max($0, floor) }
    }

    /// The 70th percentile of a tile: above every stroke, below single bright pixels.
    private static func brightness(of plane: borrowing AnalysisPlane, column: Int, row: Int, _ tw: Int, _ th: Int) -> UInt8 {
        var histogram = [Int32](repeating: 0, count: 256)
        var count: Int32 = 0
        let (width, height) = (plane.width, plane.height)
        unsafe plane.pixels.withUnsafeBufferPointer { pixels in
            for y in stride(from: row * th, to: min((row + 1) * th, height), by: 2) {
                for x in stride(from: column * tw, to: min((column + 1) * tw, width), by: 2) {
                    histogram[unsafe Int(pixels[y &* width &+ x])] &+= 1
                    count &+= 1
                }
            }
        }
        return percentile(0.7, of: histogram, count: count)
    }

    private static func percentile(_ share: Double, of histogram: [Int32], count: Int32) -> UInt8 {
        var remaining = Int32(Double(count) * share)
        for (value, n) in histogram.enumerated() {
            remaining -= n
            if remaining < 0 { return UInt8(value) }
        }
        return 255
    }

    /// The upper quartile of the tiles: paper, even when half the sheet is scanner background.
    private static func commonest(_ tiles: [UInt8]) -> UInt8 { tiles.sorted()[tiles.count * 3 / 4] }

    /// Paper brightness along one row of the plane, interpolated between tile centres.
    func fill(_ line: inout [UInt8], row y: Int) { grid.fill(&line, row: y, from: levels) }
}
