import DossierModel
import Foundation

/// `facts-truth.json`: what is so in a generated case, whatever its papers leave unsaid. The measure for `facts.json`.
public struct FactTruth: Hashable, Sendable, Codable {
    public struct Person: Hashable, Sendable, Codable {
        public var name: String
        /// 犯罪嫌疑人, 被害人; nil for witnesses and officers.
        public var role: String?
        /// 男 or 女
        public var sex: String
        /// ISO 8601.
        public var birthDate: String
        public var identityNumber: String
    }

    /// A coercive measure as one document orders, prolongs or ends it.
    public struct Measure: Hashable, Sendable, Codable {
        public var person: String
        /// 拘留, 逮捕 …
        public var measure: String
        /// ISO 8601.
        public var date: String
    }

    /// Without the final 罪.
    public var charge: String
    public var persons: [Person]
    public var measures: [Measure]
    /// Organs that investigate or prosecute.
    public var units: [String]

    init(_ plan: CasePlan) {
        let facts = plan.facts
        charge = facts.crime.rawValue
        persons =
            [Self.person(facts.suspect, "犯罪嫌疑人"), Self.person(facts.accomplice, "犯罪嫌疑人"), Self.person(facts.victim, "被害人")]
            + (facts.witnesses + facts.officers + [facts.expert]).map { Self.person($0, nil) }
        measures = plan.volumes.flatMap(\.documents).compactMap { Self.measure($0, facts) }
        units = [facts.place.police, facts.place.station, facts.place.procuratorate]
    }

    private static func person(_ person: SampleCases.Person, _ role: String?) -> Person {
        Person(name: person.name, role: role, sex: person.sex, birthDate: person.birth.iso, identityNumber: person.identity)
    }

    /// By the document's title: the measure and whom it is about.
    private static let measured: [String: (measure: String, person: @Sendable (CaseFacts) -> SampleCases.Person)] = [
        "拘传证": ("拘传", \.suspect), "拘留证": ("拘留", \.suspect), "延长拘留期限通知书": ("延长拘留期限", \.suspect), "批准逮捕决定书": ("批准逮捕", \.suspect),
        "逮捕证": ("逮捕", \.suspect), "取保候审决定书": ("取保候审", \.accomplice), "解除取保候审决定书": ("解除取保候审", \.accomplice),
        "监视居住决定书": ("监视居住", \.suspect), "批准延长侦查羁押期限决定书": ("批准延长侦查羁押期限", \.suspect), "释放通知书": ("释放", \.suspect),
    ]

    private static func measure(_ document: DraftDocument, _ facts: CaseFacts) -> Measure? {
        guard let (measure, person) = measured[document.title], let day = document.day else { return nil }
        return Measure(person: person(facts).name, measure: measure, date: day.iso)
    }

    /// #### Errors
    /// `library` when it cannot be encoded.
    func json() throws(DossierError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) + [10] } catch {
            throw DossierError(.library, "the truth cannot be written as JSON", cause: "\(error)")
        }
    }
}
