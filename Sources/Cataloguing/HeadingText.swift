/// The words of a row taken as a heading: without marks of copy and ordinal.
struct HeadingText: Hashable {
    let core: Glyphs
    /// The N of 第N次.
    let ordinal: Int?

    private static let sentenceMarks = Set("，。；？！,;?!：:".unicodeScalars)
    private static let opening = Set("（(〔[【".unicodeScalars)
    private static let closing = Set("）)〕]】".unicodeScalars)
    private static let edges = Set("《》〈〉“”\"'*·.-—_|".unicodeScalars)
    private static let longest = 48

    /// nil for what cannot be a heading: part of a sentence, or too long.
    init?(_ glyphs: Glyphs) {
        guard !glyphs.isEmpty, glyphs.count <= Self.longest, !glyphs.contains(where: Self.sentenceMarks.contains) else { return nil }
        var core = Self.trimmed(glyphs)
        ordinal = Self.ordinal(in: core)
        while let tail = Self.bracketedTail(core) { core = Array(core[..<tail]) }
        core = Self.withoutOrdinal(core)
        guard core.count >= 2 else { return nil }
        self.core = core
    }

    private static func trimmed(_ glyphs: Glyphs) -> Glyphs {
        Array(glyphs.drop(while: edges.contains).reversed().drop(while: edges.contains).reversed())
    }

    private static func bracketedTail(_ glyphs: Glyphs) -> Int? {
        guard let last = glyphs.last, closing.contains(last), let open = glyphs.lastIndex(where: opening.contains), open > 0
        else { return nil }
        return open
    }

    private static func withoutOrdinal(_ glyphs: Glyphs) -> Glyphs {
        guard let range = ordinalRange(glyphs), range.lowerBound == 0 || range.upperBound == glyphs.count else { return glyphs }
        return Array(glyphs[..<range.lowerBound] + glyphs[range.upperBound...])
    }

    /// The number of the first 第N次 in the text.
    static func ordinal(in glyphs: Glyphs) -> Int? {
        ordinalRange(glyphs).flatMap { Numeral.value(glyphs[($0.lowerBound + 1)..<($0.upperBound - 1)]) }
    }

    private static func ordinalRange(_ glyphs: Glyphs) -> Range<Int>? {
        for start in glyphs.indices where glyphs[start] == "第" {
            guard let end = glyphs[start...].prefix(5).firstIndex(of: "次"), end > start + 1,
                let value = Numeral.value(glyphs[(start + 1)..<end]), value > 0
            else { continue }
            return start..<(end + 1)
        }
        return nil
    }
}
