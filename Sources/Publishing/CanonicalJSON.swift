import Foundation

/// JSON with one spelling for one value: keys sorted, no spaces, slashes as they are, `\n` at the end.
enum CanonicalJSON {
    /// The values of this room hold no number that is not finite, so encoding them cannot fail.
    static func line(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return try [UInt8](encoder.encode(value)) + [newline] } catch { preconditionFailure("\(error)") }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }

    static let newline = UInt8(ascii: "\n")
}
