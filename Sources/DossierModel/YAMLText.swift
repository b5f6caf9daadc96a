extension String {
    /// As a double-quoted YAML scalar (YAML 1.2 §7.3.1).
    public var yamlQuoted: String {
        let escaped = unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            default: scalar.value < 0x20 || scalar.value == 0x7F ? "" : String(Character(scalar))
            }
        }
        return "\"\(escaped.joined())\""
    }
}
