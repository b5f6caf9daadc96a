/// Code 128 (ISO/IEC 15417) of printable ASCII, code set B.
public enum Code128 {
    /// Bars and spaces in turn, modules, with start, check and stop character, without quiet zones. nil for a text with
    /// other characters, or without any.
    public static func widths(of text: String) -> [Int]? {
        let scalars = Array(text.unicodeScalars)
        guard !scalars.isEmpty, scalars.allSatisfy({ (32...126).contains($0.value) }) else { return nil }
        let values = scalars.map { Int($0.value) - 32 }
        let check = values.enumerated().reduce(startB) { $0 + ($1.offset + 1) * $1.element } % 103
        return ([startB] + values + [check]).flatMap { digits(patterns[$0]) } + digits(stop)
    }

    /// Modules of blank paper on either side (§4.3.3).
    public static let quiet = 10

    private static let startB = 104
    private static let stop = "2331112"

    private static func digits(_ pattern: String) -> [Int] { pattern.compactMap(\.wholeNumberValue) }

    /// By symbol character value, table 1.
    private static let patterns: [String] = """
        212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
        123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
        232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
        111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
        111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
        114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
