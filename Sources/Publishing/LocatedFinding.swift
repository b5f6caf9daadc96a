public import DossierModel

/// A finding and the image it is about; without one it is about a volume or the case.
public struct LocatedFinding: Sendable {
    public var finding: Finding
    public var record: PageRecord?
    public var volume: Int?

    /// Of a case: those about case and volumes first, then image by image.
    public static func all(_ index: CaseIndex, _ records: [PageRecord]) -> [LocatedFinding] {
        index.findings.map { LocatedFinding(finding: $0.finding, record: nil, volume: $0.volume) }
            + records.flatMap { record in
                record.findings.map { LocatedFinding(finding: $0, record: record, volume: record.volume) }
            }
    }
}
