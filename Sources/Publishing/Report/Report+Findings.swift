import DossierModel

/// 质检问题: by severity, then by kind, so that a thousand findings of one kind take one line until they are opened.
extension Report {
    var locatedFindings: [LocatedFinding] { LocatedFinding.all(file.index, file.records) }

    var findingsSection: Markup {
        let findings = locatedFindings
        let groups = Finding.Severity.worstFirst.map { severity in
            severitySection(severity, findings.filter { $0.finding.severity == severity })
        }
        let none: Markup = "<p>\(label("没有发现问题。", "Nothing was found."))</p>"
        return """
            <section aria-labelledby="findings">
            <h2 id="findings">\(label("质检问题", "Findings"))</h2>
            \(findings.isEmpty ? [none] : groups)
            </section>
            """
    }

    private func severitySection(_ severity: Finding.Severity, _ findings: [LocatedFinding]) -> Markup {
        guard !findings.isEmpty else { return "" }
        let kinds = Dictionary(grouping: findings, by: \.finding.id).sorted { $0.key < $1.key }
        return """
            <div class="severity \(severity.rawValue)">
            <h3 id="\(severity.rawValue)">\(label(severity.chinese, severity.english)) <b>\(findings.count)</b></h3>
            \(kinds.map { kind($0.value, severity) })
            </div>
            """
    }

    private func kind(_ findings: [LocatedFinding], _ severity: Finding.Severity) -> Markup {
        let common = findings.allSatisfy { $0.finding.remedy == findings[0].finding.remedy } && findings.count > 1
        let isOpen = severity == .block && findings.count <= 50 || severity == .warn && findings.count <= 12
        let open: Markup = isOpen ? " open" : ""
        return """
            <details\(open)><summary>\(name(of: findings[0].finding)) <b>\(findings.count)</b></summary>
            \(remedyInChinese(findings[0].finding))
            \(common ? remedy(findings[0].finding.remedy) : "")
            <ol class="findings">\(items(findings, withRemedy: !common))</ol>
            </details>
            """
    }

    /// An image is shown with the first of its findings only.
    private func items(_ findings: [LocatedFinding], withRemedy: Bool) -> [Markup] {
        findings.indices.map { place in
            let record = findings[place].record
            let isRepeated = place > 0 && record != nil && findings[place - 1].record?.image == record?.image
            return item(findings[place], image: isRepeated ? "" : record.map(thumbnail) ?? "", withRemedy: withRemedy)
        }
    }

    private func item(_ located: LocatedFinding, image: Markup, withRemedy: Bool) -> Markup {
        let place: Markup = located.record.map(place(of:)) ?? located.volume.map { "<b>第 \($0) 册</b>" } ?? "<b>全案</b>"
        return """
            <li>\(image)<div><p class="place">\(place)</p>
            <p>\(located.finding.message)</p>\(withRemedy ? remedy(located.finding.remedy) : "")</div></li>
            """
    }

    private func name(of finding: Finding) -> Markup {
        guard let kind = FindingKind.known(finding.id) else { return "<code>\(finding.id)</code>" }
        return "\(kind.name) <code>\(finding.id)</code>"
    }

    private func remedyInChinese(_ finding: Finding) -> Markup {
        guard let kind = FindingKind.known(finding.id), !kind.remedy.isEmpty else { return "" }
        return "<p class=\"remedy\"><b>处理</b> \(kind.remedy)</p>"
    }

    private func remedy(_ text: String) -> Markup {
        text.isEmpty ? "" : "<p class=\"remedy\"><small>Remedy</small> \(text)</p>"
    }

    /// The small image, or nothing where the caller gave none.
    func thumbnail(_ record: PageRecord) -> Markup {
        guard let jpeg = thumbnails[record.image] else { return "" }
        return "<img loading=\"lazy\" src=\"\(Markup(dataURIOfJPEG: jpeg))\" alt=\"\(record.file) 第 \(record.frame) 帧\">"
    }
}
