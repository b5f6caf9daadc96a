import Archive
import ArgumentParser
import DossierModel
import Foundation
import Pipeline

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Process every batch folder that a scanner puts into an inbox.",
        discussion: """
            A batch is a folder in the inbox. It is taken when nothing in it has changed for --settle seconds and, where
            --marker is given, that file lies in it. A finished batch is moved to --finished; nothing else is ever moved.
            A batch that cannot be taken, or not as a whole, stays, with INBOX/BATCH.problem.txt beside it, until something in it
            changes, rights included; a full disk, a failing share or a busy workspace is tried again by itself. It survives being stopped at any time. Files that lie in
            no folder, and empty folders, are named once. Start, stop and these go to standard error, or are events with --json.

            The case of a batch stands in its batch.yaml; with --case-from-folder the folder's name is the case number
            of those without one; where neither says it, a separator sheet of the case on top does. Two batches of one name in one case are never mixed: the second is refused when files
            of the first are missing in it; rename its folder.

            Examples:
              dossier watch /srv/scans/inbox -w /srv/cases
              dossier watch -w /srv/cases --marker .done --case-from-folder
              dossier watch inbox --once --settle 2 --json

            Exit codes of --once: 0, or 1 with findings to look at; otherwise as “dossier --help” has them, the gravest of
            all batches. 130 when it was interrupted.

            packaging/systemd holds a unit for running it as a service.
            """)

    @Argument(help: "The folder in which batch folders appear (default: “inbox” in the workspace).", completion: .directory) var inbox: String?
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Where finished batches are moved (default: “finished” beside the inbox).", completion: .directory) var finished: String?
    @Option(help: "Seconds a batch must stay unchanged before it is taken.") var settle = 10.0
    @Option(help: "Seconds between two looks.") var interval = 2.0
    @Option(help: "A file that the scanner writes last into each batch, such as .done.") var marker: String?
    @Flag(help: "Without batch.yaml the folder's name is the case number.") var caseFromFolder = false
    @Flag(help: "Take what is there, then end.") var once = false
    @Option(help: "Who reads: ppocr, tesseract or both (default: as in dossier.yaml).") var engine: EngineChoice?
    @Option(name: [.short, .long], help: "Pages read at once (default: one per core, fewer where memory is short).") var jobs: Int?
    @Flag(help: "Print each event as one line of JSON.") var json = false

    func validate() throws {
        guard settle >= 0, settle <= 86_400 else { throw ValidationError("--settle is from 0 to 86400 seconds") }
        guard interval >= 0.1, interval <= 3600 else { throw ValidationError("--interval is from 0.1 to 3600 seconds") }
        if let marker, marker.isEmpty || marker.contains("/") { throw ValidationError("--marker is the name of a file") }
        if let jobs, jobs < 1 || jobs > 256 { throw ValidationError("--jobs is from 1 to 256") }
    }

    func run() throws {
        let cancellation = Interruption.cancellation()
        let place = try Inbox(inbox ?? workspace.path + "/inbox", finished: finished, marker: marker)
        let options = InboxWatcher.Options(settle: settle, interval: interval, once: once)
        let outcomes = Outcomes()
        tellStart(place)
        defer { tellStop(outcomes) }
        let watcher = InboxWatcher(place, options: options, cancellation: cancellation) { event in
            outcomes.note(event)
            show(event)
        }
        try watcher.run { folder throws(DossierError) in try process(folder, cancellation) }
        guard once else { return }
        try (cancellation.isCancelled ? ExitStatus.interrupted : outcomes.worst).throwUnlessDone()
    }

    /// The workspace is held for one batch only, so that others may run in between.
    private func process(_ folder: String, _ cancellation: Cancellation) throws(DossierError) -> RunSummary {
        let store = try prepared()
        let runner = Runner(workspace: store, cancellation: cancellation, report: ProgressDisplay().show)
        return try runner.run(
            Runner.Request(
                inputs: [folder], caseNumber: caseNumber(of: folder), engine: engine?.name, comparesEngines: engine?.compares, jobs: jobs,
                namingCase: "the number as the folder’s name, with --case-from-folder", ignoring: marker,
                workerCommand: [RunCommand.binary, "worker"]))
    }

    /// A mistake in the office's own files is nobody's batch's fault: batches wait until it is mended.
    private func prepared() throws(DossierError) -> Workspace {
        do throws(DossierError) {
            let store = try Workspace.create(at: workspace.path)
            let files = OfficeFiles(workspace: store.path)
            _ = try files.completenessRules(files.titleKnowledge())
            return store
        } catch {
            guard error.code == .badUsage else { throw error }
            throw DossierError(.unavailable, error.message, cause: error.cause, location: error.location)
        }
    }

    /// nil leaves it to batch.yaml, or to a sheet on top of the scans.
    private func caseNumber(of folder: String) -> String? {
        guard caseFromFolder, !FileManager.default.fileExists(atPath: folder + "/batch.yaml") else { return nil }
        return (folder as NSString).lastPathComponent
    }

    // MARK: Events

    private struct Line: Encodable {
        var event: String
        var batch: String?
        var file: String?
        var movedTo: String?
        var message: String?
        var retryAfter: Double?
        var summary: RunSummary?
    }

    private func show(_ event: InboxWatcher.Event) {
        if json { return (try? Terminal.json(Self.line(event))) ?? () }
        switch event {
        case .loose, .empty: Terminal.complain(Self.text(event))
        default: Terminal.result(Self.text(event))
        }
    }

    private func tellStart(_ place: Inbox) {
        let sign = marker.map { ", when \($0) lies in it" } ?? ""
        let naming = caseFromFolder ? "batch.yaml, the folder’s name" : "batch.yaml, a separator sheet"
        let message =
            "\(place.path) → \(workspace.path); a batch is taken after \(ProgressDisplay.number(settle)) s of rest\(sign), looked for every \(ProgressDisplay.number(interval)) s; "
            + "case from \(naming); finished to \(place.finishedPath)"
        tell("started", "监视 watching \(message)", message)
    }

    private func tellStop(_ outcomes: Outcomes) {
        let message = "\(outcomes.finished) batches finished, \(outcomes.left) left in the inbox"
        tell("stopped", "停止 stopped: \(message)", message)
    }

    private func tell(_ event: String, _ text: String, _ message: String) {
        if json { try? Terminal.json(Line(event: event, message: message)) } else { Terminal.complain(text) }
    }

    private static func line(_ event: InboxWatcher.Event) -> Line {
        switch event {
        case .began(let batch): Line(event: "began", batch: batch)
        case .finished(let batch, let summary, let place): Line(event: "finished", batch: batch, movedTo: place, summary: summary)
        case .incomplete(let batch, let summary): Line(event: "incomplete", batch: batch, message: message(summary), summary: summary)
        case .changed(let batch): Line(event: "changed", batch: batch)
        case .refused(let batch, let error): Line(event: "refused", batch: batch, message: "\(error)")
        case .postponed(let batch, let error, let seconds): Line(event: "postponed", batch: batch, message: "\(error)", retryAfter: seconds)
        case .loose(let file): Line(event: "loose", file: file, message: looseRemedy)
        case .empty(let batch): Line(event: "empty", batch: batch, message: emptyRemedy)
        }
    }

    private static func message(_ summary: RunSummary) -> String { summary.untaken.map(\.message).joined(separator: "; ") }

    private static let looseRemedy = "lies in no batch folder and is not taken; put it into a folder of its own in the inbox"
    private static let emptyRemedy = "no file lies in the folder; it is taken when scans come, or remove it"

    private static func text(_ event: InboxWatcher.Event) -> String {
        switch event {
        case .began(let batch): "\(batch)\t开始 begins"
        case .finished(let batch, let summary, let place):
            "\(batch)\t完成 done\t案件 case \(summary.case)\t\(summary.images) 影像 images = \(summary.pages) + \(summary.blanks) 空白 + "
                + "\(summary.separators) 分隔 + \(summary.rejected) 拒收\t\(summary.findings.block) block, \(summary.findings.warn) warn\t\(place)"
        case .incomplete(let batch, let summary): "\(batch)\t不全 taken in part, stays in the inbox\t案件 case \(summary.case): \(message(summary))"
        case .changed(let batch): "\(batch)\t有变化 changed while it was processed; it is taken again when it rests"
        case .refused(let batch, let error): "\(batch)\t退回 refused, stays in the inbox: \(error)"
        case .postponed(let batch, let error, let seconds): "\(batch)\t推迟 tried again in \(Int(seconds)) s: \(error)"
        case .loose(let file): "\(file)\t散放 loose: \(looseRemedy)"
        case .empty(let batch): "\(batch)\t空文件夹 empty: \(emptyRemedy)"
        }
    }
}

/// What became of each batch, for the exit code of `--once`.
private final class Outcomes {
    private var byBatch: [String: ExitStatus] = [:]
    private var waiting: Set<String> = []
    private(set) var finished = 0
    /// Refused, postponed or incomplete, and not finished since.
    var left: Int { waiting.count }

    func note(_ event: InboxWatcher.Event) {
        switch event {
        case .began, .changed, .loose, .empty: break
        case .finished(let batch, let summary, _):
            finished += 1
            waiting.remove(batch)
            byBatch[batch] = ExitStatus(of: summary)
        case .incomplete(let batch, let summary):
            waiting.insert(batch)
            byBatch[batch] = ExitStatus(of: summary)
        case .refused(let batch, let error), .postponed(let batch, let error, _):
            waiting.insert(batch)
            byBatch[batch] = ExitStatus(of: error)
        }
    }

    var worst: ExitStatus { byBatch.values.max { $0.rawValue < $1.rawValue } ?? .done }
}
