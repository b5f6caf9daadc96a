import DossierModel

/// What is wrong with one value, and what is expected.
public struct ValueProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable { case missing, unknown, invalid }

    /// As in `材料[3].题名`.
    public var field: String
    public var kind: Kind
    public var message: String

    public var description: String { "\(field): \(message)" }
}

/// All that is wrong with the values of a document, together.
public struct ValueProblems: Error, Sendable, CustomStringConvertible {
    public var list: [ValueProblem]

    public var description: String { list.map(\.description).joined(separator: "\n") }
}

/// Reads given values into fields and collects every problem.
struct FieldReader {
    private(set) var problems: [ValueProblem] = []
    let facts: CaseFacts?

    init(facts: CaseFacts?) { self.facts = facts }

    mutating func read(_ given: [(String, GivenValue)], into fields: [Field], path: String = "") -> [String: FieldValue] {
        refuseUnknown(given.map(\.0), fields: fields, path: path)
        var values: [String: FieldValue] = [:]
        for field in fields {
            let name = path + field.name
            let own = given.first { $0.0 == field.name }?.1
            if let own, !own.isEmpty {
                values[field.name] = value(own, of: field, name: name)
            } else {
                values[field.name] = stand(in: field, name: name, isLeftEmpty: own != nil)
            }
        }
        return values
    }

    /// - Parameter isLeftEmpty: the data file names the field and leaves it empty: then nobody has decided between what batch
    ///   sheet and documents say, and the batch sheet's charge or party does not stand in.
    private mutating func stand(in field: Field, name: String, isLeftEmpty: Bool) -> FieldValue {
        let isOpen = isLeftEmpty && (field.source?.isDecidedByPeople ?? false)
        if !isOpen, let fact = field.source.flatMap({ facts?.value(at: $0) }) {
            // A catalogue may know more columns than the template asks for.
            return value(restricted(fact, to: field), of: field, name: name)
        }
        if let text = field.defaultText { return value(.scalar(text), of: field, name: name) }
        if field.isRequired { complain(name, .missing, "is missing; give \(field.expectation)" + whence(field)) }
        return .absent
    }

    private func whence(_ field: Field) -> String {
        switch field.source {
        case nil: " in the data file"
        case .fact?: " in the data file (“dossier document data” fills in what the documents say)"
        case let path?: " in the data file (the case’s index has no \(path))"
        }
    }

    private func restricted(_ given: GivenValue, to field: Field) -> GivenValue {
        guard case .sequence(let rows) = given, case .list(let fields) = field.kind else { return given }
        let names = Set(fields.map(\.name))
        return .sequence(rows.map { row in
            if case .mapping(let pairs) = row { .mapping(pairs.filter { names.contains($0.0) }) } else { row }
        })
    }

    private mutating func refuseUnknown(_ names: [String], fields: [Field], path: String) {
        let known = fields.map(\.name)
        var seen: Set<String> = []
        for name in names {
            if !known.contains(name) {
                complain(path + name, .unknown, "is no field of this template; \(Nearest.advice(for: name, among: known))")
            } else if !seen.insert(name).inserted {
                complain(path + name, .invalid, "is given twice; keep one")
            }
        }
    }

    private mutating func complain(_ field: String, _ kind: ValueProblem.Kind, _ message: String) {
        problems.append(ValueProblem(field: field, kind: kind, message: message))
    }

    private mutating func value(_ given: GivenValue, of field: Field, name: String) -> FieldValue {
        switch (field.kind, given) {
        case (.list(let fields), .sequence(let rows)): return list(rows, fields, field, name: name)
        case (.person, .mapping(let pairs)): return person(pairs, name: name)
        case (.person, .scalar(let text)): return person([("姓名", .scalar(text))], name: name)
        case (_, .scalar(let text)):
            if let bad = Self.unprintable(in: text, allowingLines: field.kind == .multiline) {
                complain(name, .invalid, "holds \(bad); \(field.kind == .text ? "this field takes one line of text" : "take it out")")
                return .absent
            }
            if let value = Self.scalar(text, field.kind) { return value }
        default: break
        }
        let shown: String = if case .scalar(let text) = given { "“\(text)”" } else if case .sequence = given { "a list" } else { "a mapping" }
        complain(name, .invalid, "\(shown) is not right here; give \(field.expectation)")
        return .absent
    }

    private mutating func list(_ rows: [GivenValue], _ fields: [Field], _ field: Field, name: String) -> FieldValue {
        if rows.isEmpty, field.isRequired { complain(name, .missing, "has no rows; give \(field.expectation)") }
        return .list(rows.enumerated().map { index, row in
            switch row {
            case .mapping(let pairs): return read(pairs, into: fields, path: "\(name)[\(index + 1)].")
            case .scalar(let text) where fields.count == 1: return read([(fields[0].name, .scalar(text))], into: fields, path: "\(name)[\(index + 1)].")
            default:
                complain("\(name)[\(index + 1)]", .invalid, "is no row; give {\(fields.map { "\($0.name): …" }.joined(separator: ", "))}")
                return [:]
            }
        })
    }

    private mutating func person(_ pairs: [(String, GivenValue)], name: String) -> FieldValue {
        let values = read(pairs, into: Field.personFields, path: name + ".")
        if case .text(let number)? = values["证件号码"], Self.isWronglyCopied(identityNumber: number) {
            complain(name + ".证件号码", .invalid, "“\(number)” fails its check digit (GB 11643); compare it with the card")
        }
        return .record(values)
    }

    /// Other papers' numbers are not judged.
    static func isWronglyCopied(identityNumber number: String) -> Bool {
        guard number.count == 18, let check = CitizenNumber.checkCharacter(of: number.dropLast()) else { return false }
        return number.uppercased().last != check
    }

    private static func unprintable(in text: String, allowingLines: Bool) -> String? {
        for scalar in text.unicodeScalars {
            if scalar == "\n" { if allowingLines { continue } else { return "a line break" } }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                return "the unprintable character U+\(String(scalar.value, radix: 16, uppercase: true))"
            default: continue
            }
        }
        return nil
    }

    private static func scalar(_ text: String, _ kind: Field.Kind) -> FieldValue? {
        switch kind {
        case .text: return .text(text)
        case .multiline: return .text(String(text.reversed().drop { $0 == "\n" }.reversed()))
        case .date: return CalendarDay(text).map(FieldValue.date)
        case .dateTime: return dateTime(text)
        case .number: return text.count <= 12 && text.utf8.allSatisfy({ (48...57).contains($0) }) ? Int(text).map(FieldValue.number) : nil
        case .money: return money(text)
        case .yesNo: return ["是": true, "true": true, "yes": true, "否": false, "false": false, "no": false][text].map(FieldValue.yesNo)
        case .choice(let words): return words.contains(text) ? .text(text) : nil
        case .person, .list: return nil
        }
    }

    private static func dateTime(_ text: String) -> FieldValue? {
        guard let match = text.wholeMatch(of: /(.+?日|[0-9-]+)[ T]?([0-9]{1,2})[:时]([0-9]{1,2})分?/), let day = CalendarDay(String(match.1)),
            let hour = Int(match.2), let minute = Int(match.3), hour < 24, minute < 60
        else { return nil }
        return .dateTime(day, hour, minute)
    }

    private static func money(_ text: String) -> FieldValue? {
        guard let match = text.wholeMatch(of: /([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?元?/) else { return nil }
        let yuan = Int(match.1.replacing(",", with: ""))!
        let decimals = match.2.map { $0.count == 1 ? Int($0)! * 10 : Int($0)! } ?? 0
        return .money(yuan * 100 + decimals)
    }
}

/// The known word a mistyped one is nearest to.
enum Nearest {
    static func advice(for word: String, among known: [String]) -> String {
        guard let nearest = known.min(by: { EditDistance.between(word, $0) < EditDistance.between(word, $1) }) else { return "there are none" }
        if EditDistance.between(word, nearest) <= max(1, word.count / 2) { return "did you mean “\(nearest)”?" }
        return "there are \(known.joined(separator: ", "))"
    }
}
