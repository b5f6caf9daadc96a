/// Something a person should know about an image, a document or a run. A bad page is a finding, not an exception.
public struct Finding: Hashable, Sendable, Codable {
    public enum Severity: String, Codable, Sendable, Comparable {
        /// For the record.
        case note
        /// Look at it before the case leaves the house.
        case warn
        /// Something of the original is not in the product.
        case block

        private var rank: Int { self == .note ? 0 : self == .warn ? 1 : 2 }
        public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    }

    /// Stable, dotted, lower case: `file.encrypted`, `frame.truncated`, `page.orientation.unsure`.
    public var id: String
    public var severity: Severity
    /// What is wrong, in one sentence that names the file and frame where that matters.
    public var message: String
    /// What to do about it.
    public var remedy: String
    /// What it is about, where a place may have several of its id or the same question may come up anew about something
    /// else: numbers, names, the rule. Words and measures are no part of it. Left out elsewhere.
    public var subject: String?
    /// How sure it is, 0…1, where that was measured; left out elsewhere.
    public var score: Double?
    /// Where on the image it is, pixels of the source, where it has a place; left out elsewhere.
    public var box: PixelRect?

    public init(id: String, severity: Severity, message: String, remedy: String, subject: String? = nil, score: Double? = nil, box: PixelRect? = nil) {
        self.id = id
        self.severity = severity
        self.message = message
        self.remedy = remedy
        self.subject = subject
        self.score = score?.published(decimals: 4)
        self.box = box
    }
}

extension Finding {
    /// The same for the same question about the same place, however it is worded.
    public var key: String { subject.map { "\(id) \($0)" } ?? id }
}

/// An automatic decision: yes, no, or a person has to say.
public enum Verdict: String, Codable, Sendable {
    case yes, no, ask
}
