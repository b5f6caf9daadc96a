import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Pipeline
import Publishing

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Settle what the machine asks: accept, turn, blank or not, replace by a new scan, move, split, join, number.",
        discussion: """
            A page is v2p45 (volume 2, folio 45) or the number of an image. Every decision is kept with who and when, and holds again in every
            run; the scanner's files are never changed. “dossier review apply” publishes the case again, doing only what decisions touch;
            --apply after a decision does it at once.

            Titles, document numbers, authors and dates are corrected with “dossier catalogue edit”.

            Examples:
              dossier review list 测试1号
              dossier review accept 测试1号 17 page.text.unread --reason 签名
              dossier review turn 测试1号 v1p12 90
              dossier review replace 测试1号 v1p12 rescan.tif --by 王某 --apply
              dossier review folio 测试1号 17 12 --reason 印章遮住页号
              dossier review log 测试1号
            """,
        subcommands: [
            ReviewListCommand.self, ReviewAcceptCommand.self, ReviewTurnCommand.self, ReviewBlankCommand.self, ReviewWrittenCommand.self,
            ReviewReplaceCommand.self, ReviewInsertCommand.self, ReviewMoveCommand.self, ReviewSplitCommand.self, ReviewJoinCommand.self, ReviewFolioCommand.self,
            ReviewLogCommand.self, ReviewWithdrawCommand.self, ReviewApplyCommand.self,
        ],
        defaultSubcommand: ReviewListCommand.self)
}

/// What every decision is made with.
struct DecisionOptions: ParsableArguments {
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Option(help: "Why, for the record.") var reason: String?
    @Flag(help: "Publish the case again at once.") var apply = false

    func validate() throws {
        if let reason, reason.contains(where: \.isNewline) { throw ValidationError("--reason is one line") }
    }

    /// Records a decision about a page, or with nil about a volume or the case.
    func decide(
        _ caseNumber: String, _ record: PageRecord?, volume: Int? = nil, _ change: PageDecision.Change, value: String? = nil, message: String? = nil,
        other: PageDecision.Place? = nil, otherImage: Int? = nil, in store: Workspace
    ) throws {
        let decision = PageDecision(
            page: record.map(\.place), image: record?.image, volume: volume, change: change, value: value, message: message, other: other,
            otherImage: otherImage, reason: reason,
            by: editor.name, at: Date().formatted(.iso8601))
        try keep(decision, ofCase: caseNumber, in: store)
    }

    func keep(_ decision: PageDecision, ofCase caseNumber: String, in store: Workspace) throws {
        let id = try store.journal.record(decision, ofCase: caseNumber)
        Terminal.complain("decision \(id) is kept" + (apply ? "" : "; “dossier review apply \(caseNumber.shellQuoted)” publishes it"))
    }

    /// Publishes the case again where that was asked for.
    func finish(_ caseNumber: String, in store: Workspace) throws {
        if apply { try Republication(store).publish(caseNumber, json: false) }
    }
}

/// A run without a delivery.
struct Republication {
    private let store: Workspace

    init(_ store: Workspace) { self.store = store }

    func publish(_ caseNumber: String, jobs: Int? = nil, json: Bool) throws {
        let display = ProgressDisplay()
        let runner = Runner(workspace: store, cancellation: Interruption.cancellation(), report: display.show)
        let summary = try runner.run(.init(inputs: [], caseNumber: caseNumber, jobs: jobs, workerCommand: [RunCommand.binary, "worker"]))
        if json { try Terminal.json(summary) } else { Terminal.result(RunCommand.text(summary)) }
        if summary.findings.block + summary.findings.warn > 0 { throw ExitStatus.doneWithFindings.exitCode }
    }
}

extension PageRecord {
    var place: PageDecision.Place { PageDecision.Place(file: fileSHA256, frame: frame) }
}

struct ReviewListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what waits for a person, page by page, with the command that settles it.",
        discussion: """
            What was accepted is left out, and so are notes that ask nothing. The report (report.html) shows the same with pictures.

            Examples:
              dossier review list 测试1号
              dossier review list 测试1号 --json | jq '.[].image'
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the list as JSON.") var json = false

    private struct Row: Codable {
        var id: String
        var severity: String
        var volume: Int?
        var folio: String?
        var image: Int?
        var message: String
        var remedy: String
    }

    func run() throws {
        let open = try PublishedCase(caseNumber, in: workspace.reading()).findings().filter(\.isOpenQuestion)
        if json {
            return try Terminal.json(open.map {
                Row(
                    id: $0.finding.id, severity: $0.finding.severity.rawValue, volume: $0.volume, folio: $0.record?.folio, image: $0.record?.image,
                    message: $0.finding.message, remedy: $0.finding.remedy)
            })
        }
        for item in open { Terminal.result(text(item)) }
        if open.isEmpty { Terminal.complain("nothing waits for a person") }
    }

    private func text(_ item: LocatedFinding) -> String {
        let place = [item.volume.map { "第\($0)册" }, item.record?.folio.map { "页 \($0)" }, item.record.map { "image \($0.image)" }]
            .compactMap(\.self).joined(separator: " ")
        let settle = !item.finding.isAcceptable ? "" : "\n    dossier review accept \(caseNumber.shellQuoted) \(target(item)) \(item.finding.id)"
        return "\(item.finding.severity.rawValue)\t\(place.isEmpty ? "案件 case" : place)\t\(item.finding.id)\n    \(item.finding.message)\n    → \(item.finding.remedy)\(settle)"
    }

    private func target(_ item: LocatedFinding) -> String {
        item.record.map { String($0.image) } ?? item.volume.map { "v\($0)" } ?? "case"
    }
}

extension LocatedFinding {
    /// Everything grave, and notes that put a question.
    var isOpenQuestion: Bool {
        finding.severity >= .warn || (finding.id.hasSuffix(".ask") || finding.id.hasSuffix(".unsure")) && !finding.message.contains(" – accepted by ")
    }
}

struct ReviewAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Say that a finding is in order: it stays for the record, and asks no more.",
        discussion: """
            PAGE may also be v2 for a finding about volume 2, or “case” for one about the case. A file or image that could not be read
            cannot be accepted, something of the original is missing there; other findings of severity block need a --reason.

            Examples:
              dossier review accept 测试1号 17 page.text.unread
              dossier review accept 测试1号 v2 volume.order --reason 本院装订习惯
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "v2p45, the number of an image, v2, or case.") var page: String
    @Argument(help: "The finding's id, as “dossier review list” shows it.") var finding: String
    @Option(help: "Which, where a place has several of that id, from 1.") var which: Int?
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let published = try PublishedCase(caseNumber, in: store)
        let volume = page.wholeMatch(of: /v(\d+)/).flatMap { Int($0.1) }
        let record = page == "case" || volume != nil ? nil : try published.record(named: page)
        let all = try published.findings().filter { $0.finding.id == finding && $0.record?.image == record?.image && (record != nil || $0.volume == volume) }
        guard !all.isEmpty else {
            throw DossierError(.notFound, "there is no finding “\(finding)” there; “dossier review list \(caseNumber)” shows them with their places")
        }
        guard all.count == 1 || all.indices.contains((which ?? 0) - 1) else {
            let list = all.enumerated().map { "\n  --which \($0.offset + 1): \($0.element.finding.message)" }.joined()
            throw DossierError(.badUsage, "there are \(all.count) findings “\(finding)” there; say which:\(list)")
        }
        let found = all[(which ?? 1) - 1].finding
        guard found.isAcceptable else {
            throw DossierError(.badUsage, "“\(finding)” means that something of the original is missing; mend it: \(found.remedy)")
        }
        guard found.severity < .block || options.reason != nil else {
            throw DossierError(.badUsage, "“\(finding)” is grave: \(found.message). Say with --reason why it is in order")
        }
        try options.decide(caseNumber, record, volume: record == nil ? volume : nil, .accept, value: finding, message: found.message, in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewTurnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turn", abstract: "Turn a page from how it is shown now.",
        discussion: """
            Examples:
              dossier review turn 测试1号 v1p12 90
              dossier review turn 测试1号 17 180 --apply
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Argument(help: "Degrees clockwise: 90, 180 or 270.") var degrees: Int
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        guard [90, 180, 270].contains(degrees) else { throw ValidationError("degrees are 90, 180 or 270, clockwise") }
    }

    func run() throws {
        let store = try options.workspace.writing()
        let record = try PublishedCase(caseNumber, in: store).record(named: page)
        try options.decide(caseNumber, record, .turn, value: "\((record.rotation.rawValue + degrees) % 360)", in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewBlankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blank", abstract: "Say that nothing is on a page: it is left out of the volume and stays in the store.",
        discussion: "Example:\n  dossier review blank 测试1号 18")

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        try options.decide(caseNumber, try PublishedCase(caseNumber, in: store).record(named: page), .blank, in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewWrittenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "written", abstract: "Say that something is on a page that was taken for blank: it is delivered.",
        discussion: "Example:\n  dossier review written 测试1号 18")

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "The number of an image.") var page: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        try options.decide(caseNumber, try PublishedCase(caseNumber, in: store).record(named: page), .written, in: store)
        try options.finish(caseNumber, in: store)
    }
}
