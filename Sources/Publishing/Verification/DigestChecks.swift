import DossierModel

/// `digests.json` against the manifest, the records and the store.
extension Differences {
    /// Every digest of the manifest and the records has its SM3, and those of the originals and the streams are what
    /// is read again.
    ///
    /// - Parameter streams: SM3 of the image streams of the PDFs, read again, by their SHA-256.
    mutating func checkDigestTable(
        of manifest: Manifest, _ records: [PageRecord], streams: [SHA256Digest: SM3Digest], _ stored: StoredCase
    ) {
        let name = Publisher.FileName.digests
        guard let bytes = ask(name, { () throws(DossierError) in try stored.text(name) }) ?? nil,
            let table = decode(DigestTable.self, from: bytes, of: name)
        else { return }
        let known = Dictionary(grouping: table.entries, by: \.kind)
            .mapValues { Dictionary($0.map { ($0.sha256, $0.sm3) }) { first, _ in first } }
        for file in manifest.batches.flatMap(\.files) {
            if let sm3 = need(.original, file.sha256, of: file.name, in: known) { compare(file, with: sm3, stored) }
        }
        for record in records { if let raster = record.rasterSHA256 { _ = need(.raster, raster, of: "image \(record.image)", in: known) } }
        for page in manifest.volumes.flatMap(\.pages) {
            for stream in page.streams {
                guard let sm3 = need(.stream, stream, of: "image \(page.image)", in: known), let again = streams[stream], again != sm3 else { continue }
                add(.disagrees, name, "the SM3 of a stream of image \(page.image) is \(again), it says \(sm3)")
            }
        }
    }

    private typealias Known = [DigestTable.Entry.Kind: [SHA256Digest: SM3Digest]]

    private mutating func need(_ kind: DigestTable.Entry.Kind, _ sha256: SHA256Digest, of subject: String, in known: Known) -> SM3Digest? {
        if let sm3 = known[kind]?[sha256] { return sm3 }
        add(.disagrees, Publisher.FileName.digests, "it has no SM3 for the \(kind.rawValue) of \(subject)")
        return nil
    }

    private mutating func compare(_ file: Original, with written: SM3Digest, _ stored: StoredCase) {
        guard let sm3 = stored.originalSM3, let found = ask(file.name, { () throws(DossierError) in try sm3(file.sha256) }) ?? nil, found != written
        else { return }
        add(.changed, file.name, "its SM3 is \(found), \(Publisher.FileName.digests) says \(written)")
    }
}
