import DossierModel

/// A glyph with its place on paper, millimetres.
struct PlacedGlyph {
    var character: Character
    var glyph: FontBook.Glyph
    var x: Double
    var baseline: Double
    /// Horizontal scale that makes a half-width character fit its cell.
    var squeeze: Double
}

extension TextLine {
    /// Share of the em above the baseline in the CJK design box.
    private static let ascent = 0.86

    /// - Parameter withSpaces: whether spaces, which leave no ink, are placed too, where a font has them.
    func placedGlyphs(fonts: inout FontBook, withSpaces: Bool = false) throws(DossierError) -> [PlacedGlyph] {
        var placed: [PlacedGlyph] = []
        var left = self.left
        for character in text {
            let cell = CharacterWidth.cells(of: character) * pitch
            defer { left += cell }
            if character.isWhitespace, !withSpaces { continue }
            let glyph = try fonts.glyph(for: character, in: typeface)
            if character.isWhitespace, glyph.isMissing { continue }
            let advance = glyph.advance * height
            let squeeze = min(1, cell / advance)
            placed.append(
                PlacedGlyph(
                    character: character, glyph: glyph, x: left + (cell - advance * squeeze) / 2, baseline: top + Self.ascent * height,
                    squeeze: squeeze))
        }
        return placed
    }

    /// Left, top, right and bottom of the ink, millimetres; nil for a line of spaces.
    func ink(fonts: inout FontBook) throws(DossierError) -> (left: Double, top: Double, right: Double, bottom: Double)? {
        let placed = try placedGlyphs(fonts: &fonts)
        guard !placed.isEmpty else { return nil }
        return (
            placed.map { $0.x + $0.glyph.left * height * $0.squeeze }.min()!,
            placed.map { $0.baseline + $0.glyph.top * height }.min()!,
            placed.map { $0.x + $0.glyph.right * height * $0.squeeze }.max()!,
            placed.map { $0.baseline + $0.glyph.bottom * height }.max()!
        )
    }
}
