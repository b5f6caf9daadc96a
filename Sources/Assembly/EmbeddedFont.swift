import DossierModel
internal import PDFObjects
import Typesetting

/// The objects of one embedded font with ink: Type 0, Identity-H, over a CIDFontType0 (ISO 32000-1 §9.7).
struct EmbeddedFont {
    let subset: FontSubset
    /// What a reader takes each code for.
    let texts: [UInt16: String]

    func object(in document: borrowing PDFBuilder) throws(DossierError) -> PDFBuilder.Object {
        let program = try document.addDeflatedStream("<< /Subtype /CIDFontType0C >>", bytes: subset.program)
        let unicode = try document.addDeflatedStream("<< >>", bytes: Array(ToUnicodeMap(texts).text().utf8))
        let metrics = subset.metrics
        let box = metrics.box.map { String($0) }.joined(separator: " ")
        let descriptor = try document.add(
            """
            << /Type /FontDescriptor /FontName /\(name) /Flags 4 /FontBBox [\(box)] /ItalicAngle 0
            /Ascent \(metrics.ascent) /Descent \(metrics.descent) /CapHeight \(metrics.ascent) /StemV 80 /FontFile3 \(program) >>
            """)
        let descendant = try document.add(
            """
            << /Type /Font /Subtype /CIDFontType0 /BaseFont /\(name) /FontDescriptor \(descriptor)
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [\(widths)] >>
            """)
        return try document.add(
            """
            << /Type /Font /Subtype /Type0 /BaseFont /\(name)-Identity-H /Encoding /Identity-H
            /DescendantFonts [\(descendant)] /ToUnicode \(unicode) >>
            """)
    }

    /// Six letters tell different subsets of one font apart (§9.6.4): the sum of the codes in them, spread (FNV-1a).
    private var name: String {
        var sum: UInt32 = 2_166_136_261
        for code in subset.widths.keys.sorted() {
            for byte in [code >> 8, code & 255] { sum = (sum ^ UInt32(byte)) &* 16_777_619 }
        }
        var tag = ""
        for _ in 0..<6 {
            tag.unicodeScalars.append(Unicode.Scalar(UInt8(65 + sum % 26)))
            sum /= 26
        }
        return tag + "+" + subset.name
    }

    /// `code [width]` for every glyph that is not one em wide (§9.7.4.3).
    private var widths: String {
        subset.widths.sorted { $0.key < $1.key }.filter { $0.value != 1000 }.map { "\($0.key) [\($0.value)]" }.joined(separator: " ")
    }
}
