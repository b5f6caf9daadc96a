internal import DossierModel

/// How bright paper is, and below which brightness ink begins, at every place of a page.
///
/// Ink begins nearer to the paper than to the darkest of the strokes nearby, because a scanner blurs a hairline to half the
/// darkness of a stroke; it begins no higher than where writing from the other side shines through.
struct InkLevels {
    private let grid: TileGrid
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
        grid = TileGrid(width: tone.width, height: tone.height, tileWidth: tile(dpi.x), tileHeight: tile(dpi.y))
        let measured = measure(tone)
        let paper = grid.brightestNearby(measured.paper)
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
        paper.reserveCapacity(grid.columns * grid.rows)
        darkest.reserveCapacity(grid.columns * grid.rows)
        var histogram = [UInt32](repeating: 0, count: 256)
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let count = fill(&histogram, tone, column, row)
                paper.append(Self.level(histogram, above: count * 7 / 10))
                darkest.append(Self.level(histogram, above: count / 50))
            }
        }
        return (paper, darkest)
    }

    private func fill(_ histogram: inout [UInt32], _ tone: borrowing Raster, _ column: Int, _ row: Int) -> Int {
        let (left, top) = (column * grid.tileWidth, row * grid.tileHeight)
        let (right, bottom) = (min(left + grid.tileWidth, tone.width), min(top + grid.tileHeight, tone.height))
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

    /// Thresholds along a row of the page, interpolated between the middles of tiles.
    func fill(_ line: inout [UInt8], row y: Int) { grid.fill(&line, row: y, from: thresholds) }
}
