extension String {
    /// As a double-quoted YAML scalar (YAML 1.2 §7.3.1).
    public var yamlQuoted: String {
        let escaped = unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}": ""
            // Not printable in YAML (1.2 §5.1), or a line break to some readers.
            case "\u{80}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": "\\u" + fourDigits(scalar.value)
            default: String(Character(scalar))
            }
        }
        return "\"\(escaped.joined())\""
    }

    private func fourDigits(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
