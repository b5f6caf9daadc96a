/// Code 39 (ISO/IEC 16388): nine elements to a character, bars and spaces in turn, three of them wide.
public enum Code39 {
    /// `n` narrow, `w` wide; `*` begins and ends a text. nil for a character the symbology does not have.
    public static func pattern(of character: Character) -> String? { patterns[character] }

    /// Of a wide element, in narrow ones (§4.4.2: 2.0 to 3.0).
    public static let wide = 2.5

    /// Bars and spaces in turn, narrow elements, with start and stop characters, without quiet zones. nil for a text
    /// with characters the symbology does not have.
    public static func widths(of text: String) -> [Double]? {
        let characters = ["*"] + Array(text) + ["*"]
        let found = characters.compactMap(pattern)
        guard found.count == characters.count else { return nil }
        return found.map { $0.map { $0 == "w" ? wide : 1 } }.reduce(into: []) { $0 += ($0.isEmpty ? [] : [1]) + $1 }
    }

    /// Narrow elements of blank paper on either side (§4.4.3).
    public static let quiet = 10.0

    /// Table 1.
    private static let patterns: [Character: String] = [
        "0": "nnnwwnwnn", "1": "wnnwnnnnw", "2": "nnwwnnnnw", "3": "wnwwnnnnn", "4": "nnnwwnnnw", "5": "wnnwwnnnn", "6": "nnwwwnnnn",
        "7": "nnnwnnwnw", "8": "wnnwnnwnn", "9": "nnwwnnwnn", "A": "wnnnnwnnw", "B": "nnwnnwnnw", "C": "wnwnnwnnn", "D": "nnnnwwnnw",
        "E": "wnnnwwnnn", "F": "nnwnwwnnn", "G": "nnnnnwwnw", "H": "wnnnnwwnn", "I": "nnwnnwwnn", "J": "nnnnwwwnn", "K": "wnnnnnnww",
        "L": "nnwnnnnww", "M": "wnwnnnnwn", "N": "nnnnwnnww", "O": "wnnnwnnwn", "P": "nnwnwnnwn", "Q": "nnnnnnwww", "R": "wnnnnnwwn",
        "S": "nnwnnnwwn", "T": "nnnnwnwwn", "U": "wwnnnnnnw", "V": "nwwnnnnnw", "W": "wwwnnnnnn", "X": "nwnnwnnnw", "Y": "wwnnwnnnn",
        "Z": "nwwnwnnnn", "-": "nwnnnnwnw", ".": "wwnnnnwnn", " ": "nwwnnnwnn", "*": "nwnnwnwnn", "$": "nwnwnwnnn", "/": "nwnwnnnwn",
        "+": "nwnnnwnwn", "%": "nnnwnwnwn",
    ]
}
