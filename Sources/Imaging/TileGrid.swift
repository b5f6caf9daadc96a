/// A page cut into tiles, each with a value, and every pixel between their middles.
struct TileGrid {
    /// Tiles per row and column.
    let columns: Int
    let rows: Int
    /// Pixels.
    let tileWidth: Int
    let tileHeight: Int

    /// - Parameters: pixels.
    init(width: Int, height: Int, tileWidth: Int, tileHeight: Int) {
        (self.tileWidth, self.tileHeight) = (tileWidth, tileHeight)
        (columns, rows) = ((width + tileWidth - 1) / tileWidth, (height + tileHeight - 1) / tileHeight)
    }

    /// The brightest of a tile and its neighbours: a tile full of ink takes its paper from beside it.
    func brightestNearby(_ levels: [UInt8]) -> [UInt8] {
        levels.indices.map { index in
            let (row, column) = (index / columns, index % columns)
            var brightest: UInt8 = 0
            for y in max(0, row - 1)...min(rows - 1, row + 1) {
                for x in max(0, column - 1)...min(columns - 1, column + 1) { brightest = max(brightest, levels[y * columns + x]) }
            }
            return brightest
        }
    }

    /// The values along one row of pixels, interpolated between the middles of tiles.
    func fill(_ line: inout [UInt8], row y: Int, from levels: [UInt8]) {
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
