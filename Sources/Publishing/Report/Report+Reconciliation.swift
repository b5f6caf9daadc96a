import DossierModel

/// 数目核对: what came in and what became of it.
extension Report {
    var reconciliationSection: Markup {
        """
        <section aria-labelledby="counts">
        <h2 id="counts">\(label("数目核对", "Reconciliation"))</h2>
        \(countTable(label("按批次", "By batch"), label("批次", "Batch"), batchRows))
        \(countTable(label("按册", "By volume"), label("册", "Volume"), volumeRows))
        \(placeholders)
        </section>
        """
    }

    private typealias Row = (name: Markup, counts: Reconciliation)

    private var batchRows: [Row] {
        file.recordsByBatch().map { batch, records in
            ("\(batch.name)", Reconciliation(images: batch.imageCount, records: records))
        }
    }

    private var volumeRows: [Row] {
        let listed = Set(file.index.volumes.map(\.number))
        let volumes: [Row] = file.index.volumes.map { volume in
            let records = file.records.filter { $0.volume == volume.number }
            return ("\(volume.number) \(volume.kind.chineseName)", Reconciliation(images: records.count, records: records))
        }
        let loose = file.records.filter { !listed.contains($0.volume ?? .min) }
        guard !loose.isEmpty else { return volumes }
        return volumes + [(label("不入册", "In no volume"), Reconciliation(images: loose.count, records: loose))]
    }

    private func countTable(_ caption: Markup, _ firstHead: Markup, _ rows: [Row]) -> Markup {
        let total = Reconciliation(images: rows.map(\.counts.images).reduce(0, +), records: file.records)
        return """
            <table class="counts">
            <caption>\(caption)</caption>
            <thead><tr><th scope="col">\(firstHead)</th>\(countHeads)</tr></thead>
            <tbody>\(rows.map(countRow))</tbody>
            <tfoot>\(countRow((label("合计", "Total"), total)))</tfoot>
            </table>
            """
    }

    private var countHeads: [Markup] {
        [
            ("图像", "Images"), ("页", "Pages"), ("空白", "Blanks"), ("分隔", "Separators"), ("拒收", "Rejected"),
            ("核对", "Check"),
        ].map { "<th scope=\"col\">\(label($0.0, $0.1))</th>" }
    }

    private func countRow(_ row: Row) -> Markup {
        let counts = row.counts
        let numbers: [Markup] = [counts.pages, counts.blanks, counts.separators, counts.rejected].map { "<td>\($0)</td>" }
        return "<tr><th scope=\"row\">\(row.name)</th><td>\(counts.images)</td>\(numbers)<td>\(check(counts))</td></tr>"
    }

    private func check(_ counts: Reconciliation) -> Markup {
        counts.addsUp
            ? "<span class=\"good\" role=\"img\" aria-label=\"相符 reconciles\">✓</span>"
            : "<strong class=\"bad\">差 \(counts.images - counts.accountedFor)</strong>"
    }

    private var placeholders: Markup {
        let held = file.records.filter(\.isPlaceholder)
        guard !held.isEmpty else { return "" }
        let names: [Markup] = held.map { "<li class=\"place\">\(place(of: $0))</li>" }
        return """
            <h3>\(label("占位页", "Placeholders"))</h3>
            <p>\(placeholderNote)</p>
            <ul class="places">\(names)</ul>
            """
    }

    private var placeholderNote: Markup {
        label(
            "以下各页的原图未能读出,卷中以占位页代替,计入页数。",
            "The image of these pages could not be read; a placeholder stands in the volume and is counted as a page.")
    }

    /// File, frame and place in the volume.
    func place(of record: PageRecord) -> Markup {
        let volume: Markup = record.volume.map { "<span>第 \($0) 册</span>" } ?? ""
        let folio: Markup = record.folio.map { "<span>页号 \($0)</span>" } ?? ""
        return "<b>\(record.file)</b> <span>第 \(record.frame) 帧</span> <span>图像 \(record.image)</span> \(volume) \(folio)"
    }
}
