internal import CCUPS
import DossierModel

/// What a printer answered, as values.
struct IPPAnswer {
    enum Value: Hashable {
        case text(String)
        case number(Int)
        case flag(Bool)
    }

    private var status: ipp_status_t
    /// The printer's own words.
    private(set) var message: String
    /// Kinds of value nobody here asks for (dates, resolutions, collections) are left out.
    private(set) var attributes: [String: [Value]] = [:]

    init(_ raw: OpaquePointer) {
        status = unsafe ippGetStatusCode(raw)
        message = ""
        var attribute = unsafe ippFirstAttribute(raw)
        while let current = unsafe attribute {
            if let name = unsafe ippGetName(current) {
                unsafe attributes[String(cString: name), default: []] += unsafe Self.values(of: current)
            }
            unsafe attribute = ippNextAttribute(raw)
        }
        message = unsafe String(cString: ippErrorString(status))
        if let words = text("status-message") { message = words }
    }

    private static func values(of attribute: OpaquePointer) -> [Value] {
        let count = unsafe ippGetCount(attribute)
        return switch unsafe ippGetValueTag(attribute) {
        case IPP_TAG_INTEGER, IPP_TAG_ENUM: (0..<count).map { .number(Int(unsafe ippGetInteger(attribute, $0))) }
        case IPP_TAG_BOOLEAN: (0..<count).map { .flag(unsafe ippGetBoolean(attribute, $0) != 0) }
        case IPP_TAG_TEXT, IPP_TAG_NAME, IPP_TAG_TEXTLANG, IPP_TAG_NAMELANG, IPP_TAG_KEYWORD, IPP_TAG_URI, IPP_TAG_MIMETYPE,
            IPP_TAG_URISCHEME, IPP_TAG_CHARSET, IPP_TAG_LANGUAGE:
            (0..<count).compactMap { index in
                unsafe ippGetString(attribute, index, nil).map { .text(unsafe String(cString: $0)) }
            }
        default: []
        }
    }

    func texts(_ name: String) -> [String] {
        (attributes[name] ?? []).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    func numbers(_ name: String) -> [Int] {
        (attributes[name] ?? []).compactMap { if case .number(let number) = $0 { number } else { nil } }
    }

    func text(_ name: String) -> String? { texts(name).first.flatMap { $0.isEmpty ? nil : $0 } }
    func number(_ name: String) -> Int? { numbers(name).first }
    func flag(_ name: String) -> Bool? {
        if case .flag(let flag)? = attributes[name]?.first { flag } else { nil }
    }

    /// RFC 8011 §B.1.2: below 0x0100 the operation was carried out.
    var isSuccess: Bool { status.rawValue >= 0 && status.rawValue < 0x100 }
    var isBusy: Bool { status == IPP_STATUS_ERROR_BUSY }
    var isNotFound: Bool { status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE }
    var isFormatRefused: Bool { status == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED }
    var isAuthenticationWanted: Bool {
        [IPP_STATUS_ERROR_NOT_AUTHENTICATED, IPP_STATUS_ERROR_NOT_AUTHORIZED, IPP_STATUS_ERROR_FORBIDDEN].contains(status)
    }
}
