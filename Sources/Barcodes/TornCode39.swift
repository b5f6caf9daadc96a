import DossierModel

/// A Code 39 of which one end is covered or torn off. The symbology cannot be read without both of its ends; a text that is
/// known beforehand is recognised by what is left of it, provided that nothing of what is left says otherwise.
struct TornCode39 {
    /// Of the whole code, from the first bar on; true is wide.
    private let elements: [Bool]

    /// nil for a text that Code 39 does not have.
    init?(_ text: String) {
        guard let widths = Code39.widths(of: text) else { return nil }
        elements = widths.map { $0 > 1 }
    }

    /// Three and a half characters with the gaps between them.
    private static let fewestElements = 36
    /// The element that is cut by the edge of what covers the code, and its neighbour, count at neither end.
    private static let clipped = 2
    private static let fewestStrips = 5
    /// Longer than any element, in narrow ones: quiet zone, or what covers the code.
    private static let longest = 5.0
    /// Half way between narrow and wide where bars have lost or gained a third of a narrow element.
    private static let wideFrom = 1.6

    /// Whether the strips show a part of the code, and whether they run against it.
    func part(in strips: BarStrips) -> (isReversed: Bool, score: Double)? {
        var (forwards, backwards, rows) = (0, 0, 0)
        for row in 0..<strips.raster.height {
            let pieces = Self.pieces(strips.runs(row: row)).filter { $0.count >= Self.fewestElements }
            if pieces.isEmpty { continue }
            rows += 1
            if pieces.allSatisfy({ Self.lies($0, in: elements) }) { forwards += 1 }
            if pieces.allSatisfy({ Self.lies($0, in: elements.reversed()) }) { backwards += 1 }
        }
        let most = max(forwards, backwards)
        guard most >= Self.fewestStrips, most * 2 > rows, min(forwards, backwards) == 0 else { return nil }
        return (backwards > forwards, Double(most) / Double(rows))
    }

    /// What lies between quiet zones and covers: narrow and wide elements, the first a bar.
    private static func pieces(_ runs: [Int]) -> [[Bool]] {
        guard runs.count > fewestElements, let narrowBar = narrow(runs, from: 1), let narrowSpace = narrow(runs, from: 2) else { return [] }
        var pieces: [[Bool]] = [[]]
        for (index, length) in runs.enumerated() {
            let isBar = index % 2 == 1
            let width = Double(length) / (isBar ? narrowBar : narrowSpace)
            if width > longest { pieces.append([]) } else if isBar || !pieces[pieces.count - 1].isEmpty { pieces[pieces.count - 1].append(width >= wideFrom) }
        }
        return pieces
    }

    /// Two thirds of the elements are narrow; bars and spaces by themselves, since a blur feeds one on the other.
    private static func narrow(_ runs: [Int], from first: Int) -> Double? {
        let lengths = stride(from: first, to: runs.count - 1, by: 2).map { runs[$0] }.sorted()
        guard !lengths.isEmpty, lengths[lengths.count / 3] > 0 else { return nil }
        return Double(lengths[lengths.count / 3])
    }

    /// Bars stand at even places in both.
    private static func lies(_ piece: [Bool], in elements: [Bool]) -> Bool {
        let core = piece.dropFirst(clipped).dropLast(clipped)
        guard core.count >= fewestElements - 2 * clipped, core.count <= elements.count else { return false }
        return stride(from: clipped % 2, through: elements.count - core.count, by: 2).contains { offset in
            elements[offset..<offset + core.count].elementsEqual(core)
        }
    }
}
