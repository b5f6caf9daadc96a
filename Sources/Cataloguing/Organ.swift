/// Tells the names of authorities and bodies that issue documents.
enum Organ {
    /// What an issuing body's name ends with.
    private static let endings: [Glyphs] = [
        "人民检察院", "检察院", "人民法院", "公安局", "公安分局", "分局", "公安厅", "公安部", "派出所", "看守所", "拘留所", "支队", "大队",
        "中队", "总队", "监察委员会", "国家安全局", "司法局", "缉私局", "鉴定中心", "鉴定所", "鉴定研究所", "认证中心", "认定中心", "检测中心",
        "律师事务所", "法律援助中心", "监狱", "社区矫正中心", "会计师事务所", "医院", "居民委员会", "村民委员会", "有限公司", "有限责任公司", "银行", "支行", "管理局",
    ].map(\.compacted)
    private static let foldedEndings = endings.map(\.folded)
    private static let longest = 34

    /// The name when the text is nothing but one; slips inside its ending (检察阮) are put right.
    static func name(_ glyphs: Glyphs) -> String? {
        guard (4...longest).contains(glyphs.count), let first = glyphs.first, first.isHan, isPlain(glyphs), !isClause(glyphs) else { return nil }
        let folded = glyphs.folded
        guard let hit = foldedEndings.indices.first(where: { folded.ends(with: foldedEndings[$0]) }),
            folded.count > foldedEndings[hit].count
        else { return nil }
        return String(glyphs.dropLast(endings[hit].count) + endings[hit])
    }

    /// Splits “北京市公安局海淀分局立案决定书” after the name.
    static func leading(_ glyphs: Glyphs) -> (name: String, rest: Glyphs)? {
        guard glyphs.count >= 6, glyphs.count <= longest + 24 else { return nil }
        for end in stride(from: glyphs.count - 3, through: 4, by: -1) {
            if let name = name(Array(glyphs[..<end])) { return (name, Array(glyphs[end...])) }
        }
        return nil
    }

    /// The name a field's value begins with; what follows it is another field.
    static func beginning(_ glyphs: ArraySlice<Unicode.Scalar>) -> String? {
        let value = Array(glyphs.drop { [":", "：", "（", "）", "(", ")"].contains($0) }.prefix(longest))
        return stride(from: value.count, through: 4, by: -1).lazy.compactMap { name(Array(value[..<$0])) }.first
    }

    private static let handling = ["公安局", "公安分局", "分局", "派出所", "检察院", "支队", "大队", "监察委员会", "国家安全局", "缉私局"].map(\.compacted)

    /// An organ that investigates or prosecutes.
    static func isHandling(_ name: String) -> Bool { handling.contains { name.compacted.ends(with: $0) } }

    private static let clauseWords = [
        "的", "应当", "可以", "对于", "以及", "或者", "提请", "报送", "移送", "上一级", "下级", "同级", "有关", "连同", "接受", "决定", "本院", "认为", "根据",
    ].map(\.compacted)

    /// A line of a sentence may end with an organ: 人民检察院应当将申诉材料报送上一级人民检察院.
    private static func isClause(_ glyphs: Glyphs) -> Bool { clauseWords.contains(where: glyphs.holds) }

    private static func isPlain(_ glyphs: Glyphs) -> Bool {
        glyphs.allSatisfy { $0.isHan || ["(", ")", "（", "）", "·"].contains($0) }
    }
}
