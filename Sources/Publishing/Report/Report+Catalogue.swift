import DossierModel

/// 卷内文件目录, one table per volume.
extension Report {
    var catalogueSection: Markup {
        """
        <section aria-labelledby="catalogue">
        <h2 id="catalogue">\(label("卷内文件目录", "Catalogue"))</h2>
        \(file.index.volumes.map(table))
        </section>
        """
    }

    private func table(_ volume: CaseIndex.Volume) -> Markup {
        """
        <table class="catalogue">
        <caption>第 \(volume.number) 册 \(volume.kind.chineseName) <span class="en">\(volume.pdfs.joined(separator: "、"))</span></caption>
        <thead><tr>\(Self.columns.map { "<th scope=\"col\">\(label($0.chinese, $0.english))</th>" })</tr></thead>
        <tbody>\(volume.documents.enumerated().map { row($0.offset + 1, $0.element) })</tbody>
        </table>
        """
    }

    private static let columns: [(chinese: String, english: String)] = [
        ("序号", "No."), ("题名", "Title"), ("文号", "Document no."), ("责任者", "Author"), ("日期", "Date"),
        ("页号", "Folios"), ("备注", "Remark"), ("可信度", "Score"),
    ]

    private func row(_ number: Int, _ document: CaseIndex.Document) -> Markup {
        let cells = [document.documentNumber, document.author, document.date, document.folios, document.remark]
        let labels = ["文号", "责任者", "日期", "页号", "备注"]
        let optional: [Markup] = zip(labels, cells).map { name, text in
            text.map { "<td data-name=\"\(name)\">\($0)</td>" } ?? "<td></td>"
        }
        return """
            <tr><td>\(number)</td><th scope="row">\(document.title)</th>\(optional)\
            <td data-name="可信度">\(decimal(document.score, places: 2))</td></tr>
            """
    }
}

extension CaseIndex.Document {
    fileprivate var folios: String? {
        if firstFolio == lastFolio { return firstFolio }
        return folioSpan
    }
}

/// A number with a fixed count of decimals, independent of the locale.
func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % unit)
    return "\(sign)\(scaled / unit).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}
