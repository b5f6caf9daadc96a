/// A mistake in a template: where, and what to do.
public struct TemplateMistake: Error, Hashable, Sendable, CustomStringConvertible {
    /// 1-based.
    public var line: Int
    /// 1-based, characters.
    public var column: Int
    /// What is wrong and its remedy.
    public var message: String

    public init(line: Int, column: Int, _ message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String { "\(line):\(column): \(message)" }
}

/// Everything that is wrong with a template, in the order of the file.
public struct TemplateMistakes: Error, Hashable, Sendable, CustomStringConvertible {
    public var list: [TemplateMistake]

    public init(_ list: [TemplateMistake]) {
        self.list = list.sorted { ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message) }
    }

    public var description: String { list.map(\.description).joined(separator: "\n") }
}
