public import DossierModel
import Hashing

/// One digest for every page, document, volume and the case, so that a page can be shown to belong to a case without
/// the other pages. The construction is that of RFC 6962 §2.1 and described byte by byte in `docs/hash-tree.md`.
public struct HashTree: Hashable, Sendable, Codable {
    public struct Volume: Hashable, Sendable, Codable {
        public var number: Int
        /// Over the pages as they are bound.
        public var root: SHA256Digest
        /// In the order of the catalogue; a document without a bound page is left out.
        public var documents: [Document]
        /// One leaf for each page of the PDF.
        public var pages: [SHA256Digest]
    }

    public struct Document: Hashable, Sendable, Codable {
        /// `document` in pages.jsonl.
        public var number: Int
        /// Over the document's pages as they are bound.
        public var root: SHA256Digest
    }

    /// Over the volumes.
    public var root: SHA256Digest
    public var volumes: [Volume]

    init(_ volumes: [CaseFile.BoundVolume], records: [PageRecord]) {
        let byImage = Dictionary(records.map { ($0.image, $0) }) { first, _ in first }
        self.volumes = volumes.map { Volume($0, byImage) }
        root = Merkle.root(self.volumes.map { Array($0.statement.utf8) })
    }
}

extension CaseFile {
    /// The root over the pages of one bound volume, as it stands on its docket sheet.
    public func hashRoot(of volume: BoundVolume) -> SHA256Digest {
        let records = Dictionary(records.map { ($0.image, $0) }) { first, _ in first }
        return Merkle.root(volume.pages.map { $0.statement(records[$0.image]) })
    }
}

extension HashTree.Volume {
    init(_ volume: CaseFile.BoundVolume, _ records: [Int: PageRecord]) {
        let statements = volume.pages.map { $0.statement(records[$0.image]) }
        number = volume.number
        root = Merkle.root(statements)
        pages = statements.map(Merkle.leaf)
        let members = Dictionary(grouping: volume.pages.indices) { records[volume.pages[$0].image]?.document }
        documents = members.sorted { ($0.key ?? 0) < ($1.key ?? 0) }.compactMap { document, pages in
            document.map { HashTree.Document(number: $0, root: Merkle.root(pages.map { statements[$0] })) }
        }
    }

    /// What the case's tree has as a leaf.
    fileprivate var statement: String { "dossier-volume/1\nnumber \(number)\nroot \(root.hex)\n" }
}

extension CaseFile.BoundPage {
    /// What a volume's tree has as a leaf: all that the volume's record says of the page. A page without a record is none that was
    /// published, and has no leaf that was.
    func statement(_ record: PageRecord?) -> [UInt8] {
        record.map { VolumeRecord.Page(self, $0).statement } ?? VolumeRecord.Page.heading + CanonicalJSON.line(self)
    }
}

extension VolumeRecord.Page {
    fileprivate static let heading = Array("dossier-page/3\n".utf8)

    /// What a volume's tree has as a leaf.
    var statement: [UInt8] { Self.heading + CanonicalJSON.line(self) }
}

/// Merkle tree hashes (RFC 6962 §2.1): leaves and nodes are hashed with different first bytes, so that neither can pass
/// for the other.
enum Merkle {
    static func leaf(_ data: [UInt8]) -> SHA256Digest { SHA256Digest(of: [0] + data) }

    static func root(_ leaves: [[UInt8]]) -> SHA256Digest {
        leaves.isEmpty ? SHA256Digest(of: [UInt8]()) : root(of: leaves.map(leaf)[...])
    }

    private static func root(of hashes: ArraySlice<SHA256Digest>) -> SHA256Digest {
        guard hashes.count > 1 else { return hashes.first! }
        // The largest power of two below the count.
        let split = hashes.startIndex + (1 << (Int.bitWidth - 1 - (hashes.count - 1).leadingZeroBitCount))
        let left = root(of: hashes[..<split]), right = root(of: hashes[split...])
        return SHA256Digest(of: [1] + Hex.bytes(left.hex)! + Hex.bytes(right.hex)!)
    }
}
