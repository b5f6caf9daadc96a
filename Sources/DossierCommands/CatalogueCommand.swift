import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Pipeline

struct CatalogueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Show and correct the catalogue (卷内文件目录) of a case.",
        discussion: """
            What people change is kept beside the machine's result, with who and when, and applied again by every run.

            Examples:
              dossier catalogue show 测试1号
              dossier catalogue export 测试1号 > catalogue.yaml
              dossier catalogue import 测试1号 catalogue.yaml --by 王某
            """,
        subcommands: [CatalogueShowCommand.self, CatalogueExportCommand.self, CatalogueImportCommand.self])
}

struct CatalogueShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the catalogue of a case.",
        discussion: """
            Columns: volume, ordinal, image it begins on, pages (页号), 题名, 文号, 责任者, 日期, score. A question mark marks documents a
            person should look at; “dossier findings” says why.

            Example:
              dossier catalogue show 测试1号 --volume 2
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Only this volume (册).") var volume: Int?
    @Flag(help: "Print the index as JSON.") var json = false

    func run() throws {
        var index = try PublishedCase(caseNumber, in: workspace.reading()).index()
        if let volume { index.volumes.removeAll { $0.number != volume } }
        if json { return try Terminal.json(index) }
        for volume in index.volumes {
            for (at, document) in volume.documents.enumerated() { Terminal.result(Self.row(volume.number, at + 1, document)) }
        }
    }

    private static func row(_ volume: Int, _ ordinal: Int, _ document: CaseIndex.Document) -> String {
        let pages = document.firstFolio.map { first in document.lastFolio.map { $0 == first ? first : "\(first)-\($0)" } ?? first } ?? "–"
        let columns = [
            "\(volume)", "\(ordinal)", "\(document.firstImage)", pages, document.title, document.documentNumber ?? "–", document.author ?? "–", document.date ?? "–",
            "\(Int((document.score * 100).rounded())) %" + (document.score < 0.8 ? " ?" : ""),
        ]
        return columns.joined(separator: "\t")
    }
}

struct CatalogueExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print the catalogue as YAML, to be edited.",
        discussion: """
            Take a row out to join its pages to the document before; add one to begin a document on its image.

            Example:
              dossier catalogue export 测试1号 > catalogue.yaml
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let text = CatalogueSheet.text(of: try CurrentCatalogue(caseNumber, in: workspace.reading()).index)
        Terminal.result(String(text.dropLast()))
    }
}

struct CatalogueImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in an edited catalogue.",
        discussion: """
            What differs from the published catalogue, with what was kept since, is kept as edits; the next “dossier run” of the case publishes it. With a
            mistake in the file nothing is taken. Exit code 65: mistakes.

            Example:
              dossier catalogue import 测试1号 catalogue.yaml --by 王某
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @Argument(help: "The edited file.", completion: .file(extensions: ["yaml"])) var file: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Who made the changes (default: the name of the user).") var by: String?
    @Flag(name: .customLong("dry-run"), help: "Only say what would change.") var isDryRun = false
    @Flag(help: "Print the changes as JSON.") var json = false

    func validate() throws {
        if let by, by.allSatisfy(\.isWhitespace) || by.contains(where: \.isNewline) { throw ValidationError("--by is a name on one line") }
    }

    private struct Row: Codable {
        var volume: Int
        var image: Int
        var change: String
        var value: String?
        var was: String?
    }

    func run() throws {
        let text = try OfficeFiles.text(of: file)
        // Held from the reading on, so that no run comes in between.
        let store = isDryRun ? try workspace.reading() : try workspace.writing()
        let edits = try withExtendedLifetime(store) {
            let edits = try differences(text, store)
            if !isDryRun, !edits.isEmpty { try OfficeFiles.keep(edits, ofCase: caseNumber, in: store) }
            return edits
        }
        if json { return try Terminal.json(edits.map { Row(volume: $0.volume, image: $0.image, change: $0.change.rawValue, value: $0.value, was: $0.was) }) }
        for edit in edits {
            Terminal.result("第\(edit.volume)册 image \(edit.image)\t\(edit.change.rawValue)\t\(edit.was ?? "–") → \(edit.value ?? "–")")
        }
        Terminal.complain(edits.isEmpty ? "no changes" : isDryRun ? "\(edits.count) change(s), none kept" : "\(edits.count) change(s) kept; run the case again to publish them")
    }

    private func differences(_ text: String, _ store: Workspace) throws -> [CatalogueEdit] {
        let current = try CurrentCatalogue(caseNumber, in: store)
        do {
            let edits = try CatalogueSheet.edits(
                in: text, of: current.index, pages: current.pages, by: by ?? Login.name, at: Date().formatted(.iso8601))
            return edits.map(current.anchored)
        } catch {
            let mistakes = error
            for mistake in mistakes.list { Terminal.complain("\(file):\(mistake.line): \(mistake.message); \(mistake.remedy)") }
            throw ExitStatus.unusableInput.exitCode
        }
    }
}

/// The published catalogue with the edits that were kept since: what an edited file is compared with.
private struct CurrentCatalogue {
    let index: CaseIndex
    /// Images delivered as pages, by volume.
    let pages: [Int: Set<Int>]
    private let places: [Int: CatalogueEdit.Page]

    init(_ number: String, in store: Workspace) throws {
        let published = try PublishedCase(number, in: store)
        let records = try published.records()
        var (pages, places, images): ([Int: Set<Int>], [Int: CatalogueEdit.Page], [CatalogueEdit.Page: [(volume: Int, image: Int)]]) = ([:], [:], [:])
        for record in records {
            let page = CatalogueEdit.Page(file: record.fileSHA256.hex, frame: record.frame)
            places[record.image] = page
            images[page, default: []].append((record.volume ?? 0, record.image))
            if record.disposition == .page { pages[record.volume ?? 0, default: []].insert(record.image) }
        }
        let kept = try OfficeFiles.catalogueEdits(ofCase: number, in: store).placed(images).edits
        index = try published.index().applying(kept)
        (self.pages, self.places) = (pages, places)
    }

    /// With the page itself, so that it is found again when images are counted anew.
    func anchored(_ edit: CatalogueEdit) -> CatalogueEdit {
        var edit = edit
        edit.page = places[edit.image]
        return edit
    }
}
