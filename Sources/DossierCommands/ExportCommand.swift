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

            Examples:
              dossier export 测试1号 --volume 1 -o 第1册.pdf
              dossier export 测试1号 --volume 2 --part 1 -o 第2册第1分册.pdf --force
            """)

    @Argument(help: "Case number.") var `case`: String
    @Option(help: "Number of the volume.") var volume: Int
    @Option(help: "Part of a divided volume.") var part: Int = 1
    @Option(name: [.short, .long], help: "Where the PDF goes.", completion: .file(extensions: ["pdf"])) var output: String
    @Flag(help: "Write over a file that is there.") var force = false
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let published = try PublishedCase(`case`, in: workspace.reading())
        let files = try index(published).volumes.first { $0.number == volume }?.pdfs ?? []
        guard files.indices.contains(part - 1) else {
            throw DossierError(.notFound, "the case has no volume \(volume)" + (files.isEmpty ? "" : " part \(part)") + "; “dossier catalogue show \(`case`)” lists them")
        }
        guard force || !FileManager.default.fileExists(atPath: output) else {
            throw DossierError(.badUsage, "the file exists; choose another name or add --force", location: output)
        }
        let partial = output + ".partial"
        try VolumeAttachments.attach(texts(published), to: published.folder + "/" + files[part - 1], writing: partial)
        guard rename(partial, output) == 0 else { throw DossierError(.fileSystem, "the file cannot be put in place; check the folder", location: output) }
        Terminal.result("\(output): \(files[part - 1]), PDF/A-3")
    }

    private func index(_ published: PublishedCase) throws -> CaseIndex {
        guard let data = text(Publisher.FileName.index, published) else { throw DossierError(.notFound, "index.json cannot be read; run the case again") }
        return try JSONDecoder().decode(CaseIndex.self, from: Data(data))
    }

    private func texts(_ published: PublishedCase) -> [(name: String, description: String, bytes: [UInt8])] {
        let wanted = [
            (Publisher.FileName.index, "卷内文件目录 the catalogue"), (Publisher.FileName.manifest, "摘要清单 every original and product with its digest"),
            (Publisher.FileName.signature, "签名 signature of the manifest"),
        ]
        return wanted.compactMap { name, description in text(name, published).map { (name, description, $0) } }
    }

    private func text(_ name: String, _ published: PublishedCase) -> [UInt8]? {
        FileManager.default.contents(atPath: published.folder + "/" + name).map { Array($0) }
    }
}
