import DossierModel
internal import PDFObjects

/// The objects of one font of the text layer: Type 0, Identity-H, over an inkless CIDFontType2.
struct GlyphlessFont {
    /// Share of the type size above and below the baseline: the em square of a Han type.
    static let ascent = 0.88
    static let descent = 0.12

    let font: GlyphTable.Font
    let name: String
    /// Frames the characters, for looking at a text layer.
    let isFramed: Bool

    /// Fills the reserved object of the font.
    func write(to document: borrowing PDFBuilder, as object: PDFBuilder.Object) throws(DossierError) {
        let program = TrueTypeProgram(widths: [1000] + glyphWidths, isFramed: isFramed).bytes()
        let file = try document.addDeflatedStream("<< /Length1 \(program.count) >>", bytes: program)
        let descriptor = try document.add(
            """
            << /Type /FontDescriptor /FontName /\(name) /Flags 4 /FontBBox [0 -120 \(glyphWidths.max() ?? 1000) 880]
            /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontFile2 \(file) >>
            """)
        let map = try document.addDeflatedStream("<< >>", bytes: glyphMap())
        let descendant = try document.add(
            """
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /\(name) /FontDescriptor \(descriptor) /CIDToGIDMap \(map)
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [\(widthRanges())] >>
            """)
        let unicode = try document.addDeflatedStream("<< >>", bytes: Array(ToUnicodeMap(font.clusters).text().utf8))
        try document.set(
            object,
            to: """
                << /Type /Font /Subtype /Type0 /BaseFont /\(name) /Encoding /Identity-H
                /DescendantFonts [\(descendant)] /ToUnicode \(unicode) >>
                """)
    }

    /// Distinct widths, ascending; the n-th belongs to glyph n + 1.
    private var glyphWidths: [Int] { Set(font.widths).sorted() }

    /// Two bytes for every CID from 0 (ISO 32000-1 §9.7.4.2). No CID in use leads to glyph 0, .notdef.
    private func glyphMap() -> [UInt8] {
        let glyph = Dictionary(uniqueKeysWithValues: glyphWidths.enumerated().map { ($1, $0 + 1) })
        return BigEndian { data in
            data.short(0)
            font.widths.forEach { data.short(glyph[$0]!) }
        }.bytes
    }

    /// `first last width` for every stretch of equal widths that are not the default.
    private func widthRanges() -> String {
        var ranges: [String] = []
        var first = 0
        while first < font.widths.count {
            let width = font.widths[first]
            let last = font.widths[first...].firstIndex { $0 != width } ?? font.widths.count
            if width != 1000 { ranges.append("\(first + 1) \(last) \(width)") }
            first = last
        }
        return ranges.joined(separator: " ")
    }
}

/// A ToUnicode CMap (ISO 32000-1 §9.10.3).
struct ToUnicodeMap {
    private let entries: [(code: UInt16, text: String)]

    /// CID n + 1 stands for cluster n.
    init(_ clusters: [String]) { entries = clusters.enumerated().map { (UInt16($0 + 1), $1) } }

    init(_ texts: [UInt16: String]) { entries = texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    func text() -> String {
        var parts = [
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            """
        ]
        // A block holds at most 100 entries (Adobe Technical Note 5014).
        for start in stride(from: 0, to: entries.count, by: 100) {
            parts.append(block(entries[start..<min(start + 100, entries.count)]))
        }
        parts.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        return parts.joined(separator: "\n")
    }

    private func block(_ entries: ArraySlice<(code: UInt16, text: String)>) -> String {
        let lines = entries.map { "<\(PDFSyntax.hex($0.code))> <\(PDFSyntax.hexUTF16($0.text))>" }
        return "\(entries.count) beginbfchar\n" + lines.joined(separator: "\n") + "\nendbfchar"
    }
}
