import Archive
import DossierModel
import Publishing
import QualityControl

/// What the batch sheets promised against what came.
struct DeliveryReview {
    let originals: CaseOriginals
    let images: [ScannedImage]
    let catalogues: [VolumeCatalogue]

    var findings: [CaseIndex.VolumeFinding] {
        var findings: [CaseIndex.VolumeFinding] = []
        for (index, (recorded, batch)) in zip(originals.batches, originals.manifestBatches).enumerated() where recorded.name != SingleScan.batch {
            // What was scanned again counts once, what was put in counts here.
            let own = images.filter { $0.batch == index && !$0.isSuperseded }
            findings += [DeliveryJudge.count(batch.name, images: own.count, sheet: recorded.sheet)].compactMap { $0 }.map { .init(volume: nil, finding: $0) }
            if recorded.sheet.duplex == true { findings += parity(own) }
        }
        return findings + counts
    }

    private func parity(_ images: [ScannedImage]) -> [CaseIndex.VolumeFinding] {
        let pages = Dictionary(catalogues.flatMap(\.pages).map { ($0.image, $0) }, uniquingKeysWith: { first, _ in first })
        let byVolume = Dictionary(grouping: images, by: \.slot.number)
        return byVolume.keys.sorted().flatMap { number in
            DeliveryJudge.parity(number, sides: byVolume[number]!.map { ($0.number, pages[$0.number]?.isStampedLeft) }).map { .init(volume: number, finding: $0) }
        }
    }

    /// By the number the sheet gives a volume; one that was given another number is not known by it any more.
    private var counts: [CaseIndex.VolumeFinding] {
        let renumbered = originals.findings.contains { $0.id == "volume.renumbered" }
        let expected = renumbered ? [:] : Dictionary(
            originals.batches.flatMap(\.sheet.volumes).map { ($0.number, $0.pages) }, uniquingKeysWith: { first, second in second ?? first })
        return catalogues.compactMap { catalogue in
            DeliveryJudge.pages(of: catalogue, expected: expected[catalogue.number] ?? nil).map { .init(volume: catalogue.number, finding: $0) }
        }
    }
}
