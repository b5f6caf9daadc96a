/// Reads a 文号 whatever brackets the engine saw, and gives its normal form.
///
/// - Procuratorate and police: `京海检刑诉〔2024〕123号`, `海公（刑）立字〔2024〕123号`. The year stands in six-corner
///   brackets U+3014/U+3015 (GB/T 9704-2012 §7.2.5), other brackets are round and full-width, as printed.
/// - Courts: `（2024）京0108刑初123号`, the year in full-width round brackets.
enum DocumentNumberReader {
    private static let opening: Set<Unicode.Scalar> = ["〔", "[", "［", "(", "（", "{", "｛", "【", "「", "『", "〈", "《", "<", "﹝"]
    private static let closing: Set<Unicode.Scalar> = ["〕", "]", "］", ")", "）", "}", "｝", "】", "」", "』", "〉", "》", ">", "﹞"]
    private static let ends: Set<Unicode.Scalar> = ["号", "號"]
    private static let labels = ["文书编号", "文书号", "文号", "编号", "字号", "案号", "号"].map(\.compacted)
    private static let longestPrefix = 20

    /// The number that makes up a line of compacted text, perhaps after a label; nil when it is only mentioned in a sentence.
    static func number(in glyphs: Glyphs) -> String? {
        guard let end = glyphs.lastIndex(where: ends.contains), glyphs.count - end <= 3 else { return nil }
        for at in glyphs.indices where opening.contains(glyphs[at]) && at < end {
            guard let year = year(glyphs, at: at) else { continue }
            let tail = glyphs[(at + 6)..<end]
            if let number = organNumber(glyphs[..<at], year, tail) ?? courtNumber(glyphs[..<at], year, tail) { return number }
        }
        return nil
    }

    private static func year(_ glyphs: Glyphs, at open: Int) -> Int? {
        guard open + 5 < glyphs.count, closing.contains(glyphs[open + 5]),
            glyphs[(open + 1)...(open + 4)].allSatisfy({ Numeral.digit($0) != nil }),
            let year = Numeral.value(glyphs[(open + 1)...(open + 4)]), (1900...2099).contains(year)
        else { return nil }
        return year
    }

    private static func organNumber(_ head: ArraySlice<Unicode.Scalar>, _ year: Int, _ tail: ArraySlice<Unicode.Scalar>) -> String? {
        let prefix = prefix(head)
        guard prefix.filter(\.isHan).count >= 2, prefix.count <= longestPrefix, let serial = serial(tail) else { return nil }
        return "\(String(prefix))〔\(year)〕\(serial)号"
    }

    /// Misread 检, which is certain only where a procuratorial matter follows: 医保险〔2024〕3号 is a number of its own.
    private static let slips: Set<Unicode.Scalar> = ["捡", "俭", "险"]
    private static let matters: Set<Unicode.Scalar> = ["刑", "诉", "批", "捕", "起", "公", "监", "移"]

    private static func mended(_ prefix: Glyphs) -> Glyphs {
        prefix.indices.map { place in
            let next = place + 1 < prefix.count ? prefix[place + 1] : nil
            return slips.contains(prefix[place]) && next.map(matters.contains) == true ? "检" : prefix[place]
        }
    }

    /// Whether a number was read without damage: brackets in pairs, no box for a lost character.
    static func isWhole(_ number: String) -> Bool {
        let glyphs = number.unicodeScalars
        return glyphs.count { $0 == "（" } == glyphs.count { $0 == "）" } && !glyphs.contains("囗") && !glyphs.contains("口")
    }

    /// What stands before the year: after a label or colon, with full-width round brackets.
    private static func prefix(_ head: ArraySlice<Unicode.Scalar>) -> Glyphs {
        var prefix = head.map { opening.contains($0) ? "（" : closing.contains($0) ? "）" : $0.halfWidth }
        if let colon = prefix.lastIndex(of: ":") { prefix.removeSubrange(...colon) }
        if let label = labels.first(where: { prefix.starts(with: $0) }) { prefix.removeFirst(label.count) }
        prefix = mended(prefix)
        let plain = prefix.allSatisfy { $0.isHan || $0 == "（" || $0 == "）" || Numeral.arabic($0) != nil }
        return plain ? prefix : []
    }

    /// Up to six digits, perhaps after Z (numbers issued by the unified system) or a needless 第.
    private static func serial(_ tail: ArraySlice<Unicode.Scalar>) -> String? {
        var digits = tail.map(\.halfWidth)
        if digits.first == "第" { digits.removeFirst() }
        let issuedBySystem = digits.first == "Z"
        if issuedBySystem { digits.removeFirst() }
        guard (1...6).contains(digits.count), digits.allSatisfy({ Numeral.arabic($0) != nil }) else { return nil }
        return (issuedBySystem ? "Z" : "") + digits.map { "\(Numeral.arabic($0)!)" }.joined()
    }

    private static func courtNumber(_ head: ArraySlice<Unicode.Scalar>, _ year: Int, _ tail: ArraySlice<Unicode.Scalar>) -> String? {
        let tail = tail.map(\.halfWidth)
        guard prefix(head).isEmpty, (4...20).contains(tail.count), tail.first!.isHan, Numeral.arabic(tail.last!) != nil,
            tail.allSatisfy({ $0.isHan || Numeral.arabic($0) != nil })
        else { return nil }
        let body = tail.map { glyph in glyph.isHan ? String(glyph) : "\(Numeral.arabic(glyph)!)" }.joined()
        return "（\(year)）\(body)号"
    }
}
