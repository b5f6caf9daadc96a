import DossierModel
import Typesetting

/// 卷内备考表: what became of every image, what deserves a second look, how the volume was made, and its hash root.
struct DocketSheets {
    let volume: VolumeDescription
    let root: SHA256Digest

    private static let columns: [Double] = [34, 122]
    /// For the three hands at the end.
    private static let signatures = 40.0

    func sheets() -> [VolumeSheet] {
        TableSheets(
            title: "卷内备考表", label: "备考表", number: 3, head: nil, table: Table(columns: Self.columns, rows: [], size: TypeSize.fifth),
            rows: fields.map(row), reserve: Self.signatures
        ).sheets { addSignatures(to: &$0, below: $1) }
    }

    /// To be signed by hand: the makers of the volume are people.
    private func addSignatures(to composer: inout SheetComposer, below y: Double) {
        let grid = TextGrid(left: 104, top: y + 6, width: 80, linePitch: 10, lines: 3)
        for (row, name) in ["立卷人", "检查人", "立卷时间"].enumerated() {
            composer.add(Paragraph(name + "：", typeface: .song, size: TypeSize.smallFourth, indent: 0), on: grid, row: row)
        }
    }

    private func row(_ field: (name: String, value: String)) -> Table.Row {
        Table.Row(
            [Table.Cell(field.name, typeface: .song), Table.Cell(field.value, typeface: .fangSong, alignment: .left)], minimumHeight: 10)
    }

    private var fields: [(name: String, value: String)] {
        [("本卷情况", reconciliation), ("文书与页号", documents)] + exceptions + [
            ("扫描参数", scans), ("影像处理", processing), ("文字识别", volume.engine.replacing(", ", with: "\n")),
            ("质检结果", inspection), ("本册摘要根\n（SHA-256）", grouped(root)), ("制作程序", "Dossier，各工序版本：\(volume.stages.joined(separator: "、"))"),
            ("设置摘要\n（SHA-256）", grouped(volume.settings)),
        ]
    }

    private var reconciliation: String {
        let counts = volume.counts
        let out = [("空白", counts.blanks), ("分隔页", counts.separators), ("拒收", counts.rejected)].map { "\($0.0) \($0.1)" }
        return "扫描影像 \(counts.images) 幅：入卷 \(counts.pages) 页，\(out.joined(separator: "，"))。"
            + (counts.placeholders > 0 ? "入卷页中 \(counts.placeholders) 页影像未能读取，以占位页代替。" : "入卷各页影像均已读取。")
    }

    private var documents: String {
        let folios = volume.entries.flatMap { [$0.document.firstFolio, $0.document.lastFolio].compactMap(\.self) }
        let span = folios.isEmpty ? "未编页号" : "页号 \(folios.first!) 至 \(folios.last!)"
        return "文书 \(volume.entries.count) 件，\(span)；封面、目录、备考表不编页号。"
    }

    /// One field for every kind; the places of a frequent one are cut short, and the report has them all.
    private var exceptions: [(name: String, value: String)] {
        let kinds = volume.exceptions.filter { $0.severity > .note }
        guard !kinds.isEmpty else { return [("例外情况", "无")] }
        return kinds.enumerated().map { index, kind in
            let shown = kind.places.prefix(Self.shownPlaces).joined(separator: "、")
            let rest = kind.places.count > Self.shownPlaces ? " 等 \(kind.places.count) 处" : ""
            return (index == 0 ? "例外情况" : "", kind.name + (shown.isEmpty ? "" : "：\(shown)\(rest)"))
        }
    }

    private static let shownPlaces = 12

    private var scans: String {
        let groups = volume.scans.map { group in
            guard let dpi = group.dpi, let mode = group.mode else { return "影像未读取 \(group.pages) 页" }
            let side = dpi.x.rounded() == dpi.y.rounded() ? "\(Int(dpi.x.rounded()))" : "\(Int(dpi.x.rounded()))×\(Int(dpi.y.rounded()))"
            return "\(side) dpi \(mode.chineseName) \(group.pages) 页"
        }
        return groups.joined(separator: "；") + "。"
    }

    private var processing: String {
        "显示时转正 \(volume.counts.turned) 页，校斜 \(volume.counts.straightened) 页；\(layers)。原始影像未作任何改动，存于原件库。"
    }

    /// What stands in the volume with loss has to be said on it.
    private var layers: String {
        let counts = volume.counts
        var parts: [String] = []
        if counts.layered > 0 { parts.append("灰度、彩色页分层有损压缩 \(counts.layered) 页（\(counts.profile.rawValue)），逐页比对并重新识别") }
        if counts.drawn > 0 { parts.append("占位页和由 PDF 页面绘制成像的 \(counts.drawn) 页") }
        return (parts + [(parts.isEmpty ? "" : "其余") + "各页按扫描所得像素入卷"]).joined(separator: "，")
    }

    private var inspection: String {
        func places(_ severity: Finding.Severity) -> Int {
            volume.exceptions.filter { $0.severity == severity }.reduce(0) { $0 + max(1, $1.places.count) }
        }
        return "机检：阻断 \(places(.block)) 项，警告 \(places(.warn)) 项，提示 \(places(.note)) 项。逐项见 report.html。"
    }

    /// Eights of digits, to be compared by eye.
    private func grouped(_ digest: SHA256Digest) -> String {
        let digits = Array(digest.hex)
        return stride(from: 0, to: digits.count, by: 8).map { String(digits[$0..<$0 + 8]) }.joined(separator: " ")
    }
}

extension ColourMode {
    fileprivate var chineseName: String {
        switch self {
        case .bitonal: "黑白"
        case .grey: "灰度"
        case .colour: "彩色"
        }
    }
}
