public import DossierModel
import Foundation

/// How far the text of an upright page is tilted.
public struct SkewMeasure: Hashable, Sendable {
    /// Tilt of the text lines in the raster's own pixels, degrees, clockwise positive: what `Raster.straightened(skew:)` and
    /// `PageGeometry.skew` take. 0 unless `verdict` is `.yes`.
    public let degrees: Double
    /// How much the lines stand out at this tilt, 0…1.
    public let confidence: Double
    /// `.yes`: measured. `.ask`: there is a hint of lines, too little to turn a page by. `.no`: nothing to measure.
    public let verdict: Verdict
    /// The best tilt found whatever the verdict, for reports.
    public let bestGuess: Double
}

/// Measures skew from the upper and lower edges of strokes.
///
/// The page is reduced to about 150 dpi, compared with its paper, freed of solid things (black edges, punch holes,
/// pictures), and the slope is sought at which the stroke edges fall into the fewest rows: a coarse sweep, then two finer ones.
/// Works on pages that are upside down just as well.
public enum Skew {
    /// - Parameters:
    ///   - upright: a page already turned upright (or upside down).
    ///   - dpi: horizontally and vertically; they may differ. `maximum` is on paper, the result in pixels.
    ///   - maximum: the largest tilt believed, degrees, up to 30.
    public static func measure(_ upright: Raster, dpi: Resolution, maximum: Double) -> SkewMeasure {
        let plane = AnalysisPlane(upright, dpi: dpi, channel: .green)
        guard plane.width >= 64, plane.height >= 32 else { return nothing }
        let points = edgePoints(of: plane)
        guard points.count >= minimumPoints else { return nothing }
        var search = SkewSearch(plane, points, maximum: min(max(maximum, 0.1), 30))
        let found = search.best()
        let verdict = search.verdict(found)
        // Rows fall by `slope` per column of the plane; the reduction may differ by axis.
        let slope = found.slope * Double(plane.factorY) / Double(plane.factorX)
        let degrees = atan(slope) * 180 / .pi
        return SkewMeasure(
            degrees: verdict == .yes ? degrees : 0, confidence: found.confidence, verdict: verdict, bestGuess: degrees)
    }

    private static let nothing = SkewMeasure(degrees: 0, confidence: 0, verdict: .no, bestGuess: 0)

    /// Fewer stroke edges than a dozen characters have.
    private static var minimumPoints: Int { 400 }

    static func edgePoints(of plane: borrowing AnalysisPlane) -> EdgePoints {
        let paper = PaperModel(plane)
        var mask = InkMask(plane, paper: paper, darkerThan: 0.78)
        mask.removeSolids(width: plane.across(2.5), height: plane.down(2.5), rim: plane.across(1))
        // Thin black rims of the scanner bed run along the edge and not along the text.
        return EdgePoints(mask, marginX: plane.across(4), marginY: plane.down(4))
    }
}

/// The sweep over slopes.
struct SkewSearch {
    struct Found {
        /// Rows per column of the plane.
        let slope: Double
        /// Score at the best slope over the usual score.
        let prominence: Double
        let confidence: Double
        let lines: Int
        /// The best slope lies at the end of the range.
        let atLimit: Bool
        /// Few lines, but well apart, and the upper and the lower edges of the strokes, each by themselves, say the same.
        let isAgreed: Bool
    }

    private let points: EdgePoints
    private let few: EdgePoints
    private var profile: ProjectionProfile
    private let maximum: Double
    /// Plane slope of a slope of one on paper.
    private let anamorphism: Double
    private let lineLength: Int
    private let lineDistance: Int
    private let widthOfPlane: Int

    init(_ plane: borrowing AnalysisPlane, _ points: EdgePoints, maximum: Double) {
        self.points = points.thinned(to: 120_000)
        few = points.thinned(to: 12_000)
        profile = ProjectionProfile(width: plane.width, height: plane.height)
        self.maximum = maximum
        anamorphism = plane.dpi.y / plane.dpi.x
        lineLength = plane.across(8)
        lineDistance = plane.down(6)
        widthOfPlane = plane.width
    }

    /// Plane slope for degrees on paper, within what the profile has room for.
    private func slope(_ degrees: Double) -> Double { min(max(tan(degrees * .pi / 180) * anamorphism, -0.6), 0.6) }

    mutating func best() -> Found {
        let limit = maximum + 0.5
        let coarse = sweep(few, around: 0, reach: limit, step: 0.25, shift: 2)
        let middle = sweep(points, around: coarse.best, reach: 0.48, step: 0.06, shift: 1)
        let close = middle.vertex
        let fine = sweep(points, around: middle.isSharp ? middle.best : close, reach: 0.12, step: 0.02, shift: 0)
        let usual = coarse.scores.sorted()[coarse.scores.count / 2]
        let prominence = coarse.scores.max()! / max(usual, 1)
        let degrees = fine.isSharp ? fine.centre : close
        let lines = profile.lines(points, slope: slope(degrees), length: lineLength)
        return Found(
            slope: slope(degrees), prominence: prominence, confidence: min(1, max(0, (prominence - 1.1) / 0.6)),
            lines: lines, atLimit: abs(degrees) > maximum, isAgreed: lines < Self.manyLines && isAgreed(on: degrees))
    }

    /// With this many lines no second witness is needed …
    private static var manyLines: Int { 4 }
    /// … and with fewer than this, well apart, one is not enough.
    private static var fewestLines: Int { 3 }
    /// Degrees between two witnesses.
    private static var tolerance: Double { 0.15 }

    /// Whether tops and bottoms of the strokes, two measurements that share no point, both find this tilt.
    private mutating func isAgreed(on degrees: Double) -> Bool {
        let apart = profile.textLines(points, slope: slope(degrees), length: lineLength, apart: lineDistance)
        return apart >= Self.fewestLines && [\EdgePoints.tops, \EdgePoints.bottoms].allSatisfy { side in
            let half = points.only(side)
            let coarse = sweep(half, around: 0, reach: maximum + 0.5, step: 0.25, shift: 2)
            let close = sweep(half, around: coarse.best, reach: 0.48, step: 0.06, shift: 1)
            return abs((close.isSharp ? close.centre : close.vertex) - degrees) <= Self.tolerance
        }
    }

    private mutating func sweep(_ points: EdgePoints, around centre: Double, reach: Double, step: Double, shift: Int) -> Sweep {
        let steps = Int((reach / step).rounded())
        var result = Sweep(degrees: [], scores: [])
        for i in -steps...steps {
            let degrees = centre + Double(i) * step
            result.degrees.append(degrees)
            result.scores.append(profile.score(points, slope: slope(degrees), shift: shift))
        }
        return result
    }

    func verdict(_ found: Found) -> Verdict {
        if found.prominence < 1.2 || found.lines == 0 { return .no }
        if found.atLimit || found.prominence < 1.4 { return .ask }
        if found.lines >= Self.manyLines { return .yes }
        return found.isAgreed ? .yes : .ask
    }
}

/// Scores over a range of tilts.
struct Sweep {
    var degrees: [Double]
    var scores: [Double]

    var best: Double { degrees[scores.firstIndex(of: scores.max()!)!] }

    /// Rules and straight edges of print give a peak; loose handwriting only a hill.
    var isSharp: Bool { scores.max()! > 1.06 * scores.min()! }

    /// The top of the parabola fitted to all scores (least squares over evenly spaced angles), kept within the range.
    var vertex: Double {
        let middle = (degrees.first! + degrees.last!) / 2
        var (s2, s4, t0, t1, t2) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (angle, score) in zip(degrees, scores) {
            let x = angle - middle
            s2 += x * x
            s4 += x * x * x * x
            t0 += score
            t1 += x * score
            t2 += x * x * score
        }
        let n = Double(scores.count)
        let curvature = (n * t2 - s2 * t0) / (n * s4 - s2 * s2)
        guard curvature < 0 else { return best }
        return min(max(middle - t1 / s2 / (2 * curvature), degrees.first!), degrees.last!)
    }

    /// The middle of the peak: weighted by how far each score rises above half way up.
    var centre: Double {
        let top = scores.max()!, foot = scores.min()!
        let level = foot + (top - foot) * 0.6
        var (weights, sum) = (0.0, 0.0)
        for (angle, score) in zip(degrees, scores) where score > level {
            weights += score - level
            sum += (score - level) * angle
        }
        return weights > 0 ? sum / weights : best
    }
}
