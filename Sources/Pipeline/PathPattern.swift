/// A path pattern of a batch sheet: `*` and `?` within one part of the path, `**` for any number of parts.
/// A pattern without wildcards also means everything below a folder of that name.
struct PathPattern {
    private let parts: [Substring]
    private let isPlain: Bool

    init(_ pattern: String) {
        parts = pattern.split(separator: "/").filter { $0 != "." }
        isPlain = !pattern.contains { $0 == "*" || $0 == "?" }
    }

    func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/")
        if isPlain, names.count > parts.count { return Array(names.prefix(parts.count)) == parts }
        return Self.matches(parts[...], names[...])
    }

    private static func matches(_ pattern: ArraySlice<Substring>, _ names: ArraySlice<Substring>) -> Bool {
        guard let first = pattern.first else { return names.isEmpty }
        if first == "**" {
            return matches(pattern.dropFirst(), names) || (!names.isEmpty && matches(pattern, names.dropFirst()))
        }
        guard let name = names.first, matchesPart(Array(first), Array(name)) else { return false }
        return matches(pattern.dropFirst(), names.dropFirst())
    }

    /// Greedy with one point to come back to: linear for the patterns people write, quadratic at worst.
    private static func matchesPart(_ pattern: [Character], _ name: [Character]) -> Bool {
        var (p, n) = (0, 0)
        var resume: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == "*" {
                resume = (p + 1, n)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let back = resume {
                resume = (back.pattern, back.name + 1)
                (p, n) = (back.pattern, back.name + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}
