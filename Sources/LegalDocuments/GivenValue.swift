public import DossierModel
import Foundation
import Yams

/// A value as somebody wrote it, before it is known to be right.
public indirect enum GivenValue: Sendable {
    case scalar(String)
    case sequence([GivenValue])
    case mapping([(String, GivenValue)])

    var isEmpty: Bool {
        if case .scalar(let text) = self { text.allSatisfy(\.isWhitespace) } else { false }
    }
}

/// A data file: YAML or JSON. One document's values, or a list of them.
public enum DataFile {
    /// - Parameter location: For messages.
    /// - Returns: The values of each document.
    ///
    /// #### Errors
    /// `unusableInput` with line and column.
    public static func read(_ bytes: [UInt8], location: String) throws(DossierError) -> [[(String, GivenValue)]] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DossierError(.unusableInput, "the data file is not UTF-8 text; save it as UTF-8", location: location)
        }
        switch try value(text, location: location) {
        case .mapping(let pairs): return [pairs]
        case .sequence(let documents):
            var all: [[(String, GivenValue)]] = []
            for (index, document) in documents.enumerated() {
                guard case .mapping(let pairs) = document else {
                    throw DossierError(.unusableInput, "entry \(index + 1) is no document; write its fields as “name: value”", location: location)
                }
                all.append(pairs)
            }
            return all
        case .scalar(let text) where text.isEmpty: return [[]]
        case .scalar:
            throw DossierError(.unusableInput, "the data file holds no fields; write one “name: value” a line", location: location)
        }
    }

    private static func value(_ text: String, location: String) throws(DossierError) -> GivenValue {
        if text.first(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }).map({ "{[".contains($0) }) == true,
            let json = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        {
            return json.given
        }
        try refuseTabs(text, location: location)
        do {
            guard let node = try Yams.compose(yaml: text) else { return .scalar("") }
            return try given(node, location: location)
        } catch let error as DossierError {
            throw error
        } catch {
            let problem = YAMLProblem(error, in: text)
            throw DossierError(
                .unusableInput, "the data file is not valid YAML: \(problem.words)",
                location: "\(location):\(problem.line):\(problem.column)")
        }
    }

    private static func refuseTabs(_ text: String, location: String) throws(DossierError) {
        guard let (line, column) = YAMLProblem.tab(in: text) else { return }
        throw DossierError(.unusableInput, "a tab stands in the indentation; indent with spaces", location: "\(location):\(line):\(column)")
    }

    private static func given(_ node: Node, location: String) throws(DossierError) -> GivenValue {
        switch node {
        case .scalar(let scalar):
            return .scalar(scalar.style == .plain && ["~", "null"].contains(scalar.string) ? "" : scalar.string)
        case .sequence(let sequence):
            var values: [GivenValue] = []
            for item in sequence { values.append(try given(item, location: location)) }
            return .sequence(values)
        case .mapping(let mapping):
            var pairs: [(String, GivenValue)] = []
            for (key, value) in mapping { pairs.append((key.scalar?.string ?? "", try given(value, location: location))) }
            return .mapping(pairs)
        case .alias:
            throw DossierError(.unusableInput, "a YAML alias stands here; write the value out", location: location)
        }
    }
}

/// JSON in the order it was written does not matter here; numbers keep their digits.
private enum JSONValue: Decodable {
    case null, bool(Bool), number(Decimal), text(String), list([JSONValue]), object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() { self = .null
        } else if let value = try? container.decode(Bool.self) { self = .bool(value)
        } else if let value = try? container.decode(Decimal.self) { self = .number(value)
        } else if let value = try? container.decode(String.self) { self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) { self = .list(value)
        } else { self = .object(try container.decode([String: JSONValue].self)) }
    }

    var given: GivenValue {
        switch self {
        case .null: .scalar("")
        case .bool(let value): .scalar(value ? "是" : "否")
        case .number(let value): .scalar("\(value)")
        case .text(let text): .scalar(text)
        case .list(let values): .sequence(values.map(\.given))
        case .object(let values): .mapping(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.given) })
        }
    }
}

/// A YAML parser's complaint, with its place.
struct YAMLProblem {
    var line: Int
    var column: Int
    var words: String

    init(_ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?, .composer(_, let problem, let mark, _)?:
            (line, column, words) = (mark.line, mark.column, problem + "; check colons, quotes and indentation")
        case .duplicatedKeysInMapping(let duplicates, _)?:
            let key = duplicates.first ?? ""
            (line, column) = Self.second(key, in: text)
            words = "“\(key)” is given twice; keep one"
        default: (line, column, words) = (1, 1, "\(error)")
        }
    }

    /// YAML 1.2 §6.1 forbids tabs as indentation.
    static func tab(in text: String) -> (line: Int, column: Int)? {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indentation = line.prefix { $0 == " " || $0 == "\t" }
            guard let tab = indentation.firstIndex(of: "\t"), let first = line.dropFirst(indentation.count).first, first != "#" else { continue }
            return (index + 1, line.distance(from: line.startIndex, to: tab) + 1)
        }
        return nil
    }

    private static func second(_ key: String, in text: String) -> (Int, Int) {
        var seen = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indentation = line.prefix { $0 == " " || $0 == "-" }.count
            guard line.dropFirst(indentation).trimmingPrefix("\"").hasPrefix(key) else { continue }
            if seen { return (index + 1, indentation + 1) }
            seen = true
        }
        return (1, 1)
    }
}
