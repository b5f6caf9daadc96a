import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Hashing
import Pipeline
import Publishing

struct InspectionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspection",
        abstract: "Inspect a sample of a case against the paper (抽检), and sign for it.",
        discussion: """
            draw takes at least 5 in 100 documents of every volume, at random from a seed that is kept: each row of the catalogue is compared
            with its document, each page with the paper. mark says what was found, sign closes the record. Passed is (DA/T 31-2017 §12) when
            every row agrees and at least 95 in 100 pages are right. Covers, 卷内文件目录 and docket sheets are no documents.

            Examples:
              dossier inspection draw 测试1号 --by 王某
              dossier inspection mark 测试1号 17 wrong --reason 左边缺字
              dossier inspection mark 测试1号 --all-others right
              dossier inspection sign 测试1号 --by 李某 -o 抽检记录.txt
            """,
        subcommands: [InspectionDrawCommand.self, InspectionShowCommand.self, InspectionMarkCommand.self, InspectionSignCommand.self],
        defaultSubcommand: InspectionShowCommand.self)
}

extension Workspace {
    /// The latest inspection of a case.
    ///
    /// #### Errors
    /// `notFound` where none was drawn.
    fileprivate func latestInspection(ofCase number: String) throws(DossierError) -> RecordedInspection {
        guard let last = try journal.inspections(ofCase: number).last else {
            throw DossierError(.notFound, "no sample of case “\(number)” was drawn yet; “dossier inspection draw \(number)” draws one")
        }
        return last
    }

    /// #### Errors
    /// `badUsage` where the case is no longer what the sample was drawn from.
    fileprivate func demandUnchanged(_ inspection: Inspection, _ published: PublishedCase) throws(DossierError) {
        guard try !inspection.isStale(for: published) else {
            throw DossierError(.badUsage, "the case was published again since the sample was drawn; draw another with “dossier inspection draw”")
        }
    }
}

extension Inspection {
    /// Whether the case was published again since.
    fileprivate func isStale(for published: PublishedCase) throws(DossierError) -> Bool {
        SHA256Digest(of: Array(try published.bytes(of: Publisher.FileName.manifest))) != manifest
    }
}

struct InspectionDrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw", abstract: "Draw a sample.",
        discussion: """
            A sample that is open or did not pass stands until the case was corrected and published again; --again draws another all the same.
            The record says how often one was drawn.

            Examples:
              dossier inspection draw 测试1号
              dossier inspection draw 测试1号 --percent 10 --seed 7
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Option(help: "Documents in a hundred, of every volume at least one.") var percent = 5.0
    @Option(help: "Seed of the sample (default: a random one, which is kept).") var seed: UInt64?
    @Flag(help: "Draw another though the last one is open or did not pass.") var again = false
    @Flag(help: "Print the sample as JSON.") var json = false

    func validate() throws {
        guard percent > 0, percent <= 100 else { throw ValidationError("--percent is above 0 and at most 100") }
    }

    func run() throws {
        if percent < 5 { Terminal.complain("DA/T 31-2017 asks for at least 5 in 100") }
        let store = try workspace.writing()
        let published = try PublishedCase(caseNumber, in: store)
        let earlier = try store.journal.inspections(ofCase: caseNumber)
        if let last = earlier.last, !again { try demandSettled(last.inspection, published) }
        let seed = seed ?? UInt64.random(in: 1...999_999_999)
        let titles = try OfficeFiles(workspace: store.path).titleKnowledge()
        var inspection = Inspection(
            seed: seed, percent: percent, manifest: SHA256Digest(of: Array(try published.bytes(of: Publisher.FileName.manifest))),
            items: Inspection.items(of: try published.index(), try published.records(), percent: percent, seed: seed, wrappers: titles.wrapperNames),
            drawnBy: editor.name, drawnAt: Date().formatted(.iso8601))
        inspection.draw = earlier.count + 1
        guard !inspection.items.isEmpty else {
            throw DossierError(.nothingToDo, "case “\(caseNumber)” has no document to inspect")
        }
        let id = try store.journal.add(inspection, ofCase: caseNumber)
        if json { try Terminal.json(inspection) } else { Terminal.result(InspectionText(id, inspection, caseNumber).text) }
    }

    /// Nobody draws until a sample pleases.
    private func demandSettled(_ last: Inspection, _ published: PublishedCase) throws(DossierError) {
        guard try !last.isStale(for: published), last.outcome != .passed || last.signedAt == nil else { return }
        let remedy =
            switch last.outcome {
            case .failed: "correct what is wrong and publish the case again"
            case .open: "mark what is open with “dossier inspection mark” and sign it"
            case .passed: "sign it with “dossier inspection sign”"
            }
        throw DossierError(
            .badUsage, "the sample drawn on \(last.drawnAt) \(last.outcome == .failed ? "did not pass" : "is not closed"): \(remedy); --again draws another all the same, and the record says so")
    }
}

extension TitleKnowledge {
    /// Titles of cover, catalogue, docket sheet and back cover.
    fileprivate var wrapperNames: Set<String> {
        Set(titles.filter { ![.ordinary, .statement].contains($0.role) }.flatMap(\.names))
    }
}

struct InspectionShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the latest sample and what was found.", discussion: "Example:\n  dossier inspection show 测试1号 --json")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print it as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let last = try store.latestInspection(ofCase: caseNumber)
        let isStale = try last.inspection.isStale(for: PublishedCase(caseNumber, in: store))
        if json { return try Terminal.json(Shown(inspection: last.inspection, isStale: isStale)) }
        Terminal.result(InspectionText(last.id, last.inspection, caseNumber, isStale: isStale).text)
    }

    /// The record, and whether it is about the case as it is now.
    private struct Shown: Encodable {
        var inspection: Inspection
        var isStale: Bool

        private enum CodingKeys: CodingKey { case isStale }

        func encode(to encoder: any Encoder) throws {
            try inspection.encode(to: encoder)
            var own = encoder.container(keyedBy: CodingKeys.self)
            try own.encode(isStale, forKey: .isStale)
        }
    }
}

struct InspectionMarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark", abstract: "Say what was found: right or wrong.",
        discussion: """
            Without --row a page is meant, with it the row of the catalogue of the document that begins on the image.

            Examples:
              dossier inspection mark 测试1号 17 wrong --reason 左边缺字
              dossier inspection mark 测试1号 17 wrong --row --reason 日期有误
              dossier inspection mark 测试1号 --all-others right
            """)

    enum Finding: String, ExpressibleByArgument, CaseIterable { case right, wrong }

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "The number of an image, then right or wrong.") var found: [String] = []
    @Option(help: "Everything nobody has marked yet: right or wrong.") var allOthers: Finding?
    @Flag(help: "The row of the catalogue instead of the page.") var row = false
    @Option(help: "What is wrong.") var reason: String?
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption

    func validate() throws {
        guard allOthers == nil ? found.count == 2 && Int(found[0]) != nil && Finding(rawValue: found[1]) != nil : found.isEmpty else {
            throw ValidationError("say which image and whether it is right or wrong, as in “17 wrong”, or --all-others right")
        }
        if found.last == "wrong", reason == nil { throw ValidationError("say with --reason what is wrong") }
        if allOthers == .wrong { throw ValidationError("what is wrong is marked one by one, with its reason") }
    }

    func run() throws {
        let store = try workspace.writing()
        var last = try store.latestInspection(ofCase: caseNumber)
        try store.demandUnchanged(last.inspection, PublishedCase(caseNumber, in: store))
        let now = Date().formatted(.iso8601)
        let marked = last.inspection.items.indices.filter { isMeant(last.inspection.items[$0]) }
        guard !marked.isEmpty else {
            throw DossierError(.notFound, allOthers == nil ? "image \(found[0]) is not in the sample; “dossier inspection show” lists it" : "everything is marked already")
        }
        for item in marked {
            last.inspection.items[item].isRight = (allOthers?.rawValue ?? found[1]) == "right"
            last.inspection.items[item].reason = reason
            last.inspection.items[item].by = editor.name
            last.inspection.items[item].at = now
        }
        try store.journal.update(last)
        let open = last.inspection.items.count { $0.isRight == nil }
        Terminal.complain("\(marked.count) marked, \(open) open" + (open == 0 ? "; “dossier inspection sign \(caseNumber.shellQuoted)” closes the record" : ""))
    }

    private func isMeant(_ item: Inspection.Item) -> Bool {
        if allOthers != nil { return item.isRight == nil }
        return String(item.image) == found[0] && item.subject == (row ? .catalogue : .page)
    }
}

struct InspectionSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Close the record of an inspection; it changes no more.",
        discussion: """
            Exit code 1: the sample did not pass.

            Example:
              dossier inspection sign 测试1号 --by 李某 -o 抽检记录.txt
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Option(name: [.short, .long], help: "Also write the record to this file.", completion: .file()) var output: String?

    func run() throws {
        if let output, FileManager.default.fileExists(atPath: output) {
            throw DossierError(.badUsage, "there is a file of that name already, and a record is never written over another; choose another name", location: output)
        }
        let store = try workspace.writing()
        var last = try store.latestInspection(ofCase: caseNumber)
        try store.demandUnchanged(last.inspection, PublishedCase(caseNumber, in: store))
        guard last.inspection.outcome != .open else {
            let open = last.inspection.items.count { $0.isRight == nil }
            throw DossierError(.badUsage, "\(open) of \(last.inspection.items.count) are not marked yet; “dossier inspection show \(caseNumber)” lists them")
        }
        last.inspection.signedBy = editor.name
        last.inspection.signedAt = Date().formatted(.iso8601)
        try store.journal.update(last)
        let text = InspectionText(last.id, last.inspection, caseNumber).text
        if let output {
            do { try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: output), options: .withoutOverwriting) } catch {
                throw DossierError(.fileSystem, "the record cannot be written; it is kept, “dossier inspection show” prints it", cause: "\(error)", location: output)
            }
        }
        Terminal.result(text)
        if last.inspection.outcome == .failed { throw ExitStatus.doneWithFindings.exitCode }
    }
}

/// The record as people read it.
struct InspectionText {
    private let id: Int64
    private let inspection: Inspection
    private let caseNumber: String
    private let isStale: Bool

    init(_ id: Int64, _ inspection: Inspection, _ caseNumber: String, isStale: Bool = false) {
        (self.id, self.inspection, self.caseNumber, self.isStale) = (id, inspection, caseNumber, isStale)
    }

    var text: String {
        let rows = inspection.items.filter { $0.subject == .catalogue }, pages = inspection.items.filter { $0.subject == .page }
        let result: String =
            switch inspection.outcome {
            case .open: "未完 open"
            case .passed: "合格 passed"
            case .failed: "不合格 failed"
            }
        var lines = [
            "抽检记录 inspection \(id)    案件 case \(caseNumber)",
            "抽样 sample       \(inspection.percent) % of the documents of every volume, seed \(inspection.seed), drawn by \(inspection.drawnBy), \(inspection.drawnAt)",
            "次数 draws        \(inspection.draw.map { "第 \($0) 次 draw \($0) of this case" } ?? "–")",
            "对象 inspected    manifest \(inspection.manifest.hex)",
            "目录 catalogue    \(rows.count) rows, \(rows.count { $0.isRight == false }) wrong (none may be)",
            "影像 pages        \(pages.count) pages, \(pages.count { $0.isRight == false }) wrong (at most \(Int(Inspection.mostWrongPages)) in 100 may be)",
            "结论 result       \(result)",
        ]
        if isStale { lines.append("已过期 stale      the case was published again since; “dossier inspection draw” draws a sample of it as it is now") }
        if let by = inspection.signedBy { lines.append("签字 signed       \(by), \(inspection.signedAt ?? "")") }
        return (lines + inspection.items.map(Self.line)).joined(separator: "\n")
    }

    private static func line(_ item: Inspection.Item) -> String {
        let what = item.subject == .catalogue ? "目录 row" : "影像 page"
        let mark = item.isRight.map { $0 ? "正确 right" : "有误 wrong" } ?? "待查 open"
        let note = item.reason.map { "\t\($0)" } ?? ""
        return "\(mark)\t\(what)\t第\(item.volume)册 页 \(item.folio ?? "–")\timage \(item.image)\t\(item.title)\(note)" + (item.by.map { "\t\($0), \(item.at ?? "")" } ?? "")
    }
}
