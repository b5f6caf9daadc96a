/// The head of a statement form: who was asked, by which kind of asking.
struct StatementHeader: Hashable {
    /// 讯问笔录 or 询问笔录.
    let title: String
    let person: String?
    /// More fields of the form stand beside the name.
    let isSure: Bool

    private static let labels: [(word: Glyphs, title: String)] = [
        ("被讯问人", "讯问笔录"), ("被询问人", "询问笔录"),
    ].map { ($0.0.compacted.folded, $0.1) }
    /// What follows the label where it is a signature or part of a sentence.
    private static let notAField = ["签", "捺", "阅", "核", "对", "的", "，", "。", "、", "是", "以", "在"].map { $0.unicodeScalars.first! }
    private static let rowsSearched = 12

    static func read(_ page: PageLayout) -> StatementHeader? {
        let rows = page.rows.prefix(rowsSearched).filter { $0.top < page.height * 0.55 }
        for row in rows {
            let folded = row.glyphs.folded
            for label in labels {
                guard let at = folded.position(of: label.word) else { continue }
                let after = at + label.word.count
                if after < folded.count, notAField.contains(row.glyphs[after]) { continue }
                let known = FormLabels.statement.count { field in rows.contains { $0.glyphs.holds(field) } }
                // 讯问笔录由被讯问人 at the end of a line is a sentence: without a form around it the label begins a field.
                guard known >= 2 || beginsCell(at, of: row) else { continue }
                return StatementHeader(
                    title: label.title, person: PersonName.read(row.glyphs[after...], spaced: row.text), isSure: known >= 2)
            }
        }
        return nil
    }

    private static func beginsCell(_ at: Int, of row: LaidOutRow) -> Bool {
        var start = 0
        for cell in row.cells {
            if start == at { return true }
            start += cell.glyphs.count
        }
        return false
    }
}

/// What a statement is called, taken apart.
enum StatementTitle {
    /// 张三 and 第二次 of 张三第二次, what stands before 讯问笔录.
    static func parts(_ glyphs: ArraySlice<Unicode.Scalar>) -> (person: Glyphs, time: Glyphs) {
        let glyphs = Array(glyphs)
        guard glyphs.last == "次", let start = glyphs.lastIndex(of: "第") else { return (glyphs, []) }
        return (Array(glyphs[..<start]), Array(glyphs[start...]))
    }
}

/// A person's name after its label.
enum PersonName {
    private static let lead: Set<Unicode.Scalar> = [":", "：", "_", "＿", "(", "（", ")", "）", "-", "—", "."]

    /// The name after a label among the fields at the head of a form.
    static func labelled(_ label: Glyphs, on page: PageLayout) -> String? {
        page.rows.prefix(8).lazy.compactMap { row in
            guard let at = row.glyphs.position(of: label), at == 0 || row.glyphs[at - 1] != "被" else { return nil }
            return read(row.glyphs[(at + label.count)...], spaced: row.text)
        }.first
    }

    /// Two to four ideographs, or more with a middle dot; `spaced` is the row as read and tells 王胜男 from 王胜 男.
    static func read(_ glyphs: ArraySlice<Unicode.Scalar>, spaced: String) -> String? {
        var rest = Array(glyphs.drop(while: lead.contains))
        if rest.starts(with: "姓名".unicodeScalars) { rest = Array(rest.dropFirst(2).drop(while: lead.contains)) }
        var name: Glyphs = []
        for (at, glyph) in rest.enumerated() {
            guard glyph.isHan || NameForm.dots.contains(glyph), !FormLabels.begin(rest[at...]) else { break }
            name.append(glyph)
        }
        return cut(name, spaced: spaced)
    }

    private static func cut(_ name: Glyphs, spaced: String) -> String? {
        var name = name
        if name.count >= 3, let last = name.last, last == "男" || last == "女", standsAlone(name, in: spaced) { name.removeLast() }
        return NameForm.fits(name) ? String(name) : nil
    }

    /// Whether a space stands before the last letter of a name and none between the others: 王 胜 男 is set widely.
    private static func standsAlone(_ name: Glyphs, in text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        let printed = scalars.indices.filter { !scalars[$0].isSpacing }
        guard let first = printed.indices.first(where: { printed[$0...].prefix(name.count).map { scalars[$0] } == name }) else { return false }
        let places = printed[first..<first + name.count]
        let apart = zip(places, places.dropFirst()).map { $1 > $0 + 1 }
        return apart.last == true && !apart.dropLast().contains(true)
    }
}
