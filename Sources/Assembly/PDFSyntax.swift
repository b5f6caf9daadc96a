/// Values in PDF syntax (ISO 32000-1 §7.3).
enum PDFSyntax {
    /// A real number with at most `decimals` places and no exponent, which PDF does not know.
    static func number(_ value: Double, decimals: Int = 3) -> String {
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        let scaled = Int64((value * scale).rounded())
        let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(scale))
        var digits = String(part)
        digits = String(repeating: "0", count: decimals - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return (scaled < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }

    static func numbers(_ values: [Double], decimals: Int = 3) -> String {
        values.map { number($0, decimals: decimals) }.joined(separator: " ")
    }

    /// A text string (§7.9.2.2): big-endian UTF-16 with byte order mark, in hexadecimal.
    static func text(_ value: String) -> String { "<FEFF" + hexUTF16(value) + ">" }

    static func hexUTF16(_ value: String) -> String { value.utf16.map { hex($0) }.joined() }

    static func hex(_ value: UInt16) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// A byte string of the text's UTF-8, in hexadecimal.
    static func bytes(_ value: String) -> String {
        "<" + value.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined() + ">"
    }
}

extension String {
    /// Without line breaks and control characters, which a title or an XML text cannot show.
    var withoutControls: String {
        String(String.UnicodeScalarView(unicodeScalars.map { PageText.isLineBreakOrTab($0) ? " " : PageText.isUnwritable($0) ? "\u{FFFD}" : $0 }))
    }
}
