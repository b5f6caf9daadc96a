import ArgumentParser
import Archive
import Assembly
import DossierModel
import Foundation
import Hashing
import Publishing

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every original and every product of a case against its manifest.",
        discussion: """
            Names the first difference; with --json all of them. Exit code 0: everything agrees; 65: something differs.

            Examples:
              dossier verify 测试1号
              dossier verify 测试1号 --json
            """)

    @Argument(help: "Case number.") var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print all differences as JSON.") var json = false

    func run() throws {
        let published = try PublishedCase(caseNumber, in: workspace.reading())
        let manifest = try published.bytes(of: Publisher.FileName.manifest)
        let differences = Verification.check(manifest: Array(manifest), of: Self.stored(published))
        if json { try Terminal.json(differences) }
        if let first = differences.first {
            if !json { Terminal.complain("\(caseNumber): \(first)" + (differences.count > 1 ? "\n… and \(differences.count - 1) more; --json lists them" : "")) }
            throw ExitStatus.unusableInput.exitCode
        }
        if !json { Terminal.result("\(caseNumber): 全部相符 everything agrees with the manifest") }
    }

    private static func stored(_ published: PublishedCase) -> StoredCase {
        StoredCase(
            fileNames: { () throws(DossierError) in try published.workspace.products(of: published.number) },
            product: { (name) throws(DossierError) in try measure(published.folder + "/" + name) },
            text: { (name) throws(DossierError) in
                FileManager.default.contents(atPath: published.folder + "/" + name).map { Array($0) }
            },
            original: { (digest) throws(DossierError) in try measure(published.workspace.blobs.path(of: digest)) },
            imageStreams: { (name) throws(DossierError) in
                let path = published.folder + "/" + name
                return FileManager.default.fileExists(atPath: path) ? try VolumeInspector.imageDigests(path) : nil
            })
    }

    /// nil when there is no such file.
    private static func measure(_ path: String) throws(DossierError) -> StoredCase.Measure? {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else { return nil }
        return StoredCase.Measure(sha256: try SHA256Digest(ofFileAt: path), bytes: size)
    }
}
