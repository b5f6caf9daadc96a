internal import DossierModel

/// Looks for a circle of the size of an official seal (42 mm for organs of a county, 45 mm for those of a city, 40 to 42 mm
/// for companies) on a page without colour.
///
/// Every edge votes for the points that lie a seal's radius away along its slope (the Hough transform for circles by
/// gradient, Kimme, Ballard and Sklansky 1975); where the votes heap up, the circle is walked round and its parts counted.
struct RingSearch {
    /// Millimetres.
    private static var radii: ClosedRange<Double> { 18...24 }
    private static var targetDPI: Double { 75 }
    /// Levels between neighbours that make an edge.
    private static var leastSlope: Int { 14 }
    private static var candidates: Int { 6 }
    /// Parts into which the circle is cut.
    private static var sectors: Int { 72 }
    /// Share of the parts that a circle has.
    private static var leastShare: Double { 0.5 }

    private struct Edge { let x: Int16, y: Int16, dx: Float, dy: Float }

    private let factor: Int
    private let width: Int
    private let height: Int
    private let reach: ClosedRange<Int>
    private let plane: AnalysisPlane
    private var edges: [Edge] = []

    init(_ plane: AnalysisPlane) {
        self.plane = plane
        factor = max(1, Int((plane.dpi.x / Self.targetDPI).rounded()))
        (width, height) = (plane.width / factor, plane.height / factor)
        let unit = plane.dpi.x / Double(factor) / 25.4
        reach = Int((Self.radii.lowerBound * unit).rounded(.down))...Int((Self.radii.upperBound * unit).rounded(.up))
        // Fax modes have oblong pixels, in which a circle is none.
        guard abs(plane.dpi.x / plane.dpi.y - 1) < 0.05, min(width, height) > 2 * reach.upperBound else { return }
        findEdges(reduced())
    }

    func best(on page: borrowing Raster) -> PageMeasures.Mark? {
        guard !edges.isEmpty else { return nil }
        var best: (x: Int, y: Int, radius: Int, share: Double)?
        for peak in peaks(votes()) {
            let (radius, share) = coverage(peak.x, peak.y)
            if share >= Self.leastShare, share > best?.share ?? 0 { best = (peak.x, peak.y, radius, share) }
        }
        return best.map { ring in
            let place = plane.source(
                left: (ring.x - ring.radius) * factor, top: (ring.y - ring.radius) * factor, right: (ring.x + ring.radius) * factor,
                bottom: (ring.y + ring.radius) * factor, on: page)
            return PageMeasures.Mark(place: place, share: ring.share)
        }
    }

    private func reduced() -> [Int] {
        var small = [Int](repeating: 0, count: width * height)
        let area = factor * factor
        unsafe plane.pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<height {
                for x in 0..<width {
                    var sum = 0
                    for line in 0..<factor {
                        for column in 0..<factor { sum &+= unsafe Int(pixels[(y &* factor &+ line) &* plane.width &+ x &* factor &+ column]) }
                    }
                    small[y * width + x] = sum / area
                }
            }
        }
        return small
    }

    private mutating func findEdges(_ small: [Int]) {
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                let at = y * width + x
                let (dx, dy) = (small[at + 1] - small[at - 1], small[at + width] - small[at - width])
                let squared = dx * dx + dy * dy
                guard squared >= 4 * Self.leastSlope * Self.leastSlope else { continue }
                let length = Float(squared).squareRoot()
                edges.append(Edge(x: Int16(x), y: Int16(y), dx: Float(dx) / length, dy: Float(dy) / length))
            }
        }
    }

    private func votes() -> [Int32] {
        var votes = [Int32](repeating: 0, count: width * height)
        unsafe votes.withUnsafeMutableBufferPointer { votes in
            for edge in edges {
                for radius in reach {
                    for way in [Float(radius), -Float(radius)] {
                        let x = Int(Float(edge.x) + edge.dx * way + 0.5), y = Int(Float(edge.y) + edge.dy * way + 0.5)
                        if x >= 0, y >= 0, x < width, y < height { unsafe votes[y &* width &+ x] &+= 1 }
                    }
                }
            }
        }
        return votes
    }

    /// The highest heaps, a quarter of a seal apart.
    private func peaks(_ votes: [Int32]) -> [(x: Int, y: Int)] {
        var heaped = [(height: Int32, x: Int, y: Int)]()
        for y in 1..<height - 1 {
            for x in 1..<width - 1 {
                let at = y * width + x
                guard votes[at] >= 40 else { continue }
                var sum: Int32 = 0
                for row in [at - width, at, at + width] { sum += votes[row - 1] + votes[row] + votes[row + 1] }
                heaped.append((sum, x, y))
            }
        }
        heaped.sort { ($0.height, $1.y, $1.x) > ($1.height, $0.y, $0.x) }
        var kept: [(x: Int, y: Int)] = []
        for peak in heaped where kept.allSatisfy({ abs($0.x - peak.x) + abs($0.y - peak.y) > reach.lowerBound / 4 }) {
            kept.append((peak.x, peak.y))
            if kept.count == Self.candidates { break }
        }
        return kept
    }

    /// The radius at which most of the circle is there, and how much.
    private func coverage(_ x: Int, _ y: Int) -> (radius: Int, share: Double) {
        let size = reach.upperBound + 2
        var seen = [Set<Int>](repeating: [], count: size + 1)
        for edge in edges {
            let (dx, dy) = (Float(Int(edge.x) - x), Float(Int(edge.y) - y))
            let radius = (dx * dx + dy * dy).squareRoot()
            // The outer edge alone, where it grows lighter away from the middle: strokes of print lie every way.
            guard radius >= Float(reach.lowerBound - 1), radius <= Float(size), edge.dx * dx + edge.dy * dy > 0.94 * radius else { continue }
            let sector = Int((Self.angle(dx, dy) * Float(Self.sectors)).rounded(.down)) % Self.sectors
            seen[Int(radius.rounded())].insert(sector)
        }
        let shares = reach.map { r in (r, Double(seen[r].union(seen[r - 1]).union(seen[min(size, r + 1)]).count) / Double(Self.sectors)) }
        return shares.max { $0.1 < $1.1 } ?? (reach.lowerBound, 0)
    }

    /// Of a full turn, 0…1, by a diamond: even enough to count sectors, and the same on every machine.
    private static func angle(_ dx: Float, _ dy: Float) -> Float {
        let share = dy / (abs(dx) + abs(dy) + 1e-6)
        let quarter = dx < 0 ? 2 - share : dy < 0 ? 4 + share : share
        return min(quarter / 4, 0.999999)
    }
}
