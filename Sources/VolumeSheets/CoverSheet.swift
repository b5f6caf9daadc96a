import DossierModel
import Typesetting

/// 卷宗封面.
struct CoverSheet {
    let volume: VolumeDescription

    func sheet() -> VolumeSheet {
        var composer = SheetComposer()
        if let organ = volume.organ {
            composer.add(line(organ, size: TypeSize.second), on: grid(top: 40), row: 0)
        }
        composer.add(line("电子卷宗", size: 40), on: grid(top: 62), row: 0, as: .heading(level: 1))
        composer.add(line("（\(volume.kind.chineseName)）", size: TypeSize.second), on: grid(top: 86), row: 0)
        let table = Table(columns: [40, 104], rows: rows.map(row), size: TypeSize.fourth)
        composer.add(
            table, at: PaperPoint(33, 124), number: 1, rows: Array(rows.indices), heads: { _, column in column == 0 ? .row : nil })
        return composer.sheet(label: "封面", title: "封面")
    }

    private func grid(top: Double) -> TextGrid { TextGrid(left: 20, top: top, width: 170, linePitch: 16, lines: 1) }

    private func line(_ text: String, size: Double) -> Paragraph {
        Paragraph(text, typeface: .boldSong, size: size, indent: 0, alignment: .centre)
    }

    private func row(_ field: (name: String, value: String)) -> Table.Row {
        Table.Row(
            [
                Table.Cell(field.name, typeface: .song),
                Table.Cell(field.value, typeface: .fangSong, alignment: .left),
            ], minimumHeight: 13)
    }

    /// How a field is struck that does not apply (rules of the Supreme People's Procuratorate for filling in documents,
    /// 2020). One that is to be filled in by hand stays empty.
    private static let unused = "\\"

    private var rows: [(name: String, value: String)] {
        [("案件编号", volume.caseNumber), ("案由", volume.cause ?? Self.unused)] + parties + [
            ("卷册", "共 \(volume.of) 册　第 \(volume.number) 册" + (volume.part.map { "（第 \($0.number) 分册，共 \($0.of) 分册）" } ?? "")),
            ("页数", "\(volume.counts.pages) 页　文书 \(volume.entries.count) 件"),
            ("立卷单位", volume.organ ?? ""), ("立卷人", ""), ("审核人", ""),
        ]
    }

    /// One field for each role, in the order of the batch sheet.
    private var parties: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for party in volume.parties {
            let role = party.role ?? "当事人"
            if let known = fields.firstIndex(where: { $0.name == role }) {
                fields[known].value += "、" + party.name
            } else {
                fields.append((role, party.name))
            }
        }
        return fields
    }
}
