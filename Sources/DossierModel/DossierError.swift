/// The one shape of an error that stops a piece of work.
///
/// `message` says what went wrong and how it may be remedied. Two errors are equal when their codes are.
public struct DossierError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Code: Hashable, Sendable, RawRepresentable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The input cannot be used at all.
        public static let unusableInput = Code(rawValue: "unusable-input")
        /// A file or frame is damaged.
        public static let damaged = Code(rawValue: "damaged")
        /// A file is protected by a password.
        public static let encrypted = Code(rawValue: "encrypted")
        /// The format or a variant of it is not one Dossier reads.
        public static let unsupported = Code(rawValue: "unsupported")
        /// A size, time or memory limit was exceeded.
        public static let limitExceeded = Code(rawValue: "limit-exceeded")
        /// A runtime, model, font or language file is not there.
        public static let missingComponent = Code(rawValue: "missing-component")
        /// Reading or writing a file failed.
        public static let fileSystem = Code(rawValue: "file-system")
        /// Stored data does not agree with its digest or its schema.
        public static let integrity = Code(rawValue: "integrity")
        /// Somebody else holds the workspace, or is still writing a file.
        public static let busy = Code(rawValue: "busy")
        /// Nothing there by that name.
        public static let notFound = Code(rawValue: "not-found")
        /// A setting or argument does not make sense.
        public static let badUsage = Code(rawValue: "bad-usage")
        /// There is nothing to work on.
        public static let nothingToDo = Code(rawValue: "nothing-to-do")
        /// Somebody stopped the work; it continues when started again.
        public static let interrupted = Code(rawValue: "interrupted")
        /// It was not done in the time it was given.
        public static let timedOut = Code(rawValue: "timed-out")
        /// A device or service does not answer or does not take work.
        public static let unavailable = Code(rawValue: "unavailable")
        /// A library reported something that should not happen.
        public static let library = Code(rawValue: "library")
    }

    public var code: Code
    public var message: String
    /// What lies beneath, in words: a library's own message or another error's description.
    public var cause: String?
    /// Where: file, frame, line.
    public var location: String?

    public init(_ code: Code, _ message: String, cause: String? = nil, location: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
        self.location = location
    }

    public static func == (a: Self, b: Self) -> Bool { a.code == b.code }

    public var description: String {
        var text = location.map { "\($0): \(message)" } ?? message
        if let cause, !cause.isEmpty { text += " (\(cause))" }
        return text
    }
}
