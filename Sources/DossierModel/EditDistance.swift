/// How many elements have to be inserted, removed or replaced to get from one sequence to another (Levenshtein 1965).
public enum EditDistance {
    /// Of words, whatever the case of their letters.
    public static func between(_ a: String, _ b: String) -> Int { between(Array(a.lowercased()), Array(b.lowercased())) }

    public static func between<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int { within(.max, a, b)! }

    /// The distance, or nil when it is more than `limit`: most pairs are given up after a few elements.
    public static func within<Element: Equatable>(_ limit: Int, _ a: [Element], _ b: [Element]) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        var row = Array(0...b.count)
        for (i, element) in a.enumerated() {
            var diagonal = row[0]
            var least = i + 1
            row[0] = least
            for (j, other) in b.enumerated() {
                let replaced = diagonal + (element == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
                least = min(least, row[j + 1])
            }
            if least > limit { return nil }
        }
        return row[b.count] <= limit ? row[b.count] : nil
    }
}
