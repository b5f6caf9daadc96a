public import DossierModel

/// Checks a stored case again: every original and every product against the manifest, the texts against each other,
/// and the images in the PDFs against what was bound.
public enum Verification {
    /// What the check of a case found.
    public struct Outcome: Hashable, Sendable {
        public var differences: [Difference] = []
        public var volumes: [Volume] = []
    }

    /// One PDF, and what lies between each of its pages and the scanner's file.
    public struct Volume: Hashable, Sendable, Codable {
        public var pdf: String
        public var root: SHA256Digest
        public var pages: [PageStatement]
    }

    /// Names every difference, in the order originals, products, `pages.jsonl`, `index.json`, `catalogue.csv`, PDFs, hash tree,
    /// `digests.json`; an empty list says that the case is as it was published. A file that cannot be read is a difference, too.
    public static func check(manifest bytes: [UInt8], of stored: StoredCase) -> Outcome {
        var differences = Differences()
        guard let manifest = manifest(from: bytes, &differences) else { return Outcome(differences: differences.list) }
        differences.checkOriginals(of: manifest, stored)
        differences.checkProducts(of: manifest, stored)
        let records = differences.records(of: stored)
        if let records { differences.check(records, against: manifest) }
        if let index = differences.index(of: stored) {
            differences.check(index, against: manifest)
            differences.checkCatalogue(of: index, stored)
            if let records { differences.check(index, against: records) }
        }
        let found = differences.checkVolumes(of: manifest, records: records, stored)
        guard let records else { return Outcome(differences: differences.list) }
        differences.checkHashTree(of: manifest, records)
        let pages = found.compactMap(\.self).flatMap(\.self)
        let streams = pages.flatMap { zip($0.streams ?? [], $0.streamsSM3) }
        differences.checkDigestTable(of: manifest, records, streams: Dictionary(streams) { first, _ in first }, stored)
        return Outcome(differences: differences.list, volumes: volumes(of: manifest, records, found))
    }

    private static func volumes(of manifest: Manifest, _ records: [PageRecord], _ found: [[StoredCase.Page]?]) -> [Volume] {
        let byImage = Dictionary(records.map { ($0.image, $0) }) { first, _ in first }
        return zip(zip(manifest.volumes, manifest.hashTree.volumes), found).map { volumes, found in
            let (bound, tree) = volumes
            let pages = bound.pages.map { page in byImage[page.image].map { VolumeRecord.Page(page, $0) } }
            return Volume(pdf: bound.pdf, root: tree.root, pages: PageStatement.all(pages, behind: bound.front.count, found ?? []))
        }
    }

    private static func manifest(from bytes: [UInt8], _ differences: inout Differences) -> Manifest? {
        let name = Publisher.FileName.manifest
        if let format = Manifest.format(of: bytes), format != Manifest.currentFormat {
            differences.add(.unreadable, name, .otherFormat(format, Manifest.currentFormat))
            return nil
        }
        guard let manifest = differences.decode(Manifest.self, from: bytes, of: name) else { return nil }
        if bytes != CanonicalJSON.line(manifest) || manifest.seal != manifest.manifestSHA256 {
            differences.add(.changed, name, "it was changed after it was written: its own SHA-256 does not fit")
        }
        return manifest
    }
}

/// The differences found so far. The checks are in the extensions beside this file.
struct Differences {
    private(set) var list: [Difference] = []

    mutating func add(_ kind: Difference.Kind, _ subject: String, _ message: String) {
        list.append(Difference(kind, subject, message))
    }

    /// An answer of the store, or nil after noting why there is none.
    mutating func ask<Answer>(_ subject: String, _ question: () throws(DossierError) -> Answer) -> Answer? {
        do { return try question() } catch {
            add(.unreadable, subject, "it cannot be read: \(error)")
            return nil
        }
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>, of subject: String) -> Value? {
        do { return try CanonicalJSON.decode(type, from: bytes) } catch {
            add(.unreadable, subject, "it is not what the schema describes: \(error)")
            return nil
        }
    }
}

extension String {
    static func otherFormat(_ found: String, _ current: String) -> String {
        "its format is “\(found)”, this version reads “\(current)”; verify it with the version that wrote it, or run the case again"
    }
}
