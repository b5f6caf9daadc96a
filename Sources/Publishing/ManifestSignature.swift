import DossierModel
public import Hashing

/// `manifest.json.sig`: who vouches for a manifest. UTF-8, one line, `Schemas/signature.schema.json`.
public struct ManifestSignature: Hashable, Sendable, Codable {
    static let currentFormat = "dossier-signature/1"

    public var format: String
    /// The public key, 64 hexadecimal digits.
    public var ed25519: String
    /// 128 hexadecimal digits, over the bytes of `manifest.json`.
    public var signature: String

    public init(of manifest: [UInt8], by key: Ed25519.PrivateKey) {
        format = Self.currentFormat
        ed25519 = key.publicKey.description
        signature = Hex.text(key.signature(of: manifest))
    }

    public var json: [UInt8] { CanonicalJSON.line(self) }
}

extension Verification {
    /// Checks the signature of a manifest.
    ///
    /// - Parameters:
    ///   - signature: The bytes of `manifest.json.sig`; nil where there is none.
    ///   - key: Whose signature it has to be. Without one a signature must fit the key it names, which keeps out accidents,
    ///     not a forger.
    public static func checkSignature(_ signature: [UInt8]?, of manifest: [UInt8], by key: Ed25519.PublicKey?) -> [Difference] {
        let name = Publisher.FileName.signature
        guard let signature else {
            return key == nil ? [] : [Difference(.missing, name, "the manifest is not signed")]
        }
        var differences = Differences()
        guard let read = differences.decode(ManifestSignature.self, from: signature, of: name) else { return differences.list }
        guard read.format == ManifestSignature.currentFormat, read.json == signature, let bytes = Hex.bytes(read.signature),
            let named = try? Ed25519.PublicKey(hex: read.ed25519)
        else { return [Difference(.changed, name, "it is not spelled as Dossier writes it")] }
        if let key, key != named { return [Difference(.disagrees, name, "it is by another key: \(named)")] }
        return named.accepts(bytes, of: manifest) ? [] : [Difference(.changed, name, "the manifest is not the one that was signed")]
    }
}
