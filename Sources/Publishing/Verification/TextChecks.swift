import DossierModel

/// `pages.jsonl`, `index.json` and `catalogue.csv`, read and compared with the manifest and each other.
extension Differences {
    mutating func records(of stored: StoredCase) -> [PageRecord]? {
        let name = Publisher.FileName.pages
        guard let bytes = bytes(of: name, stored) else { return nil }
        var records: [PageRecord] = []
        var isRespelled = bytes.last != CanonicalJSON.newline && !bytes.isEmpty
        for (place, line) in lines(bytes).enumerated() {
            guard var record = decode(PageRecord.self, from: line, of: "\(name) line \(place + 1)") else { return nil }
            if !Publisher.pageLine(record).dropLast().elementsEqual(line) { isRespelled = true }
            // The text is most of it, and nothing else is compared with it.
            record.lines = []
            records.append(record)
        }
        if isRespelled { addRespelled(name) }
        return records
    }

    mutating func index(of stored: StoredCase) -> CaseIndex? {
        let name = Publisher.FileName.index
        guard let bytes = bytes(of: name, stored), let index = decode(CaseIndex.self, from: bytes, of: name) else { return nil }
        if bytes != Publisher.indexJSON(index) { addRespelled(name) }
        return index
    }

    mutating func checkCatalogue(of index: CaseIndex, _ stored: StoredCase) {
        guard let bytes = bytes(of: Publisher.FileName.catalogue, stored) else { return }
        if bytes != Publisher.catalogueCSV(index) {
            add(.disagrees, Publisher.FileName.catalogue, "it does not say the same as index.json")
        }
    }

    /// Every image of every original has one record, in scan order but for those that people put in their place, and the
    /// counts are those of the manifest.
    mutating func check(_ records: [PageRecord], against manifest: Manifest) {
        let images = expectedImages(of: manifest)
        checkOrder(of: records, images)
        checkPlacedByHand(records, images)
        if images.count != records.count {
            add(.disagrees, Publisher.FileName.pages, "it has \(records.count) images, the originals have \(images.count)")
        }
        let counts = Reconciliation(images: images.count, records: records)
        if counts != manifest.counts {
            add(.disagrees, Publisher.FileName.manifest, "its counts are \(manifest.counts.inWords), counted again: \(counts.inWords)")
        }
        if !counts.addsUp {
            add(.disagrees, Publisher.FileName.manifest, "\(counts.images) images came in, \(counts.accountedFor) are accounted for")
        }
    }

    private mutating func checkOrder(of records: [PageRecord], _ images: [ExpectedImage]) {
        let byHand = Set(records.filter(\.isPlacedByHand).map(ExpectedImage.init))
        var open = images.filter { !byHand.contains($0) }[...]
        for (place, record) in records.enumerated() {
            let expected = byHand.contains(ExpectedImage(record)) ? ExpectedImage(record) : open.popFirst() ?? ExpectedImage(record)
            check(record, is: expected, image: place + 1)
        }
    }

    private mutating func check(_ record: PageRecord, is expected: ExpectedImage, image: Int) {
        let found = ExpectedImage(record)
        guard record.image != image || found != expected else { return }
        add(
            .disagrees, "\(Publisher.FileName.pages) line \(image)",
            "it is image \(record.image), \(found.inWords); expected is image \(image), \(expected.inWords)")
    }

    /// What people placed stands once for each time it was scanned.
    private mutating func checkPlacedByHand(_ records: [PageRecord], _ images: [ExpectedImage]) {
        let came = images.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let stand = records.map(ExpectedImage.init).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        for record in records where record.isPlacedByHand {
            let image = ExpectedImage(record)
            guard came[image] != stand[image] else { continue }
            add(
                .disagrees, "\(Publisher.FileName.pages) line \(record.image)",
                "\(image.inWords) stands \(stand[image] ?? 0) times; the originals have it \(came[image] ?? 0) times")
        }
    }

    private func expectedImages(of manifest: Manifest) -> [ExpectedImage] {
        manifest.batches.flatMap(\.files).flatMap { file in
            (0..<file.imageCount).map { ExpectedImage(file: file.name, sha256: file.sha256, frame: $0 + 1) }
        }
    }

    private mutating func bytes(of name: String, _ stored: StoredCase) -> [UInt8]? {
        (ask(name) { () throws(DossierError) in try stored.text(name) }) ?? nil
    }

    private mutating func addRespelled(_ name: String) {
        add(.changed, name, "it is not spelled as Dossier writes it")
    }

    /// Cuts at every line feed; the last line ends with one.
    private func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let lines = bytes.split(separator: CanonicalJSON.newline, omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }
}

extension PageRecord {
    /// Single scans that no decision places stand behind everything, whatever was delivered after them.
    fileprivate var isPlacedByHand: Bool { findings.contains { $0.id == Finding.decidedID || $0.id == "page.unplaced" } }
}

private struct ExpectedImage: Hashable {
    var file: String
    var sha256: SHA256Digest
    var frame: Int

    init(file: String, sha256: SHA256Digest, frame: Int) { (self.file, self.sha256, self.frame) = (file, sha256, frame) }

    init(_ record: PageRecord) { self.init(file: record.file, sha256: record.fileSHA256, frame: record.frame) }

    var inWords: String { "frame \(frame) of \(file) (\(sha256.hex.prefix(12))…)" }
}

extension Reconciliation {
    var inWords: String {
        "\(images) images = \(pages) pages + \(blanks) blanks + \(separators) separators + \(rejected) rejected"
            + " (\(placeholders) placeholders)"
    }
}
