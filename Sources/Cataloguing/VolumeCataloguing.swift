internal import DossierModel

/// The catalogue of one volume: what the pages say, then what the paper catalogue says of it.
struct VolumeCataloguing {
    private let reading: VolumeReading
    private let folios: VolumeFolios
    private let drafts: [DocumentDraft]
    /// Edits that no longer find their document.
    private let lostEdits: [Finding]
    /// By position.
    private let folioEdits: [(position: Int, finding: Finding)]
    /// nil without a catalogue on paper.
    private let witness: PaperWitness?

    init(_ reading: VolumeReading, _ titles: TitleKnowledge, _ edits: CatalogueEdits) {
        self.reading = reading
        let hands = CatalogueHands(edits, reading, titles.index)
        var leaves = hands.cut(reading.leaves())
        let given = hands.folios
        var (folios, drafts) = Self.drafts(Segmenter(leaves).segments, reading, given)
        var witness = Self.witness(drafts, reading, titles)
        if let first = witness, first.isTrusted {
            for at in leaves.indices { leaves[at].listed = folios.numbers[leaves[at].page.position].flatMap(first.lists) }
            (folios, drafts) = Self.drafts(Segmenter(leaves).segments, reading, given)
            witness = Self.witness(drafts, reading, titles)
        }
        self.folios = folios
        folioEdits = hands.folioFindings
        self.witness = witness
        (self.drafts, lostEdits) = hands.edited((witness?.heard(drafts, reading) ?? drafts).map { Self.asked($0, reading) })
    }

    private static func drafts(_ segments: [DocumentSegment], _ reading: VolumeReading, _ given: [Int: Int?]) -> (VolumeFolios, [DocumentDraft]) {
        let folios = VolumeFolios(reading, segments, given: given)
        let drafts = segments.map { segment in
            let numbers = segment.pages.compactMap { folios.numbers[$0] }
            return DocumentDraft(
                segment: segment, fields: DocumentFields(segment.start, pages: segment.pages.compactMap { reading.readings[$0] }, names: reading.names),
                firstFolio: numbers.first, lastFolio: numbers.last, score: segment.start.score)
        }
        return (folios, Self.withPrintedIssuers(drafts))
    }

    /// The rim of a seal is read with slips: its legend names an issuer only as another paper of the volume prints the name.
    private static func withPrintedIssuers(_ drafts: [DocumentDraft]) -> [DocumentDraft] {
        let printed = Set(drafts.filter { !$0.fields.authorIsOfSeal }.compactMap(\.fields.author).map(\.compacted))
        return drafts.map { draft in
            guard draft.fields.authorIsOfSeal, let legend = draft.fields.author?.compacted else { return draft }
            let near = printed.contains(legend) ? [legend] : printed.filter { EditDistance.within(max(1, legend.count / 5), $0, legend) != nil }
            var draft = draft
            draft.fields.author = near.count == 1 ? String(near[0]) : nil
            draft.fields.authorIsOfSeal = near.count == 1
            return draft
        }
    }

    private static func witness(_ drafts: [DocumentDraft], _ reading: VolumeReading, _ titles: TitleKnowledge) -> PaperWitness? {
        let pages = drafts.filter { $0.segment.start.title?.role == .catalogue }.flatMap(\.segment.pages).compactMap { reading.readings[$0] }
        let rows = PaperCatalogue(pages).rows
        return rows.isEmpty ? nil : PaperWitness(rows, drafts, titles.index)
    }

    /// With the questions its own score asks.
    private static func asked(_ draft: DocumentDraft, _ reading: VolumeReading) -> DocumentDraft {
        var draft = draft
        let image = reading.image(draft.segment.pages[0])
        if draft.segment.start.isUnknown {
            draft.findings.insert(CatalogueFinding.unknownTitle(image: image), at: 0)
        } else if draft.score < Threshold.yes {
            draft.findings.insert(CatalogueFinding.doubtfulStart(image: image, title: draft.segment.start.shown, score: draft.score), at: 0)
        }
        if let given = draft.segment.given, given.shown != draft.segment.start.shown, given.title?.code != draft.segment.start.title?.code {
            draft.findings.append(CatalogueFinding.otherTitleOnSheet(image: image, sheet: given.shown, page: draft.segment.start.shown))
        }
        draft.findings += doubtfulFields(draft).map { CatalogueFinding.doubtfulField(image: image, $0) }
        draft.findings += [reading.names.doubt(draft, image: image)].compactMap { $0 }
        return draft
    }

    /// What neither page nor list told: organs date what they issue, and a number has whole brackets.
    private static func doubtfulFields(_ draft: DocumentDraft) -> [String] {
        guard let title = draft.segment.start.title, title.role.carriesFolio else { return [] }
        let isOfOrgan = [.police, .procuratorate, .court].contains(title.issuer)
        let number = draft.fields.number.flatMap { DocumentNumberReader.isWhole($0) ? nil : "its 文号 was read as “\($0)”" }
        return [isOfOrgan && draft.fields.date == nil ? "its 日期 was not found" : nil, number].compactMap { $0 }
    }

    // MARK: Result

    var catalogue: VolumeCatalogue {
        VolumeCatalogue(
            number: reading.volume.number, kind: VolumeKindVote.kind(of: reading, drafts.map(\.segment)), isLate: reading.volume.isLate,
            documents: documents(), paperRows: witness.map { .init(rows: $0.rows.count, matched: $0.matched) },
            pages: pages(), findings: [VolumeKindVote.doubt(of: reading, drafts.map(\.segment))].compactMap { $0 } + folios.findings + unplacedRows + lostEdits, observations: observations())
    }

    private func observations() -> [FactObservation] {
        let names = NameIndex(NameLexicon.known(in: reading))
        return drafts.enumerated().flatMap { at, draft in
            FactFinder(draft, volume: reading.volume.number, document: at + 1, folios: folios.numbers, names: names).observations(reading)
        }
    }

    private func documents() -> [VolumeCatalogue.Document] {
        let names = NameLexicon(reading)
        return drafts.map { document($0, names) }
    }

    private func document(_ draft: DocumentDraft, _ names: NameLexicon) -> VolumeCatalogue.Document {
        VolumeCatalogue.Document(
            title: draft.fields.title, code: draft.segment.start.title?.code, documentNumber: draft.fields.number, author: draft.fields.author, date: draft.fields.date?.iso,
            firstFolio: draft.firstFolio.map(String.init), lastFolio: draft.lastFolio.map(String.init),
            firstImage: reading.image(draft.segment.pages.first!), lastImage: reading.image(draft.segment.pages.last!),
            score: draft.score, remark: draft.fields.remark, readings: FieldLocator(draft, reading, folios: folios.numbers).readings(persons: names))
    }

    private func pages() -> [VolumeCatalogue.Page] {
        var pages = reading.dispositions.enumerated().map { position, disposition in
            VolumeCatalogue.Page(
                image: reading.image(position), disposition: disposition, document: nil, folio: nil, stamp: reading.readings[position]?.layout.stamp,
                isStampedLeft: reading.readings[position]?.layout.isStampedLeft)
        }
        for (index, draft) in drafts.enumerated() {
            for position in draft.segment.pages { pages[position].document = index + 1 }
            pages[draft.segment.pages[0]].findings += draft.findings
            for doubt in draft.segment.doubtful {
                pages[doubt.position].findings.append(CatalogueFinding.doubtfulContinuation(image: reading.image(doubt.position), chance: doubt.chance))
            }
            if let (position, numbers, total) = draft.segment.missingMarks(reading) {
                pages[position].findings.append(CatalogueFinding.missingOfRun(image: reading.image(position), numbers: numbers, total: total))
            }
            for position in draft.segment.disordered { pages[position].findings.append(CatalogueFinding.pageOrder(image: reading.image(position))) }
        }
        for (position, row) in unansweredRows {
            guard let position else { continue }
            pages[position].findings.append(CatalogueFinding.rowWithoutDocument(row, image: reading.image(row.position), at: reading.image(position)))
        }
        for (position, number) in folios.numbers { pages[position].folio = String(number) }
        for (position, finding) in folios.pageFindings + folioEdits { pages[position].findings.append(finding) }
        return pages
    }

    private var unansweredRows: [(position: Int?, row: PaperCatalogue.Row)] { witness?.unanswered(folios.numbers) ?? [] }

    private var unplacedRows: [Finding] {
        unansweredRows.filter { $0.position == nil }.map { CatalogueFinding.rowWithoutDocument($0.row, image: reading.image($0.row.position), at: nil) }
    }
}

extension DocumentSegment {
    /// Pages at the end, or at the beginning, of “第 N 页 共 M 页” that are not there; what is missing between two is told as
    /// disorder. At least two pages have to agree on M.
    fileprivate func missingMarks(_ reading: VolumeReading) -> (position: Int, numbers: ClosedRange<Int>, total: Int)? {
        let marked = pages.compactMap { position in reading.readings[position]?.mark.map { (position: position, mark: $0) } }
        guard let first = marked.first, let last = marked.last, let total = last.mark.total, total > 1 else { return nil }
        guard marked.count(where: { $0.mark.total == total }) >= 2 else { return nil }
        if last.mark.number < total, last.position == pages.last { return (last.position, last.mark.number + 1...total, total) }
        if first.mark.number > 1, first.mark.number <= total, first.position == pages.first { return (first.position, 1...first.mark.number - 1, total) }
        return nil
    }
}
