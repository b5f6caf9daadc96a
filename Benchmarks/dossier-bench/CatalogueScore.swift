import DossierModel

/// The catalogue against the truth: where documents begin, and the fields of those that were found, exact to the character.
struct CatalogueScore {
    private(set) var truePositives = 0
    private(set) var falsePositives = 0
    private(set) var falseNegatives = 0
    /// Field name, wrong ones, in the order of the catalogue's columns.
    private(set) var fields: [(name: String, share: PageScore.Share)] = []
    private(set) var complaints: [String] = []

    private typealias Found = CaseIndex.Document
    private static let compared: [(name: String, truth: @Sendable (Truth.Document) -> String?, found: @Sendable (CaseIndex.Document) -> String?)] = [
        ("document numbers", { $0.documentNumber }, { $0.documentNumber }), ("authors", { $0.author }, { $0.author }),
        ("titles", { $0.title }, { $0.title }), ("dates", { $0.date }, { $0.date }),
        ("folio ranges", { range($0.firstFolio, $0.lastFolio) }, { range($0.firstFolio, $0.lastFolio) }),
    ]

    init(_ truth: Truth, index: CaseIndex) {
        var found: [Int: CaseIndex.Document] = [:]
        for document in index.volumes.flatMap(\.documents) { found[document.firstImage] = document }
        fields = Self.compared.map { ($0.name, PageScore.Share()) }
        for expected in truth.documents {
            guard let match = found.removeValue(forKey: expected.firstImage) else {
                falseNegatives += 1
                complaints.append("image \(expected.firstImage): “\(expected.title)” begins here, not found")
                continue
            }
            truePositives += 1
            compare(expected, match)
        }
        falsePositives = found.count
        complaints += found.values.sorted { $0.firstImage < $1.firstImage }.map { "image \($0.firstImage): “\($0.title)” does not begin here" }
    }

    private mutating func compare(_ expected: Truth.Document, _ match: CaseIndex.Document) {
        for (at, field) in Self.compared.enumerated() {
            fields[at].share.all += 1
            let (wanted, got) = (field.truth(expected), field.found(match))
            guard wanted != got else { continue }
            fields[at].share.wrong += 1
            complaints.append("image \(expected.firstImage) “\(expected.title)”, \(field.name): \(got ?? "–"), not \(wanted ?? "–")")
        }
    }

    private static func range(_ first: String?, _ last: String?) -> String { "\(first ?? "–")…\(last ?? "–")" }

    var precision: Double { Double(truePositives) / Double(max(1, truePositives + falsePositives)) }
    var recall: Double { Double(truePositives) / Double(max(1, truePositives + falseNegatives)) }
    var f1: Double { 2 * precision * recall / max(1e-9, precision + recall) }
}
