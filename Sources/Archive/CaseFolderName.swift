import DossierModel

/// A case number as the name of a folder, and back.
///
/// Chinese characters and 〔〕 stay as they are. What a file system or a terminal cannot carry safely (`/`, NUL, control
/// and invisible format characters, line separators, a leading dot) becomes `%XX` of its UTF-8 bytes, as does `%` itself.
enum CaseFolderName {
    /// Bytes. File systems allow 255; the rest is left for suffixes and temporary names.
    static let longest = 200

    /// #### Errors
    /// `badUsage` when the number is empty, blank, `.`, `..`, or too long.
    static func encoded(_ number: String) throws(DossierError) -> String {
        guard !number.allSatisfy(\.isWhitespace), number != ".", number != ".." else {
            throw DossierError(.badUsage, "“\(number)” is not a case number; give one like 京朝检刑诉〔2024〕123号")
        }
        var name = ""
        for (position, scalar) in number.unicodeScalars.enumerated() {
            if isSafe(scalar) && !(position == 0 && scalar == ".") {
                name.unicodeScalars.append(scalar)
            } else {
                name += escaped(scalar)
            }
        }
        guard name.utf8.count <= longest else {
            throw DossierError(.badUsage, "the case number is too long to name a folder (\(name.utf8.count) of at most \(longest) bytes)")
        }
        return name
    }

    /// The number whose folder has this name; nil when no number gives it.
    static func decoded(_ name: String) -> String? {
        var bytes: [UInt8] = []
        var rest = name.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else { bytes.append(byte); continue }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let number = String(validating: bytes, as: UTF8.self), (try? encoded(number)) == name else { return nil }
        return number
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: scalar != "/" && scalar != "%"
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = Array("0123456789ABCDEF")
        return String(String(scalar).utf8.flatMap { ["%", digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
