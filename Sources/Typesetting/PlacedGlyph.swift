import DossierModel
import Foundation

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

    /// Every character in the middle of its cell; spaces, which leave no ink, are left out.
    func placedGlyphs(fonts: inout FontBook) throws(DossierError) -> [PlacedGlyph] {
        var placed: [PlacedGlyph] = []
        var left = self.left
        for character in text {
            let cell = CharacterWidth.cells(of: character) * pitch
            defer { left += cell }
            if character.isWhitespace { continue }
            placed.append(self.placed(character, try fonts.glyph(for: character, in: typeface), left: left, cell: cell))
        }
        return placed
    }

    /// With the spaces that a font has. The letters of a word share its cells in proportion to their widths, or else
    /// readers of a PDF would find a space on both sides of every narrow letter.
    func readableGlyphs(fonts: inout FontBook) throws(DossierError) -> [PlacedGlyph] {
        var placed: [PlacedGlyph] = []
        var left = self.left
        var rest = text[...]
        while let first = rest.first {
            let word = rest.prefix { CharacterWidth.isHalfWidth($0) && !$0.isWhitespace }
            let unit = word.isEmpty ? rest.prefix(1) : word
            let room = CharacterWidth.cells(of: first) * pitch * Double(unit.count)
            var glyphs: [(Character, FontBook.Glyph)] = []
            for character in unit { glyphs.append((character, try fonts.glyph(for: character, in: typeface))) }
            if !(first.isWhitespace && glyphs[0].1.isMissing) { placed += share(room, from: left, among: glyphs) }
            left += room
            rest = rest.dropFirst(unit.count)
        }
        return placed
    }

    private func share(_ room: Double, from left: Double, among glyphs: [(Character, FontBook.Glyph)]) -> [PlacedGlyph] {
        let natural = glyphs.reduce(0) { $0 + $1.1.advance * height }
        let squeeze = min(1, room / natural)
        let extra = (room - natural * squeeze) / Double(glyphs.count)
        var left = left
        return glyphs.map { character, glyph in
            let cell = glyph.advance * height * squeeze + extra
            defer { left += cell }
            return PlacedGlyph(
                character: character, glyph: glyph, x: left + extra / 2, baseline: top + Self.ascent * height, squeeze: squeeze)
        }
    }

    private func placed(_ character: Character, _ glyph: FontBook.Glyph, left: Double, cell: Double) -> PlacedGlyph {
        let advance = glyph.advance * height
        let squeeze = min(1, cell / advance)
        return PlacedGlyph(
            character: character, glyph: glyph, x: left + (cell - advance * squeeze) / 2,
            baseline: top + Self.ascent * height, squeeze: squeeze)
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

/// A glyph of text around a circle.
struct TurnedGlyph {
    var character: Character
    var glyph: FontBook.Glyph
    /// Clockwise degrees from straight up.
    var angle: Double
    /// Of the glyph's origin from the circle's centre before the turn, millimetres.
    var right: Double
    var down: Double

    /// On paper, after the turn about `centre`.
    func placed(around centre: PaperPoint) -> PlacedGlyph {
        let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
        return PlacedGlyph(
            character: character, glyph: glyph, x: centre.x + cosine * right - sine * down, baseline: centre.y + sine * right + cosine * down,
            squeeze: 1)
    }
}

extension RingText {
    /// Share of the em by which the baseline lies below the middle of a character.
    private static let middle = 0.38

    func turnedGlyphs(fonts: inout FontBook) throws(DossierError) -> [TurnedGlyph] {
        let step = text.count > 1 ? span / Double(text.count - 1) : 0
        let em = TextLine.em(size)
        var turned: [TurnedGlyph] = []
        for (index, character) in text.enumerated() {
            let glyph = try fonts.glyph(for: character, in: typeface)
            let angle = middle - (text.count > 1 ? span / 2 : 0) + Double(index) * step
            turned.append(
                TurnedGlyph(character: character, glyph: glyph, angle: angle, right: -glyph.advance * em / 2, down: -radius + em * Self.middle))
        }
        return turned
    }
}
