import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Pipeline

struct ReviewSplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split", abstract: "Let a document begin on a page.",
        discussion: "Example:\n  dossier review split 测试1号 v1p12 --title 讯问笔录")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Option(help: "Title of the document (题名).") var title: String?
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let sheet = try ReviewedCatalogue(caseNumber, page, in: options.workspace.writing())
        guard !sheet.beginsDocument || title != nil else {
            throw DossierError(.nothingToDo, "a document begins on image \(sheet.record.image) already; give its title with --title, or let it go on with “dossier review join”")
        }
        if let title, title == sheet.title {
            throw DossierError(.nothingToDo, "the document on image \(sheet.record.image) is called “\(title)” already; give another title with --title")
        }
        try sheet.keep([(.start, nil)] + (title.map { [(.title, $0)] } ?? []), options)
    }
}

struct ReviewJoinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Let a page go on with the document before it.",
        discussion: "Example:\n  dossier review join 测试1号 v1p13")

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        let sheet = try ReviewedCatalogue(caseNumber, page, in: options.workspace.writing())
        guard !sheet.isFirstOfVolume else {
            throw DossierError(
                .badUsage,
                "image \(sheet.record.image) is the first page of volume \(sheet.volume), there is no document before it; put it elsewhere with “dossier review move”, or correct its title with --title of “dossier review split”")
        }
        guard sheet.beginsDocument else {
            throw DossierError(.nothingToDo, "image \(sheet.record.image) goes on with the document before it already; “dossier catalogue show” lists where documents begin")
        }
        try sheet.keep([(.join, nil)], options)
    }
}

struct ReviewFolioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "folio", abstract: "Say which page number (页号) is stamped on a page, or that there is none.",
        discussion: """
            The number counts as if it had been read on the page: those around it that were not read follow from it.

            Examples:
              dossier review folio 测试1号 17 12 --reason 印章遮住页号
              dossier review folio 测试1号 v1p13 none --by 王某 --apply
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "v2p45, or the number of an image.") var page: String
    @Argument(help: "The number, or none.") var number: String
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        guard number == "none" || CatalogueEdit.folio(number) != nil else { throw ValidationError("“\(number)” is no page number; write a whole number from 1, or none") }
    }

    func run() throws {
        let sheet = try ReviewedCatalogue(caseNumber, page, in: options.workspace.writing())
        guard try !sheet.bears(number) else {
            throw DossierError(.nothingToDo, "image \(sheet.record.image) has \(number == "none" ? "no number" : "number \(number)") already, and nobody doubts it; give the number that is stamped on it")
        }
        try sheet.keep([(.folio, CatalogueEdit.folio(number).map(String.init))], was: sheet.record.folio, options)
    }
}

/// A page of a volume and the catalogue around it, as published with what was kept since.
private struct ReviewedCatalogue {
    let record: PageRecord
    let volume: Int
    private let catalogue: CurrentCatalogue
    private let caseNumber: String
    private let store: Workspace

    /// #### Errors
    /// `notFound`; `badUsage` for an image that is no page of a volume.
    init(_ caseNumber: String, _ page: String, in store: Workspace) throws {
        let record = try PublishedCase(caseNumber, in: store).record(named: page)
        guard let volume = record.volume, record.disposition == .page else {
            throw DossierError(
                .badUsage, "image \(record.image) is no page of a volume (\(record.disposition.rawValue)): it has no number, and no document can begin or go on there; “dossier review written” makes a blank one a page")
        }
        (self.record, self.volume, self.caseNumber, self.store) = (record, volume, caseNumber, store)
        catalogue = try CurrentCatalogue(caseNumber, in: store)
    }

    private var document: CaseIndex.Document? { catalogue.index.volumes.first { $0.number == volume }?.documents.first { $0.firstImage == record.image } }

    var beginsDocument: Bool { document != nil }

    /// Of the document that begins here.
    var title: String? { document?.title }

    /// Whether the page has this number, or none, by itself: neither asked nor given by hand.
    func bears(_ number: String) throws -> Bool {
        let given = try OfficeFiles.catalogueEdits(ofCase: caseNumber, in: store).inForce.list.contains { $0.change == .folio && $0.page == catalogue.place(of: record.image) }
        return !given && !record.findings.contains { $0.id.hasPrefix("folio.") } && (number == "none" ? record.folio == nil : record.folio == CatalogueEdit.folio(number).map(String.init))
    }

    var isFirstOfVolume: Bool { catalogue.pages[volume]?.min() == record.image }

    /// Where “dossier catalogue edit” keeps its changes.
    func keep(_ changes: [(CatalogueEdit.Change, String?)], was: String? = nil, _ options: DecisionOptions) throws {
        let edits = changes.map { change, value in
            var edit = CatalogueEdit(
                volume: volume, image: record.image, change: change, value: value, was: was, by: options.editor.name, at: Date().formatted(.iso8601))
            edit.reason = options.reason
            return catalogue.anchored(edit)
        }
        let numbers = try OfficeFiles.keep(edits, ofCase: caseNumber, in: store).map { "c\($0)" }.joined(separator: ", ")
        Terminal.complain("\(edits.count) change(s) of the catalogue kept: \(numbers)" + (options.apply ? "" : "; “dossier review apply \(caseNumber.shellQuoted)” publishes them"))
        try options.finish(caseNumber, in: store)
    }
}
