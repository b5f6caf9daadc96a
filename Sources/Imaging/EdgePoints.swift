/// The upper and the lower edges of strokes, as points: what text lines and rules have in common.
///
/// A horizontal stroke gives a run of points at one height. A vertical stroke gives two single points, so frames, vertical
/// rules and black side edges weigh next to nothing.
struct EdgePoints {
    /// Packed `y << 16 | x`, plane pixels.
    var tops: [UInt32] = []
    var bottoms: [UInt32] = []

    var count: Int { tops.count + bottoms.count }

    init(_ mask: borrowing InkMask, marginX: Int, marginY: Int) {
        let (rows, perRow) = (mask.height, mask.wordsPerRow)
        let columns = marginX..<max(marginX, mask.width - marginX)
        tops.reserveCapacity(100_000)
        bottoms.reserveCapacity(100_000)
        let first = max(1, marginY)
        for y in first..<max(first, min(rows - 1, rows - marginY)) {
            for w in 0..<perRow {
                let word = mask.words[y * perRow + w]
                guard word != 0 else { continue }
                Self.collect(word & ~mask.words[(y - 1) * perRow + w], w, y, columns, &tops)
                Self.collect(word & ~mask.words[(y + 1) * perRow + w], w, y, columns, &bottoms)
            }
        }
    }

    /// Keeps the bits that lie in a run of at least three: specks and slanted strokes give shorter ones.
    private static func collect(_ edge: UInt64, _ w: Int, _ y: Int, _ columns: Range<Int>, _ points: inout [UInt32]) {
        let middle = edge & edge << 1 & edge >> 1
        var bits = middle
        while bits != 0 {
            let lead = bits.leadingZeroBitCount
            bits &= ~(UInt64(1) << UInt64(63 - lead))
            let x = w * 64 + lead
            if columns.contains(x) { points.append(UInt32(y) << 16 | UInt32(x)) }
        }
    }

    /// The points of one kind alone.
    func only(_ side: WritableKeyPath<EdgePoints, [UInt32]>) -> EdgePoints {
        var copy = self
        (copy.tops, copy.bottoms) = ([], [])
        copy[keyPath: side] = self[keyPath: side]
        return copy
    }

    /// Every n-th point, so that at most `limit` remain of each kind.
    func thinned(to limit: Int) -> EdgePoints {
        var copy = self
        copy.tops = Self.thinned(tops, to: limit)
        copy.bottoms = Self.thinned(bottoms, to: limit)
        return copy
    }

    private static func thinned(_ points: [UInt32], to limit: Int) -> [UInt32] {
        guard points.count > limit else { return points }
        let step = (points.count + limit - 1) / limit
        return stride(from: 0, to: points.count, by: step).map { points[$0] }
    }
}
