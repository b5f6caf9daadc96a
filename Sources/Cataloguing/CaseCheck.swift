public import DossierModel

/// Looks at a case as a whole: do its volumes begin with their first page, are they in order, does each hold what belongs there, is anything missing?
public enum CaseCheck {
    /// Kinds of volume in the order they are bound and handed over (公安机关 binding standards: 诉讼文书卷, then 证据卷): the
    /// police's, then 检察卷, 检察内卷. A 补充侦查卷 is a new volume made after each 退查, when a 检察卷 may be there already, and
    /// 退查 material is added to the same case (人民检察院制作使用电子卷宗工作规定(试行) article 6): it may stand anywhere behind
    /// the evidence.
    private static let order: [VolumeKind] = [.proceedings, .evidence, .supplementary, .procuratorial, .internal]

    /// - Parameter volumes: in the order of their numbers.
    public static func findings(
        _ volumes: [VolumeCatalogue], titles: TitleKnowledge = .standard, rules: CompletenessRules = .standard
    ) -> [(volume: Int?, finding: Finding)] {
        let known = Dictionary(titles.titles.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        return FolioStart(volumes: volumes, titles: known).findings + orderOfVolumes(volumes) + volumes.flatMap { volume in content(of: volume, known).map { (volume.number, $0) } }
            + missing(volumes, known, rules).map { (nil, $0) }
    }

    /// Whether the documents are those of the case that the batch sheet names: scans of one case in the folder of another are
    /// told by nobody else.
    ///
    /// - Parameters:
    ///   - parties, cause: as the batch sheet gives them.
    public static func mismatch(_ volumes: [VolumeCatalogue], parties: [BatchSheet.Party], cause: String?) -> [Finding] {
        let facts = FactSheet.collected(case: "", volumes: volumes, parties: parties)
        let names = { (persons: [FactSheet.Person]) in persons.compactMap { $0.facts.first { $0.kind == .name } } }
        let suspects = names(facts.persons.filter { $0.role.map(suspectRoles.contains) ?? false })
        let given = suspects.filter { $0.readings.contains(where: \.isGiven) }, read = suspects.filter { !$0.readings.contains(where: \.isGiven) }
        let isMet = given.contains { $0.readings.contains { !$0.sources.isEmpty } }
        let strangers = given.isEmpty || isMet || read.isEmpty ? [] : [CatalogueFinding.otherSuspects(given.map(\.shown), read: read.map(\.shown))]
        let charges = facts.facts.filter { $0.kind == .charge }.flatMap(\.readings).map(\.value)
        guard let cause, !charges.isEmpty, !charges.contains(where: { isNamed($0, in: cause) }) else { return strangers }
        return strangers + [CatalogueFinding.otherCause(cause, read: charges)]
    }

    private static let suspectRoles: Set<String> = ["犯罪嫌疑人", "被告人"]

    /// 案由 may name several, with 案 or 罪 behind them or without.
    private static func isNamed(_ charge: String, in cause: String) -> Bool {
        let (charge, cause) = (ChargeName.key(charge), cause.replacing("罪", with: ""))
        return cause.contains(charge.replacing("罪", with: "")) || charge.contains(cause)
    }

    private static func orderOfVolumes(_ volumes: [VolumeCatalogue]) -> [(volume: Int?, finding: Finding)] {
        var highest: (place: Int, number: Int)?
        return volumes.compactMap { volume in
            // What came later is bound where it came: no citation by volume may change.
            guard !volume.isLate, let place = order.firstIndex(of: volume.kind) else { return nil }
            defer { if place >= highest?.place ?? 0 { highest = (place, volume.number) } }
            guard let highest, place < highest.place, volume.kind != .supplementary else { return nil }
            return (volume.number, CatalogueFinding.volumeOrder(volume: volume.number, kind: volume.kind, after: highest.number, order[highest.place]))
        }
    }

    private static func content(of volume: VolumeCatalogue, _ known: [String: DocumentTitle]) -> [Finding] {
        let documents = volume.documents.map { (document: $0, title: $0.code.flatMap { known[$0] }) }
        let isOpen = volume.kind != .internal
        let strays = documents.compactMap { document, title -> Finding? in
            guard let title, title.role.carriesFolio else { return nil }
            if title.volume == .internal, isOpen { return CatalogueFinding.internalDocument(volume: volume.number, image: document.firstImage, title: document.title) }
            if title.volume == .loose, volume.kind != .loose { return CatalogueFinding.boundLoose(volume: volume.number, image: document.firstImage, title: document.title) }
            return nil
        }
        return frontMatter(documents, volume.number) + strays
    }

    /// Cover first, then the catalogue; docket sheet and back cover last.
    private static func frontMatter(_ documents: [(document: VolumeCatalogue.Document, title: DocumentTitle?)], _ volume: Int) -> [Finding] {
        let body = documents.indices.filter { documents[$0].title?.role.carriesFolio ?? true }
        guard let first = body.first, let last = body.last else { return [] }
        return documents.indices.compactMap { at in
            let (document, title) = documents[at]
            let isMisplaced =
                switch title?.role {
                case .cover, .catalogue: at > first
                case .docketSheet, .backCover: at < last
                default: false
                }
            return isMisplaced ? CatalogueFinding.misplaced(volume: volume, image: document.firstImage, title: document.title) : nil
        }
    }

    /// Nothing is said of a case that holds neither proceedings nor evidence: a part of a delivery lacks nearly everything.
    private static func missing(_ volumes: [VolumeCatalogue], _ known: [String: DocumentTitle], _ rules: CompletenessRules) -> [Finding] {
        guard volumes.contains(where: { $0.kind == .proceedings }) else { return [] }
        let codes = Set(volumes.flatMap(\.documents).compactMap(\.code))
        let charges = Set(volumes.flatMap(\.observations).filter { $0.kind == .charge }.map(\.value))
        return rules.broken(by: codes, charges: charges).map { rule in
            let names = rule.needs.compactMap { known[$0]?.names[0] }
            let cause = rule.condition.first { codes.contains($0) }.flatMap { known[$0]?.names[0] }
            return CatalogueFinding.missingDocument(
                rule.name, names: names, because: cause, reason: rule.reason, stage: CompletenessRules.stage(codes), isWarning: rule.level == .warn)
        }
    }
}

extension FactSheet.Fact {
    fileprivate var shown: String { readings.map(\.value).joined(separator: "／") }
}
