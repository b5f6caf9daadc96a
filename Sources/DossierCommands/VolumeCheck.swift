import Assembly
import DossierModel
import Foundation
import Hashing
import Publishing

/// `dossier verify FILE.pdf`.
struct VolumeCheck {
    let file: String
    let manifest: String?
    let key: String?
    let json: Bool

    private struct Answer: Encodable {
        var differences: [Difference]
        var root: SHA256Digest?
        var seal: VolumeInspector.Seal
        var manifest: Place
        /// Whether the manifest is signed by the key that was given.
        var signed: Bool
        var pages: [PageStatement]
    }

    /// Where the manifest lies that the file was compared with.
    private enum Place: String, Encodable { case none, beside, inside }

    /// How far a manifest vouches for the file.
    private struct Vouched {
        var manifest = Place.none
        var isSigned = false
        var isCopy = false
    }

    func run() throws {
        let name = String(file.split(separator: "/").last ?? "")
        var check = VolumeVerification(
            record: try VolumeInspector.record(file), pages: try VerifyCommand.pages(file), binding: try VolumeInspector.binding(file), name: name)
        let seal = try VolumeInspector.seal(file)
        if seal == .broken { check.addBrokenSeal(name) }
        let vouched = try vouch(&check, name)
        if json {
            try Terminal.json(
                Answer(
                    differences: check.differences, root: check.record?.root, seal: seal, manifest: vouched.manifest, signed: vouched.isSigned,
                    pages: check.pages))
        } else {
            tell(check, name)
        }
        guard check.differences.isEmpty else { throw ExitStatus.unusableInput.exitCode }
        if !json { Terminal.result(conclusion(check, name, Self.words(vouched, seal))) }
    }

    /// A manifest with its signature, and how far it can vouch for the file.
    private struct Witness {
        var manifest: [UInt8]
        var signature: [UInt8]?
        var path: String
        var place: Place
        /// The file is not the one that the manifest names: it has the manifest in it, or is handed out without it. Only what is shown can be
        /// compared.
        var isCopy: Bool
    }

    /// The manifest given, else the one beside the PDF, else the one attached to it.
    private func witness() throws -> Witness? {
        let inside = try VolumeInspector.attachment(Publisher.FileName.manifest, of: file)
        let path = manifest ?? PathName.parent(of: file) + "/" + Publisher.FileName.manifest
        let folder = PathName.parent(of: path)
        if let bytes = contents(path) {
            return Witness(
                manifest: bytes, signature: contents(folder + "/" + Publisher.FileName.signature), path: path, place: .beside,
                isCopy: inside.isEmpty ? try VolumeInspector.isCopy(file) : inside == bytes)
        }
        if let manifest { throw DossierError(.notFound, "the manifest cannot be read; check the path", location: manifest) }
        guard !inside.isEmpty else { return nil }
        let signature = try VolumeInspector.attachment(Publisher.FileName.signature, of: file)
        return Witness(manifest: inside, signature: signature.isEmpty ? nil : signature, path: file, place: .inside, isCopy: true)
    }

    private func contents(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

    /// Compares with the manifest where there is one; says how far that vouches for the file.
    private func vouch(_ check: inout VolumeVerification, _ name: String) throws -> Vouched {
        guard let witness = try witness() else {
            if key != nil { throw DossierError(.badUsage, "a key checks a manifest, and none lies beside or in the PDF; give --manifest") }
            return Vouched()
        }
        guard let parsed = Manifest.intact(witness.manifest) else {
            throw DossierError(.integrity, "the manifest was changed or is of another version; use the one that came with the case", location: witness.path)
        }
        let signature = try key.map {
            Verification.checkSignature(witness.signature, of: witness.manifest, by: try Ed25519.PublicKey(text: KeyFile.text($0)))
        }
        check.differences += signature ?? []
        check.compare(with: parsed, measure: witness.isCopy ? nil : try VerifyCommand.measure(file), name: name)
        if witness.isCopy { check.compare(attached: try attachments(), with: parsed, name: name) }
        return Vouched(manifest: witness.place, isSigned: signature?.isEmpty ?? false, isCopy: witness.isCopy)
    }

    private func attachments() throws -> [String: SHA256Digest] {
        var digests: [String: SHA256Digest] = [:]
        for name in try VolumeInspector.attachments(file) { digests[name] = SHA256Digest(of: try VolumeInspector.attachment(name, of: file)) }
        return digests
    }

    private static func words(_ vouched: Vouched, _ seal: VolumeInspector.Seal) -> String {
        guard vouched.manifest != .none else { return (seal == .none ? unsealed : sealed) + unproven }
        let manifest = vouched.isSigned
            ? "与签名的 manifest.json 相符 agrees with the manifest, which is signed by the key" : "与 manifest.json 相符 agrees with the manifest"
        if vouched.manifest == .inside, !vouched.isSigned { return manifest + unsigned + unproven }
        return manifest + (vouched.isCopy ? copy : "")
    }

    /// What a manifest cannot vouch for in a copy: its digest is that of the published file.
    private static let copy = "；交出用的副本（PDF/A-3），显示的内容均已核对，文件的其余字节只由印记核对 a copy to hand out (PDF/A-3): all that it shows was compared, its other bytes by the seal alone"

    /// Anybody can attach a manifest that fits.
    private static let unsigned =
        "，但清单在文件之内，签名未核对：请用 --key 核对签名，或与纸质备考表核对根值 but it lies in the file, and nobody's signature was checked: give --key, or compare the root with the docket sheet on paper"

    private func tell(_ check: VolumeVerification, _ name: String) {
        for page in check.pages { Terminal.result(page.line) }
        for difference in check.differences { Terminal.complain("\(difference)") }
    }

    /// The seal tells of every byte, but anybody can seal anew; the root on paper nobody can change.
    private static let sealed =
        "文件印记相符，但任何人都可重新加印；无 manifest.json，请与纸质备考表核对根值 the seal over the whole file fits, but anybody can seal anew; no manifest beside it: "
        + "compare the root with the docket sheet on paper"

    private static let unsealed = "无 manifest.json，请与纸质备考表核对根值 no manifest beside it: compare the root with the docket sheet on paper"

    /// The root binds what the scanned pages show; the sheets around them, outline and metadata stand in a record that anybody can write.
    private static let unproven =
        "；根值只证明扫描页，封面、目录、备考表和书签未经证明 the root proves the scanned pages alone; "
        + "nothing vouches for cover, catalogue, docket sheet and outline, a signed manifest and --key do"

    private func conclusion(_ check: VolumeVerification, _ name: String, _ vouched: String) -> String {
        let root = check.record?.root.hex ?? ""
        return "\(name): \(check.pages.count) 页均与装订时相符 every page is as it was bound；"
            + vouched + "\n根值 root \(root)"
    }
}
