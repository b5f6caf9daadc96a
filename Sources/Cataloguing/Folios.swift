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
        /// The number is a person's word.
        var isGiven = false
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
        let forward = Self.chain(leaves)
        let backward = Self.chain(Self.reversed(leaves))
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

    /// Read from its end, with the blanks on the other side of each leaf.
    private static func reversed(_ leaves: [Leaf]) -> [Leaf] {
        leaves.indices.reversed().map { at in
            Leaf(stamp: leaves[at].stamp, glyphCount: leaves[at].glyphCount, blanksBefore: at + 1 < leaves.count ? leaves[at + 1].blanksBefore : 0,
                isGiven: leaves[at].isGiven)
        }
    }

    /// At least two stamps, more than half of those read, and one page in five; a single page may stand by its own, and a
    /// person's word needs no other.
    private static func isTrustworthy(_ chain: [Int], _ leaves: [Leaf]) -> Bool {
        if !chain.isEmpty, leaves.contains(where: \.isGiven) { return true }
        let read = leaves.count { $0.stamp != nil }
        // Backs with nothing on them that were not sorted out say nothing against a stamp.
        let written = leaves.count { $0.glyphCount > 0 || $0.stamp != nil }
        return chain.count >= min(2, written) && (chain.count * 2 > read || read < 2) && chain.count * 5 >= written && !chain.isEmpty
    }

    /// What a chain of stamps loses at a link that leaves numbers out, or has more stamped pages than numbers.
    private enum Break {
        static let least = 0.5
        static let perNumber = 0.1
        static let most = 1.5
        /// Stamped pages looked back over.
        static let reach = 200
    }

    /// The best run of growing stamps: as many as may be, with as few breaks as may be. Where a page was doubled the run
    /// goes on after it; two pages in each other's place and a stamp misread are left out of it.
    private static func chain(_ leaves: [Leaf]) -> [Int] {
        let stamped = leaves.indices.filter { leaves[$0].stamp != nil }
        let blanks = leaves.reduce(into: [0]) { $0.append($0.last! + $1.blanksBefore) }
        var worth = [Double](repeating: 1, count: stamped.count)
        var previous = [Int?](repeating: nil, count: stamped.count)
        for rank in stamped.indices {
            let at = stamped[rank], stamp = leaves[at].stamp!
            for earlier in max(0, rank - Break.reach)..<rank {
                let from = stamped[earlier], step = stamp - leaves[from].stamp!
                guard step > 0 else { continue }
                let room = rank - earlier...(at - from + blanks[at + 1] - blanks[from + 1])
                let sum = 1 + worth[earlier] - loss(step, room)
                if sum > worth[rank] { (worth[rank], previous[rank]) = (sum, earlier) }
            }
        }
        guard let last = worth.indices.max(by: { worth[$0] < worth[$1] }) else { return [] }
        return sequence(first: last) { previous[$0] }.map { stamped[$0] }.reversed()
    }

    private static func loss(_ step: Int, _ room: ClosedRange<Int>) -> Double {
        let excess = max(step - room.upperBound, room.lowerBound - step, 0)
        return excess == 0 ? 0 : min(Break.most, Break.least + Break.perNumber * Double(excess))
    }

    /// Counts on from each anchor; before the first one, back from it.
    private static func fill(_ leaves: [Leaf], _ anchors: [Int]) -> (numbers: [Int?], gaps: [Int]) {
        var numbers = [Int?](repeating: nil, count: leaves.count)
        var gaps: [Int] = []
        var blankGaps: [Int] = []
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
            if skipped > 0 { if atBlanks { blankGaps.append(next) } else { gaps.append(next) } }
        }
        return (numbers, countsBlanks(leaves, blankGaps.count) ? gaps : (gaps + blankGaps).sorted())
    }

    /// Whether the office counts blank sides: then most of them take a number. Where one does here and there, a page is
    /// missing beside it, for a blank side that was stamped is not blank.
    private static func countsBlanks(_ leaves: [Leaf], _ gaps: Int) -> Bool {
        gaps >= 3 && gaps * 2 >= leaves.count { $0.blanksBefore > 0 }
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
