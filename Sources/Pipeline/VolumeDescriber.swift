import Assembly
import DossierModel
import Publishing
import VolumeSheets

/// Gathers what the sheets of a volume say about it.
struct VolumeDescriber {
    let caseFile: CaseFile
    let settings: Settings

    func description(of volume: BoundVolume, plan: VolumePlan) -> VolumeDescription {
        let images = Set(volume.images)
        let records = caseFile.records.filter { images.contains($0.image) }
        let organ = settings.documents.organName
        return VolumeDescription(
            organ: organ.isEmpty ? nil : organ, caseNumber: caseFile.caseNumber, cause: caseFile.cause, parties: caseFile.parties,
            number: volume.catalogue.number, of: Set(caseFile.index.volumes.map(\.number)).count, kind: volume.catalogue.kind,
            part: volume.part,
            entries: entries(volume), counts: counts(records, plan), scans: scans(records), exceptions: exceptions(volume, records),
            engine: caseFile.engine, stages: caseFile.stageVersions, settings: caseFile.settingsDigest)
    }

    private func entries(_ volume: BoundVolume) -> [VolumeDescription.Entry] {
        let positions = volume.positions
        let documents = caseFile.index.volumes.first { $0.number == volume.catalogue.number }?.documents ?? []
        return volume.listed.map { index in
            VolumeDescription.Entry(document: documents[index], page: volume.firstPage(of: volume.catalogue.documents[index], positions))
        }
    }

    private func counts(_ records: [PageRecord], _ plan: VolumePlan) -> VolumeDescription.Counts {
        let sum = Reconciliation(images: records.count, records: records)
        var counts = VolumeDescription.Counts()
        (counts.images, counts.pages, counts.placeholders) = (sum.images, sum.pages, sum.placeholders)
        (counts.blanks, counts.separators, counts.rejected) = (sum.blanks, sum.separators, sum.rejected)
        counts.turned = plan.pages.count { $0.geometry.rotation != .none }
        counts.straightened = plan.pages.count { $0.geometry.skew != 0 }
        counts.drawn = plan.pages.count { $0.image.origin == .rendered }
        (counts.layered, counts.profile) = (plan.pages.count { $0.image.origin == .layered }, settings.images.profile)
        return counts
    }

    /// In the order in which they first occur, dots per inch rounded.
    private func scans(_ records: [PageRecord]) -> [VolumeDescription.ScanGroup] {
        var groups: [VolumeDescription.ScanGroup] = []
        for record in records where record.disposition == .page {
            let dpi = record.dpi.map { Resolution(x: $0.x.rounded(), y: $0.y.rounded()) }
            if let known = groups.firstIndex(where: { $0.dpi == dpi && $0.mode == record.mode }) {
                groups[known].pages += 1
            } else {
                groups.append(.init(dpi: dpi, mode: record.mode, pages: 1))
            }
        }
        return groups
    }

    private func exceptions(_ volume: BoundVolume, _ records: [PageRecord]) -> [VolumeDescription.Exception] {
        var kinds: [String: VolumeDescription.Exception] = [:]
        func add(_ finding: Finding, _ place: String?) {
            let name = Publisher.name(of: finding)
            var kind = kinds[finding.id] ?? .init(severity: finding.severity, name: name, places: [])
            kind.severity = max(kind.severity, finding.severity)
            if let place { kind.places.append(place) }
            kinds[finding.id] = kind
        }
        for record in records {
            for finding in record.findings { add(finding, record.folio.map { "第 \($0) 页" } ?? "影像 \(record.image)") }
        }
        for finding in volume.catalogue.findings { add(finding, nil) }
        return kinds.sorted { ($1.value.severity, $0.key) < ($0.value.severity, $1.key) }.map(\.value)
    }
}
