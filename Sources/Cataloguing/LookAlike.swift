internal import DossierModel

/// Readings that differ in nothing but what engines take for one another: 己 and 已, full-width and half-width, spaces, brackets.
enum LookAlike {
    private static let marks = Set("（）()〔〕[]【】［］·.、，,:：-—".unicodeScalars)

    static func same(_ a: String, _ b: String) -> Bool { key(a.compacted) == key(b.compacted) }

    /// The same characters, but for spaces, widths and marks.
    static func differsInMarks(_ a: String, _ b: String) -> Bool { bare(a) == bare(b) }

    private static func bare(_ text: String) -> Glyphs { text.compacted.map(\.halfWidth).filter { !marks.contains($0) } }

    /// The same for all that look alike.
    static func key(_ glyphs: Glyphs) -> Glyphs { glyphs.folded.filter { !marks.contains($0) } }
}

/// Names of persons in titles held against the parties of the case and the other names of the volume. A name that looks like
/// another one is a question: 吴某已 where the case knows a 吴某己.
struct NameWitness {
    private let parties: [Glyphs: [Glyphs]]
    private let attested: [Glyphs: [Glyphs]]
    /// Longest first.
    private let all: [Glyphs]

    /// - Parameter attested: names given more than once.
    init(parties: [String], attested: Set<Glyphs>) {
        self.parties = Self.grouped(parties.map(\.compacted))
        self.attested = Self.grouped(attested)
        all = attested.union(parties.map(\.compacted)).filter { $0.count >= 2 }.sorted { ($1.count, String($0)) < ($0.count, String($1)) }
    }

    /// The known name a line ends with: a signature of which the word before it was lost.
    func name(ending glyphs: Glyphs) -> String? { all.first(where: glyphs.ends).map { String($0) } }

    private static func grouped(_ names: some Sequence<Glyphs>) -> [Glyphs: [Glyphs]] {
        Dictionary(grouping: names, by: LookAlike.key).mapValues { $0.sorted { $0.lexicographicallyPrecedes($1) } }
    }

    /// The batch sheet gives this name. What other pages say was read by the same engine, with the same slips.
    func isParty(_ name: Glyphs) -> Bool { parties[LookAlike.key(name)]?.contains(name) == true }

    /// The person the document is called after, where the name may be another's.
    func doubt(_ draft: DocumentDraft, image: Int) -> Finding? {
        guard let author = draft.fields.author, let title = draft.segment.start.title, title.role == .statement || title.isIdentification else { return nil }
        let name = author.compacted
        let key = LookAlike.key(name)
        guard draft.fields.title.compacted.starts(with: name), parties[key]?.contains(name) != true else { return nil }
        if let known = parties[key]?.first {
            return CatalogueFinding.doubtfulPerson(image: image, name: author, known: String(known), from: "a party of the case is")
        }
        return attested[key]?.first { $0 != name }.map {
            CatalogueFinding.doubtfulPerson(image: image, name: author, known: String($0), from: "the volume also names")
        }
    }
}
