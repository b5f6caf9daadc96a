/// A calendar day (proleptic Gregorian), counted without a clock or a time zone.
struct Day: Hashable, Comparable {
    var year: Int
    var month: Int
    var day: Int

    static func < (a: Self, b: Self) -> Bool { a.ordinal < b.ordinal }

    /// `2024-03-02`.
    var iso: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }
    /// `20240302`.
    var compact: String { "\(year)\(Self.two(month))\(Self.two(day))" }
    /// `2024年3月2日`.
    var text: String { "\(year)年\(month)月\(day)日" }
    /// `二〇二四年三月二日`.
    var chinese: String {
        String(String(year).map { Self.digits[Int(String($0))!] }) + "年" + Self.numeral(month) + "月" + Self.numeral(day) + "日"
    }

    func adding(_ days: Int) -> Day { Day(ordinal: ordinal + days) }

    private static let digits = Array("〇一二三四五六七八九")

    static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// 1…999 in Chinese numerals; the one of ten is said behind hundreds only (十一, 一百一十一).
    static func numeral(_ value: Int) -> String {
        let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10)
        var text = hundreds == 0 ? "" : "\(digits[hundreds])百"
        if tens > 0 { text += hundreds == 0 && tens == 1 ? "十" : "\(digits[tens])十" }
        if hundreds > 0, tens == 0, ones > 0 { text += "零" }
        return text + (ones == 0 ? "" : String(digits[ones]))
    }

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days since 1 March of year 0, so that a leap day ends a year.
    private var ordinal: Int {
        let shifted = month > 2 ? year : year - 1
        let position = (month + 9) % 12
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (position * 306 + 5) / 10 + day - 1
    }

    private init(ordinal: Int) {
        var year = (10_000 * ordinal + 14_780) / 3_652_425
        var rest = ordinal - Self.daysBefore(year)
        if rest < 0 {
            year -= 1
            rest = ordinal - Self.daysBefore(year)
        }
        let position = (100 * rest + 52) / 3060
        self.init(
            year: year + (position + 2) / 12, month: (position + 2) % 12 + 1, day: rest - (position * 306 + 5) / 10 + 1)
    }

    private static func daysBefore(_ year: Int) -> Int { year * 365 + year / 4 - year / 100 + year / 400 }
}
