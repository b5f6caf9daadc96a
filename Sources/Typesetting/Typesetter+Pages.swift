public import DossierModel

extension Typesetter {
    /// The pages with every glyph settled and with subsets of their fonts, for a PDF: Assembly's `TypesetDocument`
    /// writes it.
    ///
    /// The same pages give the same values, whatever was set before.
    ///
    /// #### Errors
    /// `missingComponent` when no font has a character (they are named; nothing is ever printed as an empty box);
    /// `library` when a font cannot be opened or subset.
    public mutating func typeset(_ pages: [PageLayout]) throws(DossierError) -> TypesetPages {
        try refuseMissingCharacters(in: pages)
        var setter = PageSetter()
        var set: [TypesetPage] = []
        for page in pages { set.append(try setter.page(page, fonts: &fonts)) }
        return TypesetPages(pages: set, fonts: try setter.subsets(fonts: &fonts))
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

    /// Succeeds when some font of its typeface has every character.
    ///
    /// #### Errors
    /// `missingComponent`, naming the characters that none has; `library` when a font cannot be opened.
    public mutating func refuseMissingCharacters(in pages: [PageLayout]) throws(DossierError) {
        let missing = try missingCharacters(in: pages)
        guard !missing.isEmpty else { return }
        let names = missing.prefix(20).map { "“\($0)” (\(Self.codePoints($0)))" }.joined(separator: ", ")
        throw DossierError(
            .missingComponent,
            "no installed font has \(names); check the spelling of the value they stand in, or write it another way and complete it by hand")
    }

    /// The pages with 〓, the printer's mark for type that is not at hand, in the place of characters that no font has.
    ///
    /// #### Errors
    /// `library` when a font cannot be opened.
    public mutating func marking(missingIn pages: [PageLayout]) throws(DossierError) -> [PageLayout] {
        let missing = Set(try missingCharacters(in: pages))
        return missing.isEmpty ? pages : pages.map { $0.marking(missing) }
    }

    private static func codePoints(_ character: Character) -> String {
        character.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}

extension PageLayout {
    fileprivate func marking(_ missing: Set<Character>) -> PageLayout {
        var page = self
        for (index, element) in elements.enumerated() {
            guard case .text(var line) = element, line.text.contains(where: missing.contains) else { continue }
            line.text = String(line.text.map { missing.contains($0) ? "〓" : $0 })
            page.elements[index] = .text(line)
        }
        return page
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

/// Turns layouts into marks and keeps account of the glyphs they use.
private struct PageSetter {
    private struct Use {
        /// Index into the font book.
        var face: Int
        var glyphs: Set<UInt> = []
        var characters: Set<Unicode.Scalar> = []
        var widths: [UInt16: Int] = [:]
    }

    private var uses: [Use] = []
    /// From index into the font book to index into `uses`.
    private var places: [Int: Int] = [:]

    mutating func page(_ layout: PageLayout, fonts: inout FontBook) throws(DossierError) -> TypesetPage {
        var marks: [TypesetPage.Mark] = []
        for (index, element) in layout.elements.enumerated() {
            switch element {
            case .text(let line): marks += try runs(of: line, element: index, fonts: &fonts).map { .glyphs($0) }
            case .ringText(let ring): marks += try runs(of: ring, element: index, fonts: &fonts).map { .glyphs($0) }
            case .stroke(let stroke): marks.append(.stroke(stroke))
            case .fill(let shape, let ink): marks.append(.fill(shape, ink))
            }
        }
        return TypesetPage(paper: layout.paper, marks: marks)
    }

    func subsets(fonts: inout FontBook) throws(DossierError) -> [FontSubset] {
        var subsets: [FontSubset] = []
        for use in uses {
            subsets.append(try fonts.openFont(use.face).subset(glyphs: use.glyphs, characters: use.characters, widths: use.widths))
        }
        return subsets
    }

    /// Characters of one font and width go together: fewer operators, and a reader finds the line in one piece.
    private mutating func runs(of line: TextLine, element: Int, fonts: inout FontBook) throws(DossierError) -> [GlyphRun] {
        var runs: [GlyphRun] = []
        var rest = try line.readableGlyphs(fonts: &fonts)[...]
        while let first = rest.first {
            let run = rest.prefix { $0.glyph.face == first.glyph.face && $0.squeeze == first.squeeze }
            var glyphs: [GlyphRun.Glyph] = []
            for placed in run { glyphs.append(try glyph(placed, fonts: &fonts)) }
            runs.append(
                GlyphRun(
                    element: element, font: font(first.glyph.face), size: line.height, squeeze: first.squeeze, angle: 0, ink: line.ink,
                    glyphs: glyphs))
            rest = rest.dropFirst(run.count)
        }
        return runs
    }

    private mutating func runs(of ring: RingText, element: Int, fonts: inout FontBook) throws(DossierError) -> [GlyphRun] {
        var runs: [GlyphRun] = []
        for turned in try ring.turnedGlyphs(fonts: &fonts) {
            let glyph = try glyph(turned.placed(around: ring.centre), fonts: &fonts)
            runs.append(
                GlyphRun(
                    element: element, font: font(turned.glyph.face), size: TextLine.em(ring.size), squeeze: 1, angle: turned.angle,
                    ink: ring.ink, glyphs: [glyph]))
        }
        return runs
    }

    private mutating func glyph(_ placed: PlacedGlyph, fonts: inout FontBook) throws(DossierError) -> GlyphRun.Glyph {
        let place = font(placed.glyph.face)
        let code = try fonts.openFont(placed.glyph.face).code(of: placed.glyph.index)
        if uses[place].glyphs.insert(placed.glyph.index).inserted {
            uses[place].widths[code] = Int((placed.glyph.advance * 1000).rounded())
            uses[place].characters.formUnion(FontBook.scalars(of: placed.character))
        }
        return GlyphRun.Glyph(code: code, text: String(placed.character), x: placed.x, baseline: placed.baseline)
    }

    private mutating func font(_ face: Int) -> Int {
        if let known = places[face] { return known }
        uses.append(Use(face: face))
        places[face] = uses.count - 1
        return uses.count - 1
    }
}
