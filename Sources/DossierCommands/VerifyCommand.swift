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
        abstract: "Check a case, a folder that was handed out, or a single volume's PDF.",
        discussion: """
            Of a case every original and every product is checked against its manifest. The first difference is named, with \
            --json all of them. Exit code 0: everything agrees; 65: something differs.

            A folder that was handed out is checked without the workspace; the originals are not in it, so that everything \
            but them is checked. With --key the manifest must be signed by that key (“dossier keys”). --pages, and --json, say \
            of each page whether its picture is that of the scanner's file bit for bit, or what lies between.

            A volume's PDF is checked by the record it carries, page by page; the seal in the file tells of any byte that was \
            changed since it was written. A manifest.json beside it, in it, or given by --manifest, vouches for all that is \
            shown where --key says who signed it; without one, compare the root that is printed with the one on the docket \
            sheet (备考表).

            Examples:
              dossier verify 测试1号
              dossier verify 测试1号 --json
              dossier verify disc/测试1号 --key office.key.pub
              dossier verify 第1册-诉讼文书卷.pdf
            """)

    @Argument(help: "Case number, a folder that holds manifest.json, or a volume's PDF.", completion: .file()) var `case`: String
    @Option(help: "Public key file; the manifest must be signed by it.", completion: .file()) var key: String?
    @Option(help: "Manifest of the case that a PDF belongs to; otherwise the one beside it.", completion: .file()) var manifest: String?
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Say of each page of a case or folder what lies between it and the scanner's file, as is always said of a PDF.") var pages = false
    @Flag(help: "Print all differences, and what is said of each page, as JSON.") var json = false

    func run() throws {
        if let file = volumeFile { return try VolumeCheck(file: file, manifest: manifest, key: key, json: json).run() }
        let place = try place()
        guard let manifest = FileManager.default.contents(atPath: place.folder + "/" + Publisher.FileName.manifest) else {
            throw DossierError(.fileSystem, "manifest.json cannot be read; check the folder", location: place.folder)
        }
        let key = try key.map { try Ed25519.PublicKey(text: KeyFile.text($0)) }
        let signature = FileManager.default.contents(atPath: place.folder + "/" + Publisher.FileName.signature)
        var outcome = Self.check(Array(manifest), place.folder, originals: place.originals)
        outcome.differences = Verification.checkSignature(signature.map { Array($0) }, of: Array(manifest), by: key) + outcome.differences
        if json { try Terminal.json(Answer(folder: place.folder, differences: outcome.differences, volumes: outcome.volumes)) } else { tell(outcome) }
        guard outcome.differences.isEmpty else { throw ExitStatus.unusableInput.exitCode }
        if !json { Terminal.result(conclusion(place, isSigned: key != nil)) }
    }

    private struct Answer: Encodable {
        var folder: String
        var differences: [Difference]
        var volumes: [Verification.Volume]
    }

    private func tell(_ outcome: Verification.Outcome) {
        for volume in pages ? outcome.volumes : [] {
            Terminal.result(volume.pdf)
            for page in volume.pages { Terminal.result("  " + page.line) }
        }
        for difference in outcome.differences.prefix(Self.shownDifferences) { Terminal.complain("\(`case`): \(difference)") }
        let others = outcome.differences.count - Self.shownDifferences
        if others > 0 { Terminal.complain("… and \(others) more; --json lists them") }
    }

    /// A changed byte of a page is told as a changed file and as a changed page.
    private static let shownDifferences = 8

    private func conclusion(_ place: Place, isSigned: Bool) -> String {
        "\(`case`): 全部相符 everything agrees with the manifest" + (isSigned ? ", which is signed by the key" : "")
            + (place.originals == nil ? "; 原件不在此处 the originals are not here and were not checked" : "")
            + (place.originals == nil && !isSigned ? "; 签名未核对 nobody's signature was checked: give --key" : "") + "\n  \(place.folder)"
    }

    /// What a published folder is, and the originals where they are given, against its manifest.
    static func check(_ manifest: [UInt8], _ folder: String, originals: BlobStore?) -> Verification.Outcome {
        Verification.check(manifest: manifest, of: stored(Place(folder: folder, originals: originals)))
    }

    /// The argument, where it is a PDF.
    private var volumeFile: String? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: `case`, isDirectory: &isFolder), !isFolder.boolValue else { return nil }
        return `case`
    }

    /// Where a case lies; `originals` is nil for a folder outside a workspace.
    private struct Place {
        var folder: String
        var originals: BlobStore?
    }

    /// A case of the workspace, whose originals can be checked too, or a folder. What could be either is neither: a disc that was never
    /// opened must not pass.
    private func place() throws -> Place {
        let isFolder = FileManager.default.fileExists(atPath: `case` + "/" + Publisher.FileName.manifest)
        do {
            let published = try PublishedCase(`case`, in: workspace.reading())
            if isFolder, !Self.isSame(`case`, published.folder) {
                throw ValidationError(
                    "“\(`case`)” is a folder here and a case of the workspace; write ./\(`case`) for the folder, \(published.folder) for what the workspace published, or give the number from another place to check the originals, too")
            }
            return Place(folder: published.folder, originals: published.workspace.blobs)
        } catch let error as DossierError {
            if isFolder { return Place(folder: `case`) }
            guard `case`.contains("/") || `case`.hasSuffix(".pdf") || FileManager.default.fileExists(atPath: `case`) else { throw error }
            throw DossierError(.notFound, "no manifest.json is there; give the folder of a case as it was handed out, or a volume's PDF", location: `case`)
        }
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        let paths = [one, other].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
        return paths[0] == paths[1]
    }

    private static func stored(_ place: Place) -> StoredCase {
        var stored = StoredCase(
            fileNames: { () throws(DossierError) in try fileNames(place.folder) },
            product: { (name) throws(DossierError) in try measure(place.folder + "/" + name) },
            text: { (name) throws(DossierError) in FileManager.default.contents(atPath: place.folder + "/" + name).map { Array($0) } },
            original: nil,
            pages: { (name) throws(DossierError) in
                let path = place.folder + "/" + name
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                return try pages(path)
            })
        if let store = place.originals {
            stored.original = { (digest) throws(DossierError) in try measure(store.path(of: digest)) }
            stored.originalSM3 = { (digest) throws(DossierError) in store.contains(digest) ? try SM3Digest(ofFileAt: store.path(of: digest)) : nil }
        }
        return stored
    }

    static func pages(_ path: String) throws(DossierError) -> [StoredCase.Page] {
        try VolumeInspector.pages(path).map { page in
            StoredCase.Page(
                streams: page.streams?.map(\.sha256), streamsSM3: page.streams?.map(\.sm3) ?? [], content: page.content, form: page.form)
        }
    }

    private static func fileNames(_ folder: String) throws(DossierError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw DossierError(.fileSystem, "the folder cannot be read; check it", location: folder)
        }
        return names
    }

    /// nil when there is no such file.
    static func measure(_ path: String) throws(DossierError) -> StoredCase.Measure? {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else { return nil }
        return StoredCase.Measure(sha256: try SHA256Digest(ofFileAt: path), bytes: size)
    }
}
