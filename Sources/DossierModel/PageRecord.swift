/// One line of `pages.jsonl`: everything that is known of one scanned image. A public contract
/// (`Schemas/pages.schema.json`); an absent value is written as `null`, never left out.
public struct PageRecord: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public var text: String
        /// Pixels of the source image.
        public var box: PixelRect
        public var confidence: Double

        public init(text: String, box: PixelRect, confidence: Double) {
            self.text = text
            self.box = box
            self.confidence = confidence
        }
    }

    /// 1-based, in scan order over the whole batch.
    public var image: Int
    public var file: String
    /// 1-based within the file.
    public var frame: Int
    public var fileSHA256: SHA256Digest
    /// nil when no pixel could be decoded.
    public var rasterSHA256: SHA256Digest?
    public var disposition: Disposition
    public var score: Double
    /// Clockwise, degrees.
    public var rotation: QuarterTurn
    /// Degrees, clockwise positive.
    public var skew: Double
    public var dpi: Resolution?
    public var size: PixelSize?
    public var mode: ColourMode?
    /// Volume number; nil when the image is in none.
    public var volume: Int?
    /// 1-based position of the document in its volume's catalogue; nil when in none.
    public var document: Int?
    /// 页号; nil for pages that carry none (cover, catalogue, docket sheet).
    public var folio: String?
    public var lines: [Line]
    public var findings: [Finding]

    public init(
        image: Int, file: String, frame: Int, fileSHA256: SHA256Digest, rasterSHA256: SHA256Digest?,
        disposition: Disposition, score: Double, rotation: QuarterTurn, skew: Double, dpi: Resolution?,
        size: PixelSize?, mode: ColourMode?, volume: Int?, document: Int?, folio: String?, lines: [Line], findings: [Finding]
    ) {
        self.image = image
        self.file = file
        self.frame = frame
        self.fileSHA256 = fileSHA256
        self.rasterSHA256 = rasterSHA256
        self.disposition = disposition
        self.score = score
        self.rotation = rotation
        self.skew = skew
        self.dpi = dpi
        self.size = size
        self.mode = mode
        self.volume = volume
        self.document = document
        self.folio = folio
        self.lines = lines
        self.findings = findings
    }
}
