import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Hashing
import Pipeline
import Publishing

struct CatalogueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Show and correct the catalogue (卷内文件目录) of a case.",
        discussion: """
            What people change is kept beside the machine's result, with who and when, and applied again by every run.

            Examples:
              dossier catalogue show 测试1号
              dossier catalogue export 测试1号 > catalogue.yaml
              dossier catalogue edit 测试1号
              dossier catalogue import 测试1号 catalogue.yaml --by 王某
              dossier catalogue facts 测试1号
            """,
        subcommands: [
            CatalogueShowCommand.self, CatalogueEditCommand.self, CatalogueExportCommand.self, CatalogueImportCommand.self, CatalogueFactsCommand.self,
        ])
}

struct CatalogueShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the catalogue of a case.",
        discussion: """
            Columns: volume, ordinal, image it begins on, pages (页号), 题名, 文号, 责任者, 日期, score, 备注. A question mark marks documents a
            person should look at; “dossier findings” says why.

            Example:
              dossier catalogue show 测试1号 --volume 2
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Only this volume (册).") var volume: Int?
    @Flag(help: "Print the index as JSON.") var json = false

    func run() throws {
        let store = try workspace.reading()
        let published = try PublishedCase(caseNumber, in: store)
        var index = try published.index()
        if try CurrentCatalogue(caseNumber, in: store).index.volumes != index.volumes {
            Terminal.complain("changes by people are kept that the next “dossier run” of the case publishes; “dossier catalogue export \(caseNumber.shellQuoted)” shows the catalogue with them")
        }
        if let volume {
            guard index.volumes.contains(where: { $0.number == volume }) else {
                throw DossierError(.notFound, "the case has no volume \(volume); it has \(index.volumes.map { "\($0.number)" }.joined(separator: ", "))")
            }
            index.volumes.removeAll { $0.number != volume }
        }
        if json { return try Terminal.json(index) }
        let asked = Set(try published.findings().filter { $0.finding.severity != .note }.compactMap { $0.record?.image })
        for volume in index.volumes {
            for (at, document) in volume.documents.enumerated() {
                let isDoubtful = document.score < 0.8 || asked.contains { (document.firstImage...max(document.firstImage, document.lastImage)).contains($0) }
                Terminal.result(Self.row(volume.number, at + 1, document, isDoubtful))
            }
        }
    }

    private static func row(_ volume: Int, _ ordinal: Int, _ document: CaseIndex.Document, _ isDoubtful: Bool) -> String {
        let pages = document.firstFolio.map { first in document.lastFolio.map { $0 == first ? first : "\(first)-\($0)" } ?? first } ?? "–"
        let columns = [
            "\(volume)", "\(ordinal)", "\(document.firstImage)", pages, document.title, document.documentNumber ?? "–", document.author ?? "–", document.date ?? "–",
            "\(Int((document.score * 100).rounded())) %" + (isDoubtful ? " ?" : ""), document.remark ?? "–",
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

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        Terminal.result(String(try CurrentCatalogue(caseNumber, in: workspace.reading()).text.dropLast()))
    }
}

struct CatalogueImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in an edited catalogue.",
        discussion: """
            What differs from the published catalogue, with what was kept since, is kept as edits; the next “dossier run” of the case publishes it. With a
            mistake in the file nothing is taken. A file exported before somebody else changed the catalogue is refused, because it would take those
            changes back; --force does so.

            Example:
              dossier catalogue import 测试1号 catalogue.yaml --by 王某

            Exit code 65: mistakes, or the catalogue changed since the file was exported.
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @Argument(help: "The edited file.", completion: .file(extensions: ["yaml"])) var file: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Flag(name: .customLong("dry-run"), help: "Only say what would change.") var isDryRun = false
    @Flag(name: .customLong("force"), help: "Take the file though the catalogue changed since it was exported.") var isForced = false
    @Flag(help: "Print the changes as JSON.") var json = false

    func run() throws {
        let text = try OfficeFiles.text(of: file)
        // Held from the reading on, so that no run comes in between.
        let store = isDryRun ? try workspace.reading() : try workspace.writing()
        let edits = try withExtendedLifetime(store) {
            let current = try CurrentCatalogue(caseNumber, in: store)
            let edits = try current.reported(text, of: file, by: editor.name)
            if !isForced, !edits.isEmpty { try current.checkBase(of: text, file) }
            return MadeEdits(edits, numbers: isDryRun || edits.isEmpty ? nil : try OfficeFiles.keep(edits, ofCase: caseNumber, in: store))
        }
        try edits.report(asJSON: json)
    }
}

/// Whose hand it is.
struct EditorOption: ParsableArguments {
    @Option(help: "Who made the changes (default: the name of the user).") var by: String?

    var name: String { by ?? Login.name }

    func validate() throws {
        if let by, by.allSatisfy(\.isWhitespace) || by.contains(where: \.isNewline) { throw ValidationError("--by is a name on one line") }
    }
}

/// What was changed, told to whoever changed it.
struct MadeEdits {
    private struct Row: Codable {
        var volume: Int
        var image: Int
        var change: String
        var value: String?
        var was: String?
        /// By which “review withdraw” takes it back; nil where nothing was kept.
        var number: String?
    }

    private let edits: [CatalogueEdit]
    /// nil: none is kept.
    private let numbers: Range<Int>?

    init(_ edits: [CatalogueEdit] = [], numbers: Range<Int>? = nil) { (self.edits, self.numbers) = (edits, numbers) }

    func report(asJSON: Bool) throws {
        let rows = edits.enumerated().map { at, edit in
            Row(volume: edit.volume, image: edit.image, change: edit.change.rawValue, value: edit.value, was: edit.was, number: numbers.map { "c\($0.lowerBound + at)" })
        }
        if asJSON { return try Terminal.json(rows) }
        for row in rows {
            Terminal.result((row.number.map { "\($0)\t" } ?? "") + "第\(row.volume)册 image \(row.image)\t\(row.change)\t\(row.was ?? "–") → \(row.value ?? "–")")
        }
        Terminal.complain(
            edits.isEmpty ? "no changes" : numbers == nil ? "\(edits.count) change(s), none kept" : "\(edits.count) change(s) kept; run the case again to publish them, “dossier review withdraw” takes one back by its number")
    }
}

/// The published catalogue with the edits that were kept since: what an edited file is compared with.
struct CurrentCatalogue {
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
        let kept = try OfficeFiles.catalogueEdits(ofCase: number, in: store).inForce.placed(images).edits
        index = try published.index().applying(kept)
        (self.pages, self.places) = (pages, places)
    }

    /// Of what an edited file is compared with.
    var base: String { String(SHA256Digest(of: Array(CatalogueSheet.substance(of: index).utf8)).hex.prefix(16)) }

    /// The file to edit.
    var text: String { CatalogueSheet.text(of: index, base: base) }

    /// A file without a base is taken, with a notice.
    ///
    /// #### Errors
    /// `unusableInput` when the catalogue is another than the file was made from.
    func checkBase(of text: String, _ file: String) throws(DossierError) {
        guard let given = CatalogueSheet.base(of: text) else {
            return Terminal.complain("\(file) does not say from which catalogue it was made; whatever differs is taken as a change")
        }
        guard given != base else { return }
        throw DossierError(
            .unusableInput,
            "the catalogue was changed since this file was exported, and nothing was taken; export it again and carry your changes over, or give --force to make the catalogue as the file says",
            location: file)
    }

    /// What the text changes.
    ///
    /// #### Errors
    /// `SheetMistakes`: then nothing is taken.
    func edits(_ text: String, by person: String) throws(SheetMistakes) -> [CatalogueEdit] {
        try CatalogueSheet.edits(in: text, of: index, pages: pages, by: person, at: Date().formatted(.iso8601)).map(anchored)
    }

    /// The same; mistakes are told and end the command.
    func reported(_ text: String, of file: String, by person: String) throws -> [CatalogueEdit] {
        do { return try edits(text, by: person) } catch {
            error.report(of: file)
            throw ExitStatus.unusableInput.exitCode
        }
    }

    func place(of image: Int) -> CatalogueEdit.Page? { places[image] }

    /// With the page itself, so that it is found again when images are counted anew.
    func anchored(_ edit: CatalogueEdit) -> CatalogueEdit {
        var edit = edit
        edit.page = places[edit.image]
        return edit
    }
}

extension SheetMistakes {
    func report(of file: String) {
        for mistake in list { Terminal.complain("\(file):\(mistake.line): \(mistake.message); \(mistake.remedy)") }
    }
}
