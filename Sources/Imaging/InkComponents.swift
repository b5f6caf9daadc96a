/// One connected piece of ink (eight neighbours), in plane pixels.
struct InkComponent: Hashable {
    var left: Int
    var top: Int
    /// One past the last column.
    var right: Int
    /// One past the last row.
    var bottom: Int
    var area: Int
    /// Strongest darkness against the paper, as a share of the paper, 1/256.
    var contrast: Int32
    /// Over all runs of pixels: the darkest place and the steepest step to a neighbour, same scale. Their ratio tells how
    /// sharp the edges are, and does not hang on a single noisy pixel.
    var darkness: Int
    var steepness: Int

    var width: Int { right - left }
    var height: Int { bottom - top }

    func contains(_ other: InkComponent) -> Bool {
        left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
    }

    mutating func join(_ other: InkComponent) {
        (left, top) = (min(left, other.left), min(top, other.top))
        (right, bottom) = (max(right, other.right), max(bottom, other.bottom))
        area += other.area
        contrast = max(contrast, other.contrast)
        darkness += other.darkness
        steepness += other.steepness
    }
}

/// Labels the connected pieces of a mask in one pass over its runs (union–find).
struct InkComponents {
    private struct Run { var start: Int32, end: Int32, label: Int32 }

    private var parents: [Int32] = []
    private var pieces: [InkComponent] = []

    /// - Parameter measure: darkness and steepness of one run: row, first column, one past the last.
    static func found(
        in mask: borrowing InkMask, measure: (_ y: Int, _ from: Int, _ to: Int) -> (contrast: Int32, step: Int32)
    ) -> [InkComponent] {
        var labels = InkComponents()
        var above: [Run] = [], here: [Run] = []
        for y in 0..<mask.height {
            here.removeAll(keepingCapacity: true)
            mask.forEachRun(row: y) { from, to in
                let (contrast, step) = measure(y, from, to)
                let piece = InkComponent(
                    left: from, top: y, right: to, bottom: y + 1, area: to - from, contrast: contrast,
                    darkness: Int(contrast), steepness: Int(step))
                here.append(Run(start: Int32(from), end: Int32(to), label: labels.add(piece)))
            }
            labels.connect(&here, to: above)
            swap(&above, &here)
        }
        return labels.joined()
    }

    private mutating func add(_ piece: InkComponent) -> Int32 {
        parents.append(Int32(parents.count))
        pieces.append(piece)
        return Int32(parents.count - 1)
    }

    /// Unites runs that touch, also by a corner.
    private mutating func connect(_ here: inout [Run], to above: [Run]) {
        var first = 0
        for run in here {
            while first < above.count, above[first].end < run.start { first += 1 }
            var i = first
            while i < above.count, above[i].start <= run.end {
                unite(run.label, above[i].label)
                i += 1
            }
        }
    }

    private mutating func unite(_ a: Int32, _ b: Int32) {
        let (x, y) = (root(a), root(b))
        if x != y { parents[Int(max(x, y))] = min(x, y) }
    }

    private mutating func root(_ label: Int32) -> Int32 {
        var at = label
        while parents[Int(at)] != at {
            parents[Int(at)] = parents[Int(parents[Int(at)])]
            at = parents[Int(at)]
        }
        return at
    }

    private mutating func joined() -> [InkComponent] {
        for label in (0..<Int32(pieces.count)).reversed() where parents[Int(label)] != label {
            pieces[Int(root(label))].join(pieces[Int(label)])
        }
        return (0..<pieces.count).compactMap { parents[$0] == Int32($0) ? pieces[$0] : nil }
    }
}

extension InkMask {
    func forEachRun(row y: Int, _ body: (_ from: Int, _ to: Int) -> Void) {
        var open = -1
        for w in 0..<wordsPerRow {
            let word = words[y * wordsPerRow + w]
            if word == 0, open < 0 { continue }
            if word == ~0, open >= 0 { continue }
            var bit = 0
            while bit < 64 {
                let rest = word << UInt64(bit)
                if open < 0 {
                    if rest == 0 { break }
                    bit += rest.leadingZeroBitCount
                    open = w * 64 + bit
                } else {
                    // Shifted-in zeros end the run only where the word itself does.
                    bit += min((~rest).leadingZeroBitCount, 64 - bit)
                    if bit < 64 { body(open, w * 64 + bit); open = -1 }
                }
            }
        }
        if open >= 0 { body(open, width) }
    }
}
