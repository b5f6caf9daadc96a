import Foundation
/// Values that are right for a template, ready to be set.
public struct DocumentValues: Hashable, Sendable {
    let values: [String: FieldValue]
    /// 院名
    public let organName: String
    /// 院代字
    public let organCode: String
    public let date: CalendarDay
    /// 案号
    public let caseNumber: String?

    /// Depends on the values alone, and different values have different texts: what their digest is made of.
    public var canonicalText: String {
        var all = values
        all["院名"] = .text(organName)
        all["院代字"] = .text(organCode)
        all["日期"] = .date(date)
        all["案号"] = caseNumber.map(FieldValue.text) ?? .absent
        return FieldValue.canonical(all)
    }
}

extension DocumentTemplate {
    /// Fields that are given neither in `given` nor by the case nor by a default, and are required.
    public func missingFields(_ given: [(String, GivenValue)], facts: CaseFacts?) -> [Field] {
        header.fields.filter { field in
            let value = given.first { $0.0 == field.name }?.1
            return field.isRequired && field.name != Self.dateField && value?.isEmpty != false && field.defaultText == nil
                && field.source.flatMap { facts?.value(at: $0) } == nil
        }
    }

    /// Checks the values of a document. They come from `given`, else from the case's facts, else from the defaults.
    /// - Parameters:
    ///   - date: Of the document; a field 日期 in `given` has precedence.
    ///   - organ: Of the house; 院名 and 院代字 in `given` have precedence, and the template's own come last.
    ///
    /// #### Errors
    /// Every missing, unknown and invalid value together.
    public func values(
        _ given: [(String, GivenValue)], facts: CaseFacts?, date: CalendarDay?, organ: Organ
    ) throws(ValueProblems) -> DocumentValues {
        let house: [Field] = [
            Field("院名", .text, defaultText: organ.name ?? header.organ.name), Field("院代字", .text, defaultText: organ.code ?? header.organ.code),
            Field(Self.dateField, .date, defaultText: date?.description, hint: "--date"),
        ]
        var reader = FieldReader(facts: facts)
        let own = header.fields.filter { field in !house.contains { $0.name == field.name } }
        let values = reader.read(given, into: own + house)
        guard reader.problems.isEmpty else { throw ValueProblems(list: reader.problems) }
        guard case .text(let name)? = values["院名"], case .text(let code)? = values["院代字"], case .date(let day)? = values[Self.dateField] else {
            preconditionFailure("a required value is present where no problem was found")
        }
        guard Self.isPlainCode(code) else {
            throw ValueProblems(list: [
                ValueProblem(field: "院代字", kind: .invalid, message: "it holds blanks or invisible characters, which would count numbers anew; write it like 海东")
            ])
        }
        let rest = values.filter { pair in !house.contains { $0.name == pair.key } }
        return DocumentValues(values: rest, organName: name, organCode: code, date: day, caseNumber: facts?.number)
    }

    /// 院名 and 院代字, as far as neither house nor template gives them: then every document needs them.
    func missingHouse(_ organ: Organ) -> [Field] {
        let name = Field("院名", .text, hint: "name at the head of the document, or set documents.organName in dossier.yaml")
        let code = Field("院代字", .text, hint: "what stands for the organ in numbers, as 海东, or set documents.organCode in dossier.yaml")
        return [(organ.name ?? header.organ.name, name), (organ.code ?? header.organ.code, code)].filter { $0.0 == nil }.map(\.1)
            .filter { house in !header.fields.contains { $0.name == house.name } }
    }

    /// Two codes that look the same have to be the same, or a printed number would exist twice.
    private static func isPlainCode(_ code: String) -> Bool {
        code == code.precomposedStringWithCanonicalMapping
            && code.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && ![.control, .format].contains($0.properties.generalCategory) }
    }

    /// The 文号 as printed, for a sequence number.
    public func number(_ values: DocumentValues, sequence: Int) -> String {
        header.numbering.text(organ: values.organCode, type: header.code, year: values.date.year, sequence: "\(sequence)")
    }

    /// The 文号 of a draft: its sequence is left open.
    public func openNumber(_ values: DocumentValues) -> String {
        header.numbering.text(organ: values.organCode, type: header.code, year: values.date.year, sequence: "　　")
    }
}
