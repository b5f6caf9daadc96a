import DossierModel

/// The operator's control sheet. Chinese leads, English follows; sections are in the files beside this one.
struct Report {
    let file: CaseFile
    let thumbnails: [Int: [UInt8]]

    var page: Markup {
        """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(file.caseNumber) · 电子卷宗核对单</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        \(header)
        <main>
        \(reconciliationSection)
        \(findingsSection)
        \(catalogueSection)
        \(setAsideSection)
        \(ledgerSection)
        </main>
        \(footer)
        </body>
        </html>

        """
    }

    // MARK: Head and foot

    private var header: Markup {
        """
        <header>
        <p class="kind">\(label("电子卷宗核对单", "Dossier control sheet"))</p>
        <h1>\(file.caseNumber)</h1>
        <dl>\(fact("案由", "Cause", file.cause))\(parties)</dl>
        \(verdict)
        </header>
        """
    }

    private var parties: [Markup] {
        file.parties.map { fact($0.role ?? "当事人", $0.role == nil ? "Party" : "", $0.name) }
    }

    private func fact(_ chinese: String, _ english: String, _ value: String?) -> Markup {
        guard let value else { return "" }
        return "<div><dt>\(label(chinese, english))</dt><dd>\(value)</dd></div>"
    }

    private var verdict: Markup {
        let counts = file.reconciliation
        let verdict = ReportVerdict(counts, findings: locatedFindings)
        return """
            <div class="verdict \(verdict.rawValue)">
            <p class="word"><strong>\(verdict.chinese)</strong> <span lang="en">\(verdict.english)</span></p>
            <p>\(sentence(counts))</p>
            \(tally)
            </div>
            """
    }

    private func sentence(_ counts: Reconciliation) -> Markup {
        let sum = "\(counts.pages) 页 + \(counts.blanks) 空白 + \(counts.separators) 分隔 + \(counts.rejected) 拒收"
        let english = "\(counts.pages) pages + \(counts.blanks) blanks + \(counts.separators) separators + \(counts.rejected) rejected"
        let sign = counts.addsUp ? "=" : "≠"
        return """
            来件图像 \(counts.images) 张 \(sign) \(sum) \
            <span class="en" lang="en">\(counts.images) images in \(sign) \(english)</span>
            """
    }

    private var tally: Markup {
        let parts: [Markup] = Finding.Severity.worstFirst.compactMap { severity in
            let count = locatedFindings.count { $0.finding.severity == severity }
            guard count > 0 else { return nil }
            let name = label(severity.chinese, severity.english)
            return "<li class=\"\(severity.rawValue)\"><a href=\"#\(severity.rawValue)\"><b>\(count)</b> \(name)</a></li>"
        }
        return parts.isEmpty ? "" : "<ul class=\"tally\">\(parts)</ul>"
    }

    private var footer: Markup {
        """
        <footer>
        <dl>
        \(fact("识别引擎", "Engine", file.engine))
        \(fact("处理阶段", "Stages", file.stageVersions.joined(separator: " · ")))
        \(fact("设置摘要", "Settings SHA-256", file.settingsDigest.hex))
        </dl>
        <p>\(footNote)</p>
        </footer>
        """
    }

    private var footNote: Markup {
        label(
            "原件与成品的 SHA-256 见 manifest.json;复核请运行 dossier verify。",
            "SHA-256 of every original and product: manifest.json. To check them again, run dossier verify.")
    }
}

/// Chinese, with English beneath or beside it; either may be empty.
func label(_ chinese: String, _ english: String) -> Markup {
    english.isEmpty ? "\(chinese)" : "\(chinese) <span class=\"en\" lang=\"en\">\(english)</span>"
}

/// What the operator has to know first.
enum ReportVerdict: String {
    case complete, review, problems, unreconciled

    init(_ counts: Reconciliation, findings: [LocatedFinding]) {
        let worst = findings.map(\.finding.severity).max() ?? .note
        if !counts.addsUp {
            self = .unreconciled
        } else if worst == .block || counts.placeholders > 0 {
            self = .problems
        } else {
            self = worst == .warn ? .review : .complete
        }
    }

    var chinese: String {
        switch self {
        case .complete: "完整"
        case .review: "完整,有疑点待复核"
        case .problems: "有问题待处理"
        case .unreconciled: "数目不符"
        }
    }

    var english: String {
        switch self {
        case .complete: "Complete"
        case .review: "Complete; some points to review"
        case .problems: "Problems to solve"
        case .unreconciled: "The counts do not reconcile"
        }
    }
}

extension Finding.Severity {
    static let worstFirst: [Self] = [.block, .warn, .note]

    var chinese: String {
        switch self {
        case .block: "必须处理"
        case .warn: "请复核"
        case .note: "备注"
        }
    }

    var english: String {
        switch self {
        case .block: "to solve"
        case .warn: "to review"
        case .note: "for the record"
        }
    }
}
