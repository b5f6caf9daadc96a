internal import DossierModel

/// What the 备注 of the catalogue says of a document: it is a copy, discs are enclosed, it is damaged (DOMAIN: 复印件, 光盘, 破损).
struct DocumentRemark: Hashable {
    enum Kind: Int, Hashable {
        case copy, disc, damage
    }

    let kind: Kind
    /// 复印件; 光盘 with the count as written, where there is one; 破损 in the word of the page.
    let shown: String

    private static let longest = 16
    private static let copyMarks = ["复印件", "与原件核对无异", "与原件一致"].map(\.compacted)
    private static let discMark = "光盘".compacted
    private static let damageMarks = Set(["破损", "残破", "残缺", "缺损", "缺角", "污损", "霉变", "虫蛀"].map(\.compacted))
    private static let beforeDamage = ["备注", "此件", "本件", "此页", "本页", "原件", "原页", "有", "已"].map(\.compacted)
    private static let counters: Set<Unicode.Scalar> = ["张", "片", "盘", "个"]
    private static let clauseMarks = Set("，。；,;？?".unicodeScalars)
    private static let brackets = Set(":：（(）)【】[]".unicodeScalars)

    /// A short row that says so: a stamp, a note at the edge, a cell of the list. A sentence that tells of copies, discs or
    /// damage is none.
    ///
    /// - Parameter isOfList: a cell for remarks. On a page the bare word 破损 may be that of a thing in a table.
    init?(_ glyphs: Glyphs, isOfList: Bool = false) {
        guard glyphs.count <= Self.longest else { return nil }
        if Self.copyMarks.contains(where: glyphs.holds) {
            (kind, shown) = (.copy, "复印件")
        } else if let count = Self.discs(glyphs) {
            (kind, shown) = (.disc, "光盘" + count)
        } else if let word = Self.damage(glyphs), isOfList || word.unicodeScalars.count < glyphs.count {
            (kind, shown) = (.damage, word)
        } else {
            return nil
        }
    }

    /// The count behind 光盘, empty for the word alone: 光盘一张, 附光盘2张, 光盘（1张）; nil for 光盘说明 and 刻录光盘一张。
    private static func discs(_ glyphs: Glyphs) -> String? {
        guard let at = glyphs.position(of: discMark), !glyphs.contains(where: clauseMarks.contains) else { return nil }
        let before = glyphs[..<at].filter { !brackets.contains($0) }, after = glyphs[(at + discMark.count)...].filter { !brackets.contains($0) }
        guard before.isEmpty || ["附", "附件", "附有", "备注"].contains(String(before)) else { return nil }
        guard after.isEmpty || (after.last.map(counters.contains) == true && Numeral.value(after.dropLast()) != nil) else { return nil }
        return String(after)
    }

    private static func damage(_ glyphs: Glyphs) -> String? {
        var word = glyphs.filter { !brackets.contains($0) }
        while let lead = beforeDamage.first(where: { word.starts(with: $0) }) { word.removeFirst(lead.count) }
        return damageMarks.contains(word) ? String(word) : nil
    }

    /// One of each sort, copies first; a disc without a count says nothing where another has one.
    static func listed(_ remarks: [DocumentRemark]) -> [DocumentRemark] {
        let counted = remarks.contains { $0.kind == .disc && $0.shown != "光盘" }
        let kept = remarks.filter { !($0.kind == .disc && counted && $0.shown == "光盘") }
        return kept.reduce(into: [DocumentRemark]()) { if !$0.contains($1) { $0.append($1) } }.enumerated()
            .sorted { ($0.element.kind.rawValue, $0.offset) < ($1.element.kind.rawValue, $1.offset) }.map(\.element)
    }

    /// For the catalogue; nil for none.
    static func text(_ remarks: [DocumentRemark]) -> String? {
        let listed = listed(remarks)
        return listed.isEmpty ? nil : listed.map(\.shown).joined(separator: "、")
    }
}
