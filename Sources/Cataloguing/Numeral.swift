/// Reads numbers as they stand in Chinese documents and as engines misread them.
enum Numeral {
    /// 0…9 for an Arabic or Chinese digit; letters stand for the digits they are taken for (2O24, l2).
    static func digit(_ glyph: Unicode.Scalar) -> Int? {
        switch glyph {
        case "零": 0
        case "一": 1
        case "二", "两": 2
        case "三": 3
        case "四": 4
        case "五": 5
        case "六": 6
        case "七": 7
        case "八": 8
        case "九": 9
        default: arabic(glyph)
        }
    }

    /// An Arabic digit, or a letter or ring taken for one.
    static func arabic(_ glyph: Unicode.Scalar) -> Int? {
        let glyph = glyph.halfWidth
        return switch glyph {
        case "0"..."9": Int(glyph.value) - 48
        case "O", "o", "Q", "D", "○", "◯", "〇": 0
        case "l", "I", "|", "!", "i": 1
        case "S": 5
        case "B": 8
        default: nil
        }
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

    /// 1…99 as counted in titles: 二, 十二, 二十一. nil for other numbers.
    static func chinese(_ value: Int) -> String? {
        guard (1...99).contains(value) else { return nil }
        let digits = Array("〇一二三四五六七八九")
        let (tens, ones) = (value / 10, value % 10)
        let head = tens == 0 ? "" : tens == 1 ? "十" : "\(digits[tens])十"
        return head + (ones == 0 ? "" : String(digits[ones]))
    }

    private static func positional(_ glyphs: some Collection<Unicode.Scalar>) -> Int? {
        var value = 0
        for glyph in glyphs {
            guard let digit = digit(glyph) else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}
