import Foundation
import HTTPTypes
import Hummingbird

/// The languages the reader speaks.
enum Language: String, CaseIterable, Sendable {
    case chinese = "zh-CN"
    case english = "en"

    static let cookie = "dossier-language"

    /// As the address says (`?lang=en`), else as chosen before, else as the browser prefers, else Chinese.
    init(of request: Request) {
        let chosen = request.uri.queryParameters["lang"].map(String.init) ?? request.cookies[Self.cookie]?.value
        self = chosen.flatMap(Language.init(rawValue:)) ?? Language(accepting: request.headers[.acceptLanguage] ?? "")
    }

    /// RFC 9110 §12.5.4: the language with the highest weight; the first of equals.
    init(accepting header: String) {
        var best = (language: Language.chinese, weight: 0.0)
        for item in header.split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            guard let tag = parts.first?.lowercased(), weight > best.weight else { continue }
            if tag == "zh" || tag.hasPrefix("zh-") || tag == "*" { best = (.chinese, weight) }
            if tag == "en" || tag.hasPrefix("en-") { best = (.english, weight) }
        }
        self = best.language
    }

    /// The language the switch leads to.
    var other: Language { self == .chinese ? .english : .chinese }

    /// Set when the address chose a language.
    static func cookie(for request: Request) -> String? {
        guard let chosen = request.uri.queryParameters["lang"].map(String.init).flatMap(Language.init(rawValue:)) else { return nil }
        return "\(cookie)=\(chosen.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"
    }
}
