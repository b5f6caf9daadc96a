/// Cell widths of the character grid: printable Basic Latin is half width, everything else full width
/// (the practice of Chinese typewritten forms; compare Unicode Standard Annex #11, classes Na and W/F).
public enum CharacterWidth {
    /// 1 or 0.5.
    public static func cells(of character: Character) -> Double {
        isHalfWidth(character) ? 0.5 : 1
    }

    public static func cells(of text: some StringProtocol) -> Double {
        text.reduce(0) { $0 + cells(of: $1) }
    }

    static func isHalfWidth(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { $0.value < 0x7F } ?? true
    }
}
