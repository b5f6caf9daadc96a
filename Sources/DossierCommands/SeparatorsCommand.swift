import Archive
import ArgumentParser
import Assembly
import Barcodes
import Cataloguing
import DossierModel
import Foundation
import Pipeline
import SeparatorSheets
import Typesetting

struct SeparatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "separators",
        abstract: "Print the sheets that are laid between papers before they are scanned.",
        discussion: """
            A sheet opens a case, a volume or a document, and is left out of the volumes. docs/separators.md says what its codes hold; \
            “separate” in dossier.yaml teaches Dossier the codes of other programs.
            """,
        subcommands: [SeparatorsPrintCommand.self, SeparatorsReadCommand.self])
}

struct SeparatorsPrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print", abstract: "Make separator sheets as PDF.",
        discussion: """
            One sheet for the case, one for the volume, then those for documents, in this order.

            Examples:
              dossier separators print --case 海检刑诉受〔2024〕123号 -o case.pdf
              dossier separators print --volume 2 --kind evidence --documents 20 -o sheets.pdf
              dossier separators print --titles 起诉意见书 A009 户籍证明 -o titled.pdf
              dossier separators print --patch T --patch 2 --patch-t -o patch.pdf
            """)

    @Option(help: "A sheet that opens this case.") var `case`: String?
    @Option(help: "A sheet that opens the volume of this number.") var volume: Int?
    @Option(help: "Its kind; without --volume the next number.") var kind: String?
    @Option(help: "So many sheets that open a document of any title.") var documents = 0
    @Option(parsing: .upToNextOption, help: "A sheet for each title, by code or name.") var titles: [String] = []
    @Option(help: "A sheet with the bars of a patch code: 1, 2, 3, 4, 6 or T. May be repeated.") var patch: [String] = []
    @Flag(name: .customLong("patch-t"), help: "A sheet with PATCHT as Code 39, which other programs know.") var patchT = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        if output.path == nil { throw ValidationError("say with -o where to write it") }
        guard (0...1000).contains(documents) else { throw ValidationError("--documents is a number from 0 to 1000") }
        if let volume, !(1...9999).contains(volume) { throw ValidationError("--volume is a number from 1 to 9999") }
        if let kind, Self.kind(kind) == nil {
            throw ValidationError("“\(kind)” is no kind of volume; use one of \(VolumeKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if let wrong = patch.first(where: { PatchCode(rawValue: $0.uppercased()) == nil }) {
            throw ValidationError("“\(wrong)” is no patch code; use one of \(PatchCode.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if isNothing { throw ValidationError("say which sheets: --case, --volume, --kind, --documents, --titles, --patch or --patch-t") }
    }

    private var isNothing: Bool { `case` == nil && volume == nil && kind == nil && documents == 0 && titles.isEmpty && patch.isEmpty && !patchT }

    private static func kind(_ word: String) -> VolumeKind? { VolumeKind.allCases.first { $0.rawValue == word || $0.chineseName == word } }

    func run() throws {
        try output.check()
        let sheets = try self.sheets()
        var pages: [PageLayout] = []
        for sheet in sheets { pages.append(try sheet.layout()) }
        var typesetter = try Typesetter()
        let bytes = try TypesetDocument.archivable(
            try typesetter.typeset(pages), metadata: TypesetMetadata(title: "分隔页", subject: `case`, producer: "Dossier \(ProgramVersion.text)"))
        do { try Data(bytes).write(to: URL(fileURLWithPath: output.path!)) } catch {
            throw DossierError(.fileSystem, "the sheets cannot be written; check the folder", cause: error.localizedDescription, location: output.path!)
        }
        Terminal.result("\(output.path!): \(sheets.count) 张分隔页 sheets")
    }

    private func sheets() throws -> [SeparatorSheet] {
        var sheets: [SeparatorSheet] = []
        if let number = `case` { sheets.append(.order(.openCase(number))) }
        if volume != nil || kind != nil { sheets.append(.order(.openVolume(number: volume, kind: kind.flatMap(Self.kind)))) }
        sheets += Array(repeating: .order(.openDocument(title: nil)), count: documents)
        if !titles.isEmpty {
            let known = try OfficeFiles(workspace: workspace.path).titleKnowledge().titles
            sheets += titles.map { Self.sheet(titled: $0, among: known) }
        }
        return sheets + patch.compactMap { PatchCode(rawValue: $0.uppercased()).map(SeparatorSheet.patch) } + (patchT ? [.patchT] : [])
    }

    /// The code of a known title is shorter than its name, and so are the bars.
    private static func sheet(titled text: String, among titles: [DocumentTitle]) -> SeparatorSheet {
        let title = titles.first { $0.code == text.uppercased() || $0.names.contains(text) }
        return .order(.openDocument(title: title?.code ?? text), words: title.map { $0.names.contains(text) ? text : $0.names[0] } ?? text)
    }
}

struct SeparatorsReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read the codes of scanned sheets, to try a printer, a scanner or a pattern of the settings.",
        discussion: """
            Columns: file, frame, symbology, payload, what the settings make of it.

            Examples:
              dossier separators read scans/0001.tif
              dossier separators read scans/*.tif --json
            """)

    @Argument(help: "Scanner files.", completion: .file()) var files: [String]
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the codes as JSON.") var json = false

    private struct Row: Codable {
        var file: String
        var frame: Int
        var codes: [Barcode]
        var unread: [PixelRect]
        var verdict: String
    }

    func run() throws {
        let settings = FileManager.default.fileExists(atPath: workspace.path) ? try workspace.reading().settings : Settings()
        let rows = try SheetProbe(settings: settings).readings(of: files).map {
            Row(file: $0.file, frame: $0.frame, codes: $0.reading.codes, unread: $0.reading.unread, verdict: Self.words($0.verdict))
        }
        if json { return try Terminal.json(rows) }
        for row in rows {
            let codes = row.codes.isEmpty ? [("–", row.unread.isEmpty ? "–" : "unread")] : row.codes.map { ($0.symbology.rawValue, $0.payload) }
            for (symbology, payload) in codes { Terminal.result("\(row.file)\t\(row.frame)\t\(symbology)\t\(payload)\t\(row.verdict)") }
        }
    }

    private static func words(_ verdict: SeparatorVerdict) -> String {
        switch verdict {
        case .no: "page"
        case .ask(let reason): "ask: \(reason)"
        case .yes(let marks): marks.map { ($0.isSheet ? "" : "sticker, ") + $0.order.payload }.joined(separator: " + ")
        }
    }
}
