import ArgumentParser
import Assembly
import DossierModel
import Foundation
import Publishing

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Hand out one volume as a PDF/A-3 that carries the texts of its case.",
        discussion: """
            index.json, manifest.json and its signature are attached to a copy of the volume, so that one file can be read \
            and checked alone: “dossier verify FILE.pdf” finds the manifest inside. The pages are those of the published PDF.

            An internal volume (检察内卷) does not leave the house: it is not handed out, and of a case that holds one the other volumes \
            are handed out without the texts, which name its documents. --internal says that the file stays in the house. The published \
            folder of the case and “dossier text” hold everything and are no hand-out.

            Examples:
              dossier export 测试1号 --volume 1 -o 第1册.pdf
              dossier export 测试1号 --volume 2 --part 1 -o 第2册第1分册.pdf --force
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var `case`: String
    @Option(help: "Number of the volume.") var volume: Int
    @Option(help: "Part of a divided volume.") var part: Int = 1
    @Flag(help: "The file stays in the house: hand out the internal volume, too, and attach texts that tell of it.") var `internal` = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
        if output.path == nil { throw ValidationError("say with -o where to write it") }
    }

    func run() throws {
        let published = try PublishedCase(`case`, in: workspace.reading())
        let volumes = try published.index().volumes
        let chosen = volumes.first { $0.number == volume }
        let files = chosen?.pdfs ?? []
        guard files.indices.contains(part - 1) else {
            throw DossierError(.notFound, "the case has no volume \(volume)" + (files.isEmpty ? "" : " part \(part)") + "; “dossier catalogue show \(`case`)” lists them")
        }
        let secret = `internal` ? nil : volumes.first { $0.kind == .internal }
        guard try `internal` || !holdsInternal(published) else {
            throw DossierError(
                .badUsage, "volume \(volume) holds documents of the 检察内卷 (“dossier findings \(`case`)” names them); move them to an internal volume, or --internal writes the file for use inside")
        }
        guard secret == nil || chosen?.kind != .internal else {
            throw DossierError(.badUsage, "volume \(volume) is an internal volume (检察内卷), which does not leave the house; --internal writes it for use inside")
        }
        try output.check()
        let path = output.path!, partial = path + ".partial"
        try VolumeAttachments.attach(secret == nil ? texts(published) : [], to: published.folder + "/" + files[part - 1], writing: partial)
        guard rename(partial, path) == 0 else { throw DossierError(.fileSystem, "the file cannot be put in place; check the folder", location: path) }
        Terminal.result("\(path): \(files[part - 1]), PDF/A-3")
        if let secret { Terminal.complain("index and manifest were not attached, because they tell of the internal volume \(secret.number); “dossier verify” checks the file by the record inside it") }
    }

    private func holdsInternal(_ published: PublishedCase) throws -> Bool {
        try published.findings().contains { $0.finding.id == "volume.internal" && $0.volume == volume }
    }

    /// The signature only where the case is signed.
    private func texts(_ published: PublishedCase) throws(DossierError) -> [(name: String, description: String, bytes: [UInt8])] {
        var texts = [
            (Publisher.FileName.index, "卷内文件目录 the catalogue", Array(try published.bytes(of: Publisher.FileName.index))),
            (Publisher.FileName.manifest, "摘要清单 every original and product with its digest", Array(try published.bytes(of: Publisher.FileName.manifest))),
        ]
        if let signature = FileManager.default.contents(atPath: published.folder + "/" + Publisher.FileName.signature) {
            texts.append((Publisher.FileName.signature, "签名 signature of the manifest", Array(signature)))
        }
        return texts
    }
}
