internal import DossierModel

/// The black scanner bed that shows beyond the paper: darkness that begins at an edge of the image and runs along it.
///
/// Followed inwards row by row from each side. Where writing touches the rim the depth jumps; the median of the
/// neighbourhood keeps the rim's own depth, so the writing stays.
struct ScannerRim {
    /// A rim runs along its edge for at least 8 mm; a stroke that leaves the page does not.
    private static var shortest: Double { 8 }
    /// Depth is compared over 6 mm of edge.
    private static var window: Double { 6 }

    /// Depth at every place of a side, plane pixels; 0 where there is no bed.
    let top: [Int]
    let right: [Int]
    let bottom: [Int]
    let left: [Int]

    /// No bed anywhere.
    static let none = ScannerRim(top: [], right: [], bottom: [], left: [])

    private init(top: [Int], right: [Int], bottom: [Int], left: [Int]) {
        (self.top, self.right, self.bottom, self.left) = (top, right, bottom, left)
    }

    init(_ plane: borrowing AnalysisPlane, isBed: (_ x: Int, _ y: Int) -> Bool) {
        let (w, h) = (plane.width, plane.height)
        let (across, down) = (plane.across(Self.shortest), plane.down(Self.shortest))
        let (gapX, gapY) = (plane.across(0.7), plane.down(0.7))
        left = Self.depths(count: h, reach: w / 3, gap: gapX, shortest: down) { isBed($1, $0) }
        right = Self.depths(count: h, reach: w / 3, gap: gapX, shortest: down) { isBed(w - 1 - $1, $0) }
        top = Self.depths(count: w, reach: h / 3, gap: gapY, shortest: across) { isBed($0, $1) }
        bottom = Self.depths(count: w, reach: h / 3, gap: gapY, shortest: across) { isBed($0, h - 1 - $1) }
    }

    /// Sides that have one.
    var sides: Int { [left, right, top, bottom].count { $0.contains { $0 > 0 } } }

    /// Whitens the rim in `mask`.
    func remove(from mask: inout InkMask, plane: borrowing AnalysisPlane) {
        let (w, h) = (plane.width, plane.height)
        let rimX = plane.across(1.5), rimY = plane.down(1.5)
        for (y, depth) in left.enumerated() where depth > 0 { mask.clear(row: y, from: 0, to: depth + rimX) }
        for (y, depth) in right.enumerated() where depth > 0 { mask.clear(row: y, from: w - depth - rimX, to: w) }
        for (x, depth) in top.enumerated() where depth > 0 { mask.clear(column: x, from: 0, to: depth + rimY) }
        for (x, depth) in bottom.enumerated() where depth > 0 { mask.clear(column: x, from: h - depth - rimY, to: h) }
    }

    /// The depth that half of each side reaches, plane pixels: a sheet that lies askew leaves a wedge, which counts half.
    var typical: (top: Int, right: Int, bottom: Int, left: Int) {
        (Self.middle(top), Self.middle(right), Self.middle(bottom), Self.middle(left))
    }

    private static func middle(_ depths: [Int]) -> Int { depths.isEmpty ? 0 : depths.sorted()[depths.count / 2] }

    /// `typical` in millimetres, to a tenth.
    func depths(_ plane: borrowing AnalysisPlane) -> PageMeasures.Sides<Double> {
        let (x, y) = (25.4 / plane.dpi.x, 25.4 / plane.dpi.y)
        func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        return .init(
            top: tenth(Double(typical.top) * y), right: tenth(Double(typical.right) * x), bottom: tenth(Double(typical.bottom) * y),
            left: tenth(Double(typical.left) * x))
    }

    /// For each place along one side how deep the bed reaches in, 0 where there is none.
    private static func depths(
        count: Int, reach: Int, gap: Int, shortest: Int, isBed: (_ along: Int, _ inwards: Int) -> Bool
    ) -> [Int] {
        var depths = (0..<count).map { along in
            guard let first = (0..<min(gap, reach)).first(where: { isBed(along, $0) }) else { return 0 }
            return (first..<reach).first { !isBed(along, $0) } ?? reach
        }
        forgetShortStretches(&depths, shortest)
        return levelled(depths, half: max(1, shortest * 3 / 8))
    }

    private static func forgetShortStretches(_ depths: inout [Int], _ shortest: Int) {
        var start = 0
        while start < depths.count {
            guard depths[start] > 0 else { start += 1; continue }
            let end = depths[start...].firstIndex(of: 0) ?? depths.count
            if end - start < shortest { for i in start..<end { depths[i] = 0 } }
            start = end
        }
    }

    /// Each depth at most the median around it.
    private static func levelled(_ depths: [Int], half: Int) -> [Int] {
        guard depths.contains(where: { $0 > 0 }) else { return depths }
        return depths.indices.map { i in
            guard depths[i] > 0 else { return 0 }
            let near = depths[max(0, i - half)...min(depths.count - 1, i + half)].filter { $0 > 0 }.sorted()
            return min(depths[i], near[near.count / 2])
        }
    }
}

extension InkMask {
    mutating func clear(row y: Int, from: Int, to: Int) {
        for x in max(0, from)..<max(0, from, min(width, to)) { clear(x, y) }
    }

    mutating func clear(column x: Int, from: Int, to: Int) {
        for y in max(0, from)..<max(0, from, min(height, to)) { clear(x, y) }
    }

    private mutating func clear(_ x: Int, _ y: Int) {
        words[y * wordsPerRow + x >> 6] &= ~(1 << UInt64(63 - x & 63))
    }
}
