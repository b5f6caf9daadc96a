/// 用时: the only part of the report that a clock tells.
extension Report {
    private static let head = Array("<section aria-labelledby=\"timings\">".utf8)
    private static let foot = Array("</section>".utf8)

    /// A report without its timings: the same for the same state of the case.
    static func untimed(_ page: [UInt8]) -> [UInt8] {
        let page = page[...]
        guard let start = page.firstRange(of: head)?.lowerBound, let end = page[start...].firstRange(of: foot)?.upperBound else { return Array(page) }
        return Array(page[..<start] + page[end...])
    }

    var timingsSection: Markup {
        guard let timings else { return "" }
        return """
            <section aria-labelledby="timings">
            <h2 id="timings">\(label("用时", "Timings"))</h2>
            <table class="timings">
            <caption>\(label("本次运行", "This run")) \(timings.finished ?? "")</caption>
            <thead><tr><th scope="col">\(label("阶段", "Stage"))</th>\(Self.timingHeads)</tr></thead>
            <tbody>\(timings.stages.map(row))</tbody>
            <tfoot><tr><th scope="row">\(label("合计", "Total"))</th><td></td><td></td>\
            <td>\(decimal(timings.total, places: 1))</td><td></td></tr></tfoot>
            </table>
            </section>
            """
    }

    private static let timingHeads: [Markup] = [
        ("处理", "Images"), ("沿用", "Reused"), ("秒", "Seconds"), ("张/分", "Per minute"),
    ].map { "<th scope=\"col\">\(label($0.0, $0.1))</th>" }

    private func row(_ stage: RunTimings.Stage) -> Markup {
        let rate = stage.seconds > 0 && stage.images > 0 ? decimal(Double(stage.images) * 60 / stage.seconds, places: 0) : "–"
        return """
            <tr><th scope="row">\(stage.name)</th><td>\(stage.images)</td><td>\(stage.reused)</td>\
            <td>\(decimal(stage.seconds, places: 1))</td><td>\(rate)</td></tr>
            """
    }
}
