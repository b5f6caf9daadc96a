internal import DossierModel

/// A document as its pages tell it, before anybody else is heard.
struct DocumentDraft {
    var segment: DocumentSegment
    var fields: DocumentFields
    var firstFolio: Int?
    var lastFolio: Int?
    var score: Double
    /// For the first page.
    var findings: [Finding] = []

    var carriesFolio: Bool { segment.carriesFolio }
}

/// What the paper catalogue of a volume says of its documents: where both agree a document is surer, where they do not a
/// person is asked, with both sides shown. Neither is trusted alone.
struct PaperWitness {
    let rows: [PaperCatalogue.Row]
    /// Per row, the draft it lists.
    let matches: [Int?]
    private let titles: TitleIndex

    private enum Limits {
        /// A list with fewer rows, or a smaller share of rows found, says nothing of documents it does not hold.
        static let rows = 3
        static let trusted = 0.6
    }

    init(_ rows: [PaperCatalogue.Row], _ drafts: [DocumentDraft], _ titles: TitleIndex) {
        self.rows = rows
        self.titles = titles
        matches = Self.matches(rows, drafts, titles)
    }

    var matched: Int { matches.count { $0 != nil } }
    var isTrusted: Bool { rows.count >= Limits.rows && Double(matched) >= Double(rows.count) * Limits.trusted }

    // MARK: Matching

    /// Rows and documents both run in binding order; a row is found by its page number, or by its title further on.
    private static func matches(_ rows: [PaperCatalogue.Row], _ drafts: [DocumentDraft], _ titles: TitleIndex) -> [Int?] {
        var byFolio: [Int: Int] = [:]
        var byTitle: [Glyphs: [Int]] = [:]
        for (index, draft) in drafts.enumerated() where draft.carriesFolio {
            if let folio = draft.firstFolio, byFolio[folio] == nil { byFolio[folio] = index }
            byTitle[TitleIndex.key(draft.fields.title.compacted), default: []].append(index)
        }
        var taken: Set<Int> = []
        var last = -1
        return rows.map { row in
            let atFolio = row.firstFolio.flatMap { byFolio[$0] }.flatMap { taken.contains($0) ? nil : $0 }
            let withTitle = byTitle[TitleIndex.key(row.title)]?.first { $0 > last && !taken.contains($0) }
            let best = [atFolio, withTitle].compactMap { $0 }
                .map { (index: $0, worth: worth(row, drafts[$0], titles)) }.max { $0.worth < $1.worth }
            guard let best, best.worth >= 2 else { return nil }
            taken.insert(best.index)
            last = max(last, best.index)
            return best.index
        }
    }

    private static func worth(_ row: PaperCatalogue.Row, _ draft: DocumentDraft, _ titles: TitleIndex) -> Double {
        var worth = 0.0
        if row.firstFolio != nil, row.firstFolio == draft.firstFolio { worth += 2 }
        worth += agree(row.title, draft, titles) ? 2 : 0
        if row.date != nil, row.date == draft.fields.date { worth += 0.75 }
        if row.number != nil, row.number == draft.fields.number { worth += 1.5 }
        return worth
    }

    /// The same title but for a slip of the engine.
    private static func agree(_ printed: Glyphs, _ draft: DocumentDraft, _ titles: TitleIndex) -> Bool {
        let (a, b) = (TitleIndex.key(printed), TitleIndex.key(draft.fields.title.compacted))
        if a == b { return true }
        if let known = titles.match(printed), let title = draft.segment.start.title, title.role == .ordinary, !title.isIdentification {
            return known.name.shown == draft.fields.title
        }
        return EditDistance.within(max(1, min(a.count, b.count) / 5), a, b) != nil
    }

    // MARK: Where documents begin

    /// Whether the list says that a document begins at this page number; nil where it cannot tell.
    func lists(_ folio: Int) -> Bool? {
        guard isTrusted else { return nil }
        let place = rows.lastIndex { ($0.firstFolio ?? .max) <= folio }
        guard let place, let first = rows[place].firstFolio else { return nil }
        if first == folio { return true }
        if let last = rows[place].lastFolio, folio <= last { return false }
        // The last row may stand for more pages than it says, and a row of which the number was lost may be meant.
        return rows.indices.contains(place + 1) && rows[place + 1].firstFolio != nil ? false : nil
    }

    // MARK: Hearing

    /// The drafts with what the list adds, raises and puts in question.
    func heard(_ drafts: [DocumentDraft], _ reading: VolumeReading) -> [DocumentDraft] {
        var drafts = drafts
        for (row, match) in zip(rows, matches) {
            guard let match else { continue }
            hear(row, of: &drafts[match], reading)
        }
        guard isTrusted else { return drafts }
        let listed = Set(matches.compactMap(\.self))
        for at in drafts.indices where drafts[at].carriesFolio && !listed.contains(at) {
            drafts[at].findings.append(CatalogueFinding.unlisted(image: reading.image(drafts[at].segment.pages[0]), title: drafts[at].fields.title))
        }
        return drafts
    }

    private func hear(_ row: PaperCatalogue.Row, of draft: inout DocumentDraft, _ reading: VolumeReading) {
        var heard = Hearing()
        let agrees = Self.agree(row.title, draft, titles)
        hearTitle(row, agrees, &draft, &heard, reading)
        // A row that is another document's by its title lends nothing.
        if agrees || draft.fields.origins[.title] == .paper {
            hearDate(row, &draft, &heard)
            hearNumber(row, &draft, &heard)
        }
        if agrees {
            hearAuthor(row, &draft, &heard)
            hearRemark(row, &draft, &heard)
        }
        if let folio = row.firstFolio, let own = draft.firstFolio, folio != own {
            heard.differ("页号", page: "\(own)", paper: "\(folio)")
        }
        draft.findings += heard.findings(image: reading.image(draft.segment.pages[0]))
        if agrees, row.firstFolio == draft.firstFolio { draft.score = max(draft.score, 0.9) }
    }

    /// What page and list say differently, by what becomes of it.
    private struct Hearing {
        /// A person has to say which is right.
        private var asked: [CatalogueFinding.Difference] = []
        /// The same but for look-alikes: the page's reading stays.
        private var alike: [CatalogueFinding.Difference] = []
        /// The page had no reading to rely on: the list's was taken.
        private var taken: [CatalogueFinding.Difference] = []

        mutating func differ(_ what: String, page: String?, paper: String) { asked.append(.init(what: what, page: page, paper: paper)) }
        mutating func agree(_ what: String, page: String, paper: String) { alike.append(.init(what: what, page: page, paper: paper)) }
        mutating func take(_ what: String, page: String?, paper: String) { taken.append(.init(what: what, page: page ?? "–", paper: paper)) }

        func findings(image: Int) -> [Finding] {
            (asked.isEmpty ? [] : [CatalogueFinding.paperDiffers(image: image, asked)])
                + (alike.isEmpty ? [] : [CatalogueFinding.paperAlike(image: image, alike)])
                + (taken.isEmpty ? [] : [CatalogueFinding.paperTaken(image: image, taken)])
        }
    }

    private func hearTitle(_ row: PaperCatalogue.Row, _ agrees: Bool, _ draft: inout DocumentDraft, _ heard: inout Hearing, _ reading: VolumeReading) {
        if let title = betterTitle(row, draft, reading) {
            heard.take("题名", page: draft.fields.title, paper: title)
            (draft.fields.title, draft.fields.origins[.title]) = (title, .paper)
        } else if !agrees || namesAnother(row, draft), row.title.count >= 2 {
            if isAlike(row, draft, reading) { return heard.agree("题名", page: draft.fields.title, paper: row.shown) }
            let read = draft.segment.start.isUnknown ? nil : draft.fields.title
            if read == nil { takeTitle(row, &draft) }
            heard.differ("题名", page: read, paper: row.shown)
        }
    }

    private func hearDate(_ row: PaperCatalogue.Row, _ draft: inout DocumentDraft, _ heard: inout Hearing) {
        guard let date = row.date, date != draft.fields.date else { return }
        if let own = draft.fields.date, draft.fields.dateIsSure { return heard.differ("日期", page: own.iso, paper: date.iso) }
        heard.take("日期", page: draft.fields.date?.iso, paper: date.iso)
        (draft.fields.date, draft.fields.origins[.date]) = (date, .paper)
    }

    private func hearNumber(_ row: PaperCatalogue.Row, _ draft: inout DocumentDraft, _ heard: inout Hearing) {
        guard let number = row.number, number != draft.fields.number else { return }
        if let own = draft.fields.number, DocumentNumberReader.isWhole(own) || !DocumentNumberReader.isWhole(number) {
            // Another reading by the same engine bears out neither; only marks and widths are no difference.
            return LookAlike.differsInMarks(own, number) ? heard.agree("文号", page: own, paper: number) : heard.differ("文号", page: own, paper: number)
        }
        heard.take("文号", page: draft.fields.number, paper: number)
        (draft.fields.number, draft.fields.origins[.documentNumber]) = (number, .paper)
    }

    /// What issued a document, as the list ends such names: a form that names nobody is known by the list alone.
    private static let issuerEnds = ["局", "院", "所", "队", "公司", "中心", "医院", "银行", "支行", "委员会"].map(\.compacted)

    private func hearAuthor(_ row: PaperCatalogue.Row, _ draft: inout DocumentDraft, _ heard: inout Hearing) {
        // A list in print is surer than the rim of a seal.
        guard draft.fields.author == nil || draft.fields.authorIsOfSeal else { return }
        // The list may shorten the name that the seal gives in full.
        if let sealed = draft.fields.author?.compacted, sealed.ends(with: row.author) { return }
        guard row.author.count >= 4, row.author.allSatisfy(\.isHan), Self.issuerEnds.contains(where: row.author.ends(with:)) else { return }
        heard.take("责任者", page: draft.fields.author, paper: String(row.author))
        (draft.fields.author, draft.fields.origins[.author], draft.fields.authorIsOfSeal) = (String(row.author), .paper, false)
    }

    /// That a paper is damaged or a disc enclosed often stands in the list alone.
    private func hearRemark(_ row: PaperCatalogue.Row, _ draft: inout DocumentDraft, _ heard: inout Hearing) {
        let parts = row.remark.split { "、，,；;".unicodeScalars.contains($0) }.compactMap { DocumentRemark(Array($0), isOfList: true) }
        guard draft.fields.remark == nil, let remark = DocumentRemark.text(parts) else { return }
        heard.take("备注", page: nil, paper: remark)
        (draft.fields.remark, draft.fields.origins[.remark]) = (remark, .paper)
    }

    /// Page and list name the same but for look-alikes, and what no engine read bears out the page: a party of the case for a
    /// person, the title table for a title.
    private func isAlike(_ row: PaperCatalogue.Row, _ draft: DocumentDraft, _ reading: VolumeReading) -> Bool {
        guard LookAlike.same(draft.fields.title, row.shown) else { return false }
        guard let person = draft.fields.author?.compacted, draft.fields.title.compacted.starts(with: person) else {
            return LookAlike.differsInMarks(draft.fields.title, row.shown) || draft.segment.start.title?.names.contains(draft.fields.title) == true
        }
        return reading.names.isParty(person)
    }

    /// A statement is called after a person; one character more or less is another person.
    private func namesAnother(_ row: PaperCatalogue.Row, _ draft: DocumentDraft) -> Bool {
        guard let title = draft.segment.start.title, title.isCalledAfterPerson else { return false }
        return row.title != draft.fields.title.compacted
    }

    /// A title nobody could read on the page is that of the list, and asked.
    private func takeTitle(_ row: PaperCatalogue.Row, _ draft: inout DocumentDraft) {
        let match = titles.match(row.title)
        draft.segment.start = DocumentStart(title: match?.name.title, shown: match?.name.shown ?? row.shown, score: 0.7)
        (draft.fields.title, draft.fields.origins[.title]) = (match?.name.shown ?? row.shown, .paper)
        draft.score = 0.7
    }

    /// For statements: the list's title where the page's lacks the person or the time, or names the person with a slip that
    /// the rest of the document puts right.
    private func betterTitle(_ row: PaperCatalogue.Row, _ draft: DocumentDraft, _ reading: VolumeReading) -> String? {
        guard let title = draft.segment.start.title, title.isCalledAfterPerson, !row.title.isEmpty else { return nil }
        let shown = draft.segment.start.shown.compacted
        let own = draft.fields.title.compacted
        guard row.title != own, row.title.ends(with: shown) else { return nil }
        let (printed, read) = (StatementTitle.parts(row.title.dropLast(shown.count)), StatementTitle.parts(own.dropLast(shown.count)))
        guard read.time.isEmpty || printed.time == read.time else { return nil }
        if read.person.isEmpty || printed.person == read.person { return String(row.title) }
        // The list was read by the same engine: it puts no other name in the place of a party's.
        guard !reading.names.isParty(read.person) else { return nil }
        guard EditDistance.within(1, printed.person, read.person) != nil else { return nil }
        let text = draft.segment.pages.compactMap { reading.readings[$0]?.layout.rows.flatMap(\.glyphs) }
        let counts = [printed.person, read.person].map { name in text.reduce(0) { $0 + $1.count(of: name) } }
        return counts[0] > counts[1] ? String(row.title) : nil
    }

    /// Rows that no document answers to, each with the page of its number, where there is one.
    func unanswered(_ numbers: [Int: Int]) -> [(position: Int?, row: PaperCatalogue.Row)] {
        var positions: [Int: Int] = [:]
        for (position, number) in numbers { positions[number] = min(position, positions[number] ?? .max) }
        return zip(rows, matches).filter { $0.1 == nil }.map { (position: $0.0.firstFolio.flatMap { positions[$0] }, row: $0.0) }
    }
}

extension Array where Element == Unicode.Scalar {
    /// How often the word stands in the text.
    func count(of word: Glyphs) -> Int {
        var (count, start) = (0, 0)
        while !word.isEmpty, let at = position(of: word, from: start) {
            count += 1
            start = at + word.count
        }
        return count
    }
}
