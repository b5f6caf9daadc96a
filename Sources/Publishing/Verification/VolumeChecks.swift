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
