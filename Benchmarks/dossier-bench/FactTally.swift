import DossierModel
import Foundation

/// The generator's `facts-truth.json`.
struct FactTruth: Decodable {
    struct Person: Decodable {
        var name: String
        var role: String?
        var sex: String
        var birthDate: String
        var identityNumber: String
    }

    struct Measure: Decodable {
        var person: String
        var measure: String
        var date: String
    }

    var charge: String
    var persons: [Person]
    var measures: [Measure]
    var units: [String]
}

/// How much of `facts.json` is right, and how much of what the papers say is in it, kind by kind.
///
/// What the papers say is told by their printed text: a number that stands on no page is not missed. Sums in words of a
/// sentence only; the columns of accounts are no facts.
struct FactTally {
    struct Score {
        /// Values found, and of those the right ones; a value of nobody is right if it is anybody's.
        var found = 0, right = 0
        /// Values the papers hold, and of those the ones found with their owner.
        var wanted = 0, met = 0

        static func += (a: inout Score, b: Score) {
            (a.found, a.right, a.wanted, a.met) = (a.found + b.found, a.right + b.right, a.wanted + b.wanted, a.met + b.met)
        }

        var text: String { "precision \(Self.share(right, found)), recall \(Self.share(met, wanted))" }

        private static func share(_ part: Int, _ all: Int) -> String {
            all == 0 ? "–" : String(format: "%.1f %% (%d of %d)", 100 * Double(part) / Double(all), part, all)
        }
    }

    private struct Claim: Hashable {
        var kind: FactSheet.Kind
        var person: String?
        var measure: String?
        var value: String

        var text: String { [kind.rawValue, person ?? "nobody", measure, value].compactMap(\.self).joined(separator: " ") }
    }

    private static let kinds: [FactSheet.Kind] = [.name, .alias, .sex, .identityNumber, .birthDate, .measure, .charge, .amount, .handlingUnit, .documentNumber]
    private var scores: [FactSheet.Kind: Score] = [:]
    private(set) var complaints: [String] = []

    init() {}

    init(_ sheet: FactSheet, _ facts: FactTruth, _ truth: Truth) {
        let said = PrintedText(truth)
        let (found, wanted) = (Self.found(sheet, facts), Self.wanted(facts, truth, said))
        let owned = Set(wanted.map { [$0.kind.rawValue, $0.measure ?? "", $0.value] })
        let isRight = { (claim: Claim) in
            wanted.contains(claim) || (claim.person == nil && owned.contains([claim.kind.rawValue, claim.measure ?? "", claim.value]))
                // What the truth knows of a person is right, whether or not a page says it in this form.
                || Self.known(facts).contains(claim)
        }
        for claim in found {
            scores[claim.kind, default: Score()].found += 1
            if isRight(claim) { scores[claim.kind]!.right += 1 } else { complaints.append("wrong: \(claim.text)") }
        }
        for claim in wanted {
            scores[claim.kind, default: Score()].wanted += 1
            if found.contains(claim) { scores[claim.kind]!.met += 1 } else { complaints.append("missed: \(claim.text)") }
        }
        complaints.sort()
    }

    // MARK: Claims

    private static func found(_ sheet: FactSheet, _ facts: FactTruth) -> Set<Claim> {
        var claims: Set<Claim> = []
        for person in sheet.persons {
            let names = person.facts.first { $0.kind == .name }?.readings.map(\.value) ?? []
            let owner = names.first { name in facts.persons.contains { $0.name == name } } ?? names.first
            for fact in person.facts where fact.kind != .name || person.role == "犯罪嫌疑人" { claims.formUnion(Self.claims(fact, owner)) }
        }
        for fact in sheet.facts { claims.formUnion(Self.claims(fact, nil)) }
        return claims
    }

    private static func claims(_ fact: FactSheet.Fact, _ owner: String?) -> [Claim] {
        fact.readings.map { reading in
            let value = fact.kind == .charge && reading.value.hasSuffix("罪") ? String(reading.value.dropLast()) : reading.value
            return Claim(kind: fact.kind, person: fact.kind == .name ? nil : owner, measure: fact.measure, value: value)
        }
    }

    private static func known(_ facts: FactTruth) -> Set<Claim> {
        var claims = Set(facts.persons.flatMap { person in
            [(FactSheet.Kind.sex, person.sex), (.identityNumber, person.identityNumber), (.birthDate, person.birthDate)].map {
                Claim(kind: $0.0, person: person.name, measure: nil, value: $0.1)
            }
        })
        claims.formUnion(facts.units.map { Claim(kind: .handlingUnit, person: nil, measure: nil, value: $0) })
        return claims
    }

    private static func wanted(_ facts: FactTruth, _ truth: Truth, _ said: PrintedText) -> Set<Claim> {
        var claims: Set<Claim> = [Claim(kind: .charge, person: nil, measure: nil, value: facts.charge)]
        for person in facts.persons {
            let numbered = said.holds(person.identityNumber), born = said.holds(PrintedText.day(person.birthDate))
            if person.role == "犯罪嫌疑人" { claims.insert(Claim(kind: .name, person: nil, measure: nil, value: person.name)) }
            if numbered { claims.insert(Claim(kind: .identityNumber, person: person.name, measure: nil, value: person.identityNumber)) }
            if numbered || born { claims.insert(Claim(kind: .birthDate, person: person.name, measure: nil, value: person.birthDate)) }
            if numbered || born { claims.insert(Claim(kind: .sex, person: person.name, measure: nil, value: person.sex)) }
        }
        claims.formUnion(facts.measures.map { Claim(kind: .measure, person: $0.person, measure: $0.measure, value: $0.date) })
        claims.formUnion(said.sums.map { Claim(kind: .amount, person: nil, measure: nil, value: $0) })
        let authors = Set(truth.documents.compactMap(\.author))
        claims.formUnion(facts.units.filter(authors.contains).map { Claim(kind: .handlingUnit, person: nil, measure: nil, value: $0) })
        claims.formUnion(truth.documents.compactMap(\.documentNumber).map { Claim(kind: .documentNumber, person: nil, measure: nil, value: $0) })
        return claims
    }

    mutating func add(_ other: FactTally) {
        for (kind, score) in other.scores { scores[kind, default: Score()] += score }
        complaints += other.complaints
    }

    var text: String { Self.kinds.map { "facts, \($0.rawValue): \(scores[$0, default: Score()].text)" }.joined(separator: "\n") }
}

/// What is printed on the pages of a case, line after line.
private struct PrintedText {
    private let pages: [String]

    /// Without the stamped numbers, which would run into what a page begins with.
    init(_ truth: Truth) {
        pages = truth.pages.map { page in (page.lines ?? []).filter { $0.text != page.folio }.map(\.text).joined().filter { !$0.isWhitespace } }
    }

    func holds(_ text: String) -> Bool { pages.contains { $0.contains(text) } }

    /// 元 behind digits.
    var sums: Set<String> {
        Set(pages.flatMap { page in page.matches(of: /([0-9]+(?:\.[0-9]+)?)元/).map { String($0.1) } })
    }

    /// 2024年3月2日
    static func day(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        return "\(parts[0])年\(parts[1])月\(parts[2])日"
    }
}
