/// Gives every page of a volume its number: as stamped where the stamps agree with one another, counted otherwise.
struct Folios {
    enum Source: Hashable { case stamped, inferred, counted }

    /// A page that carries a number.
    struct Leaf: Hashable {
        let stamp: Int?
        /// How much is written on the page: of several pages for one number, the fullest carries it.
        let glyphCount: Int
        /// Images between this page and the one before that were left out as blank.
        let blanksBefore: Int
    }

    /// One per leaf; nil where the stamps leave no number for it.
    let numbers: [Int?]
    let sources: [Source]
    /// Leaves before which numbers are missing.
    let gaps: [Int]
    /// Leaves whose stamp says something else.
    let disagreeing: [Int]
    /// The stamps run backwards.
    let isReversed: Bool
    /// Stamps were read, but no sequence holds them together.
    let isContradictory: Bool

    /// `leaves` in scan order.
    init(_ leaves: [Leaf]) {
        let forward = Self.chain(leaves.map(\.stamp))
        let backward = Self.chain(leaves.reversed().map(\.stamp))
        isReversed = backward.count > forward.count && Self.isTrustworthy(backward, leaves)
        let anchors = isReversed ? backward : forward
        let ordered = isReversed ? Array(leaves.reversed()) : leaves
        if Self.isTrustworthy(anchors, leaves) {
            let filled = Self.fill(ordered, anchors)
            numbers = isReversed ? filled.numbers.reversed() : filled.numbers
            gaps = isReversed ? filled.gaps.map { leaves.count - 1 - $0 }.reversed() : filled.gaps
            isContradictory = false
        } else {
            numbers = leaves.indices.map { $0 + 1 }
            gaps = []
            isContradictory = leaves.contains { $0.stamp != nil }
        }
        let counted = !Self.isTrustworthy(anchors, leaves)
        sources = zip(leaves, numbers).map { leaf, number in counted ? .counted : leaf.stamp != nil && leaf.stamp == number ? .stamped : .inferred }
        disagreeing = zip(leaves, numbers).enumerated().filter { $1.0.stamp != nil && $1.0.stamp != $1.1 }.map(\.offset)
    }

    /// At least two stamps, half of those read, and one page in five; a single page may stand by its own.
    private static func isTrustworthy(_ chain: [Int], _ leaves: [Leaf]) -> Bool {
        let read = leaves.count { $0.stamp != nil }
        // Backs with nothing on them that were not sorted out say nothing against a stamp.
        let written = leaves.count { $0.glyphCount > 0 || $0.stamp != nil }
        return chain.count >= min(2, written) && chain.count * 2 >= read && chain.count * 5 >= written && !chain.isEmpty
    }

    /// The longest run of stamps that grow by at least one per stamped page: the longest non-decreasing sequence of
    /// stamp − rank (patience sorting, n log n). Pages without a stamp may be backs that were never numbered.
    private static func chain(_ stamps: [Int?]) -> [Int] {
        var tails: [Int] = []
        var previous = [Int?](repeating: nil, count: stamps.count)
        var rank = [Int](repeating: 0, count: stamps.count)
        var stampedSoFar = 0
        for (at, stamp) in stamps.enumerated() {
            guard let stamp else { continue }
            rank[at] = stampedSoFar
            stampedSoFar += 1
            let slot = firstSlot(in: tails) { stamps[$0]! - rank[$0] > stamp - rank[at] }
            previous[at] = slot > 0 ? tails[slot - 1] : nil
            if slot == tails.count { tails.append(at) } else { tails[slot] = at }
        }
        return Array(sequence(first: tails.last) { $0.flatMap { previous[$0] } }.prefix { $0 != nil }.compactMap { $0 }.reversed())
    }

    private static func firstSlot(in tails: [Int], where isAbove: (Int) -> Bool) -> Int {
        var (low, high) = (0, tails.count)
        while low < high {
            let middle = (low + high) / 2
            if isAbove(tails[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Counts on from each anchor; before the first one, back from it.
    private static func fill(_ leaves: [Leaf], _ anchors: [Int]) -> (numbers: [Int?], gaps: [Int]) {
        var numbers = [Int?](repeating: nil, count: leaves.count)
        var gaps: [Int] = []
        for at in 0..<anchors[0] {
            let number = leaves[anchors[0]].stamp! - (anchors[0] - at)
            numbers[at] = number > 0 ? number : nil
        }
        for (anchor, next) in zip(anchors, anchors.dropFirst() + [leaves.count]) {
            if next < leaves.count, leaves[next].stamp! - leaves[anchor].stamp! < next - anchor {
                numbers[anchor] = leaves[anchor].stamp!
                fillTight(&numbers, leaves, between: anchor, and: next)
                continue
            }
            let skipped = next < leaves.count ? leaves[next].stamp! - leaves[anchor].stamp! - (next - anchor) : 0
            let atBlanks = skipped > 0 && leaves[(anchor + 1)...min(next, leaves.count - 1)].reduce(0) { $0 + $1.blanksBefore } == skipped
            var number = leaves[anchor].stamp!
            numbers[anchor] = number
            for at in (anchor + 1)..<max(next, anchor + 1) {
                // Nothing on it and no stamp after it: a back that was not sorted out.
                if next == leaves.count, leaves[at].glyphCount == 0 { continue }
                number += 1 + (atBlanks ? leaves[at].blanksBefore : 0)
                numbers[at] = number
            }
            if skipped > 0, !atBlanks { gaps.append(next) }
        }
        return (numbers, gaps)
    }

    /// More pages than numbers between two stamps: the pages with a stamp of their own, then the fullest, carry them.
    private static func fillTight(_ numbers: inout [Int?], _ leaves: [Leaf], between anchor: Int, and next: Int) {
        let room = leaves[next].stamp! - leaves[anchor].stamp! - 1
        let carriers = ((anchor + 1)..<next).sorted { a, b in
            let (x, y) = (leaves[a], leaves[b])
            return (x.stamp != nil) != (y.stamp != nil) ? x.stamp != nil : x.glyphCount != y.glyphCount ? x.glyphCount > y.glyphCount : a < b
        }.prefix(room).sorted()
        for (offset, at) in carriers.enumerated() { numbers[at] = leaves[anchor].stamp! + 1 + offset }
    }
}
