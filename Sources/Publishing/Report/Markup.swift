import Foundation

/// HTML text. What is interpolated into it is escaped, unless it is markup itself: forgetting is not possible.
struct Markup: ExpressibleByStringInterpolation {
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html: String

        init(literalCapacity: Int, interpolationCount: Int) {
            html = ""
            html.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { html += literal }
        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }
        mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { html += part.html } }
        mutating func appendInterpolation(_ number: Int) { html += String(number) }
        mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }
    }

    private(set) var html: String

    init(stringLiteral html: String) { self.html = html }
    init(stringInterpolation: StringInterpolation) { html = stringInterpolation.html }

    /// A JPEG as the value of an attribute (RFC 2397).
    init(dataURIOfJPEG bytes: [UInt8]) { html = "data:image/jpeg;base64," + Data(bytes).base64EncodedString() }

    /// Text as it may stand in an element or a quoted attribute. What does not show or would turn the text around it
    /// is written by its picture (U+2400 block) or its number.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { append(scalar, to: &result) }
        return result
    }

    private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        case "\n": result += "\n"
        case "\u{0}"..."\u{1F}": result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value)!)
        case "\u{7F}": result += "\u{2421}"
        case "\u{80}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
            result += "[U+" + String(scalar.value, radix: 16, uppercase: true) + "]"
        default: result.unicodeScalars.append(scalar)
        }
    }
}
