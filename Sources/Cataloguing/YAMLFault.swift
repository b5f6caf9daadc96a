internal import Yams

/// What is wrong with a text that is no YAML, in the words of its writer: the parser's own speak of indicators and tokens.
struct YAMLFault {
    let line: Int
    let message: String
    let remedy: String

    init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            line = mark.line
            (message, remedy) = Self.words(for: problem)
        case .reader(_, let offset, _, let yaml):
            line = offset.map { yaml.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } + 1 } ?? 1
            (message, remedy) = Self.words(for: "control characters")
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            (message, remedy) = ("“\(duplicates.joined(separator: "”, “"))” is given twice", "keep one of the two")
        default:
            line = 1
            (message, remedy) = Self.elsewhere
        }
    }

    private static func words(for problem: String) -> (String, String) {
        table.first { problem.contains($0.problem) }.map { ($0.message, $0.remedy) } ?? elsewhere
    }

    private static let elsewhere = ("the file is no YAML from here on", "check colons, quotes, brackets and indentation of this line and the one before")

    /// Messages of libyaml 0.2 (scanner.c, parser.c, loader.c, reader.c) by a part that no other holds.
    private static let table: [(problem: String, message: String, remedy: String)] = [
        ("'-' indicator", "the nesting is wrong: the line stands further left or right than the list items above it", "indent all items of one list alike"),
        ("expected key", "the nesting is wrong: the line stands further left or right than the keys above it", "indent all keys of one level alike"),
        ("mapping values", "a colon stands where no key can be", "put a value that holds a colon in quotes, and indent keys of one level alike"),
        ("',' or ']'", "a bracket [ is not closed", "close it with ], and put commas between the values"),
        ("',' or '}'", "a brace { is not closed", "close it with }, and put commas between the pairs"),
        ("unexpected end of stream", "a quotation mark is not closed", "close it on the same line"),
        ("unexpected document indicator", "a quotation mark is not closed", "close it on the same line"),
        ("expected ':'", "a key has no colon", "write a colon and a space after it"),
        ("cannot start any token", "a value begins with a character that has a meaning of its own", "put the value in quotes"),
        ("undefined alias", "a value begins with *", "put the value in quotes"),
        ("alphabetic or numeric character", "a value begins with * or &", "put the value in quotes"),
        ("escape character", "a backslash stands in double quotes", "write it twice, or use single quotes"),
        ("control characters", "a character stands here that text cannot hold", "take it out; save the file as plain UTF-8 text"),
        ("node content", "a value is missing", "write it after the colon or the dash"),
        ("directive", "a line begins with %", "put the value in quotes"),
    ]
}
