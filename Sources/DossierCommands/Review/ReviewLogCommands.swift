import Archive
import ArgumentParser
import DossierModel
import Foundation

struct ReviewLogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List every decision about a case: what, who, when, why.",
        discussion: "Examples:\n  dossier review log 测试1号\n  dossier review log 测试1号 --json")

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the decisions as JSON.") var json = false

    private struct Row: Codable {
        var id: Int64
        var decision: PageDecision
        var withdrawnBy: String?
        var withdrawnAt: String?
    }

    func run() throws {
        let all = try workspace.reading().journal.decisions(ofCase: caseNumber)
        if json { return try Terminal.json(all.map { Row(id: $0.id, decision: $0.decision, withdrawnBy: $0.withdrawnBy, withdrawnAt: $0.withdrawnAt) }) }
        for row in all { Terminal.result(Self.text(row)) }
        if all.isEmpty { Terminal.complain("no decision was made about case “\(caseNumber)”") }
    }

    private static func text(_ row: RecordedDecision) -> String {
        let decision = row.decision
        let place = decision.image.map { "image \($0)" } ?? decision.volume.map { "第\($0)册" } ?? (decision.page == nil ? "案件 case" : "new scan")
        let taken = row.withdrawnBy.map { "\twithdrawn by \($0), \(row.withdrawnAt ?? "")" } ?? ""
        return "\(row.id)\t\(place)\t\(decision.change.rawValue) \(decision.value ?? "")\t\(decision.by)\t\(decision.at)\t\(decision.reason ?? "–")\(taken)"
    }
}

struct ReviewWithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take a decision back; it stays in the log.",
        discussion: "Example:\n  dossier review withdraw 测试1号 3 --apply")

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "The decision's number, as “dossier review log” shows it.") var decision: Int64
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Flag(help: "Publish the case again at once.") var apply = false

    func run() throws {
        let store = try workspace.writing()
        try store.journal.withdrawDecision(decision, ofCase: caseNumber, by: editor.name, at: Date().formatted(.iso8601))
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

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(name: [.short, .long], help: "Pages read at once (default: one per core).") var jobs: Int?
    @Flag(help: "Print the result as one line of JSON.") var json = false

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 256 { throw ValidationError("--jobs is from 1 to 256") }
    }

    func run() throws {
        try Republication(workspace.writing()).publish(caseNumber, jobs: jobs, json: json)
    }
}
