internal import CPango
import DossierModel

/// A font as HarfBuzz knows it. Its face belongs to the Pango font it came from, which must live longer.
@safe struct OpenFont {
    private let face: OpaquePointer
    private let name: String
    private let metrics: FontSubset.Metrics
    /// CID of every glyph.
    private let codes: [UInt16]

    /// #### Errors
    /// `library` when it is not a CID-keyed OpenType font of 1,000 units to the em, as Fandol and Noto CJK are.
    init(_ font: OpaquePointer) throws(DossierError) {
        unsafe face = hb_font_get_face(font)
        let name = unsafe Self.postScriptName(face)
        guard unsafe hb_face_get_upem(face) == 1000 else {
            throw DossierError(.library, "the font \(name) is not drawn in 1,000 units to the em; run “make setup” to install it again")
        }
        self.name = name
        metrics = unsafe Self.metrics(font)
        codes = try unsafe Self.withTable("CFF ", of: face) { (table) throws(DossierError) in try unsafe CompactFont(table).characterIDs }
    }

    func code(of glyph: UInt) -> UInt16 { codes[Int(glyph)] }

    /// The font with the glyphs of `characters` alone; it keeps their codes.
    /// - Parameters:
    ///   - glyphs: Glyph indices that must be in it.
    ///   - characters: What they are glyphs of. HarfBuzz finds glyphs by characters ten times as fast as by indices.
    ///   - widths: By code.
    ///
    /// #### Errors
    /// `library` when HarfBuzz cannot make it.
    func subset(glyphs: Set<UInt>, characters: Set<Unicode.Scalar>, widths: [UInt16: Int]) throws(DossierError) -> FontSubset {
        guard let input = unsafe hb_subset_input_create_or_fail() else { throw failure }
        defer { unsafe hb_subset_input_destroy(input) }
        let wanted = unsafe hb_subset_input_unicode_set(input)
        for scalar in characters { unsafe hb_set_add(wanted, scalar.value) }
        // Hints are for screens that show a stroke in one pixel; printed, and by the readers of today, they are not used.
        unsafe hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NOTDEF_OUTLINE.rawValue | HB_SUBSET_FLAGS_NO_HINTING.rawValue)
        // The PDF holds the CFF table alone; without GSUB no glyph is kept that only a ligature would use.
        let dropped = unsafe hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG)
        for tag in ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "name", "post", "OS/2", "DSIG"] {
            unsafe hb_set_add(dropped, hb_tag_from_string(tag, -1))
        }
        let program = try unsafe execute(input, glyphs: glyphs)
        return FontSubset(name: name, program: program, widths: widths, metrics: metrics)
    }

    private func execute(_ input: OpaquePointer, glyphs: Set<UInt>) throws(DossierError) -> [UInt8] {
        guard let plan = unsafe hb_subset_plan_create_or_fail(face, input) else { throw failure }
        defer { unsafe hb_subset_plan_destroy(plan) }
        let kept = unsafe hb_subset_plan_old_to_new_glyph_mapping(plan)
        guard glyphs.allSatisfy({ unsafe hb_map_has(kept, hb_codepoint_t($0)) != 0 }),
            let subset = unsafe hb_subset_plan_execute_or_fail(plan)
        else { throw failure }
        defer { unsafe hb_face_destroy(subset) }
        let program = try unsafe Self.withTable("CFF ", of: subset) { (table) throws(DossierError) in unsafe [UInt8](table) }
        guard !program.isEmpty else { throw failure }
        return program
    }

    private var failure: DossierError { DossierError(.library, "HarfBuzz cannot make a subset of the font \(name); please report this") }

    private static func withTable<Value>(
        _ tag: String, of face: OpaquePointer, _ work: (UnsafeBufferPointer<UInt8>) throws(DossierError) -> Value
    ) throws(DossierError) -> Value {
        let blob = unsafe hb_face_reference_table(face, hb_tag_from_string(tag, -1))
        defer { unsafe hb_blob_destroy(blob) }
        var length: UInt32 = 0
        let data = unsafe UnsafeRawPointer(hb_blob_get_data(blob, &length))
        return try unsafe work(UnsafeBufferPointer(start: data?.assumingMemoryBound(to: UInt8.self), count: data == nil ? 0 : Int(length)))
    }

    private static func postScriptName(_ face: OpaquePointer) -> String {
        var length: UInt32 = 128
        var characters = [CChar](repeating: 0, count: 128)
        unsafe hb_ot_name_get_utf8(face, hb_ot_name_id_t(HB_OT_NAME_ID_POSTSCRIPT_NAME), nil, &length, &characters)
        let name = String(decoding: characters.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty ? "Font" : name
    }

    private static func metrics(_ font: OpaquePointer) -> FontSubset.Metrics {
        var extents = hb_font_extents_t()
        unsafe hb_font_get_h_extents(font, &extents)
        var scale: (x: Int32, y: Int32) = (0, 0)
        unsafe hb_font_get_scale(font, &scale.x, &scale.y)
        func thousandths(_ value: Int32) -> Int { Int((Double(value) / Double(scale.y) * 1000).rounded()) }
        return .init(ascent: thousandths(extents.ascender), descent: thousandths(extents.descender), box: unsafe box(hb_font_get_face(font)))
    }

    /// The box around all glyphs is in the table `head` from byte 36, four signed numbers (OpenType 1.9, head).
    private static func box(_ face: OpaquePointer?) -> [Int] {
        let emSquare = [0, -120, 1000, 880]
        guard let face = unsafe face else { return emSquare }
        let box = try? unsafe withTable("head", of: face) { table in
            let length = table.count
            return stride(from: 36, to: min(44, length - 1), by: 2).map { unsafe Int(Int16(bitPattern: UInt16(table[$0]) << 8 | UInt16(table[$0 + 1]))) }
        }
        return box?.count == 4 ? box! : emSquare
    }
}
