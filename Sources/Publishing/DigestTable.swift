public import DossierModel

/// `digests.json`: for every digest by SHA-256 in the manifest and in `pages.jsonl`, the same bytes by SM3
/// (GB/T 32905-2016), which some archives ask for. A public contract (`Schemas/digests.schema.json`).
public struct DigestTable: Hashable, Sendable, Codable {
    public static let currentFormat = "dossier-digests/1"

    public struct Entry: Hashable, Sendable, Codable {
        /// What the bytes are.
        public enum Kind: String, Codable, Sendable {
            /// A scanner's file.
            case original
            /// The pixels of a frame as a raw Netpbm file.
            case raster
            /// The coded bytes of an image stream in a volume.
            case stream
        }

        public var kind: Kind
        public var sha256: SHA256Digest
        public var sm3: SM3Digest

        public init(kind: Kind, sha256: SHA256Digest, sm3: SM3Digest) {
            self.kind = kind
            self.sha256 = sha256
            self.sm3 = sm3
        }
    }

    public var format: String
    /// 案件编号
    public var `case`: String
    /// Each digest once for each kind, in the order in which they first occur.
    public var entries: [Entry]

    public init(case number: String, entries: [Entry]) {
        format = Self.currentFormat
        `case` = number
        var seen: Set<[String]> = []
        self.entries = entries.filter { seen.insert([$0.kind.rawValue, $0.sha256.hex]).inserted }
    }
}

extension Publisher {
    public static func digestsJSON(_ table: DigestTable) -> [UInt8] { CanonicalJSON.line(table) }
}

extension Publisher.FileName {
    public static let digests = "digests.json"
}
