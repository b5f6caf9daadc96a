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
        var pages: [VolumeVerification.PageStatement]
    }

    func run() throws {
        let name = String(file.split(separator: "/").last ?? "")
        var check = VolumeVerification(record: try VolumeInspector.record(file), pages: try VerifyCommand.pages(file), name: name)
        let vouched = try vouch(&check, name)
        if json { try Terminal.json(Answer(differences: check.differences, root: check.record?.root, pages: check.pages)) } else { tell(check, name) }
        guard check.differences.isEmpty else { throw ExitStatus.unusableInput.exitCode }
        if !json { Terminal.result(conclusion(check, name, vouched)) }
    }

    /// Compares with the manifest where there is one; says how far that vouches for the file.
    private func vouch(_ check: inout VolumeVerification, _ name: String) throws -> String? {
        let path = manifest ?? PathName.parent(of: file) + "/" + Publisher.FileName.manifest
        guard let data = FileManager.default.contents(atPath: path) else {
            if let manifest { throw DossierError(.notFound, "the manifest cannot be read; check the path", location: manifest) }
            if key != nil { throw DossierError(.badUsage, "a key checks a manifest, and none lies beside the PDF; give --manifest") }
            return nil
        }
        guard let parsed = Manifest.intact(Array(data)) else {
            throw DossierError(.integrity, "the manifest was changed or is of another version; use the one that came with the case", location: path)
        }
        if let key {
            let signature = FileManager.default.contents(atPath: PathName.parent(of: path) + "/" + Publisher.FileName.signature)
            let publicKey = try Ed25519.PublicKey(text: KeyFile.text(key))
            check.differences += Verification.checkSignature(signature.map { Array($0) }, of: Array(data), by: publicKey)
        }
        if let measure = try VerifyCommand.measure(file) { check.compare(with: parsed, measure: measure, name: name) }
        return key == nil ? "与 manifest.json 相符 agrees with the manifest" : "与签名的 manifest.json 相符 agrees with the manifest, which is signed by the key"
    }

    private func tell(_ check: VolumeVerification, _ name: String) {
        for page in check.pages {
            let folio = page.folio.map { "页号 \($0)" } ?? "无页号"
            Terminal.result("\(page.page)  \(folio)  \(page.file) 第 \(page.frame) 帧  \(page.words)")
        }
        for difference in check.differences { Terminal.complain("\(difference)") }
    }

    private func conclusion(_ check: VolumeVerification, _ name: String, _ vouched: String?) -> String {
        let root = check.record?.root.hex ?? ""
        return "\(name): \(check.pages.count) 页均与装订时相符 every page is as it was bound；"
            + (vouched ?? "无 manifest.json，请与备考表核对根值 no manifest beside it, compare the root with the docket sheet") + "\n根值 root \(root)"
    }
}
