/// One line of `pages.jsonl`: everything that is known of one scanned image. A public contract
/// (`Schemas/pages.schema.json`); an absent value is written as `null`, never left out (but for `Line.advances`, `Line.doubts`,
/// `quality` and `marks`).
public struct PageRecord: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public var text: String
        /// Pixels of the source image.
        public var box: PixelRect
        public var confidence: Double
        /// Where the characters stand along the line (`CharacterPlaces`); nil where the engine does not say, or an
        /// earlier version did not ask. The one key that is left out then, so that what was published before stays
        /// as it was spelled.
        public var advances: [Int]?
        /// Characters that were not read with certainty; nil, and left out, where there is none.
        public var doubts: [CharacterDoubt]?

        public init(text: String, box: PixelRect, confidence: Double, advances: [Int]? = nil, doubts: [CharacterDoubt]? = nil) {
            self.text = text
            self.box = box
            self.confidence = confidence
            self.advances = advances
            self.doubts = doubts
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(text, forKey: .text)
            try container.encode(box, forKey: .box)
            try container.encode(confidence.published(decimals: 4), forKey: .confidence)
            try container.encodeIfPresent(advances, forKey: .advances)
            try container.encodeIfPresent(doubts, forKey: .doubts)
        }
    }

    /// A code that steered how the scans were cut.
    public struct Mark: Hashable, Sendable, Codable {
        /// What it opened.
        public var opens: SeparatorOrder.Kind
        public var symbology: Barcode.Symbology
        /// As read.
        public var payload: String

        public init(_ mark: SeparatorMark) {
            (opens, symbology, payload) = (mark.order.kind, mark.symbology, mark.payload)
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
    /// How well it was scanned; nil, and left out, where no pixel could be decoded or an earlier version did not measure.
    public var quality: PageMeasures?
    /// What separator sheet or sticker said; nil on every other page, and then left out, as `Line.advances`.
    public var marks: [Mark]?
    /// Round official seals in red or blue; nil on a page without any, and then left out, as `Line.advances`.
    public var seals: [SealReading]?

    public init(
        image: Int, file: String, frame: Int, fileSHA256: SHA256Digest, rasterSHA256: SHA256Digest?,
        disposition: Disposition, score: Double, rotation: QuarterTurn, skew: Double, dpi: Resolution?,
        size: PixelSize?, mode: ColourMode?, volume: Int?, document: Int?, folio: String?, lines: [Line], findings: [Finding],
        quality: PageMeasures? = nil, marks: [Mark]? = nil, seals: [SealReading]? = nil
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
        self.quality = quality
        self.marks = marks
        self.seals = seals
    }

    /// Writes every key but `quality`, `marks` and `seals` where there are none; numbers are cut to what they mean: scores 4 decimals, degrees and dots per inch 3.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try encodeOrigin(into: &container)
        try encodeGeometry(into: &container)
        try encodePlace(into: &container)
        try container.encode(lines, forKey: .lines)
        try container.encode(findings, forKey: .findings)
        try container.encodeIfPresent(quality, forKey: .quality)
        try container.encodeIfPresent(marks, forKey: .marks)
        try container.encodeIfPresent(seals, forKey: .seals)
    }

    private func encodeOrigin(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(image, forKey: .image)
        try container.encode(file, forKey: .file)
        try container.encode(frame, forKey: .frame)
        try container.encode(fileSHA256, forKey: .fileSHA256)
        try container.encode(rasterSHA256, forKey: .rasterSHA256)
    }

    private func encodeGeometry(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(rotation, forKey: .rotation)
        try container.encode(skew.published(decimals: 3), forKey: .skew)
        try container.encode(dpi.map { [$0.x.published(decimals: 3), $0.y.published(decimals: 3)] }, forKey: .dpi)
        try container.encode(size, forKey: .size)
        try container.encode(mode, forKey: .mode)
    }

    private func encodePlace(into container: inout KeyedEncodingContainer<CodingKeys>) throws {
        try container.encode(disposition, forKey: .disposition)
        try container.encode(score.published(decimals: 4), forKey: .score)
        try container.encode(volume, forKey: .volume)
        try container.encode(document, forKey: .document)
        try container.encode(folio, forKey: .folio)
    }
}

extension PageRecord {
    /// A page whose pixels could not be had: it stands in its volume in the place of the original.
    public var isPlaceholder: Bool { disposition == .page && rasterSHA256 == nil }
}

extension Double {
    /// The number as it is published: the nearest with so many decimals, never `-0`, and 0 for what is not finite
    /// (JSON has no such number, RFC 8259 §6, and one bad figure must not keep a case from being published).
    package func published(decimals: Int) -> Double {
        guard isFinite else { return 0 }
        let unit: Double = [1, 10, 100, 1000, 10_000][decimals]
        let scaled = self * unit
        return scaled.isFinite ? scaled.rounded() / unit + 0 : self
    }
}
