public import DossierModel

/// All that the sheets of a volume say about it.
public struct VolumeDescription: Hashable, Sendable, Codable {
    /// One row of the 卷内文件目录.
    public struct Entry: Hashable, Sendable, Codable {
        public var document: CaseIndex.Document
        /// 0-based place in the volume of the document's first page; nil when none of its pages is there.
        public var page: Int?

        public init(document: CaseIndex.Document, page: Int?) {
            self.document = document
            self.page = page
        }
    }

    /// What became of the images of the volume.
    public struct Counts: Hashable, Sendable, Codable {
        public var images = 0
        public var pages = 0
        /// Pages whose image could not be read, among `pages`.
        public var placeholders = 0
        public var blanks = 0
        public var separators = 0
        public var rejected = 0
        /// Pages shown turned, and pages shown straightened.
        public var turned = 0
        public var straightened = 0
        /// Pages shown as layers, with loss.
        public var layered = 0
        /// Placeholders, and pages of a PDF that were drawn because they are more than one image.
        public var drawn = 0
        /// How those were made.
        public var profile = ImageProfile.faithful

        public init() {}
    }

    /// Images alike in resolution and colour.
    public struct ScanGroup: Hashable, Sendable, Codable {
        /// Dots per inch; nil where the image could not be read.
        public var dpi: Resolution?
        public var mode: ColourMode?
        public var pages: Int

        public init(dpi: Resolution?, mode: ColourMode?, pages: Int) {
            self.dpi = dpi
            self.mode = mode
            self.pages = pages
        }
    }

    /// Findings of one kind.
    public struct Exception: Hashable, Sendable, Codable {
        public var severity: Finding.Severity
        /// In the operator's language.
        public var name: String
        /// Where, as page labels or image numbers; empty for the volume as a whole.
        public var places: [String]

        public init(severity: Finding.Severity, name: String, places: [String]) {
            self.severity = severity
            self.name = name
            self.places = places
        }
    }

    /// 院名 of the office that makes the volume; nil when the settings have none.
    public var organ: String?
    /// 案件编号
    public var caseNumber: String
    /// 案由
    public var cause: String?
    public var parties: [BatchSheet.Party]
    public var number: Int
    /// Volumes of the case.
    public var of: Int
    public var kind: VolumeKind
    /// Which part of a divided volume this is, and of how many.
    public var part: Part?
    public var entries: [Entry]
    public var counts: Counts
    public var scans: [ScanGroup]
    /// Most severe first.
    public var exceptions: [Exception]
    /// `EngineIdentity.description`.
    public var engine: String
    public var stages: [String]
    public var settings: SHA256Digest

    public struct Part: Hashable, Sendable, Codable {
        /// 1-based.
        public var number: Int
        public var of: Int

        public init(number: Int, of: Int) {
            self.number = number
            self.of = of
        }
    }

    public init(
        organ: String?, caseNumber: String, cause: String?, parties: [BatchSheet.Party], number: Int, of: Int, kind: VolumeKind,
        part: Part?, entries: [Entry], counts: Counts, scans: [ScanGroup], exceptions: [Exception], engine: String, stages: [String],
        settings: SHA256Digest
    ) {
        self.organ = organ
        self.caseNumber = caseNumber
        self.cause = cause
        self.parties = parties
        self.number = number
        self.of = of
        self.kind = kind
        self.part = part
        self.entries = entries
        self.counts = counts
        self.scans = scans
        self.exceptions = exceptions
        self.engine = engine
        self.stages = stages
        self.settings = settings
    }
}
