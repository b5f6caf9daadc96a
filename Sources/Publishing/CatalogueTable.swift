import DossierModel

/// The 卷内文件目录 as a table: 序号 文号 责任者 题名 日期 页号 备注, and 册号 as the eighth column, so that programs which
/// know the seven by position still find them.
///
/// UTF-8 with a byte order mark (spreadsheets take it for a local code page without), lines end with CR LF and cells are
/// quoted as in RFC 4180 §2. Dates are 8 digits; 页号 is the start page, for the last row of a volume `start-end`
/// (the field's rule for catalogues). An absent value is an empty cell.
///
/// A cell that begins with `=`, `+`, `-` or `@` is quoted but never changed: evidence is not to be altered, so
/// a spreadsheet must be told to take the columns as text.
struct CatalogueTable {
    static let header = ["序号", "文号", "责任者", "题名", "日期", "页号", "备注", "册号"]

    let rows: [[String]]

    init(_ index: CaseIndex) { rows = [Self.header] + index.volumes.flatMap(Self.rows) }

    var csv: [UInt8] {
        let lines = rows.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }
        return [0xEF, 0xBB, 0xBF] + Array(lines.joined().utf8)
    }

    private static func rows(of volume: CaseIndex.Volume) -> [[String]] {
        volume.documents.enumerated().map { place, document in
            let isLast = place == volume.documents.count - 1
            return [
                "\(place + 1)", document.documentNumber ?? "", document.author ?? "", document.title,
                eightDigits(document.date), isLast ? document.folioSpan : document.firstFolio ?? "", document.remark ?? "",
                "\(volume.number)",
            ]
        }
    }

    /// `2024-03-02` becomes `20240302`; anything that is not such a date stays as it is.
    static func eightDigits(_ date: String?) -> String {
        guard let date else { return "" }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        let isDate = parts.map(\.utf8.count) == [4, 2, 2] && parts.joined().utf8.allSatisfy { (48...57).contains($0) }
        return isDate ? parts.joined() : date
    }

    private static func cell(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) || isRisky(scalars) else { return text }
        var quoted = "\"".unicodeScalars
        for scalar in scalars { quoted.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar]) }
        return String(quoted) + "\""
    }

    /// Begins like a formula, or has blanks at an end that a reader may cut.
    private static func isRisky(_ scalars: String.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, let last = scalars.last else { return false }
        return "=+-@\t ".unicodeScalars.contains(first) || "\t ".unicodeScalars.contains(last)
    }
}

extension CaseIndex.Document {
    /// `3-6`, or what is known of it.
    var folioSpan: String {
        guard let firstFolio, let lastFolio else { return firstFolio ?? lastFolio ?? "" }
        return "\(firstFolio)-\(lastFolio)"
    }
}
