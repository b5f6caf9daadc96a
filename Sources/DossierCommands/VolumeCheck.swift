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
        var pages: [PageStatement]
    }

    func run() throws {
        let name = String(file.split(separator: "/").last ?? "")
        var check = VolumeVerification(
            record: try VolumeInspector.record(file), pages: try VerifyCommand.pages(file), binding: try VolumeInspector.binding(file), name: name)
        let seal = try VolumeInspector.seal(file)
        if seal == .broken { check.addBrokenSeal(name) }
        let vouched = try vouch(&check, name)
        if json { try Terminal.json(Answer(differences: check.differences, root: check.record?.root, pages: check.pages)) } else { tell(check, name) }
        guard check.differences.isEmpty else { throw ExitStatus.unusableInput.exitCode }
        if !json { Terminal.result(conclusion(check, name, vouched ?? (seal == .none ? Self.unsealed : Self.sealed))) }
    }

    /// A manifest with its signature, and how far it can vouch for the file.
    private struct Witness {
        var manifest: [UInt8]
        var signature: [UInt8]?
        var place: String
        /// It lies in the file, too, which therefore is not the file that it names: only what is shown can be compared.
        var isInside: Bool
    }

    /// The manifest given, else the one beside the PDF, else the one attached to it.
    private func witness() throws -> Witness? {
        let inside = try VolumeInspector.attachment(Publisher.FileName.manifest, of: file)
        let path = manifest ?? PathName.parent(of: file) + "/" + Publisher.FileName.manifest
        let folder = PathName.parent(of: path)
        if let bytes = contents(path) {
            return Witness(
                manifest: bytes, signature: contents(folder + "/" + Publisher.FileName.signature), place: path, isInside: inside == bytes)
        }
        if let manifest { throw DossierError(.notFound, "the manifest cannot be read; check the path", location: manifest) }
        guard !inside.isEmpty else { return nil }
        let signature = try VolumeInspector.attachment(Publisher.FileName.signature, of: file)
        return Witness(manifest: inside, signature: signature.isEmpty ? nil : signature, place: file, isInside: true)
    }

    private func contents(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map { Array($0) } }

    /// Compares with the manifest where there is one; says how far that vouches for the file.
    private func vouch(_ check: inout VolumeVerification, _ name: String) throws -> String? {
        guard let witness = try witness() else {
            if key != nil { throw DossierError(.badUsage, "a key checks a manifest, and none lies beside or in the PDF; give --manifest") }
            return nil
        }
        guard let parsed = Manifest.intact(witness.manifest) else {
            throw DossierError(.integrity, "the manifest was changed or is of another version; use the one that came with the case", location: witness.place)
        }
        if let key {
            let publicKey = try Ed25519.PublicKey(text: KeyFile.text(key))
            check.differences += Verification.checkSignature(witness.signature, of: witness.manifest, by: publicKey)
        }
        check.compare(with: parsed, measure: witness.isInside ? nil : try VerifyCommand.measure(file), name: name)
        if witness.isInside { check.compare(attached: try attachments(), with: parsed, name: name) }
        return Self.vouched(isSigned: key != nil, isInside: witness.isInside)
    }

    private func attachments() throws -> [String: SHA256Digest] {
        var digests: [String: SHA256Digest] = [:]
        for name in try VolumeInspector.attachments(file) { digests[name] = SHA256Digest(of: try VolumeInspector.attachment(name, of: file)) }
        return digests
    }

    private static func vouched(isSigned: Bool, isInside: Bool) -> String {
        let manifest = isSigned
            ? "与签名的 manifest.json 相符 agrees with the manifest, which is signed by the key" : "与 manifest.json 相符 agrees with the manifest"
        guard isInside else { return manifest }
        return manifest + (isSigned ? copy : unsigned)
    }

    /// What a manifest in the file cannot vouch for: its digest is that of the file without it.
    private static let copy = "；带附件的副本，显示的内容均已核对，文件的其余字节只由印记核对 a copy with attachments: all that it shows was compared, its other bytes by the seal alone"

    /// Anybody can attach a manifest that fits.
    private static let unsigned =
        "，但清单在文件之内，签名未核对：请用 --key 核对签名，或与备考表核对根值 but it lies in the file, and nobody's signature was checked: give --key, or compare the root with the docket sheet"

    private func tell(_ check: VolumeVerification, _ name: String) {
        for page in check.pages { Terminal.result(page.line) }
        for difference in check.differences { Terminal.complain("\(difference)") }
    }

    /// The seal tells of every byte, but anybody can seal anew; the root on paper nobody can change.
    private static let sealed = "文件印记相符，无 manifest.json，请与备考表核对根值 the seal over the whole file fits; no manifest beside it: compare the root with the docket sheet"

    /// The root binds what the scanned pages show; the sheets around them, outline and metadata stand in a record that anybody can write.
    private static let unsealed =
        "无 manifest.json，请与备考表核对根值；封面、目录、备考表和书签未经证明 no manifest beside it: compare the root with the docket sheet; "
        + "nothing vouches for cover, catalogue, docket sheet and outline, put manifest.json beside the file for that"

    private func conclusion(_ check: VolumeVerification, _ name: String, _ vouched: String) -> String {
        let root = check.record?.root.hex ?? ""
        return "\(name): \(check.pages.count) 页均与装订时相符 every page is as it was bound；"
            + vouched + "\n根值 root \(root)"
    }
}
