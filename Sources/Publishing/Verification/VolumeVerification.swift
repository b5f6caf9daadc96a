public import DossierModel

/// One volume's PDF, checked by the record that it carries: without workspace and without the rest of the case.
public struct VolumeVerification: Hashable, Sendable {
    public var record: VolumeRecord?
    public var pages: [PageStatement]
    public var differences: [Difference]

    /// - Parameters:
    ///   - bytes: The record in the PDF; empty where it has none, nil where it is damaged.
    ///   - found: Its pages as they stand in the file.
    ///   - binding: SHA-256 of the canonical form of all that belongs to no page; nil where that is damaged.
    ///   - name: What to call the file in differences.
    public init(record bytes: [UInt8]?, pages found: [StoredCase.Page], binding: SHA256Digest?, name: String) {
        var differences = Differences()
        pages = []
        record = Self.record(bytes, name, &differences)
        if var volume = record?.volume, let record {
            volume.pdf = name
            differences.check(found, of: volume)
            differences.checkCodings(of: volume)
            if binding == nil || binding != volume.binding { differences.add(.disagrees, name, Self.otherBinding) }
            if record.recalculatedRoot != record.root { differences.add(.disagrees, name, "the root in its record is not that of its pages") }
            pages = PageStatement.all(record.pages, behind: record.front.count, found)
        }
        self.differences = differences.list
    }

    private static let otherBinding = "what belongs to no page is not as it was bound: outline, page labels, tags, layers or metadata"

    private static func record(_ bytes: [UInt8]?, _ name: String, _ differences: inout Differences) -> VolumeRecord? {
        let subject = "\(name): its record"
        guard let bytes else {
            differences.add(.unreadable, subject, "it is damaged, so that no page can be compared")
            return nil
        }
        guard !bytes.isEmpty else {
            differences.add(.unreadable, name, "it carries no record of its pages; only volumes made by Dossier do, from assemble/3 on")
            return nil
        }
        if let format = Manifest.format(of: bytes), format != VolumeRecord.currentFormat {
            differences.add(.unreadable, subject, .otherFormat(format, VolumeRecord.currentFormat))
            return nil
        }
        guard let record = differences.decode(VolumeRecord.self, from: bytes, of: subject) else { return nil }
        if record.bytes != bytes { differences.add(.changed, name, "its record is not spelled as Dossier writes it") }
        return record
    }

    /// Says that the file is not as it was written, though its pages may be.
    public mutating func addBrokenSeal(_ name: String) {
        differences.append(
            Difference(
                .changed, name,
                differences.isEmpty
                    ? "everything that is shown is as it was bound, but the file as a whole is not: its structure was changed, or another program wrote it anew"
                    : "the seal over the whole file does not fit"))
    }

    /// Compares with the manifest of the case, whose signature vouches for it.
    ///
    /// - Parameter measure: nil for a copy that was handed out and is therefore another file than the published one.
    public mutating func compare(with manifest: Manifest, measure: StoredCase.Measure?, name: String) {
        guard let record else { return }
        guard manifest.case == record.case, let place = manifest.volumes.firstIndex(where: { $0.pdf == record.pdf }) else {
            return differences.append(Difference(.disagrees, name, "the manifest is of another case, or does not name \(record.pdf)"))
        }
        compare(record, with: manifest.volumes[place], name)
        if manifest.hashTree.volumes.indices.contains(place) {
            compare(record, with: manifest.hashTree.volumes[place], name)
        } else {
            differences.append(Difference(.disagrees, name, "the manifest's hash tree does not have the volume"))
        }
        if let measure { compare(measure, with: manifest.products.first { $0.name == record.pdf }, name) }
    }

    /// What is said of each page, and through it what is shown on it, has to be what the hash tree was made from.
    private mutating func compare(_ record: VolumeRecord, with tree: HashTree.Volume, _ name: String) {
        let leaves = record.pages.map { Merkle.leaf($0.statement) }
        for (place, pair) in zip(leaves, tree.pages).enumerated() where pair.0 != pair.1 {
            pages[place].disown()
            differences.append(
                Difference(.disagrees, "\(name) page \(record.front.count + place + 1)", "what its record says of image \(record.pages[place].bound.image) is not what the manifest's hash tree was made from"))
        }
        if leaves.count != tree.pages.count {
            differences.append(Difference(.disagrees, name, "its record has \(leaves.count) pages, the manifest's hash tree \(tree.pages.count)"))
        }
        if tree.root != record.root { differences.append(Difference(.disagrees, name, "its root is \(record.root), the manifest's \(tree.root)")) }
    }

    private mutating func compare(_ record: VolumeRecord, with volume: CaseFile.BoundVolume, _ name: String) {
        for (place, pair) in zip(record.front + record.back, volume.front + volume.back).enumerated() where pair.0 != pair.1 {
            let page = place < record.front.count ? place + 1 : place + 1 + record.pages.count
            differences.append(Difference(.disagrees, "\(name) page \(page)", "this sheet of the system (cover, catalogue or docket sheet) is not the manifest's"))
        }
        if record.volume != volume {
            differences.append(Difference(.disagrees, name, "its record is not what the manifest says of the volume"))
        }
    }

    private mutating func compare(_ measure: StoredCase.Measure, with product: Product?, _ name: String) {
        guard let product else { return differences.append(Difference(.disagrees, name, "the manifest names no such product")) }
        guard product.sha256 != measure.sha256 else { return }
        differences.append(
            Difference(
                .changed, name,
                differences.isEmpty
                    ? "everything that is shown is as it was bound, but the file as a whole is not: its structure was changed, or files were attached"
                    : "its SHA-256 is \(measure.sha256), the manifest says \(product.sha256)"))
    }

    /// Compares the files attached to a copy that carries the manifest: it may carry products, the manifest and its signature.
    ///
    /// - Parameter files: SHA-256 of each attached file, by name.
    public mutating func compare(attached files: [String: SHA256Digest], with manifest: Manifest, name: String) {
        let own = [Publisher.FileName.manifest, Publisher.FileName.signature]
        for (file, digest) in files.sorted(by: { $0.key < $1.key }) where !own.contains(file) {
            let subject = "\(name): \(file)"
            guard let product = manifest.products.first(where: { $0.name == file }) else {
                differences.append(Difference(.extra, subject, "the manifest does not name this attached file"))
                continue
            }
            if product.sha256 != digest { differences.append(Difference(.changed, subject, "its SHA-256 is \(digest), the manifest says \(product.sha256)")) }
        }
    }
}

extension Differences {
    /// Each image stream has its filter, one of those that are written.
    mutating func checkCodings(of volume: CaseFile.BoundVolume) {
        let known: Set = ["CCITTFaxDecode", "DCTDecode", "FlateDecode", "JBIG2Decode", "JPXDecode"]
        for (place, page) in volume.pages.enumerated() where page.filters.count != page.streams.count || !known.isSuperset(of: page.filters) {
            add(.disagrees, "\(volume.pdf) page \(volume.front.count + place + 1)", "the filters in its record are not those of its images")
        }
    }
}
