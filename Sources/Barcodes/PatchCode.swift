import DossierModel
import Imaging

/// Patch codes: four bars, two of them wide, three gaps as wide as a narrow bar.
///
/// Wide bars are 0.20 inch, narrow bars and gaps 0.08 inch, 0.80 inch in all; the six orders of the bars are the six codes.
/// Zones of each code: Kodak, Patch Code Information, A-61599. They count from the leading edge of the sheet, and reversed
/// 1 is 6 and 3 is T; so the bars are read from the edge of the sheet they lie nearer to, as a scanner does that must find
/// them within 94 mm of the leading edge.
public enum PatchCode: String, Sendable, CaseIterable {
    case one = "1", two = "2", three = "3", four = "4", six = "6", transfer = "T"

    /// From the edge inwards; true is wide.
    var isWide: [Bool] {
        switch self {
        case .one: [true, true, false, false]
        case .two: [true, false, false, true]
        case .three: [true, false, true, false]
        case .four: [false, true, true, false]
        case .six: [false, false, true, true]
        case .transfer: [false, true, false, true]
        }
    }

    /// Bars and gaps in turn from the edge inwards, millimetres.
    public var widths: [Double] {
        isWide.enumerated().flatMap { index, isWide in [isWide ? Self.wide : Self.narrow] + (index < 3 ? [Self.narrow] : []) }
    }

    static let wide = 0.20 * 25.4
    static let narrow = 0.08 * 25.4

    /// Bars at least this long are printed, millimetres (A-61599: 2 inches).
    public static let leastLength = 50.8
}

extension PatchCode {
    /// The patch code in a group of bars; nil where there is none, where its strips disagree, or where it lies so near the
    /// middle of the sheet that nobody can tell from which side it is read.
    static func read(_ strips: BarStrips, region: BarSurvey.Region, page: Raster, box: PixelRect) -> Barcode? {
        var votes: [PatchCode: Int] = [:]
        for row in 0..<strips.raster.height {
            if let code = code(in: strips.runs(row: row), dpi: strips.dpi) { votes[code, default: 0] += 1 }
        }
        let total = votes.values.reduce(0, +)
        guard let best = votes.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }), best.value >= leastStrips,
            best.value * 5 >= total * 4
        else { return nil }
        let isVertical = region.across > 45 && region.across < 135
        guard let code = best.key.seen(fromFarEdge: place(of: region, isVertical, page)) else { return nil }
        return Barcode(
            symbology: .patch, payload: code.rawValue, box: box, turn: isVertical ? .none : .clockwise270, score: Double(best.value) / Double(total))
    }

    /// Strips of a millimetre: the shortest bars some scanners read have 19 mm, half of them covered.
    private static let leastStrips = 8

    /// Where the bars lie between the edge they are counted from and the other, 0…1.
    ///
    /// Strips run along `across`: rightwards, or downwards for bars that lie level.
    private static func place(of region: BarSurvey.Region, _ isVertical: Bool, _ page: Raster) -> Double {
        if isVertical { return (Double(region.box.y) + Double(region.box.height) / 2) / Double(page.height) }
        let place = (Double(region.box.x) + Double(region.box.width) / 2) / Double(page.width)
        // Beyond 135° the strips run leftwards.
        return region.across > 90 ? 1 - place : place
    }

    /// The code as counted from the nearer edge, when it was read from a start that lies `place` of the sheet away.
    func seen(fromFarEdge place: Double) -> PatchCode? {
        let mirrored = Self.allCases.first { $0.isWide == isWide.reversed() }!
        if mirrored == self || place < 0.45 { return self }
        return place > 0.55 ? mirrored : nil
    }

    /// Four bars of the right widths with paper on either side, and no more than an edge of the sheet besides: among the bars
    /// of a code some four are always right.
    static func code(in runs: [Int], dpi: Double) -> PatchCode? {
        guard runs.count >= 9, runs.count <= 13 else { return nil }
        for first in stride(from: 1, through: runs.count - 8, by: 2) {
            if let code = code(runs[first..<first + 7].map { Double($0) / dpi * 25.4 }, before: Double(runs[first - 1]) / dpi * 25.4, after: Double(runs[first + 7]) / dpi * 25.4) {
                return code
            }
        }
        return nil
    }

    /// Printed at 60 to 150 % of their size.
    private static let lengths = 0.58 * 0.8 * 25.4...1.55 * 0.8 * 25.4

    /// Paper on either side, in narrow bars: more than a wide space of Code 39, less than the 6 mm to the edge of the sheet.
    private static let quiet = 2.7

    private static func code(_ widths: [Double], before: Double, after: Double) -> PatchCode? {
        let length = widths.reduce(0, +)
        guard lengths.contains(length) else { return nil }
        // Two wide bars of 2.5 units, two narrow ones, three gaps.
        let unit = length / 10
        guard before >= quiet * unit, after >= quiet * unit else { return nil }
        let gaps = [widths[1], widths[3], widths[5]].map { $0 / unit }
        guard gaps.allSatisfy({ (0.5...1.6).contains($0) }) else { return nil }
        let bars = [widths[0], widths[2], widths[4], widths[6]].map { $0 / unit }
        guard bars.allSatisfy({ (0.5...1.55).contains($0) || (1.95...3.1).contains($0) }) else { return nil }
        let isWide = bars.map { $0 > 1.75 }
        return allCases.first { $0.isWide == isWide }
    }
}
