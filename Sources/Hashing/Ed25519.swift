internal import CCrypto
public import DossierModel

/// Signatures of RFC 8032, by OpenSSL's libcrypto. Keys are written as one line of text, `KIND ed25519 HEX`.
public enum Ed25519 {
    /// Keeps its 32 bytes in memory as long as it lives; whoever has them can sign.
    public struct PrivateKey: Sendable {
        private static let kind = "dossier-private-key/1"
        private let raw: [UInt8]

        /// A new key from the system's random numbers.
        public init() {
            var generator = SystemRandomNumberGenerator()
            raw = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }

        /// #### Errors
        /// `unusableInput` for anything but a line that `text` gave.
        public init(text: String) throws(DossierError) {
            raw = try KeyText.bytes(text, kind: Self.kind)
        }

        public var text: String { KeyText.line(raw, kind: Self.kind) }

        public var publicKey: PublicKey {
            let key = unsafe Self.handle(raw)
            defer { unsafe EVP_PKEY_free(key) }
            var bytes = [UInt8](repeating: 0, count: 32), count = 32
            let given = unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count)
            precondition(given == 1 && count == 32, "libcrypto gave no public key")
            return PublicKey(raw: bytes)
        }

        /// 64 bytes; the same for the same message.
        public func signature(of message: [UInt8]) -> [UInt8] {
            let key = unsafe Self.handle(raw), context = unsafe EVP_MD_CTX_new()
            defer {
                unsafe EVP_MD_CTX_free(context)
                unsafe EVP_PKEY_free(key)
            }
            var bytes = [UInt8](repeating: 0, count: 64), count = 64
            let started = unsafe EVP_DigestSignInit(context, nil, nil, nil, key)
            let signed = unsafe EVP_DigestSign(context, &bytes, &count, message, message.count)
            precondition(started == 1 && signed == 1 && count == 64, "libcrypto refused to sign")
            return bytes
        }

        private static func handle(_ raw: [UInt8]) -> OpaquePointer {
            let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, raw, raw.count)
            guard let key = unsafe key else { preconditionFailure("libcrypto has no Ed25519") }
            return unsafe key
        }
    }

    public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
        private static let kind = "dossier-public-key/1"
        private let raw: [UInt8]

        fileprivate init(raw: [UInt8]) { self.raw = raw }

        /// #### Errors
        /// `unusableInput` for anything but a line that `text` gave.
        public init(text: String) throws(DossierError) {
            raw = try KeyText.bytes(text, kind: Self.kind)
        }

        /// The key as `description` gives it.
        ///
        /// #### Errors
        /// `unusableInput` for anything but 64 lower-case hexadecimal digits.
        public init(hex: String) throws(DossierError) { try self.init(text: "\(Self.kind) ed25519 \(hex)") }

        public var text: String { KeyText.line(raw, kind: Self.kind) }

        public var description: String { Hex.text(raw) }

        /// Whether the signature is of this message, by the private half of this key.
        public func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
            let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, raw, raw.count), context = unsafe EVP_MD_CTX_new()
            defer {
                unsafe EVP_MD_CTX_free(context)
                unsafe EVP_PKEY_free(key)
            }
            guard unsafe key != nil, unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
            return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }
}

private enum KeyText {
    static func line(_ raw: [UInt8], kind: String) -> String { "\(kind) ed25519 \(Hex.text(raw))\n" }

    static func bytes(_ text: String, kind: String) throws(DossierError) -> [UInt8] {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == kind, words[1] == "ed25519", let raw = Hex.bytes(words[2]), raw.count == 32 else {
            throw DossierError(.unusableInput, "this is no “\(kind)”; take a file that “dossier keys new” wrote")
        }
        return raw
    }
}

/// Bytes as lower-case hexadecimal digits.
public enum Hex {
    public static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// nil when a character is no digit or half a byte is left over.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { UInt8($0) }
        guard digits.count % 2 == 0, digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else { return nil }
        let values = digits.map { $0 < 97 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
