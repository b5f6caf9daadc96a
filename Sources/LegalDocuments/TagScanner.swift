/// Reads the mustache tags of a template's text, checks each against the fields there are, and rewrites them into the
/// letters the mustache library takes.
///
/// A template may use variables `{{x}}` and `{{{x}}}` (in a form: without a blank), sections `{{#x}}…{{/x}}`,
/// inverted sections `{{^x}}…{{/x}}`, partials `{{> x}}` and comments `{{! … }}`.
struct TagScanner {
    private struct Open {
        var tag: String
        var offset: Int
        var scope: [Field]?
        var isList: Bool
    }

    private struct Subject {
        var encoded: String
        var kind: Field.Kind
    }

    private let source: SourceText
    private let fields: [Field]
    private let fillsBlanks: Bool
    /// For partials, whose tags are checked where they are used.
    private let outerScopes: [[Field]]
    private var open: [Open] = []
    private(set) var mistakes: [TemplateMistake] = []
    /// The text with every tag rewritten.
    private(set) var encoded = ""
    /// The text with a letter for every character of a tag, for looking at the markup alone.
    private(set) var veiled: [Character]
    private(set) var partials: [(name: String, offset: Int, scopes: [[Field]])] = []

    init(_ source: SourceText, scopes: [[Field]], fillsBlanks: Bool) {
        self.source = source
        fields = scopes[0]
        outerScopes = Array(scopes.dropFirst())
        self.fillsBlanks = fillsBlanks
        veiled = source.characters
        scan()
    }

    private var scopes: [[Field]] { [fields] + outerScopes + open.compactMap(\.scope) }

    private mutating func scan() {
        var offset = 0
        while offset < source.characters.count {
            if source.starts(with: "{{", at: offset) {
                offset = tag(at: offset)
            } else {
                let character = source.characters[offset]
                if Insertions.isReserved(character) {
                    complain(offset, "the private-use character U+\(String(character.unicodeScalars.first!.value, radix: 16, uppercase: true)) cannot be printed; take it out")
                }
                encoded.append(character)
                offset += 1
            }
        }
        for section in open {
            complain(section.offset, "the section “\(section.tag)” is not closed; write {{/\(section.tag)}} where it ends")
        }
    }

    private mutating func complain(_ offset: Int, _ message: String) {
        mistakes.append(source.mistake(at: offset, message))
    }

    /// - Returns: The offset after the tag.
    private mutating func tag(at start: Int) -> Int {
        let isTriple = source.starts(with: "{{{", at: start)
        let close = isTriple ? "}}}" : "}}"
        let inner = start + (isTriple ? 3 : 2)
        guard let end = source.find(close, from: inner), !source.characters[inner..<end].contains("{") else {
            complain(start, "the tag is not closed; write \(close) at its end")
            encoded += "xx"
            return inner
        }
        let content = String(source.characters[inner..<end])
        // What leaves text behind looks different from what does not.
        let veil: Character = content.first.map { "#^/!>".contains($0) } == true ? "x" : "v"
        for index in start..<end + close.count where veiled[index] != "\n" { veiled[index] = veil }
        encoded += isTriple ? variable(content, at: start, blank: false) : rewritten(content, at: start)
        return end + close.count
    }

    private mutating func rewritten(_ content: String, at offset: Int) -> String {
        let rest = String(content.dropFirst()).trimmed
        switch content.first {
        case "#"?, "^"?: return begin(rest, mark: content.first!, at: offset)
        case "/"?: return end(rest, at: offset)
        case "!"?: return "{{!}}"
        case ">"?:
            partials.append((rest, offset, scopes))
            return "{{> \(TagName.encoded(rest))}}"
        case "&"?: return variable(rest, at: offset, blank: false)
        case "="?, "<"?, "$"?, "%"?:
            complain(offset, "“\(content.first!)” tags are not used in document templates; use variables, sections, {{> partial}} and {{! comment }}")
            return ""
        default: return variable(content, at: offset, blank: fillsBlanks)
        }
    }

    private mutating func variable(_ content: String, at offset: Int, blank: Bool) -> String {
        guard let subject = subject(content.trimmed, at: offset) else { return "" }
        if case .list = subject.kind {
            complain(offset, "“\(content.trimmed)” is a list; write {{#\(content.trimmed)}} … {{/\(content.trimmed)}} around what is said of each row")
        }
        return blank ? "{{\(TagName.blank)(\(subject.encoded))}}" : "{{\(subject.encoded)}}"
    }

    private mutating func begin(_ content: String, mark: Character, at offset: Int) -> String {
        let subject = subject(content, at: offset)
        var section = Open(tag: content, offset: offset, scope: nil, isList: false)
        if mark == "#" {
            switch subject?.kind {
            case .list(let fields)?: (section.scope, section.isList) = (fields, true)
            case .person?: section.scope = Field.personFields
            default: break
            }
        }
        open.append(section)
        return subject.map { "{{\(mark)\($0.encoded)}}" } ?? ""
    }

    private mutating func end(_ content: String, at offset: Int) -> String {
        guard let section = open.last else {
            complain(offset, "{{/\(content)}} closes a section that was never opened; take it out or write {{#\(content)}} before it")
            return ""
        }
        guard section.tag == content else {
            let (line, column) = source.position(of: section.offset)
            complain(offset, "{{/\(content)}} stands where “\(section.tag)”, opened at \(line):\(column), has to be closed; write {{/\(section.tag)}}")
            if open.contains(where: { $0.tag == content }) {
                while open.removeLast().tag != content {}
            }
            return ""
        }
        open.removeLast()
        return encodedSubject(content).map { "{{/\($0.encoded)}}" } ?? ""
    }

    /// What a tag's content names, with its mistakes noted.
    private mutating func subject(_ content: String, at offset: Int) -> Subject? {
        switch resolve(content) {
        case .success(let subject): return subject
        case .failure(let refusal):
            complain(offset, refusal.message)
            return nil
        }
    }

    private func encodedSubject(_ content: String) -> Subject? { try? resolve(content).get() }

    private struct Refusal: Error { var message: String }

    private func resolve(_ content: String) -> Result<Subject, Refusal> {
        guard !content.isEmpty else { return .failure(Refusal(message: "the tag is empty; write a field’s name into it")) }
        if let place = PlaceInList.allCases.first(where: { content == $0.rawValue + "()" }) {
            guard open.contains(where: \.isList) || !outerScopes.isEmpty else {
                return .failure(Refusal(message: "“\(content)” has a meaning only between {{#list}} and {{/list}}"))
            }
            return .success(Subject(encoded: place.encoded, kind: place == .序号 ? .number : .yesNo))
        }
        guard let bracket = content.firstIndex(of: "(") else { return name(content) }
        guard content.hasSuffix(")") else { return .failure(Refusal(message: "“\(content)” lacks its closing bracket; write {{transform(field)}}")) }
        let word = String(content[..<bracket]).trimmed
        let inside = String(content[content.index(after: bracket)...].dropLast()).trimmed
        guard let transform = Transform(rawValue: word) else {
            return .failure(Refusal(message: "there is no transform “\(word)”; \(Nearest.advice(for: word, among: Transform.allCases.map(\.rawValue)))"))
        }
        return resolve(inside).flatMap { inner in
            guard let kind = transform.result(of: inner.kind) else {
                return .failure(Refusal(message: "“\(word)” cannot be made of “\(inside)”, which is \(Field("", inner.kind).expectation); choose another transform"))
            }
            return .success(Subject(encoded: "\(TagName.encoded(word))(\(inner.encoded))", kind: kind))
        }
    }

    private func name(_ content: String) -> Result<Subject, Refusal> {
        let parts = content.split(separator: ".", omittingEmptySubsequences: false).map { String($0).trimmed }
        var fields = scopes.reversed().first { $0.contains { $0.name == parts[0] } } ?? []
        var kind: Field.Kind = .text
        for (index, part) in parts.enumerated() {
            guard let field = fields.first(where: { $0.name == part }) else {
                let known = index == 0 ? scopes.reversed().flatMap { $0.map(\.name) } : fields.map(\.name)
                return .failure(Refusal(message: "there is no field “\(content)”; \(Nearest.advice(for: part, among: known))"))
            }
            kind = field.kind
            fields = if case .person = kind { Field.personFields } else { [] }
        }
        return .success(Subject(encoded: parts.map(TagName.encoded).joined(separator: "."), kind: kind))
    }
}

extension String {
    var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
