/// How a document is printed. Copies are none of it: every counterpart is a page of the document.
public struct PrintOptions: Hashable, Sendable, Codable {
    public enum Sides: String, Hashable, Sendable, Codable {
        case oneSided = "one-sided"
        case twoSidedLongEdge = "two-sided-long-edge"
    }

    public var sides: Sides
    /// A PWG 5101.1 name.
    public var media: String
    /// Whose job it is; nil for the user of this process.
    public var user: String?
    /// Seconds until a job that neither ends nor fails is reported as it then is.
    public var timeout: Double
    /// Seconds to wait for a sign of life before a connection counts as lost.
    public var patience: Double

    public init(
        sides: Sides = .oneSided, media: String = "iso_a4_210x297mm", user: String? = nil, timeout: Double = 600, patience: Double = 15
    ) {
        self.sides = sides
        self.media = media
        self.user = user
        self.timeout = timeout
        self.patience = patience
    }
}
