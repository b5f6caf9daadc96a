/// What the 备注 of the catalogue says of a document: it is a copy, a disc is enclosed. DOMAIN: 复印件, 光盘, 破损; damage is not read.
enum DocumentRemark: String, CaseIterable {
    case copy = "复印件"
    case disc = "光盘"

    private static let longest = 16
    private static let copyMarks = ["复印件", "与原件核对无异", "与原件一致"].map(\.compacted)
    private static let discMark = "光盘".compacted
    private static let counters: Set<Unicode.Scalar> = ["张", "片", "盘", "个"]
    private static let clauseMarks = Set("，。；,;？?".unicodeScalars)

    /// A short row that says so: a stamp or a note at the edge. A sentence that tells of copies or discs is none.
    static func remark(in glyphs: Glyphs) -> DocumentRemark? {
        guard glyphs.count <= longest else { return nil }
        if copyMarks.contains(where: glyphs.holds) { return .copy }
        return isDisc(glyphs) ? .disc : nil
    }

    /// 光盘一张, 附光盘2张, 光盘（1张）, or the word alone; not 光盘说明 and not 刻录光盘一张。
    private static func isDisc(_ glyphs: Glyphs) -> Bool {
        guard let at = glyphs.position(of: discMark), !glyphs.contains(where: clauseMarks.contains) else { return false }
        let before = glyphs[..<at].filter { !":：（(".unicodeScalars.contains($0) }, after = glyphs[(at + discMark.count)...].filter { !"：:（()）".unicodeScalars.contains($0) }
        let isLead = before.isEmpty || ["附", "附件", "附有", "备注"].contains(String(before))
        let isCount = after.isEmpty || (after.last.map(counters.contains) == true && Numeral.value(after.dropLast()) != nil)
        return isLead && isCount
    }
}
