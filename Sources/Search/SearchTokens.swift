/// Tokens for FTS5: overlapping bigrams of a run of Han and the run's last character, whole words elsewhere.
enum SearchTokens {
    /// The run `甲乙丙` gives `甲乙 乙丙 丙`: a single character is found as a prefix of one of them.
    static func of(_ scalars: [Unicode.Scalar]) -> String {
        runs(of: scalars).flatMap(tokens).joined(separator: " ")
    }

    /// An FTS5 query for the pages that may contain `part`; nil when nothing of it is a token.
    static func query(for part: [Unicode.Scalar]) -> String? {
        let runs = runs(of: part)
        guard !runs.isEmpty else { return nil }
        return runs.map { phrase($0, isLast: $0.endIndex == part.endIndex) }.joined(separator: " AND ")
    }

    /// Whether the tokens alone tell on which pages `part` stands: it is one run.
    static func decide(_ part: [Unicode.Scalar]) -> Bool { runs(of: part).first?.count == part.count }

    /// A single Han character begins a bigram or ends a run; the last word may go on.
    private static func phrase(_ run: ArraySlice<Unicode.Scalar>, isLast: Bool) -> String {
        guard run.first!.isHan else { return "\"\(text(run))\"" + (isLast ? " *" : "") }
        guard run.count > 1 else { return "\"\(text(run))\" *" }
        return "\"" + tokens(run).dropLast().joined(separator: " ") + "\""
    }

    private enum Kind { case han, word, other }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        scalar.isHan ? .han : scalar.isWordPart || scalar == SearchText.lineEnd ? .word : .other
    }

    private static func runs(of scalars: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
        var runs: [ArraySlice<Unicode.Scalar>] = []
        var start = 0
        while start < scalars.count {
            let kind = kind(scalars[start])
            let end = scalars[start...].firstIndex { Self.kind($0) != kind } ?? scalars.count
            if kind != .other { runs.append(scalars[start..<end]) }
            start = end
        }
        return runs
    }

    private static func tokens(_ run: ArraySlice<Unicode.Scalar>) -> [String] {
        guard run.first!.isHan else { return words(run) }
        return run.indices.map { text(run[$0..<min($0 + 2, run.endIndex)]) }
    }

    /// Digits broken by the end of a line count as one number, as the parts, and as what each later part begins.
    private static func words(_ run: ArraySlice<Unicode.Scalar>) -> [String] {
        let parts = run.split(separator: SearchText.lineEnd).map(text)
        guard parts.count > 1 else { return parts }
        return parts + parts.indices.dropLast().map { parts[$0...].joined() }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
