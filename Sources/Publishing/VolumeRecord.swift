public import DossierModel

/// What a volume's PDF carries about its own pages, so that it can be checked alone: where each page comes from and what
/// was done to it. A public contract (`Schemas/volume-record.schema.json`).
public struct VolumeRecord: Hashable, Sendable, Codable {
    public static let currentFormat = "dossier-volume/2"

    /// One scanned page.
    public struct Page: Hashable, Sendable, Codable {
        public var bound: CaseFile.BoundPage
        /// Path of the scanner's file in its batch, its SHA-256, and the frame in it, from 1.
        public var file: String
        public var fileSHA256: SHA256Digest
        public var frame: Int
        /// nil where no pixel could be decoded.
        public var rasterSHA256: SHA256Digest?
        /// Clockwise, degrees; how the page is shown.
        public var rotation: QuarterTurn
        /// Degrees, clockwise positive; by how much it is straightened.
        public var skew: Double
        /// 页号
        public var folio: String?
    }

    public var format: String
    /// 案件编号
    public var `case`: String
    public var number: Int
    /// File name.
    public var pdf: String
    public var pages: [Page]
    /// SHA-256 of the canonical forms of the sheets before and after the pages.
    public var front: [SHA256Digest]
    public var back: [SHA256Digest]
    /// Of that of all that belongs to no page.
    public var binding: SHA256Digest?
    /// Over the pages; stands on the docket sheet.
    public var root: SHA256Digest

    /// - Parameter volume: one whose pages are in the file's records.
    public init(_ volume: CaseFile.BoundVolume, of file: CaseFile) {
        let records = Dictionary(file.records.map { ($0.image, $0) }) { first, _ in first }
        format = Self.currentFormat
        `case` = file.caseNumber
        number = volume.number
        pdf = volume.pdf
        pages = volume.pages.compactMap { bound in records[bound.image].map { Page(bound, $0) } }
        front = volume.front
        back = volume.back
        binding = volume.binding
        root = file.hashRoot(of: volume)
    }

    public var bytes: [UInt8] { CanonicalJSON.line(self) }

    /// The root that the pages have, calculated again.
    public var recalculatedRoot: SHA256Digest { Merkle.root(pages.map(\.statement)) }

    /// As it is bound.
    public var volume: CaseFile.BoundVolume {
        CaseFile.BoundVolume(number: number, pdf: pdf, pages: pages.map(\.bound), front: front, back: back, binding: binding)
    }
}

extension VolumeRecord.Page {
    init(_ bound: CaseFile.BoundPage, _ record: PageRecord) {
        self.bound = bound
        file = record.file
        fileSHA256 = record.fileSHA256
        frame = record.frame
        rasterSHA256 = record.rasterSHA256
        rotation = record.rotation
        skew = record.skew.published(decimals: 3)
        folio = record.folio
    }
}
