import Mustache

/// Takes a template file apart: front matter, sections, tags, markup. Every mistake is collected.
struct TemplateReader {
    private let name: String
    private let source: SourceText
    private let partial: (String) -> String?
    private var mistakes: [TemplateMistake] = []
    private var library = MustacheLibrary()
    private var sourcesOfPartials: [(name: String, text: String)] = []

    init(name: String, text: String, partial: @escaping (String) -> String?) {
        self.name = name
        source = SourceText(normalising: text)
        self.partial = partial
    }

    /// A body without `=== NAME` lines is one section of this name.
    static let wholeBody = ""

    mutating func read() throws(TemplateMistakes) -> (DocumentTemplate.Header, MustacheLibrary, String) {
        guard let (yaml, yamlLine, body, bodyLine) = parts() else { throw TemplateMistakes(mistakes) }
        let front = FrontMatter(yaml, firstLine: yamlLine)
        mistakes += front.mistakes
        var header = front.header
        let sections = sections(of: body, firstLine: bodyLine)
        if front.mistakes.isEmpty {
            check(sections, against: front)
            for section in sections { compile(section, header) }
            compileOutside(header)
        }
        guard mistakes.isEmpty else { throw TemplateMistakes(mistakes) }
        if sections.count == 1, sections[0].name == Self.wholeBody {
            for index in header.counterparts.indices { header.counterparts[index].section = Self.wholeBody }
        }
        let all = [source.text] + sourcesOfPartials.sorted { $0.name < $1.name }.map { "\n> \($0.name)\n\($0.text)" }
        return (header, library, all.joined())
    }

    // MARK: Parts of the file

    private mutating func parts() -> (yaml: String, yamlLine: Int, body: [Character], bodyLine: Int)? {
        let lines = source.lines
        guard lines[0].text == "---" else {
            mistakes.append(TemplateMistake(line: 1, column: 1, "a template begins with its front matter; write --- into the first line, then “title:” and “code:”, then ---"))
            return nil
        }
        guard let end = lines.dropFirst().firstIndex(where: { $0.text == "---" }) else {
            mistakes.append(TemplateMistake(line: 1, column: 1, "the front matter is not closed; write --- into a line of its own after it"))
            return nil
        }
        let yaml = lines[1..<end].map(\.text).joined(separator: "\n") + "\n"
        let start = end + 1 < lines.count ? lines[end + 1].offset : source.characters.count
        return (yaml, 2, Array(source.characters[start...]), end + 2)
    }

    private struct Section {
        var name: String
        var text: SourceText
        /// Where its name stands.
        var line: Int

        var isBlank: Bool { text.characters.allSatisfy(\.isWhitespace) }
    }

    /// Splits the body at lines like `=== 存根`.
    private mutating func sections(of body: [Character], firstLine: Int) -> [Section] {
        let lines = SourceText(body, firstLine: firstLine).lines
        let heads = lines.indices.filter { lines[$0].text.hasPrefix("=== ") }
        guard let first = heads.first else { return [Section(name: Self.wholeBody, text: SourceText(body, firstLine: firstLine), line: firstLine)] }
        if let stray = lines[..<first].firstIndex(where: { !$0.text.allSatisfy(\.isWhitespace) }) {
            mistakes.append(TemplateMistake(line: firstLine + stray, column: 1, "this text stands before the first section and belongs to no counterpart; move it below a line “=== NAME”"))
        }
        var sections: [Section] = []
        for (index, head) in heads.enumerated() {
            let start = head + 1 < lines.count ? lines[head + 1].offset : body.count
            let end = index + 1 < heads.count ? lines[heads[index + 1]].offset : body.count
            let name = String(lines[head].text.dropFirst(4)).trimmed
            if sections.contains(where: { $0.name == name }) {
                mistakes.append(TemplateMistake(line: firstLine + head, column: 5, "there are two sections “\(name)”; give each its own name"))
            }
            sections.append(Section(name: name, text: SourceText(Array(body[start..<max(start, end)]), firstLine: firstLine + head + 1), line: firstLine + head))
        }
        return sections
    }

    private mutating func check(_ sections: [Section], against front: FrontMatter) {
        let header = front.header
        let isWhole = sections.count == 1 && sections[0].name == Self.wholeBody
        for (index, counterpart) in header.counterparts.enumerated() where !isWhole || !counterpart.section.isEmpty {
            let (line, column) = front.place(ofCounterpart: index)
            let wanted = counterpart.section.isEmpty ? counterpart.name : counterpart.section
            guard let section = sections.first(where: { $0.name == wanted }), !section.isBlank else {
                mistakes.append(TemplateMistake(line: line, column: column, "the counterpart “\(counterpart.name)” has no content; write it below a line “=== \(wanted)”"))
                continue
            }
        }
        if isWhole, sections[0].isBlank {
            mistakes.append(TemplateMistake(line: sections[0].line, column: 1, "the document has no content; write it below the front matter"))
        }
        let used = Set(header.counterparts.map { $0.section.isEmpty ? $0.name : $0.section })
        for section in sections where !isWhole && !used.contains(section.name) {
            mistakes.append(TemplateMistake(line: section.line, column: 5, "no counterpart uses the section “\(section.name)”; name it under “counterparts:” or take it out"))
        }
    }

    // MARK: Tags and markup

    private func allFields(_ header: DocumentTemplate.Header) -> [Field] {
        header.fields + DocumentTemplate.builtIn.filter { known in !header.fields.contains { $0.name == known.name } }
    }

    private mutating func compile(_ section: Section, _ header: DocumentTemplate.Header) {
        let scanner = TagScanner(section.text, scopes: [allFields(header)], fillsBlanks: header.kind == .fillIn)
        mistakes += scanner.mistakes
        for use in scanner.partials { include(use.name, from: [], at: section.text.position(of: use.offset), scopes: use.scopes, header) }
        checkMarkup(section.text, veiled: scanner.veiled)
        register(scanner.encoded, as: "section." + section.name, at: section.line)
    }

    /// Texts that stand outside the body and may hold tags too.
    private mutating func compileOutside(_ header: DocumentTemplate.Header) {
        for text in [header.heading, header.page.foot].compactMap(\.self) + header.counterparts.compactMap(\.foot) {
            let scanner = TagScanner(SourceText(normalising: text), scopes: [allFields(header)], fillsBlanks: false)
            let (line, column) = source.position(of: source.find(text, from: 0) ?? 0)
            mistakes += scanner.mistakes.map { TemplateMistake(line: line, column: column + $0.column - 1, $0.message) }
            if let use = scanner.partials.first {
                mistakes.append(TemplateMistake(line: line, column: column + use.offset, "a partial has no place in a heading or a foot; write the text itself"))
            }
            register(scanner.encoded, as: "outside." + text, at: line)
        }
    }

    private mutating func register(_ text: String, as name: String, at line: Int) {
        guard mistakes.isEmpty else { return }
        do { try library.register(text, named: name) } catch {
            mistakes.append(TemplateMistake(line: line, column: 1, "the mustache tags cannot be read: \(error)"))
        }
    }

    private mutating func include(
        _ partialName: String, from chain: [String], at place: (line: Int, column: Int), scopes: [[Field]], _ header: DocumentTemplate.Header
    ) {
        func mistake(_ message: String) -> TemplateMistake { TemplateMistake(line: place.line, column: place.column, message) }
        if partialName == name {
            mistakes.append(mistake("the template includes itself; take this tag out or include another one"))
            return
        }
        if chain.contains(partialName) {
            mistakes.append(mistake("the partial “\(partialName)” includes itself (\((chain + [partialName]).joined(separator: " → "))); break the circle"))
            return
        }
        guard let text = partial(partialName) else {
            mistakes.append(mistake("there is no partial “\(partialName)”; put \(partialName).part.md beside the templates"))
            return
        }
        let part = SourceText(normalising: text)
        let scanner = TagScanner(part, scopes: scopes, fillsBlanks: header.kind == .fillIn)
        if let first = scanner.mistakes.first {
            mistakes.append(mistake("in the partial “\(partialName)”, \(first.description)"))
        }
        for use in scanner.partials { include(use.name, from: chain + [partialName], at: place, scopes: use.scopes, header) }
        if !sourcesOfPartials.contains(where: { $0.name == partialName }) { sourcesOfPartials.append((partialName, text)) }
        register(scanner.encoded, as: TagName.encoded(partialName), at: place.line)
    }

    /// HTML and other markup without a meaning on paper, found with letters in the place of tags.
    private mutating func checkMarkup(_ text: SourceText, veiled: [Character]) {
        let veiledText = SourceText(veiled, firstLine: text.firstLine)
        let (blocks, foreign) = CommonMark.read(veiledText.text)
        var searched = 0
        for problem in foreign {
            let lineStart = veiledText.lines[min(problem.line, veiledText.lines.count) - 1].offset
            let firstLine = String(problem.literal.prefix { $0 != "\n" })
            let found = firstLine.isEmpty ? nil : veiledText.find(firstLine, from: max(lineStart, searched))
            mistakes.append(veiledText.mistake(at: found ?? lineStart, problem.message))
            searched = (found ?? lineStart) + 1
        }
        for case .table(let rows) in blocks {
            guard let fault = TableText(rows, isVeiled: true).fault else { continue }
            let place = veiledText.find(rows, from: 0) ?? 0
            let (line, _) = veiledText.position(of: place)
            mistakes.append(TemplateMistake(line: line + fault.line, column: 1, fault.message))
        }
    }
}
