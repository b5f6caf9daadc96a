internal import DossierModel

/// Looks for the line that dirt on the scanner's glass draws over every sheet: exactly along an axis of the image, from one
/// edge to the other, over margins and print alike. Rules of forms end at the margins and lean with the sheet.
///
/// The image is cut into bands across the line; in each the mean of a column is held against those beside it.
struct StreakSearch {
    private static var bands: Int { 32 }
    /// Share of the bands in which the line stands out; it must do so in the first and the last.
    private static var leastShare: Double { 0.85 }
    /// Levels by which it is darker than both sides.
    private static var leastDepth: Int { 6 }
    /// From the edges, where the bed and the edge of the sheet are, millimetres.
    private static var margin: Double { 3 }

    private let plane: AnalysisPlane
    private let rim: ScannerRim

    init(_ plane: AnalysisPlane, inside rim: ScannerRim) {
        (self.plane, self.rim) = (plane, rim)
    }

    func strongest(on page: borrowing Raster) -> PageMeasures.Mark? {
        let rims = rim.typical
        let rows = max(rims.top, plane.down(1))..<(plane.height - max(rims.bottom, plane.down(1)))
        let columns = max(rims.left, plane.across(1))..<(plane.width - max(rims.right, plane.across(1)))
        guard rows.count > 4 * Self.bands, columns.count > 4 * Self.bands else { return nil }
        let (marginX, marginY) = (plane.across(Self.margin), plane.down(Self.margin))
        let upright = best(columnMeans(rows: rows), among: columns.dropFirst(marginX).dropLast(marginX))
        let level = best(rowMeans(columns: columns), among: rows.dropFirst(marginY).dropLast(marginY))
        if let upright, upright.share >= level?.share ?? 0 {
            let place = plane.source(left: upright.at - 1, top: 0, right: upright.at + 2, bottom: plane.height, on: page)
            return PageMeasures.Mark(place: place, share: upright.share)
        }
        return level.map {
            PageMeasures.Mark(place: plane.source(left: 0, top: $0.at - 1, right: plane.width, bottom: $0.at + 2, on: page), share: $0.share)
        }
    }

    /// Means of every column within each band of rows.
    private func columnMeans(rows: Range<Int>) -> [[Int32]] {
        (0..<Self.bands).map { band in
            let part = Self.part(band, of: rows)
            var sums = [Int32](repeating: 0, count: plane.width)
            unsafe plane.pixels.withUnsafeBufferPointer { pixels in
                unsafe sums.withUnsafeMutableBufferPointer { sums in
                    for y in part {
                        let row = unsafe pixels.baseAddress! + y * plane.width
                        for x in 0..<plane.width { unsafe sums[x] &+= Int32(row[x]) }
                    }
                }
            }
            return sums.map { $0 / Int32(max(1, part.count)) }
        }
    }

    private func rowMeans(columns: Range<Int>) -> [[Int32]] {
        var means = [[Int32]](repeating: [Int32](repeating: 0, count: plane.height), count: Self.bands)
        unsafe plane.pixels.withUnsafeBufferPointer { pixels in
            for band in 0..<Self.bands {
                let part = Self.part(band, of: columns)
                for y in 0..<plane.height {
                    var sum: Int32 = 0
                    for x in part { sum &+= unsafe Int32(pixels[y &* plane.width &+ x]) }
                    means[band][y] = sum / Int32(max(1, part.count))
                }
            }
        }
        return means
    }

    private static func part(_ band: Int, of whole: Range<Int>) -> Range<Int> {
        let (from, to) = (whole.count * band / bands, whole.count * (band + 1) / bands)
        return whole.lowerBound + from..<whole.lowerBound + to
    }

    private func best(_ means: [[Int32]], among places: Range<Int>) -> (at: Int, share: Double)? {
        var best: (at: Int, share: Double)?
        for at in places where Self.standsOut(means[0], at) && Self.standsOut(means[Self.bands - 1], at) {
            let share = Double(means.count { Self.standsOut($0, at) }) / Double(Self.bands)
            if share >= Self.leastShare, share > best?.share ?? 0 { best = (at, share) }
        }
        return best
    }

    /// Darker than what lies 3 and 4 pixels away on both sides.
    private static func standsOut(_ means: [Int32], _ at: Int) -> Bool {
        guard at >= 4, at + 4 < means.count else { return false }
        let side = min(means[at - 3] + means[at - 4], means[at + 3] + means[at + 4]) / 2
        return side - means[at] >= Int32(leastDepth)
    }
}
