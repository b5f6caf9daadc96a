public import DossierModel

/// What became of the images that came in: *images = pages + blanks + separators + rejected*.
public struct Reconciliation: Hashable, Sendable, Codable {
    /// Counted from the delivered files, not from the records.
    public var images: Int
    public var pages: Int
    public var blanks: Int
    public var separators: Int
    public var rejected: Int
    /// Pages whose pixels could not be had; they are among `pages`.
    public var placeholders: Int

    public init(images: Int, records: some Sequence<PageRecord>) {
        self.images = images
        (pages, blanks, separators, rejected, placeholders) = (0, 0, 0, 0, 0)
        for record in records { count(record) }
    }

    public var addsUp: Bool { images == accountedFor }

    /// Images of which the records say what became of them.
    public var accountedFor: Int { pages + blanks + separators + rejected }

    private mutating func count(_ record: PageRecord) {
        switch record.disposition {
        case .page: pages += 1
        case .blank: blanks += 1
        case .separator: separators += 1
        case .rejected: rejected += 1
        }
        if record.isPlaceholder { placeholders += 1 }
    }
}
