import DossierModel

/// Images that are not pages: kept in the store, shown here with the score of the decision.
extension Report {
    var setAsideSection: Markup {
        let groups = [
            gallery(.blank, "空白", "Blanks"), gallery(.separator, "分隔页", "Separators"), gallery(.rejected, "拒收", "Rejected"),
        ]
        guard file.records.contains(where: { $0.disposition != .page }) else { return "" }
        return """
            <section aria-labelledby="aside">
            <h2 id="aside">\(label("未作为页的图像", "Images that are not pages"))</h2>
            <p>\(keptNote)</p>
            \(groups)
            </section>
            """
    }

    private var keptNote: Markup {
        label("均保存在库中,未删除。分数为判断的把握,0–1。", "All are kept in the store. The score says how sure the decision is, 0–1.")
    }

    private func gallery(_ disposition: Disposition, _ chinese: String, _ english: String) -> Markup {
        let records = file.records.filter { $0.disposition == disposition }
        guard !records.isEmpty else { return "" }
        let open: Markup = records.count <= 12 ? " open" : ""
        return """
            <details\(open)><summary>\(label(chinese, english)) <b>\(records.count)</b></summary>
            <ul class="gallery">\(records.map(tile))</ul></details>
            """
    }

    private func tile(_ record: PageRecord) -> Markup {
        """
        <li>\(thumbnail(record))<p class="place">\(place(of: record))</p>\
        <p>\(label("分数", "Score")) \(decimal(record.score, places: 3))</p>\((record.marks ?? []).map(code))</li>
        """
    }

    /// What was read of a separator sheet.
    private func code(_ mark: PageRecord.Mark) -> Markup {
        let opened = switch mark.opens {
        case .case: label("案件", "case")
        case .volume: label("分册", "volume")
        case .document: label("文书", "document")
        }
        return "<p>\(opened) \(mark.payload)</p>"
    }
}
