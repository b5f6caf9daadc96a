import DossierModel
import Foundation
import Hashing

/// The files under `Site`, read once. Their address holds the digest of all of them, so that a browser may keep them
/// for ever and never mixes two versions.
struct SiteFiles: Sendable {
    struct File: Sendable {
        var contentType: String
        var bytes: Data
    }

    /// `/site/<digest>`
    let folder: String
    let version: String
    private let files: [String: Data]

    /// #### Errors
    /// `missingComponent` when the folder is not there.
    init() throws(DossierError) {
        guard let base = Bundle.module.url(forResource: "Site", withExtension: nil),
            let names = try? FileManager.default.contentsOfDirectory(atPath: base.path)
        else {
            throw DossierError(.missingComponent, "the reader's pages are not installed; install Dossier again")
        }
        var files: [String: Data] = [:]
        for name in names { files[name] = FileManager.default.contents(atPath: base.appendingPathComponent(name).path) }
        let listing = files.sorted { $0.key < $1.key }.map { "\($0.key) \(SHA256Digest(of: Array($0.value)).hex)" }
        version = String(SHA256Digest(of: listing.joined(separator: "\n")).hex.prefix(16))
        folder = "/site/" + version
        self.files = files
    }

    /// Templates and phrase books are not handed out.
    func publicFile(_ name: String) -> File? {
        let types = ["css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"]
        guard let type = types[(name as NSString).pathExtension], let bytes = files[name] else { return nil }
        return File(contentType: type, bytes: bytes)
    }

    func text(_ name: String) throws(DossierError) -> String {
        guard let bytes = files[name] else { throw DossierError(.missingComponent, "the reader's file \(name) is not installed") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
