import Archive
import ArgumentParser
import DossierModel
import Foundation
import Pipeline

struct ReviewReplaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace", abstract: "Put a new scan in the place of a page; the earlier scan stays in the store.",
        discussion: """
            The new file holds one image. The earlier scan is told as rejected in the reconciliation, with who replaced it and when.

            Example:
              dossier review replace 测试1号 v1p12 rescan.tif --reason 模糊 --by 王某
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Argument(help: "The new scan.", completion: .file()) var file: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let published = try PublishedCase(caseNumber, in: store)
        let record = try published.record(named: page)
        let scan = try SingleScan(file, ofCase: caseNumber, in: store)
        try options.decide(caseNumber, record, .replace, other: scan.place, in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewInsertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "insert", abstract: "Put a sheet that was not scanned with the batch behind a page.",
        discussion: "Example:\n  dossier review insert 测试1号 forgotten.tif --after v1p12")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "The scan, a file with one image.", completion: .file()) var file: String
    @Option(help: "The page it comes behind: v2p45, or the number of an image.") var after: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let published = try PublishedCase(caseNumber, in: store)
        let before = try published.record(named: after)
        let scan = try SingleScan(file, ofCase: caseNumber, in: store)
        let decision = PageDecision(
            page: scan.place, change: .move, other: before.place, otherImage: before.image, reason: options.reason, by: options.editor.name, at: Date().formatted(.iso8601))
        try options.keep(decision, ofCase: caseNumber, in: store)
        try options.finish(caseNumber, in: store)
    }
}

struct ReviewMoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Put a page behind another, also into another volume.",
        discussion: "Example:\n  dossier review move 测试1号 17 --after v1p12")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Option(help: "The page it comes behind: v2p45, or the number of an image.") var after: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let store = try options.workspace.writing()
        let published = try PublishedCase(caseNumber, in: store)
        let (record, before) = (try published.record(named: page), try published.record(named: after))
        try ReviewedPage(record, ofCase: caseNumber, in: store).demandElsewhere(than: before, published.records())
        try options.decide(caseNumber, record, .move, other: before.place, otherImage: before.image, in: store)
        try options.finish(caseNumber, in: store)
    }
}
