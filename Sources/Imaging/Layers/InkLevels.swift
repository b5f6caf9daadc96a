internal import DossierModel

/// How bright paper is, and below which brightness ink begins, at every place of a page.
///
/// Ink begins nearer to the paper than to the darkest of the strokes nearby, because a scanner blurs a hairline to half the
/// darkness of a stroke; it begins no higher than where writing from the other side shines through.
struct InkLevels {
    /// Tiles per row and column.
    let columns: Int
    let rows: Int
    let tileWidth: Int
    let tileHeight: Int
    private var thresholds: [UInt8] = []

    /// A tile holds part of a letter and some paper, millimetres.
    private static var tileMillimetres: Double { 2.2 }
    /// Show-through and the shade of a fold stay above this share of the paper.
    private static var faintestInk: Double { 0.78 }
    /// Where ink begins between the darkest stroke (0) and the paper (1).
    private static var hairline: Double { 0.68 }
    /// Where no stroke is, only what is as dark as this is ink, share of the paper.
    private static var lonelyInk: Double { 0.60 }
    /// Darker by this share of the paper is a stroke.
    private static var leastContrast: Double { 0.22 }

    init(_ tone: borrowing Raster, dpi: Resolution) {
        func tile(_ dpi: Double) -> Int { max(8, Int((Self.tileMillimetres / 25.4 * min(max(dpi, 50), 1200)).rounded())) }
        (tileWidth, tileHeight) = (tile(dpi.x), tile(dpi.y))
        (columns, rows) = ((tone.width + tileWidth - 1) / tileWidth, (tone.height + tileHeight - 1) / tileHeight)
        let measured = measure(tone)
        let paper = brightestNearby(measured.paper)
        thresholds = zip(paper, measured.darkest).map(Self.threshold)
    }

    private static func threshold(paper: UInt8, darkest: UInt8) -> UInt8 {
        let (paper, darkest) = (Double(paper), Double(darkest))
        guard paper - darkest > leastContrast * paper else { return UInt8(lonelyInk * paper) }
        return UInt8(min(darkest + hairline * (paper - darkest), faintestInk * paper))
    }

    /// Of each tile the 70th percentile, which is above every stroke, and the second, which is within one.
    private func measure(_ tone: borrowing Raster) -> (paper: [UInt8], darkest: [UInt8]) {
        var paper: [UInt8] = [], darkest: [UInt8] = []
        paper.reserveCapacity(columns * rows)
        darkest.reserveCapacity(columns * rows)
        var histogram = [UInt32](repeating: 0, count: 256)
        for row in 0..<rows {
            for column in 0..<columns {
                let count = fill(&histogram, tone, column, row)
                paper.append(Self.level(histogram, above: count * 7 / 10))
                darkest.append(Self.level(histogram, above: count / 50))
            }
        }
        return (paper, darkest)
    }

    private func fill(_ histogram: inout [UInt32], _ tone: borrowing Raster, _ column: Int, _ row: Int) -> Int {
        let (left, top) = (column * tileWidth, row * tileHeight)
        let (right, bottom) = (min(left + tileWidth, tone.width), min(top + tileHeight, tone.height))
        let width = tone.width
        unsafe histogram.withUnsafeMutableBufferPointer { histogram in
            unsafe histogram.update(repeating: 0)
            unsafe tone.bytes.withUnsafeBufferPointer { bytes in
                for y in top..<bottom {
                    for i in y &* width &+ left..<y &* width &+ right { unsafe histogram[Int(bytes[i])] &+= 1 }
                }
            }
        }
        return (right - left) * (bottom - top)
    }

    private static func level(_ histogram: [UInt32], above share: Int) -> UInt8 {
        var rest = share
        for value in 0..<256 {
            rest -= Int(histogram[value])
            if rest < 0 { return UInt8(value) }
        }
        return 255
    }

    /// A tile full of ink takes its paper from beside it.
    private func brightestNearby(_ levels: [UInt8]) -> [UInt8] {
        (0..<levels.count).map { index in
            let (row, column) = (index / columns, index % columns)
            var brightest: UInt8 = 1
            for y in max(0, row - 1)...min(rows - 1, row + 1) {
                for x in max(0, column - 1)...min(columns - 1, column + 1) { brightest = max(brightest, levels[y * columns + x]) }
            }
            return brightest
        }
    }

    /// Thresholds along a row of the page, interpolated between the middles of tiles.
    func fill(_ line: inout [UInt8], row y: Int) {
        let (upper, lower, weight) = Self.between(y, tileHeight, rows)
        let mixed = (0..<columns).map { column in
            Int(thresholds[upper * columns + column]) * (256 - weight) + Int(thresholds[lower * columns + column]) * weight
        }
        let half = tileWidth / 2
        for x in 0..<min(half, line.count) { line[x] = UInt8(truncatingIfNeeded: mixed[0] >> 8) }
        for column in 0..<columns {
            let from = column * tileWidth + half, end = min(from + tileWidth, line.count)
            guard from < end else { break }
            let (here, next) = (mixed[column], mixed[min(column + 1, columns - 1)])
            let slope = (next - here) * 256 / tileWidth
            for x in from..<end { line[x] = UInt8(truncatingIfNeeded: (here * 256 + slope * (x - from)) >> 16) }
        }
    }

    private static func between(_ position: Int, _ tile: Int, _ count: Int) -> (Int, Int, Int) {
        let from = max(0, position - tile / 2)
        let first = min(from / tile, count - 1)
        return (first, min(first + 1, count - 1), min(255, (from - first * tile) * 256 / tile))
    }
}
