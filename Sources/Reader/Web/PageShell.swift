import DossierModel
import Foundation
import HTTPTypes
import Mustache
import Publishing

/// The HTML around what the scripts fill in: list of cases, case, message. Everything put into it is escaped.
struct PageShell: Sendable {
    private let library: MustacheLibrary
    private let phrases: [Language: [String: String]]
    /// Where style sheet and scripts are.
    private let siteFolder: String

    /// #### Errors
    /// `missingComponent` when a template or a phrase book is not there or does not read.
    init(_ site: SiteFiles) throws(DossierError) {
        MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
        siteFolder = site.folder
        do {
            library = MustacheLibrary(templates: try Dictionary(uniqueKeysWithValues: ["cases", "case", "message", "head", "foot"].map {
                ($0, try MustacheTemplate(string: "{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + site.text("\($0).mustache")))
            }))
            phrases = try Dictionary(uniqueKeysWithValues: Language.allCases.map {
                ($0, try JSONDecoder().decode([String: String].self, from: Data(site.text("\($0.rawValue).json").utf8)))
            })
        } catch {
            throw DossierError(.missingComponent, "the reader's pages do not read; install Dossier again", cause: "\(error)")
        }
    }

    func caseList(_ cases: [CaseShelf.Summary], language: Language) -> String {
        let words = phrases[language] ?? [:]
        return rendered("cases", language, title: words["cases.title"] ?? "", [
            "cases": cases.map { row($0, words) }, "count": cases.count, "empty": cases.isEmpty,
        ])
    }

    func caseView(_ open: OpenCase, registered: RegisteredCaseFacts, language: Language) -> String {
        rendered("case", language, title: open.number, [
            "number": open.number, "address": Self.segment(open.number), "cause": registered.cause ?? "", "parties": registered.partyLine,
            "strings": Self.json(phrases[language] ?? [:]),
        ])
    }

    func message(_ problem: Problem, language: Language) -> String {
        let words = phrases[language] ?? [:]
        let heading = words["problem.\(problem.status.code)"] ?? words["problem.other"] ?? ""
        return rendered("message", language, title: heading, ["heading": heading, "message": problem.message, "code": problem.status.code])
    }

    private func rendered(_ template: String, _ language: Language, title: String, _ values: [String: Any]) -> String {
        let words = phrases[language] ?? [:]
        var values = values
        values["title"] = title
        values["language"] = language.rawValue
        values["otherLanguage"] = language.other.rawValue
        values["site"] = siteFolder
        values["t"] = Dictionary(uniqueKeysWithValues: words.map { ($0.key.replacing(".", with: "_"), $0.value) })
        return library.render(values, withTemplate: template) ?? ""
    }

    private func row(_ summary: CaseShelf.Summary, _ words: [String: String]) -> [String: Any] {
        let counts = summary.counts
        return [
            "number": summary.number, "address": Self.segment(summary.number), "isOpen": summary.state != .unpublished,
            "cause": summary.cause ?? "—", "parties": RegisteredCaseFacts(cause: nil, parties: summary.parties).partyLine,
            "volumes": summary.volumes, "documents": summary.documents, "pages": counts?.pages ?? 0, "images": counts?.images ?? 0,
            "state": words["state.\(summary.state.rawValue)"] ?? "", "stateName": summary.state.rawValue,
        ]
    }

    /// A part of a path (RFC 3986 §3.3): unreserved characters stay.
    static func segment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func json(_ value: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// What is registered of a case apart from its pages.
struct RegisteredCaseFacts: Sendable {
    var cause: String?
    var parties: [BatchSheet.Party]

    /// 张某甲（犯罪嫌疑人）、李某（被害人）
    var partyLine: String {
        parties.map { party in party.role.map { "\(party.name)（\($0)）" } ?? party.name }.joined(separator: "、")
    }
}

/// HTML text escaped scalar by scalar. The library's own escaping goes by `Character`, so that a quotation mark with a
/// combining mark behind it would slip through.
struct EscapedHTML: MustacheContentType {
    static let name = "ESCAPED-HTML"

    func escapeText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "\0": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
