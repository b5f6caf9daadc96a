/// 公民身份号码: six digits of place, eight of birth, three of order, one check character (GB 11643-1999 §3).
public enum CitizenNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432")

    /// The check character after the first 17 digits: ISO 7064 MOD 11-2 (GB 11643-1999 §3.4). nil for other than 17 ASCII digits.
    public static func checkCharacter(of body: some StringProtocol) -> Character? {
        let digits = body.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        guard digits.count == 17, body.count == 17 else { return nil }
        return checks[zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11]
    }

    /// Whether the check character is right; nil for what has not the form of a number.
    public static func isSound(_ number: some StringProtocol) -> Bool? {
        guard number.count == 18, let last = number.last, let check = checkCharacter(of: number.dropLast()),
            last.isASCII, last.isNumber || last == "X" || last == "x"
        else { return nil }
        return last == check || (last == "x" && check == "X")
    }
}
