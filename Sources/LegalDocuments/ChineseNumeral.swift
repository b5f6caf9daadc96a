/// Numbers in Chinese writing.
public enum ChineseNumeral {
    private static let digits = Array("零一二三四五六七八九")
    private static let formalDigits = Array("零壹贰叁肆伍陆柒捌玖")

    /// 12 → 十二, 105 → 一百零五, 10,000 → 一万. Up to 999,999,999,999.
    public static func counting(_ value: Int) -> String {
        guard value > 0 else { return "零" }
        let text = grouped(value, digits: digits, units: ["", "十", "百", "千"])
        return text.hasPrefix("一十") ? String(text.dropFirst()) : text
    }

    /// Digit by digit, as years are written: 2024 → 二〇二四.
    public static func byDigit(_ value: Int) -> String {
        String(String(value).map { $0 == "0" ? "〇" : digits[$0.wholeNumberValue!] })
    }

    /// 2024-03-02 → 二〇二四年三月二日.
    public static func date(_ day: CalendarDay) -> String {
        "\(byDigit(day.year))年\(counting(day.month))月\(counting(day.day))日"
    }

    /// An amount in words (正确填写票据和结算凭证的基本规定): 1200.00 → 壹仟贰佰元整, 1409.50 → 壹仟肆佰零玖元伍角整,
    /// 325.04 → 叁佰贰拾伍元零肆分. 整 follows 元 and 角, never 分.
    /// - Parameter fen: hundredths of a yuan, at least 0 and below 10^14.
    public static func amount(fen: Int) -> String {
        let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10)
        var text = yuan > 0 ? grouped(yuan, digits: formalDigits, units: ["", "拾", "佰", "仟"], namesEveryGap: true) + "元" : ""
        if jiao > 0 { text += "\(formalDigits[jiao])角" }
        if rest > 0 { text += (jiao == 0 && yuan > 0 ? "零" : "") + "\(formalDigits[rest])分" }
        if text.isEmpty { text = "零元" }
        return rest > 0 ? text : text + "整"
    }

    /// Groups of four digits with 万 and 亿; a gap of zeros is one 零.
    /// - Parameter namesEveryGap: Also one at the end of a group: 壹拾万零柒仟.
    private static func grouped(_ value: Int, digits: [Character], units: [String], namesEveryGap: Bool = false) -> String {
        var text = ""
        var owesZero = false
        for (scale, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let group = value / scale % 10_000
            guard group > 0 else {
                owesZero = owesZero || !text.isEmpty
                continue
            }
            let endsInZero = namesEveryGap && value / scale / 10_000 % 10 == 0
            if !text.isEmpty, owesZero || group < 1000 || endsInZero { text.append(digits[0]) }
            text += fourDigits(group, digits: digits, units: units) + name
            owesZero = false
        }
        return text
    }

    private static func fourDigits(_ value: Int, digits: [Character], units: [String]) -> String {
        var text = ""
        var owesZero = false
        for (power, scale) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
            let digit = value / scale % 10
            if digit == 0 {
                owesZero = owesZero || !text.isEmpty
            } else {
                if owesZero { text.append(digits[0]) }
                text += "\(digits[digit])\(units[power])"
                owesZero = false
            }
        }
        return text
    }
}
