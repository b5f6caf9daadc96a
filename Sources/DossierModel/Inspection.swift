/// 抽检: a sample of a published case that a person compares with the paper.
///
/// DA/T 31-2017 §12: by documents (件), at least 5 in 100; of the sample the catalogue agrees with the images everywhere,
/// everything else in at least 95 of 100.
public struct Inspection: Hashable, Sendable, Codable {
    public enum Subject: String, Hashable, Sendable, Codable {
        /// A row of the catalogue against the document: 题名, 文号, 责任者, 日期, 页号.
        case catalogue
        /// A page against the paper: complete, legible, upright, in order.
        case page
    }

    public struct Item: Hashable, Sendable, Codable {
        public var subject: Subject
        /// The page; of a row, the document's first.
        public var image: Int
        public var volume: Int
        public var folio: String?
        /// Of the document.
        public var title: String
        /// nil: nobody has looked yet.
        public var isRight: Bool?
        public var reason: String?
        public var by: String?
        /// ISO 8601.
        public var at: String?

        public init(subject: Subject, image: Int, volume: Int, folio: String?, title: String) {
            self.subject = subject
            self.image = image
            self.volume = volume
            self.folio = folio
            self.title = title
        }
    }

    /// What the sample was drawn with; the same case and seed give the same sample.
    public var seed: UInt64
    public var percent: Double
    /// SHA-256 of the case's manifest: what was inspected.
    public var manifest: SHA256Digest
    public var items: [Item]
    public var drawnBy: String
    /// ISO 8601.
    public var drawnAt: String
    public var signedBy: String?
    public var signedAt: String?
    /// How often a sample of this case had been drawn by then, this one counted; nil in records of earlier versions.
    public var draw: Int?

    public init(seed: UInt64, percent: Double, manifest: SHA256Digest, items: [Item], drawnBy: String, drawnAt: String) {
        self.seed = seed
        self.percent = percent
        self.manifest = manifest
        self.items = items
        self.drawnBy = drawnBy
        self.drawnAt = drawnAt
    }

    public enum Outcome: String, Sendable, Codable {
        /// Something has not been looked at.
        case open
        case passed
        case failed
    }

    /// Pages that may be wrong, in a hundred (DA/T 31-2017 §12.3).
    public static let mostWrongPages = 5.0

    public var outcome: Outcome {
        guard !items.isEmpty, items.allSatisfy({ $0.isRight != nil }) else { return .open }
        let pages = items.filter { $0.subject == .page }
        let wrong = pages.count { $0.isRight == false }
        let rowsAgree = items.allSatisfy { $0.subject == .page || $0.isRight == true }
        return rowsAgree && 100 * Double(wrong) <= Self.mostWrongPages * Double(pages.count) ? .passed : .failed
    }
}

extension Inspection {
    /// A sample of the documents of a case, at least one of every volume, with all their pages.
    ///
    /// - Parameters:
    ///   - percent: of the documents, rounded up; 100 takes all.
    ///   - wrappers: titles of what is bound around the documents: covers, the 卷内文件目录, docket sheets. They are none.
    public static func items(of index: CaseIndex, _ records: [PageRecord], percent: Double, seed: UInt64, wrappers: Set<String> = []) -> [Item] {
        var random = SplitMix64(seed: seed)
        return index.volumes.flatMap { volume -> [Item] in
            var volume = volume
            volume.documents.removeAll { wrappers.contains($0.title) }
            let count = Int((Double(volume.documents.count) * percent / 100).rounded(.up))
            var open = Array(volume.documents.indices)
            var drawn: [Int] = []
            while drawn.count < min(max(1, count), volume.documents.count) {
                drawn.append(open.remove(at: Int(random.next() % UInt64(open.count))))
            }
            return drawn.sorted().flatMap { items(of: volume.documents[$0], in: volume.number, records) }
        }
    }

    private static func items(of document: CaseIndex.Document, in volume: Int, _ records: [PageRecord]) -> [Item] {
        let row = Item(subject: .catalogue, image: document.firstImage, volume: volume, folio: document.firstFolio, title: document.title)
        let pages = records.filter { $0.volume == volume && $0.disposition == .page && (document.firstImage...max(document.firstImage, document.lastImage)).contains($0.image) }
        return [row] + pages.map { Item(subject: .page, image: $0.image, volume: volume, folio: $0.folio, title: document.title) }
    }
}
