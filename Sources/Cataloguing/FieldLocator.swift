internal import DossierModel

/// Finds where on its pages each field of a document was read.
struct FieldLocator {
    private let draft: DocumentDraft
    private let pages: [PageReading]
    /// Page numbers by position in the volume.
    private let folios: [Int: Int]

    /// How sure a value is that the pages do not hold in one line, or that the paper catalogue alone gives.
    private static let elsewhere = 0.5
    /// A seal may also be that of who received the paper.
    private static let sealed = 0.7

    init(_ draft: DocumentDraft, _ reading: VolumeReading, folios: [Int: Int]) {
        self.draft = draft
        self.folios = folios
        pages = draft.segment.pages.compactMap { reading.readings[$0] }
    }

    func readings(persons lexicon: NameLexicon) -> [FieldReading] {
        let fields = draft.fields
        var found = [title()]
        if let number = fields.number { found.append(reading(.documentNumber, number, row { DocumentNumberReader.isIn($0, number) })) }
        if let author = fields.author { found.append(self.author(author)) }
        if let date = fields.date {
            let row = row(fromFoot: true) { row in DateReader.dates(in: row.glyphs).contains { $0.date == date } }
            found.append(reading(.date, date.iso, row, sureness: fields.dateIsSure ? 1 : 0.6))
        }
        for name in lexicon.subjects(of: pages, ofMeasure: CoerciveMeasure.isOrdered(by: draft.segment.start.title?.code)) { found.append(reading(.person, name, row { $0.glyphs.holds(name.compacted) })) }
        if let folio = draft.firstFolio { found.append(stamped(.firstFolio, folio, pages.first { folios[$0.position] == folio })) }
        if let folio = draft.lastFolio { found.append(stamped(.lastFolio, folio, pages.last { folios[$0.position] == folio })) }
        return found + remarks()
    }

    /// In print, else along the rim of a seal.
    private func author(_ name: String) -> FieldReading {
        let sealed = pages.reversed().lazy.compactMap { page in page.layout.legends.first.map { (page, $0) } }.first
        guard draft.fields.authorIsOfSeal, let (page, seal) = sealed else { return reading(.author, name, row { $0.glyphs.holds(name.compacted) }) }
        return FieldReading(field: .author, value: name, image: page.layout.image, box: seal.box, text: seal.text, score: seal.confidence * Self.sealed)
    }

    /// The number at the corner; nowhere for one that was counted or follows from its neighbours.
    private func stamped(_ field: FieldReading.Field, _ folio: Int, _ page: PageReading?) -> FieldReading {
        guard let page, page.layout.stamp == folio, let line = page.layout.stampLine else { return reading(field, "\(folio)", nil) }
        return reading(field, "\(folio)", (page, LaidOutRow([line])))
    }

    /// Each with the first row that says so.
    private func remarks() -> [FieldReading] {
        guard let remark = draft.fields.remark else { return [] }
        if draft.fields.origins[.remark] != nil { return [reading(.remark, remark, nil)] }
        return DocumentRemark.listed(pages.flatMap { $0.layout.rows.compactMap { DocumentRemark($0.glyphs) } }).compactMap { mark in
            row { DocumentRemark($0.glyphs) == mark }.map { reading(.remark, mark.shown, $0) }
        }
    }

    private func title() -> FieldReading {
        let origin = draft.fields.origins[.title] ?? .page
        let page = origin == .hand ? nil : pages.first
        let rows = page?.heading.map { heading in heading.rows.compactMap { page!.layout.rows.indices.contains($0) ? page!.layout.rows[$0] : nil } } ?? []
        return FieldReading(
            field: .title, value: draft.fields.title, image: rows.isEmpty ? nil : page?.layout.image, box: rows.isEmpty ? nil : Self.box(rows),
            text: rows.isEmpty ? nil : rows.map(\.text).joined(separator: " "), origin: origin,
            score: origin == .hand ? 1 : draft.score)
    }

    private typealias Place = (page: PageReading, row: LaidOutRow)

    private func row(fromFoot: Bool = false, where holds: @escaping (LaidOutRow) -> Bool) -> Place? {
        let isRecord = draft.segment.start.title?.isRecord(as: draft.segment.start.shown) ?? false
        guard fromFoot, !isRecord else {
            return pages.lazy.compactMap { page in page.layout.rows.first(where: holds).map { (page, $0) } }.first
        }
        return pages.reversed().lazy.compactMap { page in page.layout.rows.last(where: holds).map { (page, $0) } }.first
    }

    private func reading(_ field: FieldReading.Field, _ value: String, _ place: Place?, sureness: Double = 1) -> FieldReading {
        let origin = draft.fields.origins[field] ?? .page
        guard let place, origin != .hand else {
            return FieldReading(field: field, value: value, image: nil, box: nil, text: nil, origin: origin, score: origin == .hand ? 1 : Self.elsewhere)
        }
        let confidence = place.row.cells.map(\.confidence).min() ?? 0
        return FieldReading(
            field: field, value: value, image: place.page.layout.image, box: Self.box([place.row]), text: place.row.text, origin: origin, score: confidence * sureness)
    }

    private static func box(_ rows: [LaidOutRow]) -> PixelRect {
        let left = rows.map(\.left).min()!, right = rows.map(\.right).max()!
        let top = rows.map(\.top).min()!, bottom = rows.map(\.bottom).max()!
        return PixelRect(x: Int(left), y: Int(top), width: Int((right - left).rounded(.up)), height: Int((bottom - top).rounded(.up)))
    }
}

extension DocumentNumberReader {
    static func isIn(_ row: LaidOutRow, _ number: String) -> Bool {
        self.number(in: row.glyphs) == number || row.cells.contains { self.number(in: $0.glyphs) == number }
    }
}

/// The names a volume gives in the fields of its forms. Running text does not tell where a name ends; a name known
/// from a form does.
struct NameLexicon {
    private let names: NameIndex
    private static let fieldLabels = ["犯罪嫌疑人姓名", "犯罪嫌疑人", "被告人", "被害人", "姓名", "被鉴定人", "受送达人", "被取保候审人"].map(\.compacted)
    private static let suspectRoles = ["犯罪嫌疑人", "被告人", "姓名", "被拘留人", "被逮捕人", "被取保候审人", "被监视居住人", "被拘传人"].map(\.compacted)
    private static let roles = suspectRoles + ["被害人", "证人", "违法行为人", "被鉴定人", "患者姓名"].map(\.compacted)

    init(_ reading: VolumeReading) { names = NameIndex(Self.known(in: reading)) }

    /// The parties of the case, and every name in a field of a form.
    static func known(in reading: VolumeReading) -> Set<Glyphs> {
        reading.readings.reduce(into: Set(reading.parties.map(\.compacted).filter { !$0.isEmpty })) { names, page in
            if let page { names.formUnion(Self.names(on: page)) }
        }
    }

    /// Names in the fields of one page.
    static func names(on page: PageReading) -> Set<Glyphs> {
        var names: Set<Glyphs> = []
        if let person = page.statement?.person { names.insert(person.compacted) }
        for row in page.layout.rows where row.cells.count >= 2 {
            for (label, value) in zip(row.cells, row.cells.dropFirst()) where fieldLabels.contains(label.glyphs) {
                names.formUnion(value.glyphs.split { "、，,".unicodeScalars.contains($0) }.map(Array.init).filter(NameForm.fits))
            }
        }
        return names
    }

    /// Whom a document is about: the person asked, and on its first page known names behind a word for a party or before
    /// the particulars of the person (张三（性别男…, 张三，男，). A coercive measure is about no victim and no witness.
    func subjects(of pages: [PageReading], ofMeasure: Bool) -> [String] {
        guard let first = pages.first else { return [] }
        let text = PageText(first.layout)
        let roles = ofMeasure ? Self.suspectRoles : Self.roles
        let named = names.places(in: text).filter { Self.isSubject($0.name, at: $0.at, in: text, roles) }.map { String($0.name) }
        return ((first.statement?.person.map { [$0] } ?? []) + named).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func isSubject(_ name: Glyphs, at place: Int, in text: PageText, _ roles: [Glyphs]) -> Bool {
        let before = text.glyphs[max(0, place - 9)..<place].filter { !":：".unicodeScalars.contains($0) }
        if roles.contains(where: before.ends) { return true }
        let after = text.glyphs[(place + name.count)...]
        guard let mark = after.first, "（(，,".unicodeScalars.contains(mark) else { return false }
        return after.dropFirst().starts(with: "性别".unicodeScalars) || (after.dropFirst().first.map { $0 == "男" || $0 == "女" } ?? false)
    }
}
