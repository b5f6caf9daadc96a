import DossierModel

/// 逐幅去向: what became of every image, in scan order, so that any sheet in the hand can be looked up.
extension Report {
    var ledgerSection: Markup {
        guard !file.records.isEmpty else { return "" }
        return """
            <section aria-labelledby="ledger">
            <h2 id="ledger">\(label("逐幅去向", "Every image"))</h2>
            <details><summary>\(label("图像去向表", "What became of each image")) <b>\(file.records.count)</b></summary>
            <table class="ledger">
            <caption>按扫描次序 <span class="en" lang="en">In scan order</span></caption>
            <thead><tr>\(ledgerHeads)</tr></thead>
            <tbody>\(file.records.map(ledgerRow))</tbody>
            </table></details>
            </section>
            """
    }

    private var ledgerHeads: [Markup] {
        [
            ("图像", "Image"), ("文件", "File"), ("帧", "Frame"), ("去向", "Became"), ("册", "Volume"), ("页号", "Page number"),
            ("问题", "Findings"),
        ].map { "<th scope=\"col\">\(label($0.0, $0.1))</th>" }
    }

    private func ledgerRow(_ record: PageRecord) -> Markup {
        let loud = record.findings.count { $0.severity > .note }
        let found: Markup = loud > 0 ? "\(loud)" : ""
        let volume: Markup = record.volume.map { "\($0)" } ?? ""
        return """
            <tr><th scope="row">\(record.image)</th><td>\(record.file)</td><td>\(record.frame)</td><td>\(record.became)</td>\
            <td>\(volume)</td><td>\(record.folio ?? "")</td><td>\(found)</td></tr>

            """
    }
}

extension PageRecord {
    fileprivate var became: String {
        switch disposition {
        case .page: isPlaceholder ? "占位页" : "页"
        case .blank: "空白"
        case .separator: "分隔页"
        case .rejected: "拒收"
        }
    }
}
