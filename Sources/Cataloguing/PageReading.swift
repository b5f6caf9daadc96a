internal import DossierModel

/// Everything one page says about documents, before its neighbours are asked.
struct PageReading {
    /// Position in the volume's list of images.
    let position: Int
    let layout: PageLayout
    let mark: PrintedPageMark?
    let heading: Heading?
    let statement: StatementHeader?
    let isSeparator: Bool
    let ends: PageEnds
    /// The document this page begins, if it begins one, judged by the page alone.
    private(set) var start: DocumentStart?
    let hasCatalogueHead: Bool
    private let knowledge: TitleKnowledge

    init(_ page: CataloguePage, at position: Int, _ knowledge: TitleKnowledge) {
        self.knowledge = knowledge
        self.position = position
        layout = PageLayout(page)
        mark = PrintedPageMark.read(layout)
        statement = StatementHeader.read(layout)
        isSeparator = page.disposition == .separator || SeparatorSheet.isOne(layout)
        hasCatalogueHead = FormFields.isCatalogueHead(layout)
        ends = PageEnds(layout)
        heading = HeadingFinder(layout, statement: statement, index: knowledge.index).best()
        start = foundStart
    }

    /// Mostly rows of several cells.
    var isTable: Bool {
        let rows = layout.rows.count { $0.cells.count >= 3 }
        return rows >= 2 && rows * 2 >= layout.rows.count
    }

    /// The number of a table's first numbered row; a table that goes on from the page before begins above 1.
    var firstRowNumber: Int? {
        layout.rows.lazy.filter { $0.cells.count >= 3 }.compactMap { Numeral.value($0.cells[0].glyphs) }.first
    }

    /// The N of “本卷共 N 页”, as covers and docket sheets say it.
    var statedPages: Int? {
        layout.rows.lazy.compactMap { row in
            guard let at = row.glyphs.position(of: "本卷共".compacted, from: 0) else { return nil }
            let rest = row.glyphs[(at + 3)...].prefix(8)
            guard let end = rest.firstIndex(where: { $0 == "页" || $0 == "頁" }) else { return nil }
            return Numeral.value(rest[..<end])
        }.first
    }

    /// The N of 第N次, in the heading or on a short line below it.
    var ordinal: Int? {
        heading?.ordinal ?? layout.rows.prefix(6).lazy.filter { $0.glyphs.count <= 12 }.compactMap { HeadingText.ordinal(in: $0.glyphs) }.first
    }

    private var foundStart: DocumentStart? {
        if let known = knownHeading, known.score >= Threshold.yes { return known }
        if hasCatalogueHead { return form(.catalogue) }
        if FormFields.isCover(layout) { return form(.cover) }
        if FormFields.isDocketSheet(layout) { return form(.docketSheet) }
        return statementStart ?? knownHeading ?? heading.map(DocumentStart.init)
    }

    private var knownHeading: DocumentStart? { heading?.title == nil ? nil : heading.map(DocumentStart.init) }

    private var statementStart: DocumentStart? {
        guard let statement, let name = knowledge.index.match(statement.title.compacted)?.name else { return nil }
        return DocumentStart(title: name.title, shown: name.shown, score: statement.isSure ? 0.82 : 0.6)
    }

    /// A form told by its fields where the heading cannot be read; of its names the one nearest to what was read on top.
    private func form(_ role: DocumentTitle.Role) -> DocumentStart? {
        let top = layout.rows.first?.glyphs ?? []
        return knowledge.title(role).map { title in
            let near = title.names.compactMap { name in EditDistance.within(name.count / 2, name.compacted, top).map { (name: name, distance: $0) } }
            return DocumentStart(title: title, shown: near.min { $0.distance < $1.distance }?.name ?? title.names[0], score: 0.85)
        }
    }
}

/// The beginning of a document.
struct DocumentStart: Hashable {
    /// nil: not one of the titles we know.
    var title: DocumentTitle?
    var shown: String
    var score: Double

    /// The name of a document whose title could not be read.
    static let unknownTitle = "未识别文书"
    static let unknown = DocumentStart(title: nil, shown: unknownTitle, score: 0.2)

    var isUnknown: Bool { shown == Self.unknownTitle }

    func atMost(_ limit: Double) -> DocumentStart {
        DocumentStart(title: title, shown: shown, score: min(score, limit))
    }
}

extension DocumentStart {
    init(_ heading: Heading) { self.init(title: heading.title, shown: heading.shown, score: heading.score) }
}
