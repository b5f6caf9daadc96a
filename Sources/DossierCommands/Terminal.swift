import Foundation

/// Results go to standard output, everything else to standard error.
enum Terminal {
    static func result(_ text: String) {
        FileHandle.standardOutput.writeQuietly(text + "\n")
    }

    static func complain(_ text: String) {
        FileHandle.standardError.writeQuietly(text + "\n")
    }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        result(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

extension FileHandle {
    /// A closed pipe at the other end is the reader's choice.
    func writeQuietly(_ text: String) { try? write(contentsOf: Data(text.utf8)) }
}
