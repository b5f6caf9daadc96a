public import DossierModel

/// `truth.json`: what is really on every generated image. The measure for recognition, cleaning and cataloguing.
/// An absent value (a blank page has no document, a cover no 页号) is left out.
public struct CaseTruth: Hashable, Sendable, Codable {
    /// 案件编号, as in the batch sheet.
    public var `case`: String
    /// 案由
    public var cause: String
    public var seed: UInt64
    /// In scan order over the whole batch.
    public var images: [Image]
    public var documents: [Document]

    public struct Image: Hashable, Sendable, Codable {
        /// 1-based, in scan order over the whole batch.
        public var image: Int
        /// Path relative to the batch folder.
        public var file: String
        /// 1-based within the file.
        public var frame: Int
        public var disposition: Disposition
        /// The clockwise turn that makes the image upright (as `PageRecord.rotation`).
        public var rotation: QuarterTurn
        /// Tilt of the text after `rotation`, degrees, clockwise positive (as `PageGeometry.skew`).
        public var skew: Double
        public var dpi: Resolution
        /// Of the scanned image, before any turn.
        public var size: PixelSize
        public var mode: ColourMode
        public var volume: Int
        /// 1-based position in the volume's catalogue of documents; nil for blanks and separators.
        public var document: Int?
        /// 页号 as stamped; nil where there is none.
        public var folio: String?
        /// Printed text in reading order, the stamped folio first. Text in seals is not here but in `marks`.
        public var lines: [Line]
        public var marks: [MarkTruth]
        /// What makes the page hard: `blurred`, `cleaned`, `dark`, `edges`, `faint`, `holes`, `noisy`, `showThrough`, `skewed`, `turned`.
        public var flags: [String]
    }

    public struct Line: Hashable, Sendable, Codable {
        public var text: String
        /// The smallest upright rectangle around the ink, pixels of the scanned image.
        public var box: PixelRect
    }

    /// A seal, fingerprint or signature.
    public struct MarkTruth: Hashable, Sendable, Codable {
        /// `seal`, `fingerprint` or `signature`.
        public var kind: String
        /// The organ on a seal.
        public var text: String?
        /// Pixels of the scanned image.
        public var box: PixelRect
    }

    public struct Document: Hashable, Sendable, Codable {
        public var volume: Int
        /// 1-based within the volume; the cover is the first.
        public var document: Int
        /// 题名
        public var title: String
        /// 文号
        public var documentNumber: String?
        /// 责任者
        public var author: String?
        /// ISO 8601.
        public var date: String?
        /// Scan-order numbers.
        public var firstImage: Int
        public var lastImage: Int
        public var firstFolio: String?
        public var lastFolio: String?
    }
}
