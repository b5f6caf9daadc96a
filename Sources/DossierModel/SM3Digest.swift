/// An SM3 value (GB/T 32905-2016), kept as 64 lower-case hexadecimal digits.
///
/// The value only carries a digest; computing one is the job of the Hashing room.
public struct SM3Digest: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// Takes 64 lower-case hexadecimal digits, or gives nil. Both digests have the same spelling.
    public init?(hex: some StringProtocol) {
        guard let digits = SHA256Digest(hex: hex) else { return nil }
        self.hex = digits.hex
    }

    public var description: String { hex }
}

extension SM3Digest: Codable {
    public init(from decoder: any Decoder) throws { hex = try SHA256Digest(from: decoder).hex }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
