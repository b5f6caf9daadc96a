/// Where along a line there is ink, measured on the very input that the network reads.
struct LineInk: Equatable {
    /// Whether there is any, for each column of the input that the text takes.
    private let columns: [Bool]
    /// From the highest to the lowest ink, columns of the input.
    let height: Double

    /// Share of the way from the level of the paper to that of the ink at which ink begins.
    private static let threshold: Float = 0.4
    /// Beyond these rows what is left of the lines above and below and of a table's rules is no gap's business.
    private static let margin = 6
    /// So much of a line is paper, and at least so much ink, whatever stands in it.
    private static let paperShare = 0.8, inkShare = 0.02

    /// - Parameters:
    ///   - columns: for a line that was measured otherwise, e. g. a drawn one.
    ///   - height: columns.
    init(columns: [Bool], height: Double) { (self.columns, self.height) = (columns, height) }

    /// - Parameters:
    ///   - values: one plane of `rows × columns`, −1 black … 1 white, of which the first `used` columns are filled.
    ///   - proportion: width of a column over the height of a row, pixels of the page.
    init(_ values: UnsafeBufferPointer<Float>, used: Int, columns count: Int, rows: Int, proportion: Double) {
        var darkest = [Float](repeating: 1, count: used)
        var levels = [Int](repeating: 0, count: 65)
        for row in Self.margin..<max(Self.margin, rows - Self.margin) {
            for column in 0..<used {
                let value = unsafe values[row * count + column]
                darkest[column] = min(darkest[column], value)
                levels[Int((value + 1) * 32)] += 1
            }
        }
        let paper = Self.level(levels, share: Self.paperShare), ink = Self.level(levels, share: Self.inkShare)
        let limit = paper - (paper - ink) * Self.threshold
        columns = darkest.map { $0 < limit }
        let inked = (0..<rows).filter { row in (0..<used).contains { column in unsafe values[row * count + column] < limit } }
        height = inked.isEmpty ? 0 : Double(inked.last! - inked.first! + 1) / proportion
    }

    private static func level(_ levels: [Int], share: Double) -> Float {
        var rest = Int(Double(levels.reduce(0, +)) * share)
        let at = levels.firstIndex { rest -= $0; return rest < 0 } ?? levels.count - 1
        return Float(at) / 32 - 1
    }

    /// From the first to the last ink, columns; empty where there is none.
    var extent: Range<Double> {
        guard let first = columns.firstIndex(of: true), let last = columns.lastIndex(of: true) else { return 0..<0 }
        return Double(first)..<Double(last + 1)
    }

    /// The longest stretch without ink between two places, columns; empty, and half-way, where letters touch.
    func gap(from start: Double, to end: Double) -> Range<Double> {
        let (from, to) = (max(0, Int(start)), min(columns.count, Int(end) + 1))
        var (longest, run) = (0..<0, 0)
        for column in from..<max(from, to) {
            run = columns[column] ? 0 : run + 1
            if run > longest.count { longest = column + 1 - run..<column + 1 }
        }
        let middle = (start + end) / 2
        return longest.isEmpty ? middle..<middle : Double(longest.lowerBound)..<Double(longest.upperBound)
    }
}

extension Range<Double> {
    var length: Double { upperBound - lowerBound }
}
