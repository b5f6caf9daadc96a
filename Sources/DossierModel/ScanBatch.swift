/// One file as the scanner left it.
public struct ScannerFile: Hashable, Sendable, Codable {
    /// Path relative to the batch folder, `/` between parts.
    public var name: String
    public var digest: SHA256Digest
    public var byteCount: Int

    public init(name: String, digest: SHA256Digest, byteCount: Int) {
        self.name = name
        self.digest = digest
        self.byteCount = byteCount
    }
}

/// Everything of one delivery, in scan order.
public struct ScanBatch: Hashable, Sendable, Codable {
    public var sheet: BatchSheet
    public var files: [ScannerFile]

    public init(sheet: BatchSheet, files: [ScannerFile]) {
        self.sheet = sheet
        self.files = files
    }
}

/// What `batch.yaml` says about a delivery.
public struct BatchSheet: Hashable, Sendable, Codable {
    public struct Party: Hashable, Sendable, Codable {
        public var name: String
        /// As in the field: 犯罪嫌疑人, 被告人, 被害人, 辩护人 …
        public var role: String?

        public init(name: String, role: String? = nil) {
            self.name = name
            self.role = role
        }
    }

    public struct Volume: Hashable, Sendable, Codable {
        public var number: Int
        /// Left open, it is told from the documents inside.
        public var kind: VolumeKind?
        /// Path patterns (`*` within one path part, `**` across parts) of the scanner files of this volume.
        public var files: [String]
        /// Numbered pages that the volume has on paper, as counted when it was handed over.
        public var pages: Int?

        public init(number: Int, kind: VolumeKind? = nil, files: [String], pages: Int? = nil) {
            self.number = number
            self.kind = kind
            self.files = files
            self.pages = pages
        }
    }

    /// 案件编号.
    public var caseNumber: String
    /// 案由.
    public var cause: String?
    public var parties: [Party]
    public var volumes: [Volume]
    /// Both sides of every sheet were scanned, blank ones too; nil where nobody says.
    public var duplex: Bool?
    /// Images that the scanning room counted; nil where nobody did.
    public var expectedImages: Int?

    public init(
        caseNumber: String, cause: String? = nil, parties: [Party] = [], volumes: [Volume] = [], duplex: Bool? = nil, expectedImages: Int? = nil
    ) {
        self.caseNumber = caseNumber
        self.cause = cause
        self.parties = parties
        self.volumes = volumes
        self.duplex = duplex
        self.expectedImages = expectedImages
    }
}

/// 卷的种类.
public enum VolumeKind: String, Codable, Sendable, CaseIterable {
    /// 诉讼文书卷
    case proceedings
    /// 证据卷
    case evidence
    /// 补充侦查卷
    case supplementary
    /// 检察卷
    case procuratorial
    /// 检察内卷: never leaves the house.
    case `internal`
    /// 卷外材料
    case loose

    public var chineseName: String {
        switch self {
        case .proceedings: "诉讼文书卷"
        case .evidence: "证据卷"
        case .supplementary: "补充侦查卷"
        case .procuratorial: "检察卷"
        case .internal: "检察内卷"
        case .loose: "卷外材料"
        }
    }
}

/// What a quick look into a scanner file finds: its frames, without decoding pixels.
public struct FileSurvey: Hashable, Sendable, Codable {
    /// `tiff`, `png`, `jpeg`, `pdf`, or `unknown`.
    public var format: String
    public var frames: [FrameSurvey]
    /// About the file as a whole; a file that gives no frame has at least one of severity `block`.
    public var findings: [Finding]

    public init(format: String, frames: [FrameSurvey], findings: [Finding] = []) {
        self.format = format
        self.frames = frames
        self.findings = findings
    }
}

/// One image inside a scanner file.
public struct FrameSurvey: Hashable, Sendable, Codable {
    /// 1-based position in the file (TIFF directory, PDF page).
    public var frame: Int
    /// Pixels, as declared; nil when even that cannot be read.
    public var size: PixelSize?

    public init(frame: Int, size: PixelSize?) {
        self.frame = frame
        self.size = size
    }
}
