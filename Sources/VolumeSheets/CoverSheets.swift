import DossierModel
import Typesetting

/// 卷宗封面. What has no room on it is shortened as the field does (甲、乙等 60 人) and stands in full on 封面续页.
struct CoverSheets {
    let volume: VolumeDescription

    private static let top = 124.0
    /// Clear of the mark on the foot.
    private static let bottom = 270.0
    /// Least heights of a row: the usual one, and that of the catalogue where there are many.
    private static let rowHeights = [13.0, 10]

    func sheets() -> [VolumeSheet] {
        let (fields, height) = fitted()
        return [cover(fields, rowHeight: height)] + further(fields)
    }

    // MARK: Cover

    private func cover(_ fields: [CoverField], rowHeight: Double) -> VolumeSheet {
        var composer = SheetComposer()
        if let organ = volume.organ { composer.add(heading(organ), on: grid(top: 40), row: 0) }
        composer.add(line("电子卷宗", size: 40), on: grid(top: 62), row: 0, as: .heading(level: 1))
        composer.add(line("（\(volume.kind.chineseName)）", size: TypeSize.second), on: grid(top: 86), row: 0)
        composer.add(
            table(fields, rowHeight), at: PaperPoint(33, Self.top), number: 1, rows: Array(fields.indices),
            heads: { _, column in column == 0 ? .row : nil })
        return composer.sheet(label: "封面", title: "封面")
    }

    private func grid(top: Double) -> TextGrid { TextGrid(left: 20, top: top, width: 170, linePitch: 16, lines: 1) }

    private func line(_ text: String, size: Double) -> Paragraph {
        Paragraph(text, typeface: .boldSong, size: size, indent: 0, alignment: .centre)
    }

    /// On one line, in smaller type where it is long. What even that does not hold stands in full as 立卷单位.
    private func heading(_ organ: String) -> Paragraph {
        let sizes = [TypeSize.second, TypeSize.smallSecond, TypeSize.third, TypeSize.fourth]
        let width = CharacterWidth.cells(of: organ)
        let size = sizes.first { width <= grid(top: 0).cells(size: $0) } ?? TypeSize.fourth
        return line(CoverField.cut(organ, tail: "……", lines: 1, of: grid(top: 0).cells(size: size)), size: size)
    }

    private func table(_ fields: [CoverField], _ rowHeight: Double) -> Table {
        Table(columns: [40, 104], rows: fields.map { Self.row($0.name, $0.shown, rowHeight) }, size: TypeSize.fourth)
    }

    private static func row(_ name: String, _ value: String, _ height: Double) -> Table.Row {
        Table.Row([Table.Cell(name, typeface: .song), Table.Cell(value, typeface: .fangSong, alignment: .left)], minimumHeight: height)
    }

    // MARK: Room

    /// The first way to put the fields that fits the page: in full, in lower rows, shortened, the last roles together.
    private func fitted() -> (fields: [CoverField], rowHeight: Double) {
        let whole = fields(roles: roles.count)
        for height in Self.rowHeights where fits(whole, height) { return (whole, height) }
        let low = Self.rowHeights[Self.rowHeights.count - 1]
        for shown in (0...roles.count).reversed() {
            let short = shortened(fields(roles: shown), low)
            if fits(short, low) { return (short, low) }
        }
        return (shortened(fields(roles: 0), low), low)
    }

    private func fits(_ fields: [CoverField], _ rowHeight: Double) -> Bool {
        table(fields, rowHeight).height <= Self.bottom - Self.top
    }

    /// The tallest first, until the rest has room.
    private func shortened(_ fields: [CoverField], _ rowHeight: Double) -> [CoverField] {
        var fields = fields
        let cells = table([], rowHeight).cells(of: Table.Cell(""), at: 1)
        func height(_ field: CoverField) -> Double { table([field], rowHeight).height }
        while !fits(fields, rowHeight) {
            let open = fields.indices.filter { !fields[$0].isShortened && height(fields[$0]) > height(fields[$0].shortened(to: cells)) }
            guard let tallest = open.max(by: { height(fields[$0]) < height(fields[$1]) }) else { break }
            fields[tallest] = fields[tallest].shortened(to: cells)
        }
        return fields
    }

    // MARK: Fields

    /// How a field is struck that does not apply (rules of the Supreme People's Procuratorate for filling in documents,
    /// 2020). One that is to be filled in by hand stays empty.
    private static let unused = "\\"

    /// - Parameter shown: Roles with a field of their own; the persons of the others share one.
    private func fields(roles shown: Int) -> [CoverField] {
        [CoverField("案件编号", volume.caseNumber), CoverField("案由", volume.cause ?? Self.unused)] + parties(shown) + [
            CoverField("卷册", "共 \(volume.of) 册　第 \(volume.number) 册" + (volume.part.map { "（第 \($0.number) 分册，共 \($0.of) 分册）" } ?? "")),
            CoverField("页数", "\(volume.counts.pages) 页　文书 \(volume.entries.count) 件"),
            CoverField("立卷单位", volume.organ ?? ""), CoverField("立卷人", ""), CoverField("审核人", ""),
        ]
    }

    private func parties(_ shown: Int) -> [CoverField] {
        let others = roles.dropFirst(shown)
        guard !others.isEmpty else { return roles.map { CoverField($0.role, names: $0.names) } }
        let names = others.flatMap { role, names in names.map { "\($0)（\(role)）" } }
        var rest = CoverField("其他人员", names: names)
        rest.inFull = others.map { ($0.role, $0.names.joined(separator: "、")) }
        return roles.prefix(shown).map { CoverField($0.role, names: $0.names) } + [rest]
    }

    /// In the order of the batch sheet.
    private var roles: [(role: String, names: [String])] {
        var roles: [(role: String, names: [String])] = []
        var places: [String: Int] = [:]
        for party in volume.parties {
            let role = party.role ?? "当事人"
            if let known = places[role] {
                roles[known].names.append(party.name)
            } else {
                places[role] = roles.count
                roles.append((role, [party.name]))
            }
        }
        return roles
    }

    // MARK: 封面续页

    /// None where the cover has all.
    private func further(_ fields: [CoverField]) -> [VolumeSheet] {
        let rows = fields.filter(\.isShortened).flatMap(\.inFull).map { Self.row($0.name, $0.value, 10) }
        guard !rows.isEmpty else { return [] }
        return TableSheets(
            title: "封面续页", label: "封面续", number: 4, head: nil, table: Table(columns: [34, 122], rows: [], size: TypeSize.smallFourth),
            rows: rows
        ).sheets()
    }
}

/// A field of the cover.
struct CoverField {
    var name: String
    /// As it stands on the cover.
    private(set) var shown: String
    private(set) var isShortened = false
    /// What 封面续页 says where the cover does not.
    var inFull: [(name: String, value: String)]
    /// Of the persons that the field lists.
    private let names: [String]

    init(_ name: String, _ value: String) {
        self.name = name
        shown = value
        inFull = [(name, value)]
        names = []
    }

    init(_ name: String, names: [String]) {
        self.name = name
        shown = names.joined(separator: "、")
        inFull = [(name, shown)]
        self.names = names
    }

    /// Down to two lines of `cells` full-width characters; of a list of persons, as many as one line holds, and their number.
    func shortened(to cells: Double) -> CoverField {
        var short = self
        short.isShortened = true
        short.shown = names.count > 1 ? listed(in: cells) : Self.cut(shown, tail: "……（见续页）", lines: 2, of: cells)
        return short
    }

    /// The persons who come first, and how many there are.
    private func listed(in cells: Double) -> String {
        let tail = "等 \(names.count) 人（见续页）"
        var list = names[0]
        for name in names.dropFirst() {
            guard CharacterWidth.cells(of: list + "、" + name + tail) <= cells else { break }
            list += "、" + name
        }
        return CharacterWidth.cells(of: list + tail) <= cells ? list + tail : Self.beginning(of: list, tail: "……" + tail, lines: 2, of: cells)
    }

    /// The text itself where `lines` lines hold it, its beginning otherwise.
    static func cut(_ text: String, tail: String, lines: Int, of cells: Double) -> String {
        LineBreaker.lines(of: text, cells: cells).count <= lines ? text : beginning(of: text, tail: tail, lines: lines, of: cells)
    }

    /// As much of a text as `lines` lines hold together with `tail`.
    private static func beginning(of text: String, tail: String, lines: Int, of cells: Double) -> String {
        var start = String(text.prefix(lines * Int(cells) * 2).map { $0.isNewline ? " " : $0 })
        while !start.isEmpty, LineBreaker.lines(of: start + tail, cells: cells).count > lines { start.removeLast() }
        return start + tail
    }
}
