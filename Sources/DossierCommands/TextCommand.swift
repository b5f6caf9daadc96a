import ArgumentParser
import DossierModel
import Foundation
import Publishing

struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Print the recognised text of a case.",
        discussion: """
            With --format every page becomes a file of its own in the folder -o, named by its image number: alto is ALTO 4.2,
            hocr is hOCR 1.2, both with the place of every character, in pixels of the upright, straightened page.

            Examples:
              dossier text 测试1号
              dossier text 测试1号 --volume 2 --folio 45
              dossier text 测试1号 --json | jq .lines
              dossier text 测试1号 --format alto -o alto/
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Only this volume (册).") var volume: Int?
    @Option(help: "Only the page with this folio (页号).") var folio: String?
    @Flag(help: "Print the page records, one JSON value per line.") var json = false
    @Option(help: "Write a file per page in this form: alto or hocr; needs --output.") var format: PageTextChoice?
    @Option(name: [.short, .long], help: "Folder for the files; it is made.", completion: .directory) var output: String?

    func validate() throws {
        guard (format == nil) == (output == nil) else { throw ValidationError("--format and --output belong together: --format alto -o FOLDER") }
        if format != nil, json { throw ValidationError("--json prints, --format writes files; choose one") }
    }

    func run() throws {
        let published = try PublishedCase(caseNumber, in: workspace.reading())
        let records = try published.records()
            .filter { $0.disposition == .page && (volume == nil || $0.volume == volume) && (folio == nil || $0.folio == folio) }
        guard !records.isEmpty else {
            throw DossierError(.notFound, "no page of case “\(caseNumber)” fits; “dossier status” shows its volumes")
        }
        if let format, let output { return try write(records, as: format.format, to: output, engine: published.manifest().engine) }
        for record in records {
            if json {
                try Terminal.json(record)
            } else {
                Terminal.result("—— 第\(record.volume ?? 0)册 页 \(record.folio ?? "–") · image \(record.image) ——")
                for line in record.lines { Terminal.result(line.text) }
                Terminal.result("")
            }
        }
    }

    private func write(_ records: [PageRecord], as format: PageTextFormat, to folder: String, engine: String) throws {
        var written = 0
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for record in records {
                guard let text = format.text(of: record, engine: engine, software: ProgramVersion.text) else { continue }
                let number = String(record.image)
                let name = String(repeating: "0", count: max(0, 6 - number.count)) + number + "." + format.fileExtension
                try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name), options: .atomic)
                written += 1
            }
        } catch {
            throw DossierError(.fileSystem, "the pages cannot be written; check the folder and the space on its disk", cause: "\(error)", location: folder)
        }
        let left = records.count - written
        Terminal.result("\(written) pages written to \(folder)" + (left > 0 ? "; \(left) without pixels have no text" : ""))
    }
}

/// `PageTextFormat` as typed on the command line.
enum PageTextChoice: String, ExpressibleByArgument, CaseIterable {
    case alto, hocr

    var format: PageTextFormat { PageTextFormat(rawValue: rawValue)! }
}
