import DossierModel
import Foundation

/// Character errors of recognised text against the printed text.
struct TextScore {
    /// Levenshtein distances and lengths; spaces counted, and left out.
    private(set) var strict = Tally()
    private(set) var spaceless = Tally()
    /// Printed characters that lie under a seal on a page in colour; errors are those not read.
    private(set) var underSeals = Tally()
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
            addSealed(expected, found: d)
        }
    }

    private mutating func addSealed(_ image: Truth.Image, found: [Unicode.Scalar]) {
        let seals = image.seals
        guard image.mode == .colour, !seals.isEmpty else { return }
        let letters = image.letters
        let read = Calibration.matches(letters.map(\.scalar), found)
        for (letter, isRead) in zip(letters, read) where seals.contains(where: { $0.covers(letter.place) }) { underSeals.add(Tally(errors: isRead ? 0 : 1, characters: 1)) }
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

extension Truth.Image {
    private var geometry: PageGeometry { PageGeometry(source: size, rotation: rotation, skew: skew) }

    /// Round seals on the upright page.
    fileprivate var seals: [Quad] { (marks ?? []).filter { $0.kind == "seal" }.map { geometry.uprightQuad(ofSource: $0.box) } }

    /// Printed characters without spaces, each with its middle on the upright page; those of a line stand evenly.
    fileprivate var letters: [(scalar: Unicode.Scalar, place: PixelPoint)] {
        (lines ?? []).flatMap { line -> [(scalar: Unicode.Scalar, place: PixelPoint)] in
            let quad = geometry.uprightQuad(ofSource: line.box)
            let (left, width, y) = (quad.topLeft.x, quad.bottomRight.x - quad.topLeft.x, (quad.topLeft.y + quad.bottomRight.y) / 2)
            let scalars = Array(line.text.unicodeScalars), step = width / Double(max(1, scalars.count))
            return scalars.indices.filter { !scalars[$0].properties.isWhitespace }.map { (scalars[$0], PixelPoint(x: left + (Double($0) + 0.5) * step, y: y)) }
        }
    }
}

extension Quad {
    /// Whether a point lies in the circle that fills the quad.
    fileprivate func covers(_ point: PixelPoint) -> Bool {
        let (x, y) = ((topLeft.x + bottomRight.x) / 2, (topLeft.y + bottomRight.y) / 2)
        return hypot(point.x - x, point.y - y) <= (bottomRight.x - topLeft.x) / 2
    }
}
