internal import DossierModel
internal import Yams

/// Reads the hand-written YAML of this room; mistakes are gathered, never thrown, so that one look names them all.
struct YAMLSheet {
    private(set) var mistakes: [SheetMistake] = []

    /// The root of the text; nil when there is none, or no YAML.
    mutating func root(of text: String) -> Node? {
        if let line = Self.tab(in: text) {
            complain(line: line, "a tab stands in the indentation", "indent with spaces")
            return nil
        }
        do { return try Yams.compose(yaml: text) } catch {
            let fault = YAMLFault(error)
            complain(line: fault.line, fault.message, fault.remedy)
            return nil
        }
    }

    mutating func complain(_ node: Node?, _ message: String, _ remedy: String) {
        complain(line: node?.mark?.line ?? 1, message, remedy)
    }

    mutating func complain(line: Int, _ message: String, _ remedy: String) {
        mistakes.append(SheetMistake(line: line, message, remedy: remedy))
    }

    // MARK: Values

    /// The pairs of a mapping whose keys are all known.
    mutating func pairs(_ node: Node, keys: [String], example: String) -> Node.Mapping? {
        guard let mapping = node.mapping else {
            complain(node, "keys with values are expected here", "write for example \(example)")
            return nil
        }
        for (key, _) in mapping where !keys.contains(key.string ?? "") {
            complain(key, "there is no key “\(key.string ?? "")” here", "write \(Self.nearest(key.string ?? "", among: keys))")
        }
        return mapping
    }

    mutating func list(_ node: Node?, example: String) -> [Node] {
        guard let node else { return [] }
        if let sequence = node.sequence { return Array(sequence) }
        complain(node, "a list is expected here", "write for example \(example)")
        return []
    }

    /// One line of text, not empty.
    mutating func text(_ node: Node) -> String? {
        guard let text = node.scalar?.string.trimmed, !text.isEmpty, !text.contains(where: \.isNewline) else {
            complain(node, "a word or line of text is expected here", "write it after the colon, or leave the key out")
            return nil
        }
        return text
    }

    mutating func texts(_ node: Node?, example: String) -> [String] {
        list(node, example: example).compactMap { text($0) }
    }

    mutating func whole(_ node: Node, in range: ClosedRange<Int>) -> Int? {
        let text = node.scalar?.string ?? ""
        if let number = Int(text), range.contains(number) { return number }
        let isNumber = !text.isEmpty && text.drop { $0 == "-" }.allSatisfy { $0.isASCII && $0.isNumber }
        let fault = !isNumber ? "is no whole number" : text.hasPrefix("-") || Int(text).map { $0 < range.lowerBound } ?? false ? "is too small" : "is too large"
        complain(node, "“\(text)” \(fault)", "write a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// One of the words of an enumeration.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, as type: Word.Type = Word.self) -> Word? {
        if let word = Word(rawValue: node.scalar?.string ?? "") { return word }
        complain(
            node, "“\(node.scalar?.string ?? "")” is not known here", "write one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    // MARK: Words

    private static func nearest(_ word: String, among known: [String]) -> String {
        let nearest = known.min { EditDistance.between(word, $0) < EditDistance.between(word, $1) } ?? ""
        return EditDistance.between(word, nearest) <= 2 ? "“\(nearest)”" : "one of \(known.joined(separator: ", "))"
    }

    /// YAML 1.2 §6.1 forbids tabs as indentation; the parser's own message does not say so.
    private static func tab(in text: String) -> Int? {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indentation = line.prefix { $0 == " " || $0 == "\t" }
            guard indentation.contains("\t"), let first = line.dropFirst(indentation.count).first, first != "#" else { continue }
            return index + 1
        }
        return nil
    }

}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
