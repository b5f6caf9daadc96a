/// Page labels (ISO 32000-1 §12.4.2): the folios, as a number tree's `/Nums`.
///
/// Runs of folios that count up by one are one range. A page without folio is labelled with its place in the scan, 扫描17.
struct PageLabels {
    /// What the label of the next page may follow from.
    private struct Style: Equatable {
        var prefix: String
        var number: Int?

        var next: Style { Style(prefix: prefix, number: number.map { $0 + 1 }) }

        var syntax: String {
            let text = prefix.isEmpty ? "" : "/P \(PDFSyntax.text(prefix)) "
            return "<< " + text + (number.map { "/S /D /St \($0) " } ?? "") + ">>"
        }
    }

    static func numbers(_ pages: [VolumePlan.Page], in sheets: VolumePlan.Sheets = .none) -> String {
        func names(_ sheets: [VolumePlan.Sheet]) -> [Style] { sheets.map { Style(prefix: $0.label.withoutControls, number: nil) } }
        return numbers(names(sheets.front) + pages.map(style) + names(sheets.back))
    }

    /// Pages with names of their own; an empty name leaves the page's number.
    static func numbers(names: [String]) -> String {
        numbers(names.enumerated().map { $1.isEmpty ? Style(prefix: "", number: $0 + 1) : Style(prefix: $1.withoutControls, number: nil) })
    }

    private static func numbers(_ styles: [Style]) -> String {
        var entries: [String] = []
        var expected: Style?
        for (index, style) in styles.enumerated() {
            if style != expected { entries.append("\(index) \(style.syntax)") }
            expected = style.next
        }
        return entries.joined(separator: " ")
    }

    private static func style(_ page: VolumePlan.Page) -> Style {
        guard let label = page.label, !label.isEmpty else { return Style(prefix: "扫描", number: max(1, page.scanImage)) }
        if let number = Int(label), number > 0, String(number) == label, label.count < 9 { return Style(prefix: "", number: number) }
        return Style(prefix: label.withoutControls, number: nil)
    }
}
