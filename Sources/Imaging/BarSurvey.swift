public import DossierModel
import Foundation

/// Where on a page parallel bars lie side by side: bar codes and patch codes, whatever their tilt.
///
/// The page is reduced to about 150 dpi and cut into tiles; the structure tensor of a tile (Bigün and Granlund 1987) tells
/// how strong its edges are and whether they all run the same way. Print has edges of every direction, rules stand alone;
/// only bars fill an area with edges of one.
public struct BarSurvey: Sendable {
    public struct Region: Hashable, Sendable {
        /// Pixels of the plane.
        public var box: PixelRect
        /// From one bar to the next: degrees clockwise from the x axis, 0..<180. 0 for upright bars.
        public var across: Double
        /// Tiles, all of one direction.
        public var tiles: Int

        public init(box: PixelRect, across: Double, tiles: Int) {
            (self.box, self.across, self.tiles) = (box, across, tiles)
        }
    }

    /// The reduced page, grey.
    public let plane: Raster
    /// Dots per inch of the plane.
    public let dpi: Resolution
    /// Source pixels per plane pixel.
    public let factor: (x: Int, y: Int)
    public let regions: [Region]
    /// Share of the tiles that carry strong edges of any direction, 0…1: how full the page is.
    public let filled: Double

    /// - Parameters:
    ///   - page: any mode, as delivered.
    ///   - dpi: nearly the same both ways; oblong pixels are stretched first (`Raster.stretched`).
    public init(_ page: Raster, dpi: Resolution) {
        let plane = AnalysisPlane(page, dpi: dpi, channel: .green)
        let tensor = EdgeTensor(plane, tile: max(8, plane.across(Self.tileMillimetres)))
        regions = tensor.regions()
        filled = tensor.filled
        factor = (plane.factorX, plane.factorY)
        self.dpi = plane.dpi
        self.plane = Raster(width: plane.width, height: plane.height, mode: .grey, bytes: plane.pixels)
    }

    /// Wider than a narrow bar of a patch code with its gap (4 mm), narrower than the least code.
    private static let tileMillimetres = 4.2
}

/// Sums of squared and mixed derivatives per tile.
private struct EdgeTensor {
    private struct Tile {
        var xx: Float = 0, yy: Float = 0, xy: Float = 0
        /// Angle of the gradient, doubled so that opposite edges agree, radians.
        var doubled: Float { atan2(2 * xy, xx - yy) }
        var energy: Float { xx + yy }
        /// What is left of the strength when opposite directions cancel out.
        var directed: Float { ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot() }
    }

    private let side: Int
    private let columns: Int
    private let rows: Int
    private let size: PixelSize
    private var tiles: [Tile]
    /// What the emptiest tiles hold.
    private var noise: Float = 0

    /// An edge between paper and ink has steps of this many grey levels, on average over a tenth of a tile's pixels.
    private static let leastEnergy: Float = 0.1 * 24 * 24
    /// 0: edges of every direction; 1: of one.
    private static let leastCoherence: Float = 0.8
    /// Neighbours of a region differ by less, radians of the doubled angle: 12°.
    private static let reach: Float = 24 * .pi / 180
    /// The smallest region: three tiles each way, 12 mm, or as many in a strip two tiles high.
    private static let leastTiles = 6

    init(_ plane: borrowing AnalysisPlane, tile: Int) {
        side = tile
        size = PixelSize(width: plane.width, height: plane.height)
        (columns, rows) = (max(1, plane.width / tile), max(1, plane.height / tile))
        tiles = [Tile](repeating: Tile(), count: columns * rows)
        guard plane.width > 4, plane.height > 4 else { return }
        for row in 0..<rows { sum(row, of: plane) }
        noise = tiles.map(\.energy).sorted()[tiles.count / 5]
    }

    /// Every second line will do: bars are longer than that.
    private mutating func sum(_ row: Int, of plane: borrowing AnalysisPlane) {
        let (width, height, side, columns) = (plane.width, plane.height, side, columns)
        unsafe plane.pixels.withUnsafeBufferPointer { pixels in
            for y in stride(from: max(1, row * side), to: min(height - 2, (row + 1) * side), by: 2) {
                let here = unsafe pixels.baseAddress! + y * width
                for column in 0..<columns {
                    var (xx, yy, xy) = (Int32(0), Int32(0), Int32(0))
                    for x in max(1, column &* side)..<min(width - 2, (column &+ 1) &* side) {
                        // Means of two neighbours: half the noise.
                        let dx = unsafe (Int32(here[x &+ 1]) &+ Int32(here[x &+ width &+ 1]) &- Int32(here[x &- 1]) &- Int32(here[x &+ width &- 1])) >> 1
                        let dy = unsafe (Int32(here[x &+ width]) &+ Int32(here[x &+ width &+ 1]) &- Int32(here[x &- width]) &- Int32(here[x &- width &+ 1])) >> 1
                        xx &+= dx &* dx
                        yy &+= dy &* dy
                        xy &+= dx &* dy
                    }
                    let at = row &* columns &+ column
                    tiles[at].xx += Float(xx)
                    tiles[at].yy += Float(yy)
                    tiles[at].xy += Float(xy)
                }
            }
        }
    }

    private var area: Float { Float(side * side) / 2 }

    private func isStrong(_ at: Int) -> Bool { tiles[at].energy > max(Self.leastEnergy * area, 2 * noise) }

    /// Noise has no direction; it is taken out of what the edges are compared with.
    private func isBarred(_ at: Int) -> Bool { isStrong(at) && tiles[at].directed > Self.leastCoherence * (tiles[at].energy - noise) }

    var filled: Double { Double(tiles.indices.count(where: isStrong)) / Double(tiles.count) }

    func regions() -> [BarSurvey.Region] {
        var seen = tiles.indices.map { !isBarred($0) }
        var found: [BarSurvey.Region] = []
        for start in tiles.indices where !seen[start] {
            let group = gathered(from: start, &seen)
            if group.count >= Self.leastTiles, let region = region(group) { found.append(region) }
        }
        return found
    }

    private func gathered(from start: Int, _ seen: inout [Bool]) -> [Int] {
        var (group, next) = ([Int](), [start])
        seen[start] = true
        while let at = next.popLast() {
            group.append(at)
            for neighbour in neighbours(of: at) where !seen[neighbour] && isAlike(at, neighbour) {
                seen[neighbour] = true
                next.append(neighbour)
            }
        }
        return group
    }

    /// Those around a tile, and one further: a tile may lie wholly within a wide bar of a patch code.
    private func neighbours(of at: Int) -> [Int] {
        let (x, y) = (at % columns, at / columns)
        return (-2...2).flatMap { dy in
            (-2...2).compactMap { dx in
                let (nx, ny) = (x + dx, y + dy)
                return (dx, dy) != (0, 0) && nx >= 0 && ny >= 0 && nx < columns && ny < rows ? ny * columns + nx : nil
            }
        }
    }

    private func isAlike(_ a: Int, _ b: Int) -> Bool {
        let turn = abs(tiles[a].doubled - tiles[b].doubled)
        return min(turn, 2 * .pi - turn) < Self.reach
    }

    /// nil for a strip one tile wide: that is a rule, or the edge of the paper.
    private func region(_ group: [Int]) -> BarSurvey.Region? {
        var sum = Tile()
        for at in group {
            sum.xx += tiles[at].xx
            sum.yy += tiles[at].yy
            sum.xy += tiles[at].xy
        }
        let (xs, ys) = (group.map { $0 % columns }, group.map { $0 / columns })
        let degrees = Double(sum.doubled) / 2 * 180 / .pi
        let across = degrees < 0 ? degrees + 180 : degrees
        let angle = across * .pi / 180
        let spread = { (u: Double, v: Double) -> Double in
            let places = zip(xs, ys).map { Double($0) * u + Double($1) * v }
            return places.max()! - places.min()! + 1
        }
        guard spread(cos(angle), sin(angle)) >= 3, spread(-sin(angle), cos(angle)) >= 2 else { return nil }
        let (left, top) = (xs.min()! * side, ys.min()! * side)
        let box = PixelRect(
            x: left, y: top, width: min(size.width, (xs.max()! + 1) * side) - left, height: min(size.height, (ys.max()! + 1) * side) - top)
        return BarSurvey.Region(box: box, across: across, tiles: group.count)
    }
}
