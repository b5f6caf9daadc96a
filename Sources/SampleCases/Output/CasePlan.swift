import DossierModel

/// Chooses the documents of a case of a given size and puts them into volumes.
struct CasePlan {
    var facts: CaseFacts
    var volumes: [PlannedVolume]

    /// - Parameter pages: printed pages wanted, covers and catalogues included.
    init(seed: UInt64, pages: Int, texts: LawTexts?) {
        facts = CaseFacts(seed: seed)
        volumes = []
        var random = SplitMix64(seed: seed).stream(3)
        let wanted = max(12, pages) - 6
        let proceedings = Self.chosen(ProceedingsVolume.documents(facts, random: &random), pages: wanted * 2 / 5)
        let rest = wanted - proceedings.reduce(0) { $0 + $1.pages.count }
        var groups = [(VolumeKind.proceedings, proceedings)]
        for group in Self.evidence(facts, pages: rest, texts: texts, random: &random) { groups.append((.evidence, group)) }
        volumes = groups.enumerated().map { index, group in
            finished(group.1, number: index + 1, kind: group.0, of: groups.count, seed: random.next())
        }
    }

    /// Every kind of paper in several layouts, in volumes of five kinds, for large cases.
    static func wide(seed: UInt64, pages: Int, texts: LawTexts?) -> CasePlan {
        var plan = CasePlan(seed: seed, proceedings: [], evidence: [])
        var random = SplitMix64(seed: seed).stream(7)
        let groups = WideCase(facts: plan.facts).volumes(pages: pages, texts: texts, random: &random)
        plan.volumes = groups.enumerated().map { index, group in
            var plan = plan
            plan.facts.style = random.pick(PaperStyle.all)
            return plan.finished(group.documents, number: index + 1, kind: group.kind, of: groups.count, seed: random.next())
        }
        return plan
    }

    /// A case of exactly these documents, told by their catalogue titles' endings.
    init(seed: UInt64, proceedings: [String], evidence: [String]) {
        facts = CaseFacts(seed: seed)
        volumes = []
        var random = SplitMix64(seed: seed).stream(3)
        let first = Self.named(proceedings, ProceedingsVolume.documents(facts, random: &random))
        let second = Self.named(evidence, EvidenceVolume.documents(facts, random: &random))
        volumes = [
            finished(first, number: 1, kind: .proceedings, of: 2, seed: random.next()),
            finished(second, number: 2, kind: .evidence, of: 2, seed: random.next()),
        ]
    }

    /// Every title takes one document; a title given twice takes two.
    private static func named(_ titles: [String], _ all: [DraftDocument]) -> [DraftDocument] {
        var wanted = titles
        return all.filter { document in
            guard let at = wanted.firstIndex(where: { document.title.hasSuffix($0) }) else { return false }
            wanted.remove(at: at)
            return true
        }
    }

    /// All of them when they fit; otherwise an even selection that keeps the order.
    private static func chosen(_ documents: [DraftDocument], pages: Int) -> [DraftDocument] {
        let total = documents.reduce(0) { $0 + $1.pages.count }
        guard total > pages else { return documents }
        var taken: [DraftDocument] = []
        var due = 0.0
        var used = 0
        for document in documents {
            due += Double(pages) * Double(document.pages.count) / Double(total)
            guard Double(used) + Double(document.pages.count) / 2 <= due else { continue }
            taken.append(document)
            used += document.pages.count
        }
        return taken
    }

    private static let pagesPerVolume = 180

    private static func evidence(_ facts: CaseFacts, pages: Int, texts: LawTexts?, random: inout SplitMix64) -> [[DraftDocument]] {
        var documents = chosen(EvidenceVolume.documents(facts, random: &random), pages: pages)
        var count = documents.reduce(0) { $0 + $1.pages.count }
        var index = 0
        while count + 2 < pages {
            let next = EvidenceVolume.further(facts, index: index, texts: texts, random: &random)
            documents.append(next)
            count += next.pages.count
            index += 1
        }
        return split(documents)
    }

    static func split(_ documents: [DraftDocument]) -> [[DraftDocument]] {
        var groups: [[DraftDocument]] = [[]]
        var count = 0
        for document in documents {
            if count + document.pages.count > pagesPerVolume, !groups[groups.count - 1].isEmpty {
                groups.append([])
                count = 0
            }
            groups[groups.count - 1].append(document)
            count += document.pages.count
        }
        return groups
    }

    /// With cover, catalogue and docket sheet.
    private func finished(_ documents: [DraftDocument], number: Int, kind: VolumeKind, of count: Int, seed: UInt64) -> PlannedVolume {
        let pages = PlannedVolume.folioCount(documents)
        let all =
            [
                FrontMatter.cover(facts, kind: kind.chineseName, volume: number, of: count, pages: pages),
                facts.style.catalogueIsOfPolice ? FrontMatter.policeCatalogue(entries(documents, asRanges: true)) : FrontMatter.catalogue(entries(documents)),
            ] + documents + [FrontMatter.docketSheet(facts, pages: pages, seed: seed)]
        return PlannedVolume(number: number, kind: kind, documents: all)
    }

    private func entries(_ documents: [DraftDocument], asRanges: Bool = false) -> [FrontMatter.Entry] {
        var folio = 1
        return documents.enumerated().map { index, document in
            defer { folio += document.pages.count }
            let isLast = (asRanges && document.pages.count > 1) || index == documents.count - 1
            return FrontMatter.Entry(
                number: document.number ?? "", author: document.author ?? "", title: document.title, date: document.day?.compact ?? "",
                folio: isLast ? "\(folio)-\(folio + document.pages.count - 1)" : "\(folio)", remark: "")
        }
    }
}
