import DossierModel

/// Chooses and orders the papers of a large case.
struct WideCase {
    let facts: CaseFacts

    typealias Volume = (kind: VolumeKind, documents: [DraftDocument])

    func volumes(pages: Int, texts: LawTexts?, random: inout SplitMix64) -> [Volume] {
        let fixed: [Volume] = [
            (.proceedings, proceedings(&random)), (.supplementary, letters(WideKinds.supplementary, &random) + statements(&random)),
            (.procuratorial, letters(WideKinds.procuratorial, &random) + papers(WidePapers.procuratorial, &random)),
            (.internal, papers(WidePapers.inner, &random) + letters(WideKinds.inner, &random)),
        ]
        let chosen = fixed.map { (kind: $0.kind, documents: thinned($0.documents, pages: pages, &random)) }
        let used = chosen.reduce(0) { $0 + $1.documents.reduce(4) { $0 + $1.pages.count } }
        let evidence = CasePlan.split(evidence(pages: pages - used, texts: texts, &random)).map { Volume(.evidence, $0) }
        return [chosen[0]] + evidence + chosen.dropFirst()
    }

    /// Small cases take a part of every volume.
    private func thinned(_ documents: [DraftDocument], pages: Int, _ random: inout SplitMix64) -> [DraftDocument] {
        guard pages < 400 else { return documents }
        let kept = documents.filter { _ in random.chance(max(0.25, Double(pages) / 400)) }
        return kept.isEmpty ? [documents[0]] : kept
    }

    /// The same papers in every layout; each is taken from one of them.
    private func mixed(_ make: (CaseFacts, inout SplitMix64) -> [DraftDocument], _ random: inout SplitMix64) -> [DraftDocument] {
        let start = random.stream(8)
        let versions = PaperStyle.all.map { style -> [DraftDocument] in
            var copy = start
            return make(styled(style), &copy)
        }
        return versions[0].indices.map { random.pick(versions)[$0] }
    }

    private func styled(_ style: PaperStyle) -> CaseFacts {
        var facts = facts
        facts.style = style
        return facts
    }

    private func letters(_ kinds: [LetterKind], _ random: inout SplitMix64) -> [DraftDocument] {
        kinds.map { $0.document(styled(random.pick(PaperStyle.all)), &random) }
    }

    private func papers(_ makers: [WidePapers.Maker], _ random: inout SplitMix64) -> [DraftDocument] {
        makers.map { $0(styled(random.pick(PaperStyle.all)), &random) }
    }

    private func proceedings(_ random: inout SplitMix64) -> [DraftDocument] {
        var documents = mixed({ ProceedingsVolume.documents($0, random: &$1) }, &random)
        // A supplement to the police's part goes before the conclusion.
        documents.insert(contentsOf: letters(WideKinds.proceedings, &random) + papers(WidePapers.proceedings, &random), at: documents.count - 3)
        return documents
    }

    private func statements(_ random: inout SplitMix64) -> [DraftDocument] {
        [
            EvidenceVolume.interrogation(styled(random.pick(PaperStyle.all)), facts.suspect, time: 9, exchanges: 5, &random),
            EvidenceVolume.interview(styled(random.pick(PaperStyle.all)), facts.witnesses[2], isVictim: false, &random),
        ]
    }

    private func evidence(pages: Int, texts: LawTexts?, _ random: inout SplitMix64) -> [DraftDocument] {
        let own = mixed({ EvidenceVolume.documents($0, random: &$1) }, &random) + letters(WideKinds.evidence, &random) + papers(WidePapers.evidence, &random)
        var documents = own.reduce(0) { $0 + $1.pages.count } > pages ? random.shuffled(own) : own
        while documents.reduce(0, { $0 + $1.pages.count }) > max(6, pages), documents.count > 3 { documents.removeLast() }
        var (count, index) = (documents.reduce(0) { $0 + $1.pages.count }, 0)
        while count + 2 < pages {
            let next = further(index, texts, &random)
            documents.append(next)
            count += next.pages.count
            index += 1
        }
        return documents
    }

    private func further(_ index: Int, _ texts: LawTexts?, _ random: inout SplitMix64) -> DraftDocument {
        let facts = styled(random.pick(PaperStyle.all))
        return switch random.integer(0...9) {
        case 0...4: EvidenceVolume.further(facts, index: index, texts: texts, random: &random)
        case 5...7: random.pick(WidePapers.evidence)(facts, &random)
        default: random.pick(WideKinds.evidence).document(facts, &random)
        }
    }
}
