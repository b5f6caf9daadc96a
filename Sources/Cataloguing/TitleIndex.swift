/// One spelling of a title and the kind of document it means.
struct TitleName: Hashable, Sendable {
    let title: DocumentTitle
    /// As shown in the catalogue.
    let shown: String
    /// Folded, without punctuation.
    let key: Glyphs
}

/// A heading compared with the titles.
struct TitleMatch: Hashable {
    let name: TitleName
    /// 0…1: how much of the heading agrees.
    let quality: Double
    /// Other titles as near as this one.
    let rivals: [TitleName]
}

/// Finds titles exactly, through the confusion set, and at an edit distance of one; each in constant time.
///
/// The neighbours at distance one are found as in a deletion dictionary: two words of equal length that differ in one
/// character share the word that is left when it is taken out of both.
struct TitleIndex: Sendable {
    /// Shorter titles must be spelled right: at distance one of a word of three lies half the language.
    static let shortestFuzzy = 4

    private enum Quality {
        static let exact = 1.0
        static let folded = 0.97
        static let fuzzy = 0.9
        static let ambiguous = 0.7
    }

    private let names: [TitleName]
    private let exact: [Glyphs: Int]
    private let shortened: [Glyphs: [Int]]

    init(_ titles: [DocumentTitle]) {
        let names = titles.flatMap(Self.spellings)
        self.names = names
        exact = Dictionary(names.indices.map { (names[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
        var shortened: [Glyphs: [Int]] = [:]
        for (index, name) in names.enumerated() where name.key.count >= Self.shortestFuzzy {
            for short in Self.shortenings(name.key) { shortened[short, default: []].append(index) }
        }
        self.shortened = shortened
    }

    private static func spellings(of title: DocumentTitle) -> [TitleName] {
        title.names.map { TitleName(title: title, shown: $0, key: key($0.compacted)) }
            + title.headings.map { TitleName(title: title, shown: title.names[0], key: key($0.compacted)) }
    }

    /// What is compared: folded, without brackets and enumeration commas.
    static func key(_ glyphs: some Collection<Unicode.Scalar>) -> Glyphs {
        glyphs.filter { !ignored.contains($0) }.folded
    }

    private static let ignored: Set<Unicode.Scalar> = ["、", "（", "）", "(", ")", "《", "》", "〈", "〉", "·", "\"", "“", "”", "_"]

    func match(_ glyphs: some Collection<Unicode.Scalar>) -> TitleMatch? {
        let key = Self.key(glyphs)
        if let index = exact[key] { return spelledRight(names[index], as: glyphs) }
        return fuzzyMatch(key)
    }

    /// The longest title the text ends with, and how many glyphs stand before it.
    func suffixMatch(_ glyphs: Glyphs) -> (match: TitleMatch, before: Int)? {
        guard glyphs.count > 3 else { return nil }
        for start in 1...(glyphs.count - 3) {
            let tail = glyphs[start...]
            if let index = exact[Self.key(tail)] { return (spelledRight(names[index], as: tail), start) }
        }
        return nil
    }

    private func spelledRight(_ name: TitleName, as glyphs: some Collection<Unicode.Scalar>) -> TitleMatch {
        let literally = glyphs.elementsEqual(name.shown.unicodeScalars)
        return TitleMatch(name: name, quality: literally ? Quality.exact : Quality.folded, rivals: [])
    }

    private func fuzzyMatch(_ key: Glyphs) -> TitleMatch? {
        guard key.count + 1 >= Self.shortestFuzzy, key.count <= 40 else { return nil }
        var near = Set(shortened[key] ?? [])
        for short in Self.shortenings(key) {
            if let index = exact[short], short.count >= Self.shortestFuzzy { near.insert(index) }
            near.formUnion((shortened[short] ?? []).filter { Self.differInOne(names[$0].key, key) })
        }
        let found = near.sorted().map { names[$0] }
        guard let first = found.first else { return nil }
        let rivals = found.dropFirst().filter { $0.shown != first.shown }
        return TitleMatch(name: first, quality: rivals.isEmpty ? Quality.fuzzy : Quality.ambiguous, rivals: rivals)
    }

    private static func shortenings(_ key: Glyphs) -> Set<Glyphs> {
        Set(key.indices.map { Array(key[..<$0] + key[($0 + 1)...]) })
    }

    private static func differInOne(_ a: Glyphs, _ b: Glyphs) -> Bool {
        a.count == b.count && zip(a, b).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) } == 1
    }
}
