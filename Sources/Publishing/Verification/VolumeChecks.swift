import DossierModel

/// The PDFs against the manifest, and the manifest's bound pages against `pages.jsonl`.
extension Differences {
    mutating func checkVolumes(of manifest: Manifest, records: [PageRecord]?, _ stored: StoredCase) {
        for volume in manifest.volumes {
            if let records { check(volume, against: records) }
            let answer = ask(volume.pdf) { () throws(DossierError) in try stored.imageStreams(volume.pdf) }
            if let answer, let streams = answer { check(streams, of: volume) }
        }
    }

    /// The digests of pages, documents, volumes and case, calculated again.
    mutating func checkHashTree(of manifest: Manifest, _ records: [PageRecord]) {
        let again = HashTree(manifest.volumes, records: records)
        guard again != manifest.hashTree else { return }
        guard again.volumes.map(\.number) == manifest.hashTree.volumes.map(\.number) else {
            return add(.disagrees, Publisher.FileName.manifest, "its hash tree has other volumes than are bound")
        }
        for (index, pair) in zip(again.volumes, manifest.hashTree.volumes).enumerated() {
            check(pair.0, is: pair.1, of: manifest.volumes[index])
        }
        if again.root != manifest.hashTree.root { add(.disagrees, Publisher.FileName.manifest, "the root of its hash tree is another one") }
    }

    private mutating func check(_ again: HashTree.Volume, is written: HashTree.Volume, of volume: CaseFile.BoundVolume) {
        for (place, pair) in zip(again.pages, written.pages).enumerated() where pair.0 != pair.1 {
            add(.disagrees, "\(volume.pdf) page \(place + 1)", "image \(volume.pages[place].image) is not what the hash tree was made from")
        }
        if again.pages.count != written.pages.count {
            add(.disagrees, volume.pdf, "the hash tree has \(written.pages.count) pages, \(again.pages.count) are bound")
        }
        if again.documents != written.documents { add(.disagrees, volume.pdf, "the hash tree has other documents than pages.jsonl") }
        if again.root != written.root { add(.disagrees, volume.pdf, "the volume's root in the hash tree is another one") }
    }

    /// Every page of the volume is bound once, in scan order; a blank may be bound where the settings deliver blanks.
    private mutating func check(_ volume: CaseFile.BoundVolume, against records: [PageRecord]) {
        let mine = records.filter { $0.volume == volume.number }
        let must = mine.filter { $0.disposition == .page }.map(\.image)
        let may = Set(must + mine.filter { $0.disposition == .blank }.map(\.image))
        let bound = volume.pages.map(\.image)
        let required = Set(must)
        let isAscending = zip(bound, bound.dropFirst()).allSatisfy { $0 < $1 }
        if bound.filter(required.contains) != must || !isAscending || !may.isSuperset(of: bound) {
            add(
                .disagrees, volume.pdf,
                "the manifest binds \(bound.count) images, pages.jsonl has \(must.count) pages of volume \(volume.number): "
                    + "they are not the same or not in the same order")
        }
    }

    private mutating func check(_ streams: [[SHA256Digest]], of volume: CaseFile.BoundVolume) {
        if streams.count != volume.pages.count {
            add(.disagrees, volume.pdf, "it has \(streams.count) pages, the manifest says \(volume.pages.count)")
        }
        for (place, pair) in zip(volume.pages, streams).enumerated() where pair.0.streams != pair.1 {
            add(.disagrees, "\(volume.pdf) page \(place + 1)", "its image is not that of image \(pair.0.image)")
        }
    }
}
