import Foundation

/// What a scalar becomes for searching only; the stored text keeps its own form.
///
/// Unicode NFKD without accents, lower case, and one form each for the marks that typists and readers mix up:
/// brackets (〔2024〕, [2024], （2024）), quotation marks, dashes and middle dots. Variation selectors and zero-width
/// characters vanish.
enum Folding {
    enum Result {
        case scalar(Unicode.Scalar)
        /// White space.
        case gap
        case nothing
        case several([Unicode.Scalar])
        /// A number in a circle or brackets: a word of its own.
        case enclosed([Unicode.Scalar])
    }

    static func folded(_ scalar: Unicode.Scalar) -> Result {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2F7FF, 0x30000...0x3FFFF: .scalar(scalar)
        // Letters, digits and the marks that stay as they are; 《》 among them.
        case 0x30...0x39, 0x61...0x7A, 0x2C, 0x2E, 0x3A, 0x3B, 0x28, 0x29, 0x3001, 0x3002, 0x3008...0x300B: .scalar(scalar)
        case 0x41...0x5A: .scalar(Unicode.Scalar(scalar.value + 0x20)!)
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: .gap
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF, 0xE0100...0xE01EF: .nothing
        // Halfwidth and Fullwidth Forms: ASCII at a distance of FEE0.
        case 0xFF01...0xFF5E: folded(Unicode.Scalar(scalar.value - 0xFEE0)!)
        case ..<0x80: .scalar(united[scalar] ?? scalar)
        default: united[scalar].map { .scalar($0) } ?? decomposed(scalar)
        }
    }

    private static func decomposed(_ scalar: Unicode.Scalar) -> Result {
        let parts = String(scalar).decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
            .filter { !(0x300...0x36F).contains($0.value) && $0 != " " }
            .map { united[$0] ?? $0 }
        return switch (parts.count, scalar.value) {
        case (0, _): .nothing
        // Enclosed Alphanumerics, Dingbats, Enclosed CJK Letters, Enclosed Alphanumeric Supplement.
        case (_, 0x2460...0x24FF), (_, 0x2776...0x2793), (_, 0x3200...0x32FF), (_, 0x1F100...0x1F1FF): .enclosed(parts)
        case (1, _): .scalar(parts[0])
        default: .several(parts)
        }
    }

    private static let united: [Unicode.Scalar: Unicode.Scalar] = {
        let forms: [(Unicode.Scalar, String)] = [
            ("(", "[{〔【〖〘〚"), (")", "]}〕】〗〙〛"), ("“", "\"”„‟″〝〞〟「」『』｢｣"), ("-", "‐‑‒–—―−﹘﹣⸺"), ("·", "•‧・･∙⋅"),
        ]
        return Dictionary(uniqueKeysWithValues: forms.flatMap { form, variants in variants.unicodeScalars.map { ($0, form) } })
    }()
}

extension Unicode.Scalar {
    /// Written without gaps between words: Han, kana, bopomofo, Hangul, and the private areas where rare name
    /// characters live. Every bigram of them is a token.
    var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3040...0x30FF,
            0x3100...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0x1100...0x11FF, 0xE000...0xF8FF, 0x20000...0x3FFFF,
            0xF0000...0x10FFFD:
            true
        default: false
        }
    }

    /// Part of a word or number that is a token as a whole.
    var isWordPart: Bool {
        switch value {
        case 0x30...0x39, 0x61...0x7A: true
        case ..<0x80: false
        default: !isHan && (properties.isAlphabetic || properties.numericType != nil)
        }
    }

    var isDigit: Bool { (0x30...0x39).contains(value) }
}
