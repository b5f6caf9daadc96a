/// Dots per inch, horizontally and vertically. Encoded as `[x, y]`.
public struct Resolution: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

extension Resolution: Codable {
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        self.init(x: try list.decode(Double.self), y: try list.decode(Double.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(x)
        try list.encode(y)
    }
}

/// What intake knows of one frame after decoding it.
public struct ScannedPage: Hashable, Sendable, Codable {
    /// Digest of the raw Netpbm form of the decoded frame (see `Raster`), before any turn.
    public var rasterDigest: SHA256Digest
    /// The same bytes by SM3; nil where a probe needs no digest.
    public var rasterSM3: SM3Digest?
    public var size: PixelSize
    public var mode: ColourMode
    /// As delivered; the settings' default where the file gives none (then with a finding).
    public var dpi: Resolution
    /// The turn the file itself asks for (TIFF Orientation, EXIF Orientation, PDF /Rotate), clockwise.
    /// Mirrored orientations are undone while decoding and noted as a finding.
    public var declaredTurn: QuarterTurn
    public var image: PageImage
    public var findings: [Finding]

    public init(
        rasterDigest: SHA256Digest, rasterSM3: SM3Digest? = nil, size: PixelSize, mode: ColourMode, dpi: Resolution, declaredTurn: QuarterTurn,
        image: PageImage, findings: [Finding]
    ) {
        self.rasterDigest = rasterDigest
        self.rasterSM3 = rasterSM3
        self.size = size
        self.mode = mode
        self.dpi = dpi
        self.declaredTurn = declaredTurn
        self.image = image
        self.findings = findings
    }
}

/// What became of a scanned image.
public enum Disposition: String, Codable, Sendable, CaseIterable {
    /// Delivered in a volume (a placeholder counts: it stands in the volume and carries a finding).
    case page
    /// Nothing on it; kept in the store.
    case blank
    /// A separator sheet; kept in the store.
    case separator
    /// Refused with a finding; kept in the store.
    case rejected
}

/// A page after orientation, straightening and the blank decision. No pixel has been changed.
public struct CleanPage: Hashable, Sendable, Codable {
    public var geometry: PageGeometry
    public var disposition: Disposition
    /// How sure the disposition is, 0…1.
    public var score: Double
    public var findings: [Finding]
    /// How well it was scanned.
    public var measures: PageMeasures?

    public init(geometry: PageGeometry, disposition: Disposition, score: Double, findings: [Finding], measures: PageMeasures? = nil) {
        self.geometry = geometry
        self.disposition = disposition
        self.score = score
        self.findings = findings
        self.measures = measures
    }
}

/// One line of text as it was read, in reading order. Coordinates are pixels of the upright, straightened page.
public struct RecognisedLine: Hashable, Sendable, Codable {
    /// As read; never normalised.
    public var text: String
    public var quad: Quad
    /// 0…1.
    public var confidence: Double
    /// For each `Character` of `text` its start and end along the line, 0 at the left edge of `quad`, 1 at the right: `[start₀, end₀, start₁, …]`.
    public var characterSpans: [Double]
    /// Characters that were not read with certainty, in the order of the text.
    public var doubts: [CharacterDoubt]
    /// nil for a line that stands in no ruled table.
    public var cell: TableCell?

    public init(
        text: String, quad: Quad, confidence: Double, characterSpans: [Double], doubts: [CharacterDoubt] = [], cell: TableCell? = nil
    ) {
        self.text = text
        self.quad = quad
        self.confidence = confidence
        self.characterSpans = characterSpans
        self.doubts = doubts
        self.cell = cell
    }
}

/// The cell of a ruled table on a page.
public struct TableCell: Hashable, Sendable, Codable {
    /// Tells the tables of a page apart.
    public var table: Int
    /// 0-based, in the grid that all rules of the table make.
    public var row: Int
    public var column: Int
    /// Rows and columns of the grid that it takes, at least 1.
    public var rowSpan: Int
    public var columnSpan: Int

    public init(table: Int, row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1) {
        self.table = table
        self.row = row
        self.column = column
        self.rowSpan = rowSpan
        self.columnSpan = columnSpan
    }
}

/// A page with its text.
public struct RecognisedPage: Hashable, Sendable, Codable {
    /// Name, version and model of the engine, as in `EngineIdentity.description`.
    public var engine: String
    public var lines: [RecognisedLine]
    public var findings: [Finding]
    /// Round official seals in red, from the top. Their legends are in no line.
    public var seals: [SealReading]

    public init(engine: String, lines: [RecognisedLine], findings: [Finding], seals: [SealReading] = []) {
        self.engine = engine
        self.lines = lines
        self.findings = findings
        self.seals = seals
    }
}

/// Organs press red; banks, hospitals and companies blue, too.
public enum SealColour: String, Hashable, Sendable, Codable, CaseIterable {
    case red, blue
}

/// A round official seal on a page.
public struct SealReading: Hashable, Sendable, Codable {
    /// Pixels of the scanned image.
    public var box: PixelRect
    /// Of its ink.
    public var colour: SealColour
    /// The legend along the rim as it was read, clockwise; nil, and left out, where it was not.
    public var legend: String?
    /// Of the legend, 0…1.
    public var confidence: Double?

    public init(box: PixelRect, colour: SealColour = .red, legend: String? = nil, confidence: Double? = nil) {
        self.box = box
        self.colour = colour
        self.legend = legend
        self.confidence = confidence?.published(decimals: 4)
    }

    /// Records of earlier versions know red seals only.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        box = try container.decode(PixelRect.self, forKey: .box)
        colour = try container.decodeIfPresent(SealColour.self, forKey: .colour) ?? .red
        legend = try container.decodeIfPresent(String.self, forKey: .legend)
        confidence = try container.decodeIfPresent(Double.self, forKey: .confidence)
    }
}
