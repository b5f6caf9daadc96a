/// A day of the Gregorian calendar.
struct CalendarDate: Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// nil for days that never were, and for years no criminal file of today can hold.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2099).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// `2024-03-02` (ISO 8601-1:2019 §5.2.2.1, extended format).
    var iso: String { "\(year)-\(Self.padded(month))-\(Self.padded(day))" }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return switch month {
        case 2: leap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Finds dates in text: 二〇二四年三月二日, 2024年3月2日, 2O24年3目2曰, 2024-03-02, 2024.3.2, 20240302.
enum DateReader {
    /// A date and the glyphs it takes.
    struct Found: Hashable {
        let date: CalendarDate
        let range: Range<Int>
    }

    private static let years: Set<Unicode.Scalar> = ["年", "耳"]
    private static let months: Set<Unicode.Scalar> = ["月", "目", "用"]
    private static let days: Set<Unicode.Scalar> = ["日", "曰", "口", "号"]
    private static let dividers: Set<Unicode.Scalar> = ["-", "－", "—", "–", ".", "．", "/", "／", "·"]

    /// All dates of compacted text, left to right.
    static func dates(in glyphs: Glyphs) -> [Found] {
        var found: [Found] = []
        var at = 0
        while at + 6 <= glyphs.count {
            if let hit = date(in: glyphs, at: at) {
                found.append(hit)
                at = hit.range.upperBound
            } else {
                at += 1
            }
        }
        return found
    }

    /// The date when the text is hardly more than a date: what stands below a signature.
    static func standalone(_ glyphs: Glyphs) -> CalendarDate? {
        guard let hit = dates(in: glyphs).last, glyphs.count - hit.range.count <= 3 else { return nil }
        return hit.date
    }

    private static func date(in glyphs: Glyphs, at start: Int) -> Found? {
        guard let year = year(in: glyphs, at: start), start + 4 < glyphs.count else { return nil }
        let mark = glyphs[start + 4]
        if years.contains(mark) { return rest(glyphs, year, start, months, days) }
        if dividers.contains(mark) { return rest(glyphs, year, start, dividers, nil) }
        return eightDigits(glyphs, year, start)
    }

    private static func year(in glyphs: Glyphs, at start: Int) -> Int? {
        guard start + 4 <= glyphs.count else { return nil }
        let digits = glyphs[start..<(start + 4)]
        guard digits.allSatisfy({ Numeral.digit($0) != nil }), let year = Numeral.value(digits) else { return nil }
        return (1900...2099).contains(year) ? year : nil
    }

    /// Month and day after a year and its mark; without a closing mark the day is the digits that follow.
    private static func rest(
        _ glyphs: Glyphs, _ year: Int, _ start: Int, _ monthMarks: Set<Unicode.Scalar>, _ dayMarks: Set<Unicode.Scalar>?
    ) -> Found? {
        let monthStart = start + 5
        guard let monthEnd = number(glyphs, from: monthStart), monthEnd < glyphs.count, monthMarks.contains(glyphs[monthEnd]),
            let dayEnd = number(glyphs, from: monthEnd + 1),
            dayMarks == nil || (dayEnd < glyphs.count && dayMarks!.contains(glyphs[dayEnd])),
            let month = Numeral.value(glyphs[monthStart..<monthEnd]),
            let day = Numeral.value(glyphs[(monthEnd + 1)..<dayEnd]),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        return Found(date: date, range: start..<(dayMarks == nil ? dayEnd : dayEnd + 1))
    }

    /// End of a numeral of one to three glyphs.
    private static func number(_ glyphs: Glyphs, from start: Int) -> Int? {
        var end = start
        while end < glyphs.count, end - start < 3, glyphs[end] == "十" || Numeral.digit(glyphs[end]) != nil { end += 1 }
        return end > start ? end : nil
    }

    private static func eightDigits(_ glyphs: Glyphs, _ year: Int, _ start: Int) -> Found? {
        let end = start + 8
        let isDigit = { (at: Int) in glyphs.indices.contains(at) && Numeral.arabic(glyphs[at]) != nil }
        guard end <= glyphs.count, !isDigit(start - 1), !isDigit(end), (start..<end).allSatisfy(isDigit),
            let month = Numeral.value(glyphs[(start + 4)..<(start + 6)]),
            let day = Numeral.value(glyphs[(start + 6)..<end]),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        return Found(date: date, range: start..<end)
    }
}
