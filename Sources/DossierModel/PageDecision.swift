/// What a person decided about a page or a finding, kept beside the machine's result: it holds again in every run.
public struct PageDecision: Hashable, Sendable, Codable {
    /// The page itself, however images are counted later.
    public struct Place: Hashable, Sendable, Codable {
        /// Of the scanner file.
        public var file: SHA256Digest
        /// 1-based.
        public var frame: Int

        public init(file: SHA256Digest, frame: Int) {
            self.file = file
            self.frame = frame
        }
    }

    public enum Change: String, Codable, Sendable, CaseIterable {
        /// A finding was looked at and is in order; `value` is its id.
        case accept
        /// `value` is the clockwise turn, degrees, that makes the scanned image upright.
        case turn
        /// Nothing is on the page; it is left out as blanks are.
        case blank
        /// Something is on the page; it is delivered.
        case written
        /// The page was scanned again; `other` takes its place, and it stays in the store.
        case replace
        /// The page comes behind `other`, whose volume becomes its own.
        case move
    }

    /// nil for a finding about a volume or the case.
    public var page: Place?
    /// `PageRecord.image` when the decision was made; tells pages apart whose scans are the same.
    public var image: Int?
    /// Of a finding about a volume.
    public var volume: Int?
    public var change: Change
    public var value: String?
    public var other: Place?
    /// Of `accept`: the finding's message, and what else tells it from others of the same id; `key` and `severity` are nil in
    /// logs of earlier versions, where the message alone tells.
    public var message: String?
    public var key: String?
    public var severity: Finding.Severity?
    /// Of `replace` and `move`: `PageRecord.image` of `other`.
    public var otherImage: Int?
    /// Why, in the person's words.
    public var reason: String?
    public var by: String
    /// ISO 8601.
    public var at: String

    public init(
        page: Place?, image: Int? = nil, volume: Int? = nil, change: Change, value: String? = nil, message: String? = nil, key: String? = nil,
        severity: Finding.Severity? = nil, other: Place? = nil, otherImage: Int? = nil, reason: String? = nil, by: String, at: String
    ) {
        self.page = page
        self.image = image
        self.volume = volume
        self.change = change
        self.value = value
        self.other = other
        self.message = message
        self.key = key
        self.severity = severity
        self.otherImage = otherImage
        self.reason = reason
        self.by = by
        self.at = at
    }
}

extension Finding {
    /// Of the finding that tells what a person decided about a page.
    public static let decidedID = "page.decided"

    /// A file or frame that could not be had stays open until it was scanned again; whatever else asks, a person may answer.
    public var isAcceptable: Bool { !["file.", "folder.", "frame.", "worker."].contains { id.hasPrefix($0) } || severity < .block }
}

/// What a person said of a page before a worker reads it.
public struct PageHands: Hashable, Sendable, Codable {
    /// Makes the scanned image upright, clockwise; nil leaves it to the machine.
    public var rotation: QuarterTurn?
    /// `.page` or `.blank`; nil leaves it to the machine.
    public var disposition: Disposition?

    public init(rotation: QuarterTurn? = nil, disposition: Disposition? = nil) {
        self.rotation = rotation
        self.disposition = disposition
    }

    public var isEmpty: Bool { rotation == nil && disposition == nil }
}
