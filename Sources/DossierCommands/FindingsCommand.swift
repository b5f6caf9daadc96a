import ArgumentParser
import DossierModel
import Publishing

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "List what a person should look at in a case (质检问题), the gravest first.",
        discussion: """
            block: something of the original is not in the product. warn: look at it before the case leaves the house.
            note: for the record. The report (report.html) shows the same with pictures.

            Exit code 1: there are findings of severity block or warn.

            Examples:
              dossier findings 测试1号
              dossier findings 测试1号 --severity note
              dossier findings 测试1号 --json | jq '.[] | select(.id == "page.text.unread")'
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "From this severity on: block, warn or note.") var severity = SeverityChoice.warn
    @Flag(help: "Print the findings as JSON.") var json = false

    private struct Row: Codable {
        var id: String
        var severity: String
        var message: String
        var remedy: String
        var volume: Int?
        var folio: String?
        var image: Int?
        var file: String?
        var frame: Int?
        var score: Double?
        var box: PixelRect?

        init(_ located: LocatedFinding) {
            let finding = located.finding
            (id, severity, message, remedy) = (finding.id, finding.severity.rawValue, finding.message, finding.remedy)
            (volume, folio) = (located.volume, located.record?.folio)
            (score, box) = (finding.score, finding.box)
            (image, file, frame) = (located.record?.image, located.record?.file, located.record?.frame)
        }
    }

    func run() throws {
        let all = try PublishedCase(caseNumber, in: workspace.reading()).findings()
        let shown = all.filter { $0.finding.severity >= severity.value }
        if json { try Terminal.json(shown.map(Row.init)) } else { shown.forEach { Terminal.result(Self.text($0)) } }
        if shown.isEmpty, !json { Terminal.complain("no findings of this severity; \(all.count) below it" + (all.isEmpty ? "" : " (--severity note lists them)")) }
        if all.contains(where: { $0.finding.severity >= .warn }) { throw ExitStatus.doneWithFindings.exitCode }
    }

    private static func text(_ located: LocatedFinding) -> String {
        let place = [
            located.volume.map { "第\($0)册" }, located.record?.folio.map { "页 \($0)" },
            located.record.map { "image \($0.image) (\($0.file), frame \($0.frame))" },
        ].compactMap(\.self).joined(separator: " ")
        return "\(located.finding.severity.rawValue)\t\(place.isEmpty ? "案件 case" : place)\t\(located.finding.message)\t→ \(located.finding.remedy)"
    }
}

/// `Finding.Severity` as typed on the command line.
enum SeverityChoice: String, ExpressibleByArgument, CaseIterable {
    case block, warn, note

    var value: Finding.Severity { self == .block ? .block : self == .warn ? .warn : .note }
}
