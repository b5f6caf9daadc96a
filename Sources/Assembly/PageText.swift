public import DossierModel

/// What of a recognised line is written into the text layer.
///
/// Every character is written as read, but for those that a PDF/A text layer cannot hold or a line cannot carry:
/// - U+0000, U+FEFF and U+FFFE (forbidden by ISO 19005-2 §6.2.11.7.2), other noncharacters and the remaining control
///   characters become U+FFFD, so that their place is seen;
/// - tab, line and paragraph separators inside a line become U+0020;
/// - a line of nothing but white space is left out.
public enum PageText {
    /// The text of one line as written, or nil when the line is left out.
    public static func written(_ line: String) -> String? {
        let text = characters(line).joined()
        return text.unicodeScalars.allSatisfy(isSpace) ? nil : text
    }

    /// The text of a page as written, lines joined by line feeds. Text extracted in content order equals it.
    public static func written(_ lines: [RecognisedLine]) -> String {
        lines.compactMap { written($0.text) }.joined(separator: "\n")
    }

    /// One entry for every `Character` of the line, as written.
    static func characters(_ line: String) -> [String] {
        line.map { character in
            if character == "\r\n" { return " " }
            return String(String.UnicodeScalarView(character.unicodeScalars.map(written)))
        }
    }

    private static func written(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        isLineBreakOrTab(scalar) ? " " : isUnwritable(scalar) ? "\u{FFFD}" : scalar
    }

    static func isLineBreakOrTab(_ scalar: Unicode.Scalar) -> Bool {
        (0x09...0x0D).contains(scalar.value) || [0x85, 0x2028, 0x2029].contains(scalar.value)
    }

    static func isUnwritable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0xFEFF || scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint
    }

    /// Whether a reader must be told of the text beside the font's mapping to Unicode: it holds characters of private use
    /// (ISO 19005-2 §6.2.11.7.3, level A).
    static func needsActualText(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.generalCategory == .privateUse } }

    /// White space in the sense of readers that break words at it.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value == 0x180E
    }
}
