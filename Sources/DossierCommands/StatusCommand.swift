import ArgumentParser
import Archive
import DossierModel
import Foundation
import Pipeline
import Publishing

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the cases of the workspace: state, volumes, documents, images.",
        discussion: """
            Examples:
              dossier status
              dossier status --json
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the result as one line of JSON.") var json = false

    struct CaseStatus: Codable {
        var `case`: String
        /// `done`, or `unfinished` when a run has not come to its end.
        var state: String
        var batches: Int
        var volumes: Int
        var documents: Int
        var counts: Reconciliation?
        /// Of severity block and warn; “dossier findings” lists them.
        var blocking: Int?
        var warnings: Int?
        /// Decisions of people that the published case does not show yet.
        var waiting: Int?
        var folder: String
    }

    func run() throws {
        let store = try workspace.reading()
        let cases = try store.journal.cases().map { try Self.status(of: $0.number, in: store) }
        if json { return try Terminal.json(cases) }
        if cases.isEmpty { Terminal.complain("\(store.path): no case yet; “dossier run SCANS --case NUMBER” makes one") }
        for status in cases { Terminal.result(Self.text(status)) }
    }

    private static func status(of number: String, in store: Workspace) throws -> CaseStatus {
        var status = CaseStatus(
            case: number, state: "unfinished", batches: try store.journal.batches(ofCase: number).count, volumes: 0,
            documents: 0, counts: nil, folder: try store.caseFolder(number))
        guard let published = try? PublishedCase(number, in: store), let index = try? published.index(),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: published.bytes(of: Publisher.FileName.manifest))
        else { return status }
        status.state = try store.journal.runs(ofCase: number).last?.outcome == nil ? "unfinished" : "done"
        status.waiting = try? WaitingDecisions.count(ofCase: number, in: store)
        status.volumes = index.volumes.count
        status.documents = index.volumes.map(\.documents.count).reduce(0, +)
        status.counts = manifest.counts
        // One damaged case must not hide the others.
        let findings = (try? published.findings())?.map(\.finding.severity)
        status.blocking = findings?.count { $0 == .block }
        status.warnings = findings?.count { $0 == .warn }
        return status
    }

    private static func figure(_ count: Int?) -> String { count.map(String.init) ?? "?" }

    private static func text(_ status: CaseStatus) -> String {
        guard let counts = status.counts else { return "\(status.case)\t未完成 unfinished; run it again to continue" }
        let waiting = status.waiting.map { $0 == 0 ? "" : "\t\($0) 待发布 wait for “dossier review apply”" } ?? ""
        return "\(status.case)\t\(status.state == "done" ? "完成 done" : "未完成 unfinished")\t\(status.volumes) 册 volumes\t"
            + "\(status.documents) 文书 documents\t\(counts.images) 影像 images = \(counts.pages) + \(counts.blanks) 空白 + "
            + "\(counts.separators) 分隔 + \(counts.rejected) 拒收\t\(figure(status.blocking)) block, \(figure(status.warnings)) warn\t\(status.folder)\(waiting)"
    }
}
