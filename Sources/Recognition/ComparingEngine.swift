internal import DossierModel

/// Reads with one engine and lets another read the same page: where they differ, a person should look. The text is the
/// first engine's.
final class ComparingEngine: OCREngine {
    private let first: any OCREngine
    private let second: any OCREngine

    init(_ first: any OCREngine, comparedWith second: any OCREngine) {
        self.first = first
        self.second = second
    }

    var identity: EngineIdentity { first.identity.compared(with: second.identity) }
    var leastConfidence: Double { first.leastConfidence }
    var isSureOfUprightTextOnly: Bool { first.isSureOfUprightTextOnly }

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        try first.orientation(of: page, dpi: dpi)
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        try first.recognise(page, dpi: dpi)
    }

    func reread(_ lines: [RecognisedLine], on page: Raster, dpi: Resolution) throws(DossierError) -> [String] {
        try first.reread(lines, on: page, dpi: dpi)
    }

    func remarks(on lines: [RecognisedLine], of page: Raster, dpi: Resolution) throws(DossierError) -> [Finding] {
        let others = try second.recognise(page, dpi: dpi).filter { $0.confidence >= second.leastConfidence }
        return ReadingComparison(lines, others).finding(engine: second.identity.name).map { [$0] } ?? []
    }
}

extension EngineIdentity {
    /// The one that reads, with the one that reads it again.
    func compared(with other: EngineIdentity) -> EngineIdentity {
        EngineIdentity(name: name, version: version, models: models + ["compared with \(other)"])
    }
}

/// Two readings of one page, laid over each other by place: engines part lines and cells differently.
struct ReadingComparison {
    struct Difference: Equatable {
        /// Empty where only the other engine read something.
        var text: String
        var other: String
        var errors: Int
    }

    /// Those with most different characters first, then in reading order.
    let differences: [Difference]
    /// Characters of the first reading, and different ones, spaces and forms of width left out.
    let characters: Int
    let errors: Int

    init(_ lines: [RecognisedLine], _ others: [RecognisedLine]) {
        let (found, left) = Self.placed(others, on: lines)
        var differences: [Difference] = []
        for (line, letters) in zip(lines, found) {
            let (a, b) = (Self.folded(line.text), Self.folded(letters))
            if a != b { differences.append(Difference(text: line.text, other: letters, errors: EditDistance.between(a, b))) }
        }
        for text in left { differences.append(Difference(text: "", other: text, errors: Self.folded(text).count)) }
        self.differences = differences.filter { $0.errors > 0 }.enumerated()
            .sorted { ($1.element.errors, $0.offset) < ($0.element.errors, $1.offset) }.map(\.element)
        characters = lines.reduce(0) { $0 + Self.folded($1.text).count }
        errors = differences.reduce(0) { $0 + $1.errors }
    }

    /// What of the other reading stands on each line, and the other's lines that stand on none.
    private static func placed(_ others: [RecognisedLine], on lines: [RecognisedLine]) -> (found: [String], left: [String]) {
        var letters = [[(along: Double, text: String)]](repeating: [], count: lines.count)
        var left: [String] = []
        for other in others {
            var lost = ""
            for (index, letter) in other.text.enumerated() {
                let place = other.middle(ofCharacter: index)
                if let at = lines.firstIndex(where: { $0.quad.holds(place) }) {
                    letters[at].append((lines[at].quad.along(place), String(letter)))
                } else {
                    lost.append(letter)
                }
            }
            if lost.contains(where: { !$0.isWhitespace }) { left.append(lost) }
        }
        return (letters.map { $0.sorted { $0.along < $1.along }.map(\.text).joined() }, left)
    }

    /// Without spaces, full-width forms as their half-width ones (Unicode block FF00).
    private static func folded(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            if scalar.properties.isWhitespace { return nil }
            return (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
        }
    }

    /// The readings that differ most, so many.
    private static let mostNamed = 8

    /// nil where both read the same.
    func finding(engine: String) -> Finding? {
        guard !differences.isEmpty else { return nil }
        let named = differences.prefix(Self.mostNamed).map { "“\($0.text)” ≠ “\($0.other)”" }.joined(separator: ", ")
        let more = differences.count > Self.mostNamed ? " and \(differences.count - Self.mostNamed) more" : ""
        return Finding(
            id: "page.text.engines-differ", severity: .note,
            message: "\(engine) reads \(differences.count) stretches otherwise (\(errors) of \(characters) characters): \(named)\(more)",
            remedy: "compare with the page where it matters; the text is the first engine’s")
    }
}

extension RecognisedLine {
    /// Where a character stands, pixels of the page; without spans the characters share the line by their widths.
    fileprivate func middle(ofCharacter index: Int) -> PixelPoint {
        let share: Double
        if characterSpans.count == 2 * text.count {
            share = (characterSpans[2 * index] + characterSpans[2 * index + 1]) / 2
        } else {
            let widths = text.map(\.naturalWidth)
            share = (widths[..<index].reduce(0, +) + widths[index] / 2) / max(widths.reduce(0, +), 0.5)
        }
        let (start, end) = (quad.topLeft.halfway(to: quad.bottomLeft), quad.topRight.halfway(to: quad.bottomRight))
        return PixelPoint(x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share)
    }
}

extension Quad {
    /// In units of the reading direction and of the direction across, both 0…1 inside.
    private func place(of point: PixelPoint) -> (along: Double, across: Double) {
        let (u, v) = ((x: topRight.x - topLeft.x, y: topRight.y - topLeft.y), (x: bottomLeft.x - topLeft.x, y: bottomLeft.y - topLeft.y))
        let p = (x: point.x - topLeft.x, y: point.y - topLeft.y)
        return ((p.x * u.x + p.y * u.y) / max(u.x * u.x + u.y * u.y, 1e-9), (p.x * v.x + p.y * v.y) / max(v.x * v.x + v.y * v.y, 1e-9))
    }

    fileprivate func along(_ point: PixelPoint) -> Double { place(of: point).along }

    /// A little more than the quad, because two engines draw their boxes differently.
    fileprivate func holds(_ point: PixelPoint) -> Bool {
        let (along, across) = place(of: point)
        return (-0.02...1.02).contains(along) && (-0.1...1.1).contains(across)
    }
}

extension PixelPoint {
    fileprivate func halfway(to other: PixelPoint) -> PixelPoint { PixelPoint(x: (x + other.x) / 2, y: (y + other.y) / 2) }
}
