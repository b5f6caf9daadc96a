/// Reads numbers as they stand in Chinese documents and as engines misread them.
enum Numeral {
    /// 0…9 for an Arabic or Chinese digit; letters stand for the digits they are taken for (2O24, l2).
    static func digit(_ glyph: Unicode.Scalar) -> Int? { arabic(glyph) ?? chinese[glyph] }

    /// Digits of 〇 to 九, or of an Arabic number with misread letters.
    static func arabic(_ glyph: Unicode.Scalar) -> Int? {
        let glyph = glyph.halfWidth
        if let value = Int(exactly: glyph.value), (48...57).contains(value) { return value - 48 }
        return slips[glyph]
    }

    /// Up to four digits, or a Chinese numeral below 100 (二十一).
    static func value(_ glyphs: some Collection<Unicode.Scalar>) -> Int? {
        guard !glyphs.isEmpty, glyphs.count <= 4 else { return nil }
        guard let ten = glyphs.firstIndex(of: "十") else { return positional(glyphs) }
        let tens = glyphs[..<ten]
        let ones = glyphs[glyphs.index(after: ten)...]
        guard tens.count <= 1, ones.count <= 1, let high = tens.isEmpty ? 1 : digit(tens.first!),
            let low = ones.isEmpty ? 0 : digit(ones.first!)
        else { return nil }
        return high * 10 + low
    }

    private static func positional(_ glyphs: some Collection<Unicode.Scalar>) -> Int? {
        var value = 0
        for glyph in glyphs {
            guard let digit = digit(glyph) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private static let slips: [Unicode.Scalar: Int] = [
        "O": 0, "o": 0, "Q": 0, "○": 0, "◯": 0, "〇": 0, "D": 0, "l": 1, "I": 1, "|": 1, "!": 1, "i": 1, "S": 5, "B": 8,
    ]

    private static let chinese: [Unicode.Scalar: Int] = [
        "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2,
    ]
}
