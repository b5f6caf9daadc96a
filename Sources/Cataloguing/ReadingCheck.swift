public import DossierModel

/// Checks that text can fail by itself: citizen numbers, dates, years of document numbers, amounts written twice.
///
/// What fails is told with what it may have been, where the recogniser's other candidates pass the check. Nothing is
/// corrected: the stored text stays what was read.
public enum ReadingCheck {
    /// One finding for every stretch that fails, in the order of the text.
    public static func findings(on lines: [RecognisedLine]) -> [Finding] {
        lines.flatMap { line in
            failures(on: line).map { failure in
                Finding(
                    id: "page.text.check", severity: .warn, message: "“\(failure.read)” \(failure.reason)" + possibly(failure.possible),
                    remedy: "compare with the page; the text keeps what was read")
            }
        }
    }

    /// Numbers are set in groups and sums widely, but a space also parts two numbers: a line with spaces is tried with and without.
    static func failures(on line: RecognisedLine) -> [Failure] {
        let found = failures(in: CheckedText(line, keepsSpaces: true))
        guard line.text.contains(where: \.isWhitespace) else { return found }
        return found + failures(in: CheckedText(line, keepsSpaces: false)).filter { other in !found.contains { $0.read == other.read } }
    }

    private static func failures(in text: CheckedText) -> [Failure] { citizenNumbers(text) + dates(text) + years(text) + amounts(text) }

    struct Failure: Equatable {
        var read: String
        var reason: String
        /// Readings that pass, the likeliest first.
        var possible: [String]
    }

    private static func possibly(_ readings: [String]) -> String {
        readings.isEmpty ? "" : "; it may be " + readings.map { "“\($0)”" }.joined(separator: " or ")
    }
}

/// A line with what each of its characters may be.
struct CheckedText {
    let characters: [Character]
    /// Readings by position, with what was read first.
    let readings: [[Character]]

    init(_ line: RecognisedLine, keepsSpaces: Bool) {
        var (characters, places) = ([Character](), [Int: Int]())
        for (index, character) in line.text.enumerated() where keepsSpaces || !character.isWhitespace {
            places[index] = characters.count
            characters.append(character)
        }
        self.characters = characters
        var readings = characters.map { [$0] }
        for doubt in line.doubts {
            guard let place = places[doubt.index] else { continue }
            readings[place] += doubt.alternatives.compactMap { $0.text.count == 1 ? $0.text.first : nil }
        }
        self.readings = readings
    }

    /// Other readings of a stretch that pass, those that change fewest characters first.
    ///
    /// - Parameter lookAlikes: also try the digits that letters are taken for.
    func passing(_ range: Range<Int>, lookAlikes: Bool = false, _ check: (String) -> Bool) -> [String] {
        let choices = range.map { place -> [Character] in
            var choice = readings[place]
            if lookAlikes, let digit = Self.digit(characters[place]), !choice.contains(digit) { choice.append(digit) }
            return choice
        }
        var found: [String] = []
        for changes in 1...Self.mostChanges where found.isEmpty {
            Self.vary(choices, changes, from: 0, Array(characters[range])) { candidate in
                let text = String(candidate)
                if found.count < Self.mostReadings, !found.contains(text), check(text) { found.append(text) }
            }
        }
        return found
    }

    private static let mostChanges = 3
    private static let mostReadings = 3

    /// A letter taken for a digit (2O24, l2); what is a digit already is none.
    static func digit(_ character: Character) -> Character? {
        guard !("0"..."9").contains(character), let scalar = character.unicodeScalars.first, let value = Numeral.arabic(scalar) else { return nil }
        return Character("\(value)")
    }

    private static func vary(
        _ choices: [[Character]], _ changes: Int, from start: Int, _ candidate: [Character], _ take: ([Character]) -> Void
    ) {
        guard changes > 0 else { return take(candidate) }
        for place in start..<choices.count {
            for other in choices[place].dropFirst() {
                var next = candidate
                next[place] = other
                vary(choices, changes - 1, from: place + 1, next, take)
            }
        }
    }

    /// Stretches of `count` characters that `body` accepts, with none before or behind that it accepts, too.
    func runs(of count: Int, where accepts: (Character) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < characters.count {
            var end = start
            while end < characters.count, accepts(characters[end]) { end += 1 }
            if end - start == count { runs.append(start..<end) }
            start = max(end, start + 1)
        }
        return runs
    }
}

extension ReadingCheck {
    /// Eighteen characters most of which are digits: 公民身份号码 by its check character and day of birth.
    static func citizenNumbers(_ text: CheckedText) -> [Failure] {
        text.runs(of: 18) { $0.isASCIIDigit || $0 == "X" || $0 == "x" || CheckedText.digit($0) != nil }.compactMap { range in
            let read = String(text.characters[range])
            guard read.count(where: \.isASCIIDigit) >= 15, !isCitizenNumber(read), resemblesCitizenNumber(text, range) else { return nil }
            return Failure(
                read: read, reason: "fails its check as a citizen number (GB 11643)",
                possible: text.passing(range, lookAlikes: true, isCitizenNumber))
        }
    }

    /// Accounts, orders and credit codes have eighteen places, too: only what holds a day of birth where citizen numbers do,
    /// as read or by another candidate of one character, can be a citizen number that was misread.
    private static func resemblesCitizenNumber(_ text: CheckedText, _ range: Range<Int>) -> Bool {
        let birth = range.lowerBound + 6..<range.lowerBound + 14
        func isDay(_ text: String) -> Bool {
            let digits = text.compactMap { CheckedText.digit($0)?.wholeNumberValue ?? $0.wholeNumberValue }
            guard digits.count == 8 else { return false }
            let value = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
            return CalendarDate(year: value(0..<4), month: value(4..<6), day: value(6..<8)) != nil
        }
        return isDay(String(text.characters[birth])) || !text.passing(birth, lookAlikes: true, isDay).isEmpty
    }

    private static func isCitizenNumber(_ number: String) -> Bool {
        guard CitizenNumber.isSound(number) == true else { return false }
        let digits = number.dropLast().compactMap(\.wholeNumberValue)
        let value = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        return CalendarDate(year: value(6..<10), month: value(10..<12), day: value(12..<14)) != nil
    }

    /// Days that never were: 2024年13月5日.
    static func dates(_ text: CheckedText) -> [Failure] {
        text.characters.indices.compactMap { place in
            guard let range = dateRange(text.characters, yearAt: place) else { return nil }
            let read = String(text.characters[range])
            guard !isDate(read) else { return nil }
            return Failure(read: read, reason: "is no day of the calendar", possible: text.passing(range, isDate))
        }
    }

    /// Four digits before 年, one or two before 月, one or two before 日.
    private static func dateRange(_ characters: [Character], yearAt place: Int) -> Range<Int>? {
        guard characters[place] == "年", place >= 4, characters[place - 4..<place].allSatisfy(\.isASCIIDigit),
            place < 5 || !characters[place - 5].isASCIIDigit, let month = number(characters, after: place, before: "月"),
            let day = number(characters, after: month, before: "日")
        else { return nil }
        return place - 4..<day + 1
    }

    /// The place of `unit` behind one or two digits.
    private static func number(_ characters: [Character], after place: Int, before unit: Character) -> Int? {
        for length in 1...2 where place + length + 1 < characters.count {
            if characters[place + length + 1] == unit, characters[place + 1...place + length].allSatisfy(\.isASCIIDigit) { return place + length + 1 }
        }
        return nil
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split { !$0.isASCIIDigit }.compactMap { Int($0) }
        return parts.count == 3 && CalendarDate(year: parts[0], month: parts[1], day: parts[2]) != nil
    }

    /// The year of a document number: 〔2O24〕, 〔2824〕. The brackets are those of GB/T 9704-2012 §7.2.5.
    static func years(_ text: CheckedText) -> [Failure] {
        text.characters.indices.compactMap { place in
            guard text.characters[place] == "〔", place + 5 < text.characters.count, text.characters[place + 5] == "〕" else { return nil }
            let range = place + 1..<place + 5
            let read = String(text.characters[range])
            guard read.contains(where: \.isASCIIDigit), !isYear(read) else { return nil }
            return Failure(
                read: "〔\(read)〕", reason: "holds no year", possible: text.passing(range, lookAlikes: true, isYear).map { "〔\($0)〕" })
        }
    }

    /// From the founding of today's procuratorates on.
    private static func isYear(_ text: String) -> Bool {
        text.allSatisfy(\.isASCIIDigit) && Int(text).map { (1949...2099).contains($0) } ?? false
    }

    /// A sum in words that the figures behind it contradict: 伍万元整（52692元）.
    static func amounts(_ text: CheckedText) -> [Failure] {
        var failures: [Failure] = []
        var place = 0
        while place < text.characters.count {
            guard let words = CapitalAmount(text.characters, from: place) else {
                place += 1
                continue
            }
            if let figures = Figures(text.characters, behind: words.range.upperBound), figures.cents != words.cents {
                let passing = text.passing(figures.digits) { Figures.cents(of: $0) == words.cents }
                failures.append(
                    Failure(
                        read: String(text.characters[words.range.lowerBound..<figures.range.upperBound]),
                        reason: "names two different sums", possible: passing))
            }
            place = words.range.upperBound
        }
        return failures
    }
}

/// 人民币大写: 壹万贰仟叁佰元肆角伍分, 伍万元整 (正确填写票据和结算凭证的基本规定, annex of 支付结算办法, 1997).
struct CapitalAmount {
    let range: Range<Int>
    let cents: Int

    private static let digits: [Character: Int] = [
        "零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    ]
    private static let units: [Character: Int] = ["拾": 10, "佰": 100, "仟": 1000]

    /// nil where no sum in words begins at `start`.
    init?(_ characters: [Character], from start: Int) {
        guard Self.digits[characters[start]].map({ $0 > 0 }) == true else { return nil }
        var (whole, section, digit, at) = (0, 0, 0, start)
        while at < characters.count {
            let character = characters[at]
            if let value = Self.digits[character] {
                digit = value
            } else if let unit = Self.units[character] {
                section += digit * unit
                digit = 0
            } else if character == "万" || character == "亿" {
                let unit = character == "万" ? 10_000 : 100_000_000
                // Before the product, which would trap: 玖仟玖佰亿玖仟亿 is none.
                guard whole < (character == "亿" ? 10_000 : 1_000_000_000_000) else { return nil }
                whole = character == "亿" ? (whole + section + digit) * unit : whole + (section + digit) * unit
                (section, digit) = (0, 0)
            } else {
                break
            }
            // Longer words are no sum that anybody writes, and must not overflow.
            guard at - start < 40, whole < 1_000_000_000_000 else { return nil }
            at += 1
        }
        guard at < characters.count, characters[at] == "元" || characters[at] == "圆" else { return nil }
        var cents = (whole + section + digit) * 100
        at += 1
        for (unit, value) in [("角" as Character, 10), ("分", 1)] {
            if at < characters.count, characters[at] == "零" { at += 1 }
            if at + 1 < characters.count, let digit = Self.digits[characters[at]], characters[at + 1] == unit {
                cents += digit * value
                at += 2
            }
        }
        if at < characters.count, characters[at] == "整" || characters[at] == "正" { at += 1 }
        range = start..<at
        self.cents = cents
    }
}

/// A sum in figures directly behind one in words, in brackets or after ¥ or 小写: （52692元）, (¥52,692.50).
struct Figures {
    /// Up to the last digit.
    let range: Range<Int>
    let digits: Range<Int>
    let cents: Int

    private static let openers: Set<Character> = ["（", "(", "¥", "￥", "小", "写", ":", "：", "人", "民", "币", " "]

    init?(_ characters: [Character], behind start: Int) {
        var at = start
        while at < characters.count, at - start < 8, Self.openers.contains(characters[at]) { at += 1 }
        guard at > start, at < characters.count, characters[at].isASCIIDigit else { return nil }
        var end = at
        while end < characters.count, characters[end].isASCIIDigit || ",，.．".contains(characters[end]) { end += 1 }
        while !characters[end - 1].isASCIIDigit { end -= 1 }
        // 5.2万元 counts in another unit, and is not compared.
        if end < characters.count, characters[end] == "万" || characters[end] == "亿" { return nil }
        guard let cents = Self.cents(of: String(characters[at..<end])) else { return nil }
        (range, digits, self.cents) = (start..<end, at..<end, cents)
    }

    /// nil for what is no sum, or of more than twelve digits.
    static func cents(of text: String) -> Int? {
        let parts = text.filter { $0 != "," && $0 != "，" }.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "．" }
        guard (1...2).contains(parts.count), parts[0].count <= 12, let whole = Int(parts[0]) else { return nil }
        guard parts.count == 2 else { return whole * 100 }
        guard (1...2).contains(parts[1].count), let part = Int(parts[1]) else { return nil }
        return whole * 100 + (parts[1].count == 1 ? part * 10 : part)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
