/// How well points fall into level rows once sheared by a slope: the sum of squares of the row counts
/// (the projection profile of Postl, US patent 4,723,297, with squares instead of differences).
///
/// The number of points is the same at every slope, so scores of different slopes compare directly.
struct ProjectionProfile {
    private let width: Int
    private let height: Int
    private var rows: [Int32]

    /// Room for every shear up to a slope of 0.6 (31°) on a plane of this size.
    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        rows = [Int32](repeating: 0, count: height + 2 * Self.reach(width) + 4)
    }

    private static func reach(_ width: Int) -> Int { width * 3 / 10 + 4 }

    /// - Parameters:
    ///   - slope: rows fall by `slope` per column, to the right.
    ///   - shift: rows of 2^shift pixels are counted together.
    mutating func score(_ points: borrowing EdgePoints, slope: Double, shift: Int) -> Double {
        score(points.tops, slope: slope, shift: shift) + score(points.bottoms, slope: slope, shift: shift)
    }

    private mutating func score(_ points: [UInt32], slope: Double, shift: Int) -> Double {
        let used = count(points, slope: slope, shift: shift)
        var total: Int64 = 0
        // Neighbouring rows are taken together, so that an edge between two rows counts as much as one within.
        for i in 1..<used {
            let pair = Int64(rows[i - 1] &+ rows[i])
            total &+= pair &* pair
        }
        return Double(total)
    }

    /// Fills `rows`; gives how many of them are in use.
    private mutating func count(_ points: [UInt32], slope: Double, shift: Int) -> Int {
        let fixed = Int64(slope * 65536)
        let middle = Int64(width / 2)
        let offset = Int64(Self.reach(width)) << 16 &+ 32768
        let used = rows.count >> shift + 1
        let down = Int64(16 + shift)
        unsafe rows.withUnsafeMutableBufferPointer { rows in
            for i in 0..<min(used, rows.count) { unsafe rows[i] = 0 }
            unsafe points.withUnsafeBufferPointer { points in
                for i in 0..<points.count {
                    let point = unsafe points[i]
                    let y = Int64(point & 0xFFFF_0000), x = Int64(point & 0xFFFF)
                    let row = (y &- (x &- middle) &* fixed &+ offset) >> down
                    unsafe rows[Int(row)] &+= 1
                }
            }
        }
        return min(used, rows.count)
    }

    /// Rows holding at least `length` points at this slope, neighbours counted once: lines of text and rules.
    mutating func lines(_ points: borrowing EdgePoints, slope: Double, length: Int) -> Int {
        max(lines(points.tops, slope, length), lines(points.bottoms, slope, length))
    }

    /// Lines as `lines(_:slope:length:)`, of which any two lie more than `apart` rows from each other: the strokes of one
    /// line of text are not counted twice.
    mutating func textLines(_ points: borrowing EdgePoints, slope: Double, length: Int, apart: Int) -> Int {
        let used = count(points.bottoms, slope: slope, shift: 1)
        var found = 0
        var last = -apart
        for i in 0..<used where rows[i] >= Int32(length) && 2 * (i - last) > apart { (found, last) = (found + 1, i) }
        return found
    }

    private mutating func lines(_ points: [UInt32], _ slope: Double, _ length: Int) -> Int {
        let used = count(points, slope: slope, shift: 1)
        var found = 0
        var last = -10
        for i in 0..<used where rows[i] >= Int32(length) {
            if i - last > 6 { found += 1 }
            last = i
        }
        return found
    }
}
