import Archive
import ArgumentParser
import DossierModel
import Foundation
import Pipeline

struct ReviewLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List what people decided about a case, the newest last: what, where, who, when, why.",
        discussion: """
            Each carries the number by which “dossier review withdraw” takes it back: 3 a decision about a page, c3 a correction of the catalogue.
            Of two about the same thing the later holds. What was withdrawn is marked. Images are counted as the case is published now.

            Examples:
              dossier review log 测试1号
              dossier review log 测试1号 --json
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the decisions as JSON.") var json = false

    func run() throws {
        let entries = try ReviewLog(caseNumber, in: workspace.reading()).entries
        if json { return try Terminal.json(entries) }
        for entry in entries { Terminal.result(entry.text) }
        if entries.isEmpty { Terminal.complain("no decision was made about case “\(caseNumber)”") }
    }
}

struct ReviewWithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take a decision back; it stays in the log.",
        discussion: "Examples:\n  dossier review withdraw 测试1号 3 --apply\n  dossier review withdraw 测试1号 c2")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "The number that “dossier review log” shows: 3, or c3 for a correction of the catalogue.") var decision: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Flag(help: "Publish the case again at once.") var apply = false

    func validate() throws {
        guard decision.wholeMatch(of: /c?[0-9]{1,9}/) != nil else { throw ValidationError("“\(decision)” is no number of a decision; “dossier review log” shows them: 3, or c3") }
    }

    func run() throws {
        let store = try workspace.writing()
        let now = Date().formatted(.iso8601)
        if let edit = decision.wholeMatch(of: /c([0-9]+)/).flatMap({ Int($0.1) }) {
            try OfficeFiles.withdraw(edit: edit, ofCase: caseNumber, in: store, by: editor.name, at: now)
        } else {
            try store.journal.withdrawDecision(Int64(decision)!, ofCase: caseNumber, by: editor.name, at: now)
        }
        Terminal.complain("decision \(decision) is withdrawn" + (apply ? "" : "; “dossier review apply \(caseNumber.shellQuoted)” publishes the case without it"))
        if apply { try Republication(store).publish(caseNumber, json: false) }
    }
}

struct ReviewApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Publish a case again with what people decided since; only touched pages are read again.",
        discussion: """
            Exit code 1: findings of severity block or warn are left.

            Example:
              dossier review apply 测试1号
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.short, .long], help: "Pages read at once (default: one per core, fewer where memory is short).") var jobs: Int?
    @Flag(help: "Print the result as one line of JSON.") var json = false

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 256 { throw ValidationError("--jobs is from 1 to 256") }
    }

    func run() throws {
        try Republication(workspace.writing()).publish(caseNumber, jobs: jobs, json: json)
    }
}
