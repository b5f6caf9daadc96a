/// How long a run took: a page of its own, because nothing that is verified may depend on a clock.
struct TimingsPage {
    let caseNumber: String
    let timings: RunTimings

    var page: Markup {
        """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="color-scheme" content="light dark">
        <title>\(caseNumber) · 用时</title>
        <style>\(Report.style)</style>
        </head>
        <body>
        <main>
        <h1>\(caseNumber) \(label("用时", "Timings"))</h1>
        <table class="timings">
        <caption>\(label("本次运行", "This run")) \(timings.finished ?? "")</caption>
        <thead><tr><th scope="col">\(label("阶段", "Stage"))</th>\(Self.timingHeads)</tr></thead>
        <tbody>\(timings.stages.map(row))</tbody>
        <tfoot><tr><th scope="row">\(label("合计", "Total"))</th><td></td><td></td>\
        <td>\(decimal(timings.total, places: 1))</td><td></td></tr></tfoot>
        </table>
        </main>
        </body>
        </html>

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
