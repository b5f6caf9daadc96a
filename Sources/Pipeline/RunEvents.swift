public import DossierModel

/// The stages as an operator sees them.
public enum RunStage: String, Sendable, CaseIterable, Codable {
    case intake, survey, pages, catalogue, assemble, publish
}

/// What a run tells while it works.
public enum RunEvent: Sendable {
    case started(RunStage, total: Int)
    case advanced(RunStage, done: Int, total: Int)
    case finished(RunStage, total: Int)
    /// For the operator's eyes, not an error.
    case notice(String)
}

/// What a run did: the machine-readable result of `dossier run`.
public struct RunSummary: Sendable, Codable, Equatable {
    public struct Findings: Sendable, Codable, Equatable {
        public var block = 0
        public var warn = 0
        public var note = 0
    }

    /// 案件编号
    public var `case`: String
    /// Folder that holds the dossier.
    public var folder: String
    public var images: Int
    public var pages: Int
    public var blanks: Int
    public var separators: Int
    public var rejected: Int
    public var placeholders: Int
    public var documents: Int
    public var findings: Findings
    public var volumes: [String]
    /// `EngineIdentity.name`.
    public var engine: String
    /// Images that had to be read in this run; the others were known already.
    public var imagesRead: Int
    public var bytesIn: Int
    public var bytesOut: Int
    public var seconds: Double
    /// What lay in the delivery, may be scans, and could not be taken.
    public var untaken: [Finding] = []
}
