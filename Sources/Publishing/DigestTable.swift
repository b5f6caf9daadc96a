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

extension Differences {
    /// Every digest of the manifest and the records has its SM3, and those of the originals are what the store gives.
    mutating func checkDigestTable(of manifest: Manifest, _ records: [PageRecord], _ stored: StoredCase) {
        let name = Publisher.FileName.digests
        guard manifest.products.contains(where: { $0.name == name }), let answer = ask(name, { () throws(DossierError) in try stored.text(name) }),
            let bytes = answer, let table = decode(DigestTable.self, from: bytes, of: name)
        else { return }
        let known = Dictionary(table.entries.map { ([$0.kind.rawValue, $0.sha256.hex], $0.sm3) }) { first, _ in first }
        func need(_ kind: DigestTable.Entry.Kind, _ sha256: SHA256Digest, _ subject: String) {
            if known[[kind.rawValue, sha256.hex]] == nil { add(.disagrees, name, "it has no SM3 for the \(kind.rawValue) of \(subject)") }
        }
        for file in manifest.batches.flatMap(\.files) {
            need(.original, file.sha256, file.name)
            guard let sm3 = stored.originalSM3, let written = known[[DigestTable.Entry.Kind.original.rawValue, file.sha256.hex]] else { continue }
            if let found = ask(file.name, { () throws(DossierError) in try sm3(file.sha256) }), let found, found != written {
                add(.changed, file.name, "its SM3 is \(found), \(name) says \(written)")
            }
        }
        for record in records { if let raster = record.rasterSHA256 { need(.raster, raster, "image \(record.image)") } }
        for page in manifest.volumes.flatMap(\.pages) { for stream in page.streams { need(.stream, stream, "image \(page.image)") } }
    }
}
