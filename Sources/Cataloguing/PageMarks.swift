/// “第 N 页 共 M 页” as printed on a page.
struct PrintedPageMark: Hashable {
    let number: Int
    let total: Int?

    /// From the first and last rows of a page.
    static func read(_ page: PageLayout) -> PrintedPageMark? {
        (page.rows.prefix(3) + page.rows.dropFirst(3).suffix(3)).lazy.compactMap { mark(in: $0.glyphs) }.first
    }

    /// A row that holds little besides the mark, or both halves of it: “详见第3页” in a sentence is none.
    static func mark(in glyphs: Glyphs) -> PrintedPageMark? {
        guard let number = count(after: "第", in: glyphs), number > 0 else { return nil }
        let total = count(after: "共", in: glyphs)
        guard glyphs.count <= 6 || (total != nil && glyphs.count <= 40) else { return nil }
        return PrintedPageMark(number: number, total: total)
    }

    private static func count(after word: Unicode.Scalar, in glyphs: Glyphs) -> Int? {
        for start in glyphs.indices where glyphs[start] == word {
            let rest = glyphs[(start + 1)...].prefix(5)
            guard let end = rest.firstIndex(where: { $0 == "页" || $0 == "頁" }) else { continue }
            if let value = Numeral.value(glyphs[(start + 1)..<end]) { return value }
        }
        return nil
    }
}

/// Tells separator sheets by what is printed on them.
enum SeparatorSheet {
    private static let words = ["分隔页", "分隔頁", "SEPARATOR", "PATCHT", "PATCH-T", "PATCHCODE"].map(\.compacted)
    /// A separator carries little other text.
    private static let mostGlyphs = 60

    static func isOne(_ page: PageLayout) -> Bool {
        guard page.glyphCount > 0, page.glyphCount <= mostGlyphs else { return false }
        return page.rows.contains { row in
            let text = row.glyphs.map { $0.halfWidth.properties.uppercaseMapping.unicodeScalars.first! }
            return words.contains { text.holds($0) }
        }
    }
}

/// Tells the forms that carry no title line, or share it with others, by their fields.
enum FormFields {
    private static let catalogueHeads = ["序号", "文号", "责任者", "题名", "标题", "日期", "页号", "页次", "页码", "备注", "文件原编号", "文书名称"]
        .map(\.compacted)
    private static let coverFields = [
        "案件名称", "案件编号", "立案时间", "结案时间", "立卷单位", "立卷人", "审核人", "保管期限", "本案共", "本卷共", "密级", "案由",
    ].map(\.compacted)
    private static let docketFields = ["本卷情况说明", "立卷人", "检查人", "立卷时间"].map(\.compacted)

    /// The head of a 卷内目录: at least four of its columns in one or two rows near the top.
    static func isCatalogueHead(_ page: PageLayout) -> Bool {
        let top = page.rows.prefix(6).map(\.glyphs)
        return top.indices.contains { (at: Int) in
            let glyphs = top[at] + (at + 1 < top.count ? top[at + 1] : [])
            return glyphs.count <= 60 && hits(catalogueHeads, in: glyphs) >= 4
        }
    }

    static func isCover(_ page: PageLayout) -> Bool { page.glyphCount <= 300 && hits(coverFields, in: page) >= 4 }

    static func isDocketSheet(_ page: PageLayout) -> Bool { page.glyphCount <= 600 && hits(docketFields, in: page) >= 3 }

    private static func hits(_ words: [Glyphs], in glyphs: Glyphs) -> Int { words.count { glyphs.holds($0) } }

    private static func hits(_ words: [Glyphs], in page: PageLayout) -> Int {
        words.count { word in page.rows.contains { $0.glyphs.holds(word) } }
    }
}
