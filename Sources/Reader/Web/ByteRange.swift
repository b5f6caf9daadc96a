/// What a Range header asks of a file (RFC 9110 §14).
enum ByteRange: Equatable {
    /// All of it: no range, another unit than bytes, or several ranges (§14.2 allows a server to ignore those; no PDF
    /// viewer asks for them).
    case whole
    /// Offsets within the file.
    case part(Range<Int>)
    /// Malformed, or nothing of it lies within the file.
    case unsatisfiable

    init(_ header: String?, length: Int) {
        guard let header, let specs = Self.specs(header) else { self = .whole; return }
        let ranges = specs.map { Self.range($0, length: length) }
        guard specs.count == 1 else {
            self = ranges.contains { if case .part = $0 { true } else { false } } ? .whole : .unsatisfiable
            return
        }
        self = ranges[0]
    }

    /// nil when the unit is not bytes. Units are compared without case (§14.1).
    private static func specs(_ header: String) -> [Substring]? {
        let halves = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].lowercased() == "bytes" else { return nil }
        return halves[1].split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
    }

    /// `first-last`, `first-`, `-length`.
    private static func range(_ spec: Substring, length: Int) -> ByteRange {
        let ends = spec.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy(isDigits), !(ends[0].isEmpty && ends[1].isEmpty) else { return .unsatisfiable }
        if ends[0].isEmpty {
            let suffix = min(number(ends[1]), length)
            return suffix == 0 ? .unsatisfiable : .part(length - suffix..<length)
        }
        let first = number(ends[0])
        let last = ends[1].isEmpty ? Int.max : number(ends[1])
        guard first <= last, first < length else { return .unsatisfiable }
        return .part(first..<min(last, length - 1) + 1)
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }

    /// A number too large for this machine is as good as any number beyond the end.
    private static func number(_ digits: Substring) -> Int { Int(digits) ?? Int.max }

    private static func trimmed(_ text: Substring) -> Substring {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return text.drop(while: blank).reversed().drop(while: blank).reversed().reduce(into: "") { $0.append($1) }
    }
}
