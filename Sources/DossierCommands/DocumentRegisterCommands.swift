import Archive
import ArgumentParser
import DossierModel
import Foundation

struct DocumentListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the issued documents.",
        discussion: """
            Examples:
              dossier document list
              dossier document list --case 测试1号 --json
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.customShort("c"), .customLong("case")], help: "Only of this case.") var caseNumber: String?
    @Flag(help: "Print the rows as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let rows = try store.journal.documents(ofCase: caseNumber).filter { !$0.isVoid }
        if json { return try Terminal.json(rows) }
        for row in rows {
            Terminal.result("\(row.number)\t\(row.date)\t\(row.template)\t\(row.caseNumber ?? "–")\t\(row.file?.pages ?? 0) 页\t\(row.who)")
        }
        if rows.isEmpty { Terminal.complain("no document was issued yet; “dossier document new” makes one") }
    }
}

struct DocumentRegisterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Show every number that was taken (文号登记), void ones with their reason.",
        discussion: """
            Examples:
              dossier document register
              dossier document register --json | jq '.[] | select(.reason)'
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the rows as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let rows = try store.journal.documents()
        if json { return try Terminal.json(rows) }
        for row in rows {
            let state = row.reason.map { "作废 void: \($0)" } ?? "已发 issued\t\(row.file!.digest)"
            Terminal.result("\(row.number)\t\(row.template)\t\(row.caseNumber ?? "–")\t\(row.who)\t\(row.time.formatted(.iso8601))\t\(state)")
        }
    }
}
