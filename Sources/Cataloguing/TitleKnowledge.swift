/// The titles documents of a criminal file may have, as data: those of `Knowledge/titles.yaml`, with what an office
/// adds or changes.
public struct TitleKnowledge: Sendable {
    /// In the order of the file; what an office adds comes last.
    public let titles: [DocumentTitle]
    let index: TitleIndex

    /// Without an office's own.
    public static let standard: TitleKnowledge = {
        do { return try TitleKnowledge(TitleSheet(shippedText)) } catch { fatalError("titles.yaml of this build is damaged:\n\(error)") }
    }()

    /// The file this build carries, as a model for an office's own.
    public static var shippedText: String { ShippedText.named("titles") }

    private init(_ sheet: TitleSheet) throws(SheetMistakes) {
        guard sheet.mistakes.isEmpty else { throw SheetMistakes(sheet.mistakes) }
        self.init(titles: sheet.entries.map(\.title))
    }

    private init(titles: [DocumentTitle]) {
        self.titles = titles
        index = TitleIndex(titles)
    }

    /// The standard titles with those of an office's file: one with a known code takes its place, any other is added.
    ///
    /// #### Errors
    /// Every mistake of the file, with line and remedy.
    public static func standard(with office: String) throws(SheetMistakes) -> TitleKnowledge {
        let sheet = TitleSheet(office, over: standard.titles)
        guard sheet.mistakes.isEmpty else { throw SheetMistakes(sheet.mistakes) }
        let own = Dictionary(sheet.entries.map { ($0.title.code, $0.title) }, uniquingKeysWith: { first, _ in first })
        let known = Set(standard.titles.map(\.code))
        return TitleKnowledge(
            titles: standard.titles.map { own[$0.code] ?? $0 } + sheet.entries.map(\.title).filter { !known.contains($0.code) })
    }

    /// Cover, catalogue, docket sheet or back cover: pages of a volume that are none of its documents.
    public func isFrontMatter(_ title: String) -> Bool {
        index.match(title.compacted).map { !$0.name.title.role.carriesFolio && $0.name.shown == title } ?? false
    }

    /// The code of a title that is called so, or that has this code; nil for none.
    public func code(named text: String) -> String? {
        titles.first { $0.code == text.uppercased() || $0.names.contains(text) }?.code
    }

    /// The document a separator sheet opens: by code, by name, or in words no title has.
    func start(named text: String) -> DocumentStart {
        let score = 0.95
        if let title = titles.first(where: { $0.code == text.uppercased() }) {
            return DocumentStart(title: title, shown: title.names[0], score: score)
        }
        guard let match = index.match(text.compacted), match.rivals.isEmpty else { return DocumentStart(title: nil, shown: text, score: score) }
        return DocumentStart(title: match.name.title, shown: match.name.shown, score: score)
    }

    /// The first title with this role.
    func title(_ role: DocumentTitle.Role) -> DocumentTitle? { titles.first { $0.role == role } }
}
