import Archive
import ArgumentParser
import DossierModel
import Foundation
import Hashing
import Publishing

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Keys for signing manifests (Ed25519).",
        discussion: """
            The private key stays in the office, readable by its owner only; the public key is handed out.

            Examples:
              dossier keys new office.key        writes office.key and office.key.pub
              dossier keys show office.key
              dossier keys sign 测试1号 --key office.key
              dossier verify disc/测试1号 --key office.key.pub
            """,
        subcommands: [New.self, Show.self, Sign.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key; an existing file is never overwritten.")
        @Argument(help: "File for the private key; the public one gets “.pub” behind its name.", completion: .file()) var file: String

        func run() throws {
            let key = Ed25519.PrivateKey()
            // The public one first: a private key never stands alone because its other half had no room.
            try KeyFile.write(key.publicKey.text, to: file + ".pub", mode: 0o644)
            do { try KeyFile.write(key.text, to: file, mode: 0o600) } catch {
                unlink(file + ".pub")
                throw error
            }
            Terminal.result("\(key.publicKey)")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the public key that belongs to a key file.")
        @Argument(help: "A private or a public key file.", completion: .file()) var file: String

        func run() throws {
            let text = try KeyFile.text(file)
            let key = try (try? Ed25519.PrivateKey(text: text).publicKey) ?? Ed25519.PublicKey(text: text)
            Terminal.result("\(key)")
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Sign the manifest of a finished case; sign again after every run that changed it.")
        @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
        @Option(help: "Private key file.", completion: .file()) var key: String
        @OptionGroup var workspace: WorkspaceOption

        func run() throws {
            let key = try Ed25519.PrivateKey(text: KeyFile.text(key))
            let workspace = try workspace.writing()
            let published = try PublishedCase(caseNumber, in: workspace)
            let manifest = try Array(published.bytes(of: Publisher.FileName.manifest))
            // Nobody signs what is not as it was published.
            if let first = VerifyCommand.check(manifest, published.folder, originals: workspace.blobs).differences.first {
                throw DossierError(.integrity, "the case is not as it was published and was not signed: \(first); run it again", location: caseNumber)
            }
            let signature = ManifestSignature(of: manifest, by: key).json
            try workspace.publish(signature, as: Publisher.FileName.signature, of: caseNumber)
            Terminal.result("\(caseNumber): signed by \(key.publicKey)")
        }
    }
}

enum KeyFile {
    /// #### Errors
    /// `fileSystem` when it is there already or cannot be made.
    static func write(_ text: String, to path: String, mode: mode_t) throws(DossierError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, mode)
        guard file >= 0 else {
            let cause = String(cString: strerror(errno))
            throw DossierError(.fileSystem, "the key file cannot be made; choose another name", cause: cause, location: path)
        }
        defer { close(file) }
        guard fchmod(file, mode) == 0, Foundation.write(file, text, text.utf8.count) == text.utf8.count, fsync(file) == 0 else {
            unlink(path)
            throw DossierError(.fileSystem, "the key file cannot be written; free some space", location: path)
        }
    }

    static func text(_ path: String) throws(DossierError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DossierError(.fileSystem, "the key file cannot be read; check its name", location: path)
        }
        return String(decoding: data, as: UTF8.self)
    }
}
