import Yams

/// Reads the YAML part of a template.
struct FrontMatter {
    private(set) var header = DocumentTemplate.Header()
    private(set) var mistakes: [TemplateMistake] = []
    /// Where the front matter begins, less one.
    private let lineOffset: Int

    /// - Parameter firstLine: Line of the file in which `text` begins.
    init(_ text: String, firstLine: Int) {
        lineOffset = firstLine - 1
        if let (line, column) = YAMLProblem.tab(in: text) {
            mistakes.append(TemplateMistake(line: line + lineOffset, column: column, "a tab stands in the indentation; indent with spaces"))
            return
        }
        do {
            guard let root = try Yams.compose(yaml: text), let mapping = root.mapping else {
                mistakes.append(TemplateMistake(line: firstLine, column: 1, "the front matter holds no keys; write at least “title:” and “code:”"))
                return
            }
            read(mapping, at: root)
        } catch {
            let problem = YAMLProblem(error, in: text)
            mistakes.append(TemplateMistake(line: problem.line + lineOffset, column: problem.column, problem.words))
        }
    }

    private mutating func complain(_ node: Node, _ message: String) {
        mistakes.append(TemplateMistake(line: (node.mark?.line ?? 1) + lineOffset, column: node.mark?.column ?? 1, message))
    }

    // MARK: Keys

    private static let keys = ["title", "heading", "code", "kind", "organ", "numbering", "page", "fields", "counterparts"]

    private mutating func read(_ mapping: Node.Mapping, at root: Node) {
        for (key, value) in mapping {
            switch key.string ?? "" {
            case "title": header.title = text(value)
            case "heading": header.heading = text(value)
            case "code": header.code = text(value)
            case "kind": header.kind = word(value, header.kind)
            case "organ": readOrgan(value)
            case "numbering": readNumbering(value)
            case "page": readPage(value)
            case "fields": header.fields = fields(value, isOutermost: true)
            case "counterparts": readCounterparts(value)
            default: unknown(key, among: Self.keys)
            }
        }
        if header.title.isEmpty, mapping["title"] == nil { complain(root, "“title” is missing; write the name of the document, as in “title: 起诉书”") }
        if header.code.isEmpty, mapping["code"] == nil { complain(root, "“code” is missing; write the 文书代字 that stands in its numbers, as in “code: 刑诉”") }
        if header.heading.isEmpty { header.heading = header.title }
    }

    private mutating func unknown(_ key: Node, among known: [String]) {
        complain(key, "there is no key “\(key.string ?? "")” here; \(Nearest.advice(for: key.string ?? "", among: known))")
    }

    private mutating func text(_ node: Node) -> String {
        guard let text = node.scalar?.string, !text.isEmpty else {
            complain(node, "a text is expected here")
            return " "
        }
        return text
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _ fallback: Word) -> Word {
        if let word = Word(rawValue: node.scalar?.string ?? "") { return word }
        complain(node, "“\(node.scalar?.string ?? "")” is not known here; write one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        return fallback
    }

    private mutating func pairs(_ node: Node, _ example: String) -> Node.Mapping {
        if let mapping = node.mapping { return mapping }
        complain(node, "keys with values are expected here, as in \(example)")
        return Node.Mapping([])
    }

    private mutating func readOrgan(_ node: Node) {
        for (key, value) in pairs(node, "{name: 海州市海东区人民检察院, code: 海东}") {
            switch key.string ?? "" {
            case "name": header.organ.name = text(value)
            case "code": header.organ.code = text(value)
            default: unknown(key, among: ["name", "code"])
            }
        }
    }

    private mutating func readNumbering(_ node: Node) {
        for (key, value) in pairs(node, "{position: right}") {
            switch key.string ?? "" {
            case "pattern":
                header.numbering.pattern = text(value)
                for part in ["{organ}", "{type}", "{year}", "{sequence}"] where !header.numbering.pattern.contains(part) {
                    complain(value, "the pattern lacks \(part), so two documents could bear one number; write all of {organ} {type} {year} {sequence}")
                }
            case "position": header.numbering.position = word(value, .right)
            default: unknown(key, among: ["pattern", "position"])
            }
        }
    }

    private mutating func readPage(_ node: Node) {
        for (key, value) in pairs(node, "{numbers: dashes}") {
            switch key.string ?? "" {
            case "numbers": header.page.numbers = word(value, .dashes)
            case "sides": header.page.sides = word(value, .one)
            case "foot": header.page.foot = text(value)
            default: unknown(key, among: ["numbers", "sides", "foot"])
            }
        }
    }

    // MARK: Fields

    private mutating func fields(_ node: Node, isOutermost: Bool) -> [Field] {
        var fields: [Field] = []
        for (key, value) in pairs(node, "“犯罪嫌疑人: {type: person}”") {
            let name = key.string ?? ""
            if name.isEmpty || name.contains(where: { ".(){}#^/!>&=\n".contains($0) }) {
                complain(key, "“\(name)” cannot be a field’s name; leave out . ( ) { } # ^ / ! > & =")
            } else if isOutermost, DocumentTemplate.builtIn.contains(where: { $0.name == name }), name != DocumentTemplate.dateField {
                complain(key, "every template has a field “\(name)” already; choose another name")
            }
            fields.append(field(name, value))
        }
        return fields
    }

    private static let fieldKeys = ["type", "optional", "default", "from", "width", "hint", "choices", "fields"]

    private mutating func field(_ name: String, _ node: Node) -> Field {
        var field = Field(name, .text)
        if let type = node.scalar?.string {
            field.kind = kind(type, node, choices: nil, rows: nil)
            return field
        }
        let mapping = pairs(node, "{type: text}")
        field.kind = kind(mapping["type"]?.scalar?.string ?? "text", mapping["type"] ?? node, choices: mapping["choices"], rows: mapping["fields"])
        for (key, value) in mapping {
            switch key.string ?? "" {
            case "type", "choices", "fields": break
            case "optional": if let yes = value.bool { field.isRequired = !yes } else { complain(value, "write true or false") }
            case "default": field.defaultText = text(value)
            case "hint": field.hint = text(value)
            case "from": field.source = source(value, of: field)
            case "width":
                if let width = value.scalar.flatMap({ Double($0.string) }), (1...28).contains(width) { field.width = width
                } else { complain(value, "a width is from 1 to 28 characters") }
            default: unknown(key, among: Self.fieldKeys)
            }
        }
        checkDefault(of: field, mapping["default"])
        return field
    }

    private mutating func kind(_ type: String, _ node: Node, choices: Node?, rows: Node?) -> Field.Kind {
        let simple: [String: Field.Kind] = [
            "text": .text, "multiline": .multiline, "date": .date, "dateTime": .dateTime, "number": .number, "money": .money,
            "yesNo": .yesNo, "person": .person,
        ]
        if let kind = simple[type] { return kind }
        switch type {
        case "choice":
            let words = choices?.sequence?.compactMap { $0.scalar?.string } ?? []
            if words.isEmpty { complain(choices ?? node, "a choice needs its words, as in “choices: [男, 女]”") }
            return .choice(words)
        case "list":
            guard let rows else {
                complain(node, "a list needs the fields of its rows, as in “fields: {题名: text}”")
                return .list([])
            }
            return .list(fields(rows, isOutermost: false))
        default:
            complain(node, "there is no type “\(type)”; \(Nearest.advice(for: type, among: simple.keys.sorted() + ["choice", "list"]))")
            return .text
        }
    }

    private mutating func source(_ node: Node, of field: Field) -> CaseFactPath? {
        let text = text(node)
        guard let path = CaseFactPath(text) else {
            complain(node, "a case has no “\(text)”; write one of \(CaseFactPath.spellings.joined(separator: ", "))")
            return nil
        }
        if !path.suits(field.kind) { complain(node, "“\(path)” does not give \(field.expectation); change the type or the path") }
        return path
    }

    private mutating func checkDefault(of field: Field, _ node: Node?) {
        guard let text = field.defaultText, let node else { return }
        var reader = FieldReader(facts: nil)
        _ = reader.read([(field.name, .scalar(text))], into: [field])
        if let problem = reader.problems.first { complain(node, "the default \(problem.message)") }
    }

    // MARK: Counterparts

    private mutating func readCounterparts(_ node: Node) {
        guard let sequence = node.sequence else { return complain(node, "a list is expected here, as in “- {name: 存根, section: 存根}”") }
        for item in sequence {
            var counterpart = DocumentTemplate.Counterpart(name: "", section: "", foot: nil)
            for (key, value) in pairs(item, "{name: 存根, section: 存根, foot: 第一联统一保存}") {
                switch key.string ?? "" {
                case "name": counterpart.name = text(value)
                case "section": counterpart.section = text(value)
                case "foot": counterpart.foot = text(value)
                default: unknown(key, among: ["name", "section", "foot"])
                }
            }
            if counterpart.name.isEmpty { complain(item, "the counterpart has no name; write “name: 正本”") }
            if header.counterparts.contains(where: { $0.name == counterpart.name }) {
                complain(item, "two counterparts are called “\(counterpart.name)”; give each its own name")
            }
            header.counterparts.append(counterpart)
            counterpartPlaces.append((item.mark?.line ?? 1) + lineOffset)
            counterpartColumns.append(item.mark?.column ?? 1)
        }
    }

    private var counterpartPlaces: [Int] = []
    private var counterpartColumns: [Int] = []

    /// Where a counterpart stands in the file.
    func place(ofCounterpart index: Int) -> (line: Int, column: Int) { (counterpartPlaces[index], counterpartColumns[index]) }
}
