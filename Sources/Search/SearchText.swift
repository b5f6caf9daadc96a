import Foundation

/// The searchable form of a page, and the way back from it to the stored lines.
///
/// Lines are joined before anything else, because a name may be broken over two of them: without a gap where Han meets
/// Han or punctuation, with a space where two Latin words would run together. Folding (Unicode NFKC, lower case)
/// happens here only; the stored text keeps its own form.
struct SearchText {
    /// Where a folded scalar comes from.
    struct Origin: Hashable {
        var line: Int
        /// Index of the `Character` within its line.
        var character: Int
    }

    /// Folded scalars of the whole page.
    private(set) var scalars: [Unicode.Scalar] = []
    /// One entry per folded scalar.
    private(set) var origins: [Origin] = []

    init(lines: [String]) {
        for (number, line) in lines.enumerated() { append(line, number: number) }
    }

    var string: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private mutating func append(_ line: String, number: Int) {
        for (index, character) in line.enumerated() {
            let folded = Self.folded(String(character))
            if index == 0, let last = scalars.last, let first = folded.first, last.isWordPart, first.isWordPart {
                add(" ", Origin(line: number, character: 0))
            }
            for scalar in folded { add(scalar, Origin(line: number, character: index)) }
        }
    }

    private mutating func add(_ scalar: Unicode.Scalar, _ origin: Origin) {
        scalars.append(scalar)
        origins.append(origin)
    }

    static func folded(_ text: String) -> [Unicode.Scalar] {
        if text.utf8.count == 1 { return Array(text.lowercased().unicodeScalars) }
        return Array(text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars)
    }

    /// Start positions of every occurrence, overlapping ones too.
    func occurrences(of part: [Unicode.Scalar]) -> [Int] {
        guard let first = part.first, part.count <= scalars.count else { return [] }
        return (0...(scalars.count - part.count)).filter { start in
            scalars[start] == first && scalars[start..<(start + part.count)].elementsEqual(part)
        }
    }
}

extension Unicode.Scalar {
    /// Written without gaps between words: every bigram is a token.
    var isHan: Bool { properties.isIdeographic }
    /// Part of a word or number that is a token as a whole.
    var isWordPart: Bool { !isHan && (properties.isAlphabetic || properties.numericType != nil) }
}

/// Tokens for FTS5: overlapping bigrams of a run of Han and the run's last character, whole words elsewhere.
enum SearchTokens {
    /// The run `甲乙丙` gives `甲乙 乙丙 丙`: a single character is found as a prefix of one of them.
    static func of(_ scalars: [Unicode.Scalar]) -> String {
        runs(of: scalars).flatMap(tokens).joined(separator: " ")
    }

    /// An FTS5 query for pages that may contain `part`; nil when nothing of it is a token.
    static func query(for part: [Unicode.Scalar]) -> String? {
        let runs = runs(of: part)
        guard !runs.isEmpty else { return nil }
        return runs.enumerated().map { index, run in
            phrase(run, isLast: index == runs.count - 1)
        }.joined(separator: " AND ")
    }

    private static func phrase(_ run: ArraySlice<Unicode.Scalar>, isLast: Bool) -> String {
        guard run.first!.isHan, run.count > 1 else { return "\"\(text(run))\"" + (run.first!.isHan || isLast ? " *" : "") }
        return "\"" + tokens(run).dropLast().joined(separator: " ") + "\""
    }

    private static func runs(of scalars: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
        var runs: [ArraySlice<Unicode.Scalar>] = []
        var start = 0
        while start < scalars.count {
            let kind = Self.kind(scalars[start])
            var end = start + 1
            while end < scalars.count, Self.kind(scalars[end]) == kind { end += 1 }
            if kind > 0 { runs.append(scalars[start..<end]) }
            start = end
        }
        return runs
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Int { scalar.isHan ? 1 : scalar.isWordPart ? 2 : 0 }

    private static func tokens(_ run: ArraySlice<Unicode.Scalar>) -> [String] {
        guard run.first!.isHan else { return [text(run)] }
        return run.indices.map { text(run[$0..<min($0 + 2, run.endIndex)]) }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
