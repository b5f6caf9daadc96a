public import DossierModel

extension Typesetter {
    /// The pages as one PDF: vectors, embedded subsets of the fonts, and text that can be searched and copied exactly.
    ///
    /// The same pages give the same bytes. The PDF carries no metadata yet and is no PDF/A: Assembly's
    /// `TypesetDocument` finishes it.
    ///
    /// #### Errors
    /// `badUsage` without pages; `missingComponent` when no font has a character (they are named; nothing is ever
    /// printed as an empty box); `library` when a font cannot be opened or subset.
    public mutating func pdf(_ pages: [PageLayout]) throws(DossierError) -> [UInt8] {
        guard !pages.isEmpty else { throw DossierError(.badUsage, "a document has at least one page") }
        try refuseMissingCharacters(in: pages)
        let sink = ByteSink()
        let canvas = try Canvas(pdf: sink)
        for page in pages {
            canvas.beginPage(page.paper)
            for element in page.elements { try canvas.draw(element, fonts: &fonts) }
            canvas.endPage()
        }
        try canvas.finish()
        return sink.bytes
    }

    /// Characters of the pages that no font of their typeface has, in reading order, each once.
    ///
    /// #### Errors
    /// `library` when a font cannot be opened.
    public mutating func missingCharacters(in pages: [PageLayout]) throws(DossierError) -> [Character] {
        var missing: [Character] = []
        for (text, typeface) in pages.flatMap(\.elements).compactMap(\.lettering) {
            for character in text where !character.isWhitespace {
                if try fonts.glyph(for: character, in: typeface).isMissing, !missing.contains(character) { missing.append(character) }
            }
        }
        return missing
    }

    private mutating func refuseMissingCharacters(in pages: [PageLayout]) throws(DossierError) {
        let missing = try missingCharacters(in: pages)
        guard !missing.isEmpty else { return }
        let names = missing.prefix(20).map { "“\($0)” (\(Self.codePoints($0)))" }.joined(separator: ", ")
        throw DossierError(
            .missingComponent,
            "no installed font has \(names); check the spelling of the value they stand in, or write it another way and complete it by hand")
    }

    private static func codePoints(_ character: Character) -> String {
        character.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}

extension PageLayout.Element {
    /// What it says, in which typeface; nil for lines and shapes.
    fileprivate var lettering: (text: String, typeface: Typeface)? {
        switch self {
        case .text(let line): (line.text, line.typeface)
        case .ringText(let ring): (ring.text, ring.typeface)
        case .stroke, .fill: nil
        }
    }
}
