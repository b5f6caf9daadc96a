/// A SHA-256 value, kept as 64 lower-case hexadecimal digits (FIPS 180-4).
///
/// The value only carries a digest; computing one is the job of the Hashing room.
public struct SHA256Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let hex: String

    /// Takes 64 lower-case hexadecimal digits, or gives nil.
    public init?(hex: some StringProtocol) {
        let digits = hex.utf8
        guard digits.count == 64,
            digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.hex = String(hex)
    }

    public var description: String { hex }

    public static func < (a: Self, b: Self) -> Bool { a.hex < b.hex }
}

extension SHA256Digest: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = SHA256Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a SHA-256 digest is 64 lower-case hex digits, not “\(text)”")
        }
        self = digest
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
