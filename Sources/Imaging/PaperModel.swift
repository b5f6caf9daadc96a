/// How bright the bare paper is at every place of a page: follows tint, yellowing, shadows and vignetting.
struct PaperModel {
    /// Tiles per row and column.
    let columns: Int
    let rows: Int
    let tileWidth: Int
    let tileHeight: Int
    /// Paper brightness of each tile.
    let levels: [UInt8]
    /// Brightness of most of the page's paper.
    let pageLevel: UInt8

    /// A tile of 5 mm is larger than a character and smaller than a shadow.
    private static var tileMillimetres: Double { 5.4 }

    init(_ plane: borrowing AnalysisPlane) {
        let (tw, th) = (max(4, plane.across(Self.tileMillimetres)), max(4, plane.down(Self.tileMillimetres)))
        (tileWidth, tileHeight) = (tw, th)
        (columns, rows) = ((plane.width + tw - 1) / tw, (plane.height + th - 1) / th)
        var raw: [UInt8] = []
        raw.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns { raw.append(Self.brightness(of: plane, column: column, row: row, tw, th)) }
        }
        pageLevel = Self.commonest(raw)
        // Black edges and solid fills are not paper, however large.
        let floor = UInt8(Double(pageLevel) * 0.5)
        levels = Self.brightestNeighbour(raw, columns: columns, rows: rows).map { max($0, floor) }
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

    /// The brightest of a tile and its neighbours: a tile full of ink takes its paper from beside it.
    private static func brightestNeighbour(_ raw: [UInt8], columns: Int, rows: Int) -> [UInt8] {
        (0..<raw.count).map { i in
            let (row, column) = (i / columns, i % columns)
            var best: UInt8 = 0
            for y in max(0, row - 1)...min(rows - 1, row + 1) {
                for x in max(0, column - 1)...min(columns - 1, column + 1) { best = max(best, raw[y * columns + x]) }
            }
            return best
        }
    }

    /// Paper brightness along one row of the plane, interpolated between tile centres.
    func fill(_ line: inout [UInt8], row y: Int) {
        let upper = Self.neighbours(of: y, tile: tileHeight, count: rows)
        let vertical = (0..<columns).map { column in
            Self.mix(Int(levels[upper.first * columns + column]), Int(levels[upper.second * columns + column]), upper.weight)
        }
        let half = tileWidth / 2
        for x in 0..<min(half, line.count) { line[x] = UInt8(truncatingIfNeeded: vertical[0]) }
        for column in 0..<columns {
            let from = column * tileWidth + half, end = min(from + tileWidth, line.count)
            guard from < end else { break }
            let (here, next) = (vertical[column], vertical[min(column + 1, columns - 1)])
            // 1/65536 of a grey level per pixel.
            let slope = (next - here) * 65536 / tileWidth
            for x in from..<end { line[x] = UInt8(truncatingIfNeeded: (here * 65536 + slope * (x - from)) >> 16) }
        }
    }

    private static func mix(_ a: Int, _ b: Int, _ weight: Int) -> Int { (a * (256 - weight) + b * weight) >> 8 }

    @inline(__always)
    private static func neighbours(of position: Int, tile: Int, count: Int) -> (first: Int, second: Int, weight: Int) {
        let from = max(0, position - tile / 2)
        let first = min(from / tile, count - 1)
        return (first, min(first + 1, count - 1), (from - first * tile) * 256 / tile & 255)
    }
}
