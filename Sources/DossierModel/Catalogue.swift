/// One page as the catalogue stage sees it: text and layout, no pixels.
public struct CataloguePage: Hashable, Sendable, Codable {
    /// `PageRecord.image`.
    public var image: Int
    /// Size of the upright page, pixels.
    public var size: PixelSize
    public var dpi: Resolution
    public var disposition: Disposition
    /// In upright coordinates, reading order. Empty for blanks, separators and placeholders.
    public var lines: [RecognisedLine]
    /// Of a separator sheet: it opens the document after it. Of a page: a code on it says that a document begins there.
    public var opening: DocumentOpening?
    public var seals: [Seal]

    /// A round official seal.
    public struct Seal: Hashable, Sendable, Codable {
        /// Upright coordinates.
        public var quad: Quad
        public var colour: SealColour
        /// As read; nil where it was not.
        public var legend: String?
        /// Of the legend, 0…1.
        public var confidence: Double

        public init(quad: Quad, colour: SealColour = .red, legend: String? = nil, confidence: Double = 0) {
            self.quad = quad
            self.colour = colour
            self.legend = legend
            self.confidence = confidence
        }

        public init(_ reading: SealReading, on geometry: PageGeometry) {
            self.init(quad: geometry.uprightQuad(ofSource: reading.box), colour: reading.colour, legend: reading.legend, confidence: reading.confidence ?? 0)
        }
    }

    public init(
        image: Int, size: PixelSize, dpi: Resolution, disposition: Disposition, lines: [RecognisedLine], opening: DocumentOpening? = nil,
        seals: [Seal] = []
    ) {
        self.image = image
        self.size = size
        self.dpi = dpi
        self.disposition = disposition
        self.lines = lines
        self.opening = opening
        self.seals = seals
    }
}

/// That an operator opened a document, and what it was to be called.
public struct DocumentOpening: Hashable, Sendable, Codable {
    /// Code or name of a title; nil leaves it to the page.
    public var title: String?

    public init(title: String?) { self.title = title }
}

/// What cuts the pages of a volume besides their text and the sheets between them.
public struct CuttingRule: Hashable, Sendable, Codable {
    /// A document begins after every blank page.
    public var blanks: Bool
    /// A document begins after so many pages; 0: pages are not counted.
    public var everyPages: Int

    public static let none = CuttingRule(blanks: false, everyPages: 0)

    public init(blanks: Bool, everyPages: Int) {
        self.blanks = blanks
        self.everyPages = everyPages
    }
}

/// The images of one volume, in scan order: what the catalogue stage takes in.
public struct CatalogueVolume: Hashable, Sendable, Codable {
    public var number: Int
    /// Given by the batch sheet, or nil.
    public var kind: VolumeKind?
    /// Of a delivery that came after the case was made: what came back after 退查, what the police send on.
    public var isLate: Bool
    /// All images of the volume, including blanks and separators.
    public var pages: [CataloguePage]
    public var cutting: CuttingRule

    public init(number: Int, kind: VolumeKind?, isLate: Bool = false, pages: [CataloguePage], cutting: CuttingRule = .none) {
        self.number = number
        self.kind = kind
        self.isLate = isLate
        self.pages = pages
        self.cutting = cutting
    }
}

/// What the catalogue stage says of one volume.
public struct VolumeCatalogue: Hashable, Sendable, Codable {
    public struct Document: Hashable, Sendable, Codable {
        public var title: String
        /// Which title it is, `A009`; nil for titles not known.
        public var code: String?
        public var documentNumber: String?
        public var author: String?
        /// ISO 8601.
        public var date: String?
        public var firstFolio: String?
        public var lastFolio: String?
        public var firstImage: Int
        public var lastImage: Int
        public var score: Double
        public var remark: String?
        /// Where each field was read, in the order of the columns.
        public var readings: [FieldReading]

        public init(
            title: String, code: String? = nil, documentNumber: String? = nil, author: String? = nil, date: String? = nil,
            firstFolio: String? = nil, lastFolio: String? = nil, firstImage: Int, lastImage: Int, score: Double,
            remark: String? = nil, readings: [FieldReading] = []
        ) {
            self.title = title
            self.code = code
            self.documentNumber = documentNumber
            self.author = author
            self.date = date
            self.firstFolio = firstFolio
            self.lastFolio = lastFolio
            self.firstImage = firstImage
            self.lastImage = lastImage
            self.score = score
            self.remark = remark
            self.readings = readings
        }
    }

    /// What the stage says of one delivered page.
    public struct Page: Hashable, Sendable, Codable {
        public var image: Int
        /// `.page`, or `.separator` when the text shows a separator sheet.
        public var disposition: Disposition
        /// 1-based index into `documents`; nil for separators and blanks.
        public var document: Int?
        public var folio: String?
        public var findings: [Finding]
        /// The number read at an upper corner of the sheet, whatever number the page was given; nil where none was read.
        public var stamp: Int?
        /// It stands at the upper left, as on backs; nil without a stamp.
        public var isStampedLeft: Bool?

        public init(
            image: Int, disposition: Disposition, document: Int?, folio: String?, findings: [Finding] = [], stamp: Int? = nil, isStampedLeft: Bool? = nil
        ) {
            self.image = image
            self.disposition = disposition
            self.document = document
            self.folio = folio
            self.findings = findings
            self.stamp = stamp
            self.isStampedLeft = isStampedLeft
        }
    }

    /// How far the 卷内文件目录 bound into the volume agrees with its pages.
    public struct PaperRows: Hashable, Sendable, Codable {
        /// Rows read.
        public var rows: Int
        /// Rows that a document of the volume answers to.
        public var matched: Int

        public init(rows: Int, matched: Int) {
            self.rows = rows
            self.matched = matched
        }
    }

    public var number: Int
    public var kind: VolumeKind
    /// As in `CatalogueVolume`.
    public var isLate: Bool
    public var documents: [Document]
    /// nil without a catalogue on paper.
    public var paperRows: PaperRows?
    /// One entry for every page of the input volume, same order.
    public var pages: [Page]
    /// About the volume as a whole.
    public var findings: [Finding]
    /// What the pages say of persons, charge and money, in scan order.
    public var observations: [FactObservation]

    public init(
        number: Int, kind: VolumeKind, isLate: Bool = false, documents: [Document], paperRows: PaperRows? = nil, pages: [Page], findings: [Finding] = [],
        observations: [FactObservation] = []
    ) {
        self.number = number
        self.kind = kind
        self.isLate = isLate
        self.documents = documents
        self.paperRows = paperRows
        self.pages = pages
        self.findings = findings
        self.observations = observations
    }
}
