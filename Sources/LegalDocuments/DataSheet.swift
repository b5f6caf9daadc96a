public import DossierModel

/// A data file for a template, filled in as far as the case knows, for a person to compare, complete and give back.
///
/// A value stands in its field only where all documents that tell it agree; a comment names where it stands and how sure it
/// is. Values that contradict one another, or that the field would refuse, are comments over an empty field.
public struct DataSheet: Sendable {
    /// YAML with one key a field, in the template's order.
    public let text: String
    /// Fields with a value, fields that leave a person to decide, and all; rows and persons count by their parts.
    public let filled: Int
    public let undecided: Int
    public let fields: Int

    /// - Parameters:
    ///   - index: What batch sheets and catalogue say; it stands in by itself when the document is made.
    ///   - facts: What the documents say.
    ///   - organ: Of the house; what is missing has to be given in the file.
    ///   - titleCode: The code of a title by one of its names.
    public init(
        _ template: DocumentTemplate, index: CaseFacts, facts: FactSheet, organ: DocumentTemplate.Organ, titleCode: @escaping (String) -> String? = { _ in nil }
    ) {
        var writer = Writer(index: index, facts: facts, titleCode: titleCode)
        let number = index.number ?? facts.case
        writer.lines = [
            "# \(template.header.title), case \(number). What stands here was read from the documents; behind it volume, page, image and score.",
            "# Where they contradict one another the field is empty and every value is a comment. Compare with the pages, fill in what is",
            "# empty, and give the file to “dossier document new \(template.name) --case \(number) --data FILE”.",
        ].map(Writer.oneLine)
        for field in template.missingHouse(organ) { writer.write(field) }
        let day = DocumentTemplate.dateField
        if !template.header.fields.contains(where: { $0.name == day }) { writer.lines.append("\(day):  # of the document, such as 2024-03-02; empty: today") }
        for field in template.header.fields { writer.write(field) }
        text = writer.lines.joined(separator: "\n") + "\n"
        (filled, undecided, fields) = (writer.filled, writer.undecided, writer.fields)
    }
}

private struct Writer {
    let index: CaseFacts
    let facts: FactSheet
    let titleCode: (String) -> String?
    var lines: [String] = []
    var filled = 0
    var undecided = 0
    var fields = 0

    init(index: CaseFacts, facts: FactSheet, titleCode: @escaping (String) -> String?) { (self.index, self.facts, self.titleCode) = (index, facts, titleCode) }

    mutating func write(_ field: Field) {
        switch (field.kind, field.source) {
        case (.list(let columns), .fact(.person(let role))?): rows(field, columns, facts.persons(role.names))
        case (.person, .fact(.person(let role))?): person(field, facts.persons(role.names))
        case (.person, .party(let role)?): person(field, facts.persons([role]))
        case (_, .rows?), (_, .volumes?), (_, .count?): empty(field, [], note: "the case’s catalogue fills it in")
        default: scalar(field, told(field.source))
        }
    }

    private func told(_ path: CaseFactPath?) -> Told {
        Told.of(path, index, facts, titleCode)
    }

    // MARK: Persons

    private mutating func rows(_ field: Field, _ columns: [Field], _ persons: [FactSheet.Person]) {
        guard !persons.isEmpty else { return empty(field, []) }
        let named = persons.filter(\.isGiven)
        let others = named.isEmpty ? [] : persons.filter { !$0.isGiven }
        lines += Told(several: others.compactMap { $0.facts.first { $0.kind == .name } }).comments.map { "# not named in batch.yaml: \(Self.oneLine($0))" }
        lines.append(Self.key(field.name) + note(field))
        for person in named.isEmpty ? persons : named { mapping(columns, of: person, first: "  - ", next: "    ") }
    }

    private mutating func person(_ field: Field, _ persons: [FactSheet.Person]) {
        guard persons.count < 2 else { return empty(field, Told(several: persons.compactMap { $0.facts.first { $0.kind == .name } }).comments) }
        lines.append(Self.key(field.name) + note(field))
        mapping(Field.personFields.map(\.sourced), of: persons.first, first: "  ", next: "  ")
    }

    private mutating func mapping(_ columns: [Field], of person: FactSheet.Person?, first: String, next: String) {
        let start = lines.count
        for column in columns {
            let own = if case .fact(.part(_, let part))? = column.source { person.map { Told.part(part, of: $0, ownerless: facts.ownerlessMeasures) } ?? Told() } else { told(column.source) }
            scalar(column, own, indent: next)
        }
        // The dash stands before the first key, and comments before it are as deep as the keys.
        guard first != next, let key = lines[start...].firstIndex(where: { !$0.hasPrefix(next + "#") }) else { return }
        lines[key] = first + lines[key].dropFirst(next.count)
    }

    // MARK: Lines

    private mutating func scalar(_ field: Field, _ told: Told, indent: String = "") {
        guard let value = told.value, Self.accepts(field, value) else { return empty(field, told.comments, indent: indent) }
        (fields, filled) = (fields + 1, filled + 1)
        if told.comments.count > 1 { lines += told.comments.map { "\(indent)# \(Self.oneLine($0))" } }
        let place = told.comments.count == 1 ? "  # \(Self.oneLine(told.places[0]))" : ""
        lines.append("\(indent)\(Self.key(field.name)) \(value.yamlQuoted)\(place)")
    }

    private mutating func empty(_ field: Field, _ comments: [String], indent: String = "", note more: String? = nil) {
        fields += 1
        if !comments.isEmpty { undecided += 1 }
        lines += comments.map { "\(indent)# \(Self.oneLine($0))" }
        lines.append(indent + Self.key(field.name) + note(field, more))
    }

    /// The template's own words for the field.
    private func note(_ field: Field, _ more: String? = nil) -> String {
        let words = [field.hint ?? field.expectation, field.isRequired ? nil : "optional", field.defaultText.map { "empty: \($0)" }, more]
        return "  # " + Self.oneLine(words.compactMap(\.self).joined(separator: "; "))
    }

    private static func key(_ name: String) -> String { (name.allSatisfy(\.isLetter) ? name : name.yamlQuoted) + ":" }

    /// A comment ends with its line.
    static func oneLine(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }.filter { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }) }

    private static func accepts(_ field: Field, _ value: String) -> Bool {
        var reader = FieldReader(facts: nil)
        _ = reader.read([(field.name, .scalar(value))], into: [field])
        return reader.problems.isEmpty
    }
}

/// What the case says of one field.
private struct Told {
    /// nil where nothing is said, or several things are.
    var value: String?
    /// One for each value: what and where.
    var comments: [String] = []
    /// The same without the value.
    var places: [String] = []

    init() {}

    /// Values of which one may be right.
    init(_ readings: [FactSheet.Reading], shown: (String) -> String = { $0 }) {
        for reading in readings { add(shown(reading.value), reading) }
        let values = Set(readings.map { shown($0.value) })
        // What fails its check digit is shown, never filled in.
        if values.count == 1, readings.allSatisfy({ $0.isSound != false }) { value = values.first }
    }

    /// A sum in a sentence may be loss, bail or damages: which one is meant only a person can say.
    init(open readings: [FactSheet.Reading]) {
        for reading in readings { add(reading.value, reading) }
    }

    /// A field of several documents; where one of them lacks it, the others cannot speak for it.
    init(column: (readings: [FactSheet.Reading], isComplete: Bool)) {
        self.init(column.readings)
        if !column.isComplete { value = nil }
    }

    /// Several persons where there is room for one.
    init(several names: [FactSheet.Fact]) {
        for reading in names.flatMap(\.readings) { add(reading.value, reading) }
    }

    private mutating func add(_ what: String, _ reading: FactSheet.Reading) {
        let score = reading.sources.first.map { "\(Int(($0.score * 100).rounded())) %" }
        let more = reading.sources.count > 1 ? "\(reading.sources.count) documents" : nil
        let place = ([reading.place, score, more].compactMap(\.self) + reading.marks).joined(separator: ", ")
        comments.append("\(what): \(place)")
        places.append(place)
    }

    // MARK: Places

    static func of(_ path: CaseFactPath?, _ index: CaseFacts, _ facts: FactSheet, _ titleCode: (String) -> String?) -> Told {
        switch path {
        case .number?: Told(given: index.number)
        case .cause?: charge(facts).comments.isEmpty ? Told(given: index.cause) : charge(facts)
        case .partyName?: Told(given: path.flatMap(index.value)?.text)
        case .fact(let fact)?: of(fact, facts, titleCode)
        case .party?, .rows?, .volumes?, .count?, nil: Told()
        }
    }

    private init(given value: String?) {
        guard let value else { return }
        (self.value, comments, places) = (value, ["\(value): batch.yaml"], ["batch.yaml"])
    }

    private static func of(_ path: FactPath, _ facts: FactSheet, _ titleCode: (String) -> String?) -> Told {
        switch path {
        case .person: Told()
        case .part(let role, let part):
            if let person = facts.persons(role.names).first, facts.persons(role.names).count == 1 { Self.part(part, of: person, ownerless: facts.ownerlessMeasures) } else {
                Told(several: facts.persons(role.names).compactMap { $0.facts.first { $0.kind == .name } })
            }
        case .charge: charge(facts)
        case .amount: Told(open: facts.readings(.amount))
        case .unit: Told(facts.readings(.handlingUnit))
        case .document(let title, let column): Told(column: facts.column(column, ofDocument: title, code: titleCode(title)))
        }
    }

    /// Without its final 罪, which the templates print.
    private static func charge(_ facts: FactSheet) -> Told {
        Told(facts.readings(.charge)) { $0.count > 2 && $0.hasSuffix("罪") ? String($0.dropLast()) : $0 }
    }

    static func part(_ part: FactPath.Part, of person: FactSheet.Person, ownerless: [FactSheet.Fact]) -> Told {
        let readings = { (kind: FactSheet.Kind) in person.facts.filter { $0.kind == kind }.flatMap(\.readings) }
        return switch part {
        case .name: Told(readings(.name))
        case .alias: Told(all: readings(.alias))
        case .sex: Told(readings(.sex))
        case .birth: Told(readings(.birthDate))
        case .identity: Told(readings(.identityNumber))
        case .measures: Told(measures: person.facts.filter { $0.kind == .measure }, ownerless: ownerless)
        }
    }

    /// A person may have several.
    private init(all readings: [FactSheet.Reading]) {
        for reading in readings { add(reading.value, reading) }
        if !readings.isEmpty { value = readings.map(\.value).joined(separator: "、") }
    }

    /// 2024年1月12日拘留；2024年1月26日逮捕. A measure of several days leaves open which counts.
    ///
    /// - Parameter ownerless: measures of which nobody could be read; with one of them the list may be incomplete.
    private init(measures facts: [FactSheet.Fact], ownerless: [FactSheet.Fact]) {
        let dated = facts.flatMap { fact in fact.readings.map { (name: fact.measure ?? "", reading: $0) } }.sorted { $0.reading.value < $1.reading.value }
        for (name, reading) in dated { add("\(reading.value) \(name)", reading) }
        for fact in ownerless { for reading in fact.readings { add("\(reading.value) \(fact.measure ?? "") (of whom was not read)", reading) } }
        guard !dated.isEmpty, ownerless.isEmpty, facts.allSatisfy({ $0.readings.count == 1 }) else { return }
        value = dated.map { (CalendarDay($0.reading.value).map { FieldValue.date($0).reading } ?? $0.reading.value) + $0.name }.joined(separator: "；")
    }
}

extension FactSheet.Person {
    /// The batch sheet names the person.
    fileprivate var isGiven: Bool { facts.contains { $0.kind == .name && $0.readings.contains(where: \.isGiven) } }
}

extension FactSheet {
    fileprivate func persons(_ roles: Set<String>) -> [Person] { persons.filter { $0.role.map(roles.contains) ?? false } }

    /// Of which nobody could be read.
    fileprivate var ownerlessMeasures: [Fact] { facts.filter { $0.kind == .measure } }

    fileprivate func readings(_ kind: Kind) -> [Reading] { facts.filter { $0.kind == kind }.flatMap(\.readings) }

    /// The field of every document that is called so, or whose title has the code.
    fileprivate func column(_ column: FactPath.Column, ofDocument title: String, code: String?) -> (readings: [Reading], isComplete: Bool) {
        let field: FieldReading.Field =
            switch column {
            case .number: .documentNumber
            case .author: .author
            case .date: .date
            }
        let named = documents.filter { document in
            (code != nil && document.code == code) || document.fields.contains { $0.field == .title && $0.value == title }
        }
        let readings = named.map { document in document.fields.filter { $0.field == field }.map { reading(of: $0, in: document) } }
        return (readings.flatMap(\.self), readings.allSatisfy { !$0.isEmpty })
    }

    private func reading(of field: FieldReading, in document: Document) -> Reading {
        let first = document.fields.lazy.compactMap(\.image).first ?? 0
        let image = field.image ?? first
        // The facts know the numbers of the first and the last page.
        let folios = document.fields.filter { [.firstFolio, .lastFolio].contains($0.field) }
        let folio = folios.first { ($0.image ?? ($0.field == .firstFolio ? first : nil)) == image }?.value
        let source = Source(
            volume: document.volume, document: document.document, folio: folio, image: image, box: field.box, text: field.text, origin: field.origin, score: field.score)
        return Reading(value: field.value, sources: [source])
    }
}

extension GivenValue {
    fileprivate var text: String? { if case .scalar(let text) = self { text } else { nil } }
}

extension Field {
    /// A part of a person, with the fact that tells it.
    fileprivate var sourced: Field {
        let parts: [String: FactPath.Part] = ["姓名": .name, "曾用名": .alias, "性别": .sex, "出生日期": .birth, "证件号码": .identity]
        var field = self
        field.source = parts[name].map { .fact(.part(.suspect, $0)) }
        return field
    }
}
