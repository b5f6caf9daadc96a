public import DossierModel

/// Where the ink of a page lies, as 64 bits: two scans of one sheet differ in few of them.
///
/// The page is cut to its writing, so that a sheet that lay a little elsewhere looks the same, and divided into 8 × 8 fields;
/// a bit says whether a field holds more ink than the middle one of all (a block mean hash, Yang, Gu and Niu 2006).
public enum PageLook {
    private static let fields = 8
    /// Share of the ink left out at each side when the writing is framed: specks and the rests of black edges.
    private static let outside = 0.004
    /// From the edges of the image, share of its sides: where scanner beds are.
    private static let margin = 0.02

    /// - Parameter page: upright and straightened, grey.
    /// - Returns: 16 hexadecimal digits; nil for a page with next to nothing on it.
    public static func bits(of page: Raster) -> String? {
        guard page.mode == .grey, page.width >= 64, page.height >= 64 else { return nil }
        let step = max(1, min(page.width, page.height) / 600)
        let ink = sampledInk(page, step)
        guard ink.total > 400, let columns = frame(ink.columns, ink.total), let rows = frame(ink.rows, ink.total) else { return nil }
        var counts = [Int](repeating: 0, count: fields * fields)
        for point in ink.points where columns.contains(Int(point.x)) && rows.contains(Int(point.y)) {
            let column = (Int(point.x) - columns.lowerBound) * fields / columns.count, row = (Int(point.y) - rows.lowerBound) * fields / rows.count
            counts[row * fields + column] += 1
        }
        let middle = counts.sorted()[counts.count / 2]
        let bits = counts.reduce(UInt64(0)) { $0 << 1 | ($1 > middle ? 1 : 0) }
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private struct Ink {
        var points: [(x: Int32, y: Int32)] = []
        var columns: [Int]
        var rows: [Int]
        var total: Int { points.count }
    }

    private static func sampledInk(_ page: Raster, _ step: Int) -> Ink {
        let (width, height) = (page.width / step, page.height / step)
        var ink = Ink(columns: [Int](repeating: 0, count: width), rows: [Int](repeating: 0, count: height))
        let (marginX, marginY) = (Int(Double(width) * margin), Int(Double(height) * margin))
        let limit = UInt8(Double(paper(page, step)) * 0.62)
        unsafe page.bytes.withUnsafeBufferPointer { bytes in
            for y in marginY..<height - marginY {
                for x in marginX..<width - marginX where unsafe bytes[y &* step &* page.width &+ x &* step] < limit {
                    ink.points.append((Int32(x), Int32(y)))
                    ink.columns[x] += 1
                    ink.rows[y] += 1
                }
            }
        }
        return ink
    }

    private static func paper(_ page: Raster, _ step: Int) -> Int {
        var histogram = [Int](repeating: 0, count: 256)
        for at in stride(from: 0, to: page.bytes.count, by: step * step * 2 + 1) { histogram[Int(page.bytes[at])] += 1 }
        return histogram.level(at: 0.75) ?? 255
    }

    /// Where the ink begins and ends along one side.
    private static func frame(_ profile: [Int], _ total: Int) -> Range<Int>? {
        let spare = Int(Double(total) * outside)
        var sum = 0
        guard let first = profile.firstIndex(where: { sum += $0; return sum > spare }) else { return nil }
        sum = 0
        guard let last = profile.lastIndex(where: { sum += $0; return sum > spare }), last - first >= fields else { return nil }
        return first..<last + 1
    }
}
