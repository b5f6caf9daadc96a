import DossierModel

/// Character errors of recognised text against the printed text.
struct TextScore {
    /// Levenshtein distances and lengths; spaces counted, and left out.
    private(set) var strict = Tally()
    private(set) var spaceless = Tally()
    /// Per image, spaces left out.
    private(set) var pages: [(image: Int, tally: Tally)] = []

    struct Tally {
        var errors = 0
        var characters = 0
        var rate: Double { Double(errors) / Double(max(1, characters)) }

        mutating func add(_ other: Tally) {
            errors += other.errors
            characters += other.characters
        }
    }

    /// `found` holds the text of each image in scan order; a page that was not delivered has none, and all its
    /// characters count as errors. Blanks and separators are not compared.
    init(_ truth: Truth, found: [String]) {
        for (expected, text) in zip(truth.images, found) where expected.disposition == .page {
            let (a, b) = (Self.scalars(expected.text), Self.scalars(text))
            strict.add(Tally(errors: EditDistance.between(a, b), characters: a.count))
            let (c, d) = (a.filter { !$0.properties.isWhitespace }, b.filter { !$0.properties.isWhitespace })
            let tally = Tally(errors: EditDistance.between(c, d), characters: c.count)
            spaceless.add(tally)
            pages.append((expected.image, tally))
        }
    }

    /// Line and page ends are layout, not text.
    private static func scalars(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { !["\n", "\r", "\u{0C}"].contains($0) }
    }

    /// The pages with the highest rates, for a person who looks for causes.
    var worst: String {
        pages.sorted { $0.tally.rate > $1.tally.rate }.prefix(10)
            .map { "\($0.image) (\(Figure.percent($0.tally.rate)))" }.joined(separator: ", ")
    }
}
