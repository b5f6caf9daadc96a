public import DossierModel

extension FactSheet {
    /// The facts of a case from the catalogues of its volumes and what the batch sheet says.
    ///
    /// - Parameters:
    ///   - volumes: in the order of their numbers.
    ///   - cause: 案由 as the batch sheet gives it.
    public static func collected(
        case number: String, volumes: [VolumeCatalogue], parties: [BatchSheet.Party] = [], cause: String? = nil
    ) -> FactSheet {
        let observations = volumes.flatMap(\.observations) + volumes.flatMap(CoerciveMeasure.observations) + volumes.flatMap(documentFacts)
        var roster = Roster(parties)
        for observation in observations { roster.meet(observation) }
        return FactSheet(
            case: number, persons: roster.persons(observations), facts: facts(observations.filter { roster.owner($0) == nil && $0.kind != .name }, cause: cause),
            documents: volumes.flatMap { volume in
                volume.documents.enumerated().map { Document(volume: volume.number, document: $0.offset + 1, code: $0.element.code, fields: $0.element.readings) }
            })
    }

    /// Numbers and issuers of the documents.
    private static func documentFacts(_ volume: VolumeCatalogue) -> [FactObservation] {
        let places = Places(volume)
        return volume.documents.enumerated().flatMap { at, document in
            document.readings.compactMap { reading in
                kind(of: reading).map { FactObservation(kind: $0, person: nil, value: reading.value, source: places.source(of: reading, document: at + 1)) }
            }
        }
    }

    private static func kind(of reading: FieldReading) -> Kind? {
        switch reading.field {
        case .documentNumber: .documentNumber
        case .author where Organ.isHandling(reading.value): .handlingUnit
        default: nil
        }
    }

    private static func facts(_ observations: [FactObservation], cause: String?) -> [Fact] {
        let kinds: [Kind] = [.charge, .measure, .handlingUnit, .documentNumber, .amount, .alias, .identityNumber, .birthDate]
        return kinds.flatMap { kind in
            // Numbers and births of nobody in particular may be of several persons.
            grouped(kind, observations.filter { $0.kind == kind }, given: kind == .charge ? cause : nil).map { fact in
                var fact = fact
                fact.isConflict = false
                return fact
            }
        }
    }

    /// One fact, or for measures one for each.
    static func grouped(_ kind: Kind, _ observations: [FactObservation], given: String? = nil) -> [Fact] {
        guard kind == .measure else { return fact(kind, nil, observations, given: given).map { [$0] } ?? [] }
        var measures: [String] = []
        for observation in observations { if let measure = observation.measure, !measures.contains(measure) { measures.append(measure) } }
        return measures.compactMap { measure in fact(kind, measure, observations.filter { $0.measure == measure }, given: nil) }
    }

    private static func fact(_ kind: Kind, _ measure: String?, _ observations: [FactObservation], given: String?) -> Fact? {
        var readings: [Reading] = given.map { [Reading(value: $0, isGiven: true, sources: [])] } ?? []
        var (places, documents) = (Dictionary(uniqueKeysWithValues: readings.enumerated().map { (kind.key($1.value), $0) }), Set<[String]>())
        for observation in observations {
            let key = kind.key(observation.value)
            let place = places[key] ?? readings.count
            if place == readings.count {
                readings.append(Reading(value: observation.value, isSound: observation.isSound, sources: []))
                places[key] = place
            }
            guard documents.insert([key, "\(observation.source.volume)", "\(observation.source.document ?? 0)"]).inserted else { continue }
            readings[place].sources.append(observation.source)
        }
        guard !readings.isEmpty else { return nil }
        return Fact(kind: kind, measure: measure, isConflict: readings.count > 1 && kind.isSingle, readings: readings)
    }
}

/// Where the fields of a volume's documents stand.
private struct Places {
    private let volume: Int
    private let folios: [Int: String]
    private let firstImages: [Int]

    init(_ volume: VolumeCatalogue) {
        self.volume = volume.number
        firstImages = volume.documents.map(\.firstImage)
        folios = Dictionary(volume.pages.compactMap { page in page.folio.map { (page.image, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The document's first image, without a box, for what was not found on its pages.
    func source(of reading: FieldReading, document: Int) -> FactSheet.Source {
        let image = reading.image ?? firstImages[document - 1]
        return FactSheet.Source(
            volume: volume, document: document, folio: folios[image], image: image, box: reading.box, text: reading.text, origin: reading.origin, score: reading.score)
    }
}

extension FactSheet.Kind {
    /// A person has one only. Charges may be several, and a measure is ordered, prolonged and ordered again.
    var isSingle: Bool {
        switch self {
        case .name, .sex, .identityNumber, .birthDate: true
        case .alias, .charge, .measure, .handlingUnit, .documentNumber, .amount: false
        }
    }

    /// What is compared: the same charge is written with and without its final 罪, a name with and without spaces.
    func key(_ value: String) -> String {
        switch self {
        case .charge: ChargeName.key(value)
        case .name: String(value.compacted)
        default: value
        }
    }
}

/// The persons of a case; names that look alike are one person with a name in dispute.
private struct Roster {
    private struct Entry {
        var given: String?
        var role: String?
        var isSuspect = false
    }

    private var entries: [Entry]
    private var places: [String: Int] = [:]
    private var alike: [Glyphs: Int] = [:]
    private var shared: Set<Glyphs> = []

    init(_ parties: [BatchSheet.Party]) {
        entries = parties.map { Entry(given: $0.name, role: $0.role) }
        for (place, party) in parties.enumerated() where places[party.name] == nil {
            places[party.name] = place
            let key = LookAlike.key(party.name.compacted)
            // Of two parties whose names look alike a third spelling is neither.
            if alike[key] != nil { shared.insert(key) }
            alike[key] = place
        }
        for key in shared { alike[key] = nil }
    }

    mutating func meet(_ observation: FactObservation) {
        guard let name = observation.kind == .name ? observation.value : observation.person else { return }
        let place = place(of: name)
        if observation.isSuspect || observation.kind == .measure { entries[place].isSuspect = true }
    }

    private mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        let key = LookAlike.key(name.compacted)
        let place = alike[key] ?? entries.count
        if place == entries.count { entries.append(Entry()) }
        places[name] = place
        if !shared.contains(key) { alike[key] = place }
        return place
    }

    func owner(_ observation: FactObservation) -> Int? {
        (observation.kind == .name ? observation.value : observation.person).flatMap { places[$0] }
    }

    /// The batch sheet's, then suspects, then others of whom more than the name is known.
    func persons(_ observations: [FactObservation]) -> [FactSheet.Person] {
        let own = Dictionary(grouping: observations.filter { owner($0) != nil }) { owner($0)! }
        let order = entries.indices.sorted { (rank($0), $0) < (rank($1), $1) }
        return order.compactMap { place in
            let facts = FactSheet.facts(of: own[place] ?? [], given: entries[place].given)
            guard rank(place) < 2 || facts.count > 1 else { return nil }
            return FactSheet.Person(role: entries[place].role ?? (entries[place].isSuspect ? "犯罪嫌疑人" : nil), facts: facts)
        }
    }

    private func rank(_ place: Int) -> Int { entries[place].given != nil ? 0 : entries[place].isSuspect ? 1 : 2 }
}

extension FactSheet {
    fileprivate static func facts(of observations: [FactObservation], given: String?) -> [Fact] {
        let kinds: [Kind] = [.name, .alias, .sex, .identityNumber, .birthDate, .measure]
        let all = observations + observations.flatMap(factsInNumber)
        return kinds.flatMap { kind in grouped(kind, all.filter { $0.kind == kind }, given: kind == .name ? given : nil) }
    }

    /// The day of birth and the sex that a sound number holds: they have to agree with what is written.
    private static func factsInNumber(_ observation: FactObservation) -> [FactObservation] {
        guard observation.kind == .identityNumber, observation.isSound == true, let number = IdentityNumber(observation.value) else { return [] }
        return [(Kind.birthDate, number.birth.iso), (.sex, number.sex)].map { kind, value in
            var derived = observation
            (derived.kind, derived.value, derived.isSound) = (kind, value, nil)
            return derived
        }
    }
}

/// Documents that order, prolong or end a coercive measure, by their codes.
enum CoerciveMeasure {
    private static let names = [
        "A030": "拘传", "A033": "取保候审", "A042": "解除取保候审", "A043": "监视居住", "A044": "指定居所监视居住", "A045": "解除监视居住", "A046": "拘留",
        "A048": "延长拘留期限", "A050": "批准逮捕", "A051": "不批准逮捕", "A056": "逮捕", "A061": "批准延长侦查羁押期限", "A065": "释放",
    ]

    static func isOrdered(by code: String?) -> Bool { code.flatMap { names[$0] } != nil }

    /// One for each person the document is about, dated as the document is.
    static func observations(_ volume: VolumeCatalogue) -> [FactObservation] {
        let places = Places(volume)
        return volume.documents.enumerated().flatMap { at, document -> [FactObservation] in
            guard let measure = document.code.flatMap({ names[$0] }), let date = document.date,
                let reading = document.readings.first(where: { $0.field == .date })
            else { return [] }
            let source = places.source(of: reading, document: at + 1)
            let persons: [String?] = document.readings.filter { $0.field == .person }.map(\.value)
            return (persons.isEmpty ? [nil] : persons).map {
                FactObservation(kind: .measure, person: $0, value: date, measure: measure, source: source)
            }
        }
    }
}
