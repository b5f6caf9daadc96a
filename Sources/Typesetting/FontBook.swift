internal import CPango
import DossierModel
import Foundation
import Installation

/// The fonts, opened once. Owns a private fontconfig set-up: only Fandol and Noto CJK are in it, so that a page
/// looks the same on every machine, whatever else is installed.
@safe struct FontBook: ~Copyable {
    /// One character of one font.
    struct Glyph {
        /// Index into `faces`.
        var face: Int
        var index: UInt
        /// Ink and advance in shares of an em, from the origin on the baseline, y down.
        var left, top, right, bottom, advance: Double

        /// No font of the typeface's chain has the character; this is the box that stands for it.
        var isMissing: Bool { index == 0 }
    }

    private struct Key: Hashable {
        var typeface: Typeface
        var character: Character
    }

    private let map: OpaquePointer
    private let context: OpaquePointer
    private var fonts: [UnsafeMutablePointer<PangoFont>] = unsafe []
    private(set) var faces: [OpaquePointer] = unsafe []
    private var scaled: [OpaquePointer] = unsafe []
    private var openFonts: [Int: OpenFont] = [:]
    private var chains: [Typeface: [Int]] = [:]
    private var glyphs: [Key: Glyph] = [:]

    /// Units of an em at which glyphs are measured.
    private static let measure = 1000.0

    /// #### Errors
    /// `missingComponent` when the Fandol fonts are not installed; `library` when Pango cannot open a font.
    init() throws(DossierError) {
        let folder = try Installation.path(of: "fonts/fandol")
        let config = try unsafe Self.configuration(fandol: folder)
        unsafe map = OpaquePointer(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT))
        unsafe pango_fc_font_map_set_config(map, config)
        unsafe FcConfigDestroy(config)
        unsafe context = pango_font_map_create_context(UnsafeMutablePointer(map))
    }

    deinit {
        for unsafe font in unsafe scaled { unsafe cairo_scaled_font_destroy(font) }
        for unsafe font in unsafe fonts { unsafe g_object_unref(font) }
        unsafe g_object_unref(UnsafeMutableRawPointer(context))
        unsafe g_object_unref(UnsafeMutableRawPointer(map))
    }

    /// The character in `typeface`, or in the first fallback that has it; the missing-glyph box of the last one otherwise.
    mutating func glyph(for character: Character, in typeface: Typeface) throws(DossierError) -> Glyph {
        let key = Key(typeface: typeface, character: character)
        if let known = glyphs[key] { return known }
        let found = try findGlyph(character, in: typeface)
        glyphs[key] = found
        return found
    }

    func face(of glyph: Glyph) -> OpaquePointer { unsafe faces[glyph.face] }

    /// The font of a `Glyph.face`, to be cut down to the glyphs in use.
    ///
    /// #### Errors
    /// `library` when it is not of a kind that can be.
    mutating func openFont(_ face: Int) throws(DossierError) -> OpenFont {
        if let known = openFonts[face] { return known }
        let font = try unsafe OpenFont(pango_font_get_hb_font(fonts[face]))
        openFonts[face] = font
        return font
    }

    private mutating func findGlyph(_ character: Character, in typeface: Typeface) throws(DossierError) -> Glyph {
        let chain = try chain(of: typeface)
        let scalars = Self.scalars(of: character)
        guard scalars.count == 1 || scalars.count == 2 && scalars[1].properties.isVariationSelector else {
            return measured(0, chain[chain.count - 1])
        }
        for font in chain {
            var index: hb_codepoint_t = 0
            let shaper = unsafe pango_font_get_hb_font(fonts[font])
            let found =
                if scalars.count > 1, scalars[1].properties.isVariationSelector {
                    unsafe hb_font_get_variation_glyph(shaper, scalars[0].value, scalars[1].value, &index)
                } else {
                    unsafe hb_font_get_nominal_glyph(shaper, scalars[0].value, &index)
                }
            if found != 0 { return measured(UInt(index), font) }
        }
        return measured(0, chain[chain.count - 1])
    }

    /// Composed (Unicode Standard Annex #15, form C) where that gives one scalar. Otherwise as written: form C would
    /// turn compatibility ideographs, which names are registered with, into others.
    static func scalars(of character: Character) -> [Unicode.Scalar] {
        let written = Array(character.unicodeScalars)
        guard written.count > 1 else { return written }
        let composed = Array(String(character).precomposedStringWithCanonicalMapping.unicodeScalars)
        return composed.count == 1 ? composed : written
    }

    private func measured(_ index: UInt, _ font: Int) -> Glyph {
        var glyph = cairo_glyph_t(index: index, x: 0, y: 0)
        var extents = cairo_text_extents_t()
        unsafe cairo_scaled_font_glyph_extents(scaled[font], &glyph, 1, &extents)
        let em = Self.measure
        return Glyph(
            face: font, index: index, left: extents.x_bearing / em, top: extents.y_bearing / em,
            right: (extents.x_bearing + extents.width) / em, bottom: (extents.y_bearing + extents.height) / em,
            advance: extents.x_advance / em)
    }

    private mutating func chain(of typeface: Typeface) throws(DossierError) -> [Int] {
        if let known = chains[typeface] { return known }
        var chain: [Int] = []
        for (family, bold) in typeface.families { chain.append(try open(family, bold: bold)) }
        chains[typeface] = chain
        return chain
    }

    private mutating func open(_ family: String, bold: Bool) throws(DossierError) -> Int {
        let wanted = unsafe pango_font_description_new()
        defer { unsafe pango_font_description_free(wanted) }
        unsafe pango_font_description_set_family(wanted, family)
        unsafe pango_font_description_set_weight(wanted, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        unsafe pango_font_description_set_absolute_size(wanted, Self.measure * Double(PANGO_SCALE))
        guard let font = unsafe pango_font_map_load_font(UnsafeMutablePointer(map), context, wanted),
            let pangoFace = unsafe pango_cairo_font_get_scaled_font(OpaquePointer(font)),
            let face = unsafe cairo_scaled_font_get_font_face(pangoFace)
        else {
            throw DossierError(.library, "the font \(family) cannot be opened; run “make setup” to install it again")
        }
        unsafe fonts.append(font)
        unsafe faces.append(face)
        unsafe scaled.append(Self.scaledFont(face))
        return unsafe fonts.count - 1
    }

    private static func scaledFont(_ face: OpaquePointer) -> OpaquePointer {
        var matrix = cairo_matrix_t()
        var identity = cairo_matrix_t()
        unsafe cairo_matrix_init_scale(&matrix, measure, measure)
        unsafe cairo_matrix_init_identity(&identity)
        let options = unsafe cairo_font_options_create()
        defer { unsafe cairo_font_options_destroy(options) }
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        return unsafe cairo_scaled_font_create(face, &matrix, &identity, options)
    }

    private static let fandolFiles = ["Fang-Regular", "Kai-Regular", "Song-Regular", "Song-Bold", "Hei-Regular", "Hei-Bold"]

    private static func configuration(fandol: String) throws(DossierError) -> OpaquePointer {
        // The cache folder spares scanning 200 MB of Noto at every start. Fandol's bold files do not say that they are
        // bold (OS/2 usWeightClass 400), so the scan rule says it for them; single files are never read from a cache.
        let text = """
            <?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
            <fontconfig>
            <match target="scan"><test name="family" compare="contains"><string>Fandol</string></test>
            <test name="style"><string>Bold</string></test><edit name="weight"><const>bold</const></edit></match>
            <dir>/usr/share/fonts/opentype/noto</dir>
            <cachedir>/var/cache/fontconfig</cachedir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
            """
        let bytes = Array((text + "\0").utf8)
        guard let config = unsafe FcConfigCreate(),
            unsafe FcConfigParseAndLoadFromMemory(config, bytes, 1) != 0,
            unsafe FcConfigBuildFonts(config) != 0,
            fandolFiles.allSatisfy({ unsafe FcConfigAppFontAddFile(config, "\(fandol)/Fandol\($0).otf") != 0 })
        else {
            throw DossierError(.library, "fontconfig cannot read the fonts; run “make setup” to install them again", location: fandol)
        }
        return unsafe config
    }
}
