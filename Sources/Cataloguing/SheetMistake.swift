/// What is wrong with a file an office wrote: where, what, and what to write instead.
public struct SheetMistake: Hashable, Sendable, Codable {
    /// 1-based.
    public var line: Int
    public var message: String
    public var remedy: String

    public init(line: Int, _ message: String, remedy: String) {
        self.line = line
        self.message = message
        self.remedy = remedy
    }
}

/// Everything that is wrong with a file, in its order. Never empty when thrown.
public struct SheetMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    public var list: [SheetMistake]

    public init(_ list: [SheetMistake]) { self.list = list.sorted { ($0.line, $0.message) < ($1.line, $1.message) } }

    public var description: String { list.map { "\($0.line): \($0.message); \($0.remedy)" }.joined(separator: "\n") }
}
