import Foundation

/// What a separator sheet tells Dossier to do with the images after it.
///
/// Written as text, the payload of a bar code (docs/separators.md):
///
///     DOSSIER:CASE:海检刑诉受〔2024〕123号
///     DOSSIER:VOL:2:evidence        a number, a kind, or both; DOSSIER:VOL:: opens the next volume
///     DOSSIER:DOC:A009              a title of “dossier titles list” by code or name, or nothing
///     PATCHT                        the same as DOSSIER:DOC
///
/// Characters outside ASCII, `%` and `:` are percent-encoded (RFC 3986 §2.1), because readers of bar codes guess the
/// encoding of anything else. What was not encoded is understood all the same.
public enum SeparatorOrder: Hashable, Sendable {
    /// What follows belongs to this case.
    case openCase(String)
    /// nil: the next free number; the kind that cover and documents tell.
    case openVolume(number: Int?, kind: VolumeKind?)
    /// Code or name of a title, or nil.
    case openDocument(title: String?)

    public enum Reading: Hashable, Sendable {
        case order(SeparatorOrder)
        /// It means to be one of ours, and is not: what is wrong with it.
        case malformed(String)
        /// Somebody else's code.
        case foreign
    }

    public static func read(_ payload: String) -> Reading {
        let text = payload.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.uppercased() == patchT { return .order(.openDocument(title: nil)) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { decoded(String($0)) }
        guard parts[0].uppercased() == mark else { return .foreign }
        guard parts.count > 1 else { return .malformed("nothing stands after “\(mark)”") }
        switch parts[1].uppercased() {
        case "CASE": return caseOrder(parts.dropFirst(2).joined(separator: ":"))
        case "VOL": return volume(Array(parts.dropFirst(2)))
        case "DOC": return .order(document(parts.dropFirst(2).joined(separator: ":")))
        default: return .malformed("“\(parts[1])” is none of CASE, VOL, DOC")
        }
    }

    /// The payload that gives this order.
    public var payload: String {
        switch self {
        case .openCase(let number): "\(Self.mark):CASE:\(Self.encoded(number))"
        case .openVolume(let number, nil): "\(Self.mark):VOL:\(number.map(String.init) ?? "")"
        case .openVolume(let number, let kind?): "\(Self.mark):VOL:\(number.map(String.init) ?? ""):\(kind.rawValue)"
        case .openDocument(nil): "\(Self.mark):DOC"
        case .openDocument(let title?): "\(Self.mark):DOC:\(Self.encoded(title))"
        }
    }

    public static func document(_ title: String) -> SeparatorOrder { .openDocument(title: title.isEmpty ? nil : title) }

    /// Number, kind or both.
    public static func volume(_ parts: [String]) -> Reading {
        let words = parts.map { $0.trimmingCharacters(in: .whitespaces) }
        guard words.count <= 2 else { return .malformed("a volume has a number and a kind, no more") }
        let isKindAlone = words.count == 1 && Int(words[0]) == nil
        let (number, kind) = isKindAlone ? ("", words[0]) : (words.first ?? "", words.count > 1 ? words[1] : "")
        guard number.isEmpty || (Int(number).map { (1...9999).contains($0) } ?? false) else {
            return .malformed("“\(number)” is no number of a volume")
        }
        let known = VolumeKind.allCases.first { $0.rawValue == kind.lowercased() || $0.chineseName == kind }
        guard kind.isEmpty || known != nil else { return .malformed("“\(kind)” is no kind of volume") }
        return .order(.openVolume(number: Int(number), kind: known))
    }

    private static let mark = "DOSSIER"
    private static let patchT = "PATCHT"

    private static func caseOrder(_ number: String) -> Reading {
        number.isEmpty ? .malformed("the number of the case is missing") : .order(.openCase(number))
    }

    private static func decoded(_ text: String) -> String {
        (text.removingPercentEncoding ?? text).trimmingCharacters(in: .whitespaces)
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
    }
}
