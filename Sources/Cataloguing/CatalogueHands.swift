internal import DossierModel

/// Lays what people changed over what the machine found in one volume.
struct CatalogueHands {
    private let edits: CatalogueEdits
    private let reading: VolumeReading
    private let titles: TitleIndex
    private var volume: Int { reading.volume.number }

    init(_ edits: CatalogueEdits, _ reading: VolumeReading, _ titles: TitleIndex) {
        self.edits = CatalogueEdits(edits.list.filter { $0.volume == reading.volume.number })
        (self.reading, self.titles) = (reading, titles)
    }

    /// The leaves with what people said of where documents begin. A document given a title begins.
    func cut(_ leaves: [Segmenter.Leaf]) -> [Segmenter.Leaf] {
        guard !edits.list.isEmpty else { return leaves }
        return leaves.map { leaf in
            var leaf = leaf
            leaf.isStart = edits.last(volume, reading.image(leaf.page.position), [.start, .join, .title])?.change.begins ?? leaf.isStart
            return leaf
        }
    }

    /// The numbers people gave pages, by position; nil within it: the page carries none.
    var folios: [Int: Int?] {
        var given: [Int: Int?] = [:]
        for position in reading.readings.indices where reading.readings[position] != nil {
            guard let edit = folioEdit(at: position) else { continue }
            given[position] = .some(edit.value.flatMap(CatalogueEdit.folio))
        }
        return given
    }

    /// Says of each such page who gave the number.
    var folioFindings: [(position: Int, finding: Finding)] {
        folios.keys.sorted().compactMap { position in folioEdit(at: position).map { (position, CatalogueFinding.editedFolio($0)) } }
    }

    private func folioEdit(at position: Int) -> CatalogueEdit? {
        edits.list.isEmpty ? nil : edits.last(volume, reading.image(position), [.folio])
    }

    /// The documents with the fields people gave them, and a finding for every edit that found no document.
    func edited(_ drafts: [DocumentDraft]) -> ([DocumentDraft], lost: [Finding]) {
        guard !edits.list.isEmpty else { return (drafts, []) }
        let starts = Set(drafts.map { reading.image($0.segment.pages[0]) })
        let lost = edits.list.filter { $0.change.isOfDocument && !starts.contains($0.image) && edits.last(volume, $0.image, [.start, .join, .title])?.change != .join }
        return (drafts.map(edited), lost.map(CatalogueFinding.lostEdit))
    }

    /// Whom a title names whose documents are called after a person: that person is their author, as where the machine reads
    /// the title. nil for all others.
    ///
    /// Whoever writes a title may put other words there (补充, 证人李四). So only a name that the volume or the batch sheet knows
    /// counts, alone or behind a role, or one that mends a character of the author as read.
    private func person(namedIn title: String, insteadOf author: String?) -> String? {
        let glyphs = title.compacted
        guard let (match, before) = titles.suffixMatch(glyphs), match.name.title.isCalledAfterPerson else { return nil }
        let written = StatementTitle.parts(glyphs[..<before]).person
        let name = Self.roles.first(where: written.starts).map { Array(written.dropFirst($0.count)) } ?? written
        guard NameForm.fits(name) else { return nil }
        return NameLexicon.known(in: reading).contains(name) || Self.mends(name, author) ? String(name) : nil
    }

    /// What stands before a name in the title of a statement, longer words first.
    private static let roles = [
        "未成年被害人", "未成年证人", "犯罪嫌疑人", "违法行为人", "嫌疑人", "被告人", "被害人", "被讯问人", "被询问人", "报案人", "辨认人", "见证人", "证人",
    ].map(\.compacted)

    /// One character read wrongly: the name is otherwise that of the author.
    private static func mends(_ name: Glyphs, _ author: String?) -> Bool {
        guard let author = author?.compacted, NameForm.fits(author), author.count == name.count else { return false }
        return zip(name, author).count { $0 != $1 } <= 1
    }

    private func edited(_ draft: DocumentDraft) -> DocumentDraft {
        var draft = draft
        let image = reading.image(draft.segment.pages[0])
        let given = { (change: CatalogueEdit.Change) in edits.last(volume, image, [change]) }
        if let edit = given(.title), let title = edit.value {
            let match = titles.match(title.compacted)
            let isKnown = match.map { $0.name.shown == title } ?? false
            draft.segment.start = DocumentStart(title: isKnown || draft.segment.start.isUnknown ? match?.name.title : draft.segment.start.title, shown: title, score: 1)
            draft.fields.title = title
            draft.fields.origins[.title] = .hand
            if let person = person(namedIn: title, insteadOf: draft.fields.author) { (draft.fields.author, draft.fields.authorIsOfSeal, draft.fields.origins[.author]) = (person, false, .hand) }
        }
        if let edit = given(.number) { (draft.fields.number, draft.fields.origins[.documentNumber]) = (edit.value, .hand) }
        if let edit = given(.author) { (draft.fields.author, draft.fields.origins[.author]) = (edit.value, .hand) }
        if let edit = given(.date) {
            draft.fields.date = edit.value.flatMap { DateReader.standalone($0.compacted) }
            (draft.fields.dateIsSure, draft.fields.origins[.date]) = (true, .hand)
        }
        if let edit = given(.remark) { (draft.fields.remark, draft.fields.origins[.remark]) = (edit.value, .hand) }
        let made = edits.list.filter { $0.image == image && $0.change != .join && $0.change != .folio }
        guard let latest = made.last else { return draft }
        // A person has answered what the machine asked about these fields, and nothing else.
        let answered = Set(made.flatMap(\.change.answers))
        draft.findings.removeAll { answered.contains($0.id) }
        draft.findings.append(CatalogueFinding.edited(latest))
        if made.contains(where: { $0.change.begins == true }) { draft.score = 1 }
        return draft
    }
}

extension CatalogueEdit.Change {
    /// nil for what says nothing of where a document begins.
    var begins: Bool? {
        switch self {
        case .start, .title: true
        case .join: false
        default: nil
        }
    }

    /// Ids of findings that need nobody any more.
    var answers: Set<String> {
        switch self {
        case .start, .join: ["document.start.ask", "document.continuation.ask"]
        case .title: ["separator.title.ask", "document.start.ask", "document.continuation.ask", "document.title.unknown", "document.person.ask", "catalogue.paper.ask"]
        case .number, .date: ["document.field.ask", "catalogue.paper.ask"]
        case .author: ["catalogue.paper.ask"]
        case .remark, .folio: []
        }
    }

    /// It is about the document that begins on its image.
    var isOfDocument: Bool { ![.start, .join, .folio].contains(self) }
}
