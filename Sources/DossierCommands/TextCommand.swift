import ArgumentParser
import DossierModel
import Foundation

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Print the recognised text of a case.",
        discussion: """
            Examples:
              dossier text 测试1号
              dossier text 测试1号 --volume 2 --folio 45
              dossier text 测试1号 --json | jq .lines
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Only this volume (册).") var volume: Int?
    @Option(help: "Only the page with this folio (页号).") var folio: String?
    @Flag(help: "Print the page records, one JSON value per line.") var json = false

    func run() throws {
        let records = try PublishedCase(caseNumber, in: workspace.reading()).records()
            .filter { $0.disposition == .page && (volume == nil || $0.volume == volume) && (folio == nil || $0.folio == folio) }
        guard !records.isEmpty else {
            throw DossierError(.notFound, "no page of case “\(caseNumber)” fits; “dossier status” shows its volumes")
        }
        for record in records {
            if json {
                try Terminal.json(record)
            } else {
                Terminal.result("—— 第\(record.volume ?? 0)册 页 \(record.folio ?? "–") · image \(record.image) ——")
                for line in record.lines { Terminal.result(line.text) }
                Terminal.result("")
            }
        }
    }
}
