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
        _ caseNumber: String, _ record: PageRecord?, volume: Int? = nil, _ change: PageDecision.Change, value: String? = nil, finding: Finding? = nil,
        other: PageDecision.Place? = nil, otherImage: Int? = nil, in store: Workspace
    ) throws {
        let decision = PageDecision(
            page: record.map(\.place), image: record?.image, volume: volume, change: change, value: value, message: finding?.message, key: finding?.key,
            severity: finding?.severity, other: other, otherImage: otherImage, reason: reason, by: editor.name, at: Date().formatted(.iso8601))
        try keep(decision, ofCase: caseNumber, in: store)
    }

    func keep(_ decision: PageDecision, ofCase caseNumber: String, in store: Workspace) throws {
        try demandNew(decision, ofCase: caseNumber, in: store)
        let id = try store.journal.record(decision, ofCase: caseNumber)
        Terminal.complain("decision \(id) is kept" + (apply ? "" : "; “dossier review apply \(caseNumber.shellQuoted)” publishes it"))
    }

    /// #### Errors
    /// `nothingToDo` where the last word on the page, not published yet, is the same.
    private func demandNew(_ decision: PageDecision, ofCase caseNumber: String, in store: Workspace) throws {
        guard let page = decision.page, let waiting = try WaitingDecisions.decisions(about: page, ofCase: caseNumber, in: store) else { return }
        guard let last = waiting.last(where: { $0.decision.page == page && $0.decision.change != .accept || $0.decision.asks(of: decision) }), last.decision.says(decision) else { return }
        throw DossierError(
            .nothingToDo,
            "decision \(last.id) by \(last.decision.by) says the same and is not published yet; “dossier review apply \(caseNumber.shellQuoted)” publishes it, "
                + "“dossier review withdraw \(caseNumber.shellQuoted) \(last.id)” takes it back")
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
        try ExitStatus(of: summary).throwUnlessDone()
    }
}

extension PageDecision {
    /// Both accept one finding.
    fileprivate func asks(of other: PageDecision) -> Bool {
        (page, change, value, key, message) == (other.page, other.change, other.value, other.key, other.message)
    }

    /// Of the same page the same, whoever says it, when and why.
    fileprivate func says(_ decision: PageDecision) -> Bool {
        asks(of: decision) && other == decision.other
    }
}

extension PageRecord {
    var place: PageDecision.Place { PageDecision.Place(file: fileSHA256, frame: frame) }
}

struct ReviewListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what waits for a person, page by page, with the command that settles it.",
        discussion: """
            What was accepted is left out, and so are notes that ask nothing. Below each stand the commands that settle it, ready to copy: first
            those that change something, last the one that says that all is in order; words in capitals are to be filled in. The report
            (report.html) shows the same with pictures.

            Examples:
              dossier review list 测试1号
              dossier review list 测试1号 --json | jq '.[].image'
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
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
        /// Ready to copy.
        var commands: [String]

        init(_ item: LocatedFinding, commands: [String]) {
            (id, severity, message, remedy) = (item.finding.id, item.finding.severity.rawValue, item.finding.message, item.finding.remedy)
            (volume, folio, image) = (item.volume, item.record?.folio, item.record?.image)
            self.commands = commands
        }
    }

    func run() throws {
        let all = try PublishedCase(caseNumber, in: workspace.reading()).findings()
        let advice = ReviewAdvice(caseNumber: caseNumber)
        let open = zip(all, Self.numbers(all)).filter(\.0.isOpenQuestion).map { (item: $0.0, commands: advice.commands(for: $0.0, which: $0.1)) }
        if json { return try Terminal.json(open.map { Row($0.item, commands: $0.commands) }) }
        for (item, commands) in open { Terminal.result(Self.text(item, commands)) }
        if open.isEmpty { Terminal.complain("nothing waits for a person") }
    }

    /// Of each finding its number among those of its id in its place, as “accept --which” counts; nil where it is the only one.
    private static func numbers(_ all: [LocatedFinding]) -> [Int?] {
        struct Place: Hashable { var image: Int?, volume: Int?, id: String }
        let places = all.map { Place(image: $0.record?.image, volume: $0.record == nil ? $0.volume : nil, id: $0.finding.id) }
        let counts = Dictionary(grouping: places) { $0 }.mapValues(\.count)
        var seen: [Place: Int] = [:]
        return places.map { place in
            seen[place, default: 0] += 1
            return counts[place] == 1 ? nil : seen[place]
        }
    }

    private static func text(_ item: LocatedFinding, _ commands: [String]) -> String {
        let place = [item.volume.map { "第\($0)册" }, item.record?.folio.map { "页 \($0)" }, item.record.map { "image \($0.image)" }]
            .compactMap(\.self).joined(separator: " ")
        let lines = [
            "\(item.finding.severity.rawValue)\t\(place.isEmpty ? "案件 case" : place)\t\(item.finding.id)", "    \(item.finding.message)", "    → \(item.finding.remedy)",
        ]
        return (lines + commands.map { "    \($0)" }).joined(separator: "\n")
    }
}

extension LocatedFinding {
    /// Everything grave, and notes that put a question.
    var isOpenQuestion: Bool {
        finding.severity >= .warn || (finding.id.hasSuffix(".ask") || finding.id.hasSuffix(".unsure")) && !finding.isAccepted
    }
}

extension Finding {
    /// As `PageReview` words it.
    fileprivate var isAccepted: Bool { severity == .note && message.contains(" – accepted by ") }
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

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
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
        guard !found.isAccepted else {
            throw DossierError(.nothingToDo, "“\(finding)” was accepted already: \(found.message); “dossier review log \(caseNumber.shellQuoted)” has the number by which it is taken back")
        }
        guard found.isAcceptable else {
            throw DossierError(.badUsage, "“\(finding)” means that something of the original is missing; mend it: \(found.remedy)")
        }
        guard found.severity < .block || options.reason != nil else {
            throw DossierError(.badUsage, "“\(finding)” is grave: \(found.message). Say with --reason why it is in order")
        }
        try options.decide(caseNumber, record, volume: record == nil ? volume : nil, .accept, value: finding, finding: found, in: store)
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

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Argument(help: "Degrees clockwise: 90, 180 or 270.") var degrees: Int
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        guard [90, 180, 270].contains(degrees) else { throw ValidationError("degrees are 90, 180 or 270, clockwise") }
    }

    func run() throws {
        let store = try options.workspace.writing()
        let record = try PublishedCase(caseNumber, in: store).record(named: page)
        try ReviewedPage(record, ofCase: caseNumber, in: store).demandTurnable()
        try options.decide(caseNumber, record, .turn, value: "\((record.rotation.rawValue + degrees) % 360)", in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewBlankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blank", abstract: "Say that nothing is on a page: it is left out of the volume and stays in the store.",
        discussion: "Example:\n  dossier review blank 测试1号 18")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let record = try PublishedCase(caseNumber, in: store).record(named: page)
        try ReviewedPage(record, ofCase: caseNumber, in: store).demandNotBlank()
        try options.decide(caseNumber, record, .blank, in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewWrittenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "written", abstract: "Say that something is on a page that was taken for blank: it is delivered.",
        discussion: "Example:\n  dossier review written 测试1号 18")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "The number of an image.") var page: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let record = try PublishedCase(caseNumber, in: store).record(named: page)
        try ReviewedPage(record, ofCase: caseNumber, in: store).demandNotWritten()
        try options.decide(caseNumber, record, .written, in: store)
        try options.finish(caseNumber, in: store)
    }
}
