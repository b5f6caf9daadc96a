import DossierModel
import Foundation

/// Whether confidences mean what they say: characters by the confidence of their line, and pages by the share of right
/// characters that they promise, against the truth. What a promise of 99 % means shows over many pages: on one page of 300
/// characters a single error is 0.3 points.
struct Calibration {
    private static let edges = [0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995, 0.998, 1.0001]

    private var right = [Int](repeating: 0, count: edges.count)
    private var all = [Int](repeating: 0, count: edges.count)
    private var sums = [Double](repeating: 0, count: edges.count)
    private static let pageEdges = [0, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999]
    /// Promised and true share of right characters, per page, and how many characters it has.
    private var pages: [(promised: Double, right: Double, count: Double)] = []

    mutating func add(_ lines: [RecognisedLine], truth: String) {
        var found: [(scalar: Unicode.Scalar, confidence: Double)] = []
        for line in lines {
            for scalar in line.text.unicodeScalars where !scalar.properties.isWhitespace { found.append((scalar, line.confidence)) }
        }
        let expected = Array(truth.unicodeScalars).filter { !$0.properties.isWhitespace }
        let matches = Self.matches(found.map(\.scalar), expected)
        for (letter, isRight) in zip(found, matches) {
            let bin = Self.edges.lastIndex { $0 <= letter.confidence }!
            all[bin] += 1
            sums[bin] += letter.confidence
            if isRight { right[bin] += 1 }
        }
        guard !found.isEmpty else { return }
        let count = Double(found.count)
        pages.append((found.reduce(0) { $0 + $1.confidence } / count, Double(matches.count { $0 }) / count, count))
    }

    /// Which of `found` are right in the alignment with fewest errors.
    static func matches(_ found: [Unicode.Scalar], _ truth: [Unicode.Scalar]) -> [Bool] {
        let columns = truth.count + 1
        var costs = [Int32](repeating: 0, count: (found.count + 1) * columns)
        for column in 0..<columns { costs[column] = Int32(column) }
        for row in stride(from: 1, through: found.count, by: 1) {
            costs[row * columns] = Int32(row)
            for column in stride(from: 1, to: columns, by: 1) {
                let change = costs[(row - 1) * columns + column - 1] + (found[row - 1] == truth[column - 1] ? 0 : 1)
                costs[row * columns + column] = min(change, costs[(row - 1) * columns + column] + 1, costs[row * columns + column - 1] + 1)
            }
        }
        var matches = [Bool](repeating: false, count: found.count)
        var (row, column) = (found.count, truth.count)
        while row > 0, column > 0 {
            let here = costs[row * columns + column]
            if found[row - 1] == truth[column - 1], here == costs[(row - 1) * columns + column - 1] {
                matches[row - 1] = true
                (row, column) = (row - 1, column - 1)
            } else if here == costs[(row - 1) * columns + column - 1] + 1 {
                (row, column) = (row - 1, column - 1)
            } else if here == costs[(row - 1) * columns + column] + 1 {
                row -= 1
            } else {
                column -= 1
            }
        }
        return matches
    }

    var text: String {
        var rows = ["| line confidence from | characters | promised right | right |", "| --- | --- | --- | --- |"]
        for bin in Self.edges.indices where all[bin] > 0 {
            let count = Double(all[bin])
            rows.append(String(format: "| %.3f | %d | %.2f %% | %.2f %% |", Self.edges[bin], all[bin], 100 * sums[bin] / count, 100 * Double(right[bin]) / count))
        }
        let off = pages.map { abs($0.promised - $0.right) }.sorted()
        guard !off.isEmpty else { return rows.joined(separator: "\n") }
        let within = off.count { $0 <= 0.005 }
        rows += ["", "| pages that promise from | pages | characters | promised right | right |", "| --- | --- | --- | --- | --- |"]
        for bin in Self.pageEdges.indices {
            let own = pages.filter { page in Self.pageEdges.lastIndex { $0 <= page.promised } == bin }
            guard !own.isEmpty else { continue }
            let count = own.reduce(0) { $0 + $1.count }
            let (promised, right) = (own.reduce(0) { $0 + $1.promised * $1.count } / count, own.reduce(0) { $0 + $1.right * $1.count } / count)
            rows.append(String(format: "| %.2f %% | %d | %d | %.2f %% | %.2f %% |", 100 * Self.pageEdges[bin], own.count, Int(count), 100 * promised, 100 * right))
        }
        rows.append(
            String(
                format: "\npages: promised and true share differ by %.2f points in the mean, %.2f at worst; within 0.5 points on %d of %d",
                100 * off.reduce(0, +) / Double(off.count), 100 * off.last!, within, off.count))
        return rows.joined(separator: "\n")
    }
}
