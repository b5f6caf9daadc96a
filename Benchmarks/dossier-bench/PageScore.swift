import DossierModel

/// What became of the images: sorted out, turned, straightened, numbered.
struct PageScore {
    private(set) var pages = Share()
    private(set) var blanks = Share()
    private(set) var separators = Share()
    private(set) var turns = Share()
    private(set) var skews = Share()
    private(set) var folios = Share()
    /// Largest difference between true and corrected skew, degrees.
    private(set) var worstSkew = 0.0
    private(set) var complaints: [String] = []

    /// Wrong ones among those looked at.
    struct Share {
        var wrong = 0
        var all = 0
        var text: String { "\(wrong) of \(all)" }
    }

    private static let skewAllowed = 0.2

    init(_ truth: Truth, records: [PageRecord]) {
        for (expected, found) in zip(truth.images, records) { compare(expected, found) }
    }

    private mutating func compare(_ expected: Truth.Image, _ found: PageRecord) {
        let isRight = expected.disposition == found.disposition
        switch expected.disposition {
        case .page: count(\.pages, isRight, found, "a written page became \(found.disposition.rawValue)")
        case .blank: count(\.blanks, isRight, found, "a blank became \(found.disposition.rawValue)")
        case .separator: count(\.separators, isRight, found, "a separator became \(found.disposition.rawValue)")
        case .rejected: break
        }
        if expected.disposition == .page, isRight { comparePage(expected, found) }
    }

    private mutating func comparePage(_ expected: Truth.Image, _ found: PageRecord) {
        count(\.turns, expected.rotation == found.rotation, found, "turned by \(found.rotation.rawValue), not \(expected.rotation.rawValue)")
        count(\.folios, expected.folio == found.folio, found, "folio \(found.folio ?? "–"), not \(expected.folio ?? "–")")
        guard expected.rotation == found.rotation else { return }
        let difference = abs(expected.skew - found.skew)
        worstSkew = max(worstSkew, difference)
        count(\.skews, difference <= Self.skewAllowed, found, "skew \(found.skew)°, not \(Figure.short(expected.skew))°")
    }

    private mutating func count(_ share: WritableKeyPath<PageScore, Share>, _ isRight: Bool, _ found: PageRecord, _ complaint: String) {
        self[keyPath: share].all += 1
        guard !isRight else { return }
        self[keyPath: share].wrong += 1
        complaints.append("image \(found.image): \(complaint)")
    }
}
