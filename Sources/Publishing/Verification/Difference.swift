/// One way in which a stored case is not what its manifest says.
public struct Difference: Hashable, Sendable, Codable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Named, but not there.
        case missing
        /// There, but with other bytes.
        case changed
        /// There, but not named.
        case extra
        /// There, but it cannot be read.
        case unreadable
        /// Two texts, or a text and its own numbers, say different things.
        case disagrees
    }

    public var kind: Kind
    /// The file, and the place in it.
    public var subject: String
    /// What is different, in plain words.
    public var message: String

    public init(_ kind: Kind, _ subject: String, _ message: String) {
        self.kind = kind
        self.subject = subject
        self.message = message
    }

    public var description: String { "\(subject): \(message)" }
}
