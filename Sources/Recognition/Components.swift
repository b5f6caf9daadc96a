internal import DossierModel

/// The connected parts (8-neighbourhood) of a thresholded map, found from the runs of each row.
struct Components {
    /// Pixels `start ..< end` of row `y`.
    struct Run {
        var y: Int
        var start: Int
        var end: Int
    }

    /// The runs of each part, top to bottom; parts in the order of their first run.
    private(set) var parts: [[Run]] = []

    /// - Parameter map: `width × height` values, row by row.
    init(of map: UnsafeBufferPointer<Float>, width: Int, height: Int, threshold: Float) {
        var runs: [Run] = []
        var parent: [Int] = []
        var previousRow = 0..<0
        for y in 0..<height {
            let first = runs.count
            unsafe Self.appendRuns(of: UnsafeBufferPointer(rebasing: map[y * width..<(y + 1) * width]), y: y, threshold, to: &runs)
            parent.append(contentsOf: first..<runs.count)
            Self.link(previousRow, first..<runs.count, runs, &parent)
            previousRow = first..<runs.count
        }
        collect(runs, &parent)
    }

    private static func appendRuns(of row: UnsafeBufferPointer<Float>, y: Int, _ threshold: Float, to runs: inout [Run]) {
        var x = 0
        while x < row.count {
            while x < row.count, unsafe row[x] <= threshold { x += 1 }
            let start = x
            while x < row.count, unsafe row[x] > threshold { x += 1 }
            if x > start { runs.append(Run(y: y, start: start, end: x)) }
        }
    }

    /// Joins the runs of a row with those of the row above that they touch, corners included.
    private static func link(_ above: Range<Int>, _ row: Range<Int>, _ runs: [Run], _ parent: inout [Int]) {
        var upper = above.lowerBound
        for lower in row {
            while upper < above.upperBound, runs[upper].end < runs[lower].start { upper += 1 }
            var touching = upper
            while touching < above.upperBound, runs[touching].start <= runs[lower].end {
                unite(touching, lower, &parent)
                touching += 1
            }
        }
    }

    private static func root(_ node: Int, _ parent: inout [Int]) -> Int {
        var node = node
        while parent[node] != node {
            parent[node] = parent[parent[node]]
            node = parent[node]
        }
        return node
    }

    /// The smaller index stays the root, so that a part is known by its first run.
    private static func unite(_ a: Int, _ b: Int, _ parent: inout [Int]) {
        let (a, b) = (root(a, &parent), root(b, &parent))
        parent[max(a, b)] = min(a, b)
    }

    private mutating func collect(_ runs: [Run], _ parent: inout [Int]) {
        var place = [Int](repeating: -1, count: runs.count)
        for i in runs.indices {
            let root = Self.root(i, &parent)
            if place[root] < 0 {
                place[root] = parts.count
                parts.append([])
            }
            parts[place[root]].append(runs[i])
        }
    }
}

extension [Components.Run] {
    /// Corners of the convex hull (Andrew's monotone chain, by rows) of the pixels, which are unit squares.
    var convexHull: [PixelPoint] {
        var left: [PixelPoint] = []
        var right: [PixelPoint] = []
        for (y, start, end) in rowExtents {
            for edge in [Double(y), Double(y + 1)] {
                Self.extend(&left, with: PixelPoint(x: Double(start), y: edge), turning: -1)
                Self.extend(&right, with: PixelPoint(x: Double(end), y: edge), turning: 1)
            }
        }
        return right + left.reversed()
    }

    /// First and last pixel of every row; the runs of one row follow each other.
    private var rowExtents: [(y: Int, start: Int, end: Int)] {
        var rows: [(y: Int, start: Int, end: Int)] = []
        for run in self {
            if let last = rows.last, last.y == run.y {
                rows[rows.count - 1] = (run.y, Swift.min(last.start, run.start), Swift.max(last.end, run.end))
            } else {
                rows.append((run.y, run.start, run.end))
            }
        }
        return rows
    }

    private static func extend(_ chain: inout [PixelPoint], with point: PixelPoint, turning side: Double) {
        while chain.count >= 2 {
            let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
            let turn = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
            if turn * side > 0 { break }
            chain.removeLast()
        }
        chain.append(point)
    }
}
