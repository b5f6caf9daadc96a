import Foundation

/// What codes mean in this office: the payloads of Dossier, and those the settings name.
public struct SeparatorRules {
    private enum Meaning { case caseNumber, volume, document, sticker }
    /// In the order in which they are asked.
    private let patterns: [(meaning: Meaning, regex: Regex<AnyRegexOutput>)]
    private let patches: [(names: Set<String>, order: SeparatorOrder)]

    /// A sheet carries little besides its code, glyphs. What carries more is kept in the volume, and a person asked.
    public static let mostGlyphsOnSheet = 300
    /// Bars that cannot be read make a page suspicious only where hardly anything else stands on it, glyphs.
    public static let mostGlyphsBesideUnread = 80

    /// #### Errors
    /// `badUsage` that names the key whose regular expression or patch codes are none.
    public init(_ settings: Settings.Separate) throws(DossierError) {
        var patterns: [(Meaning, Regex<AnyRegexOutput>)] = []
        let given: [(Meaning, String, String)] = [
            (.caseNumber, "casePattern", settings.casePattern), (.volume, "volumePattern", settings.volumePattern),
            (.document, "documentPattern", settings.documentPattern), (.sticker, "stickerPattern", settings.stickerPattern),
        ]
        for (meaning, key, text) in given where !text.isEmpty { patterns.append((meaning, try Self.regex(text, of: key))) }
        self.patterns = patterns
        patches = [
            (try Self.patches(settings.documentPatches, of: "documentPatches"), .openDocument(title: nil)),
            (try Self.patches(settings.volumePatches, of: "volumePatches"), .openVolume(number: nil, kind: nil)),
        ]
    }

    /// Compiles a pattern of the settings.
    ///
    /// #### Errors
    /// `badUsage`.
    public static func regex(_ text: String, of key: String) throws(DossierError) -> Regex<AnyRegexOutput> {
        do { return try Regex(text) } catch {
            throw DossierError(
                .badUsage, "separate.\(key) is no regular expression: “\(text)”; correct it, or leave it empty", cause: "\(error)")
        }
    }

    /// Names of patch codes, separated by spaces.
    ///
    /// #### Errors
    /// `badUsage`.
    public static func patches(_ text: String, of key: String) throws(DossierError) -> Set<String> {
        let names = text.split { $0 == " " || $0 == "," }.map { $0.uppercased() }
        if let wrong = names.first(where: { !patchNames.contains($0) }) {
            throw DossierError(.badUsage, "separate.\(key): “\(wrong)” is no patch code; write some of \(patchNames.joined(separator: " ")), or nothing")
        }
        return Set(names)
    }

    private static let patchNames = ["1", "2", "3", "4", "6", "T"]

    /// - Parameter glyphs: characters read on the page, spaces not counted.
    public func verdict(on reading: BarcodeReading, glyphs: Int) -> SeparatorVerdict {
        var marks: [SeparatorMark] = []
        for code in reading.codes {
            switch meaning(of: code) {
            case .failure(let doubt): return .ask(reason: doubt.reason)
            case .success(nil): continue
            case .success(let mark?):
                if let other = marks.first(where: { $0.order.kind == mark.order.kind }) {
                    guard other.order == mark.order else { return .ask(reason: "its codes contradict each other: “\(other.payload)”, “\(mark.payload)”") }
                } else {
                    marks.append(mark)
                }
            }
        }
        if marks.contains(where: \.isSheet), glyphs > Self.mostGlyphsOnSheet {
            return .ask(reason: "it carries a separator's code (“\(marks[0].payload)”), but too much text for a separator sheet")
        }
        if !marks.isEmpty { return .yes(marks) }
        guard !reading.unread.isEmpty, glyphs <= Self.mostGlyphsBesideUnread else { return .no }
        return .ask(reason: "it looks like a separator sheet, but its code could not be read")
    }

    private struct Doubt: Error { var reason: String }

    private func meaning(of code: Barcode) -> Result<SeparatorMark?, Doubt> {
        if code.symbology == .patch { return patchMeaning(code) }
        switch SeparatorOrder.read(code.payload) {
        case .order(let order): return .success(SeparatorMark(order: order, symbology: code.symbology, payload: code.payload, isSheet: true))
        case .malformed(let fault): return .failure(Doubt(reason: "its code “\(code.payload)” is not understood: \(fault)"))
        case .foreign: return mapped(code)
        }
    }

    private func patchMeaning(_ code: Barcode) -> Result<SeparatorMark?, Doubt> {
        guard let order = patches.first(where: { $0.names.contains(code.payload) })?.order else {
            return .failure(Doubt(reason: "it carries patch code \(code.payload), to which the settings give no meaning"))
        }
        return .success(SeparatorMark(order: order, symbology: .patch, payload: code.payload, isSheet: true))
    }

    /// By the office's own patterns; the first group, where there is one, is number, kind or title.
    private func mapped(_ code: Barcode) -> Result<SeparatorMark?, Doubt> {
        for (meaning, regex) in patterns {
            guard let match = try? regex.wholeMatch(in: code.payload) else { continue }
            let value = match.output.count > 1 ? match.output[1].substring.map(String.init) ?? "" : ""
            let order: SeparatorOrder
            switch meaning {
            case .caseNumber: order = .openCase(value.isEmpty ? code.payload : value)
            case .document, .sticker: order = .document(value)
            case .volume:
                guard case .order(let volume) = SeparatorOrder.volume(value.isEmpty ? [] : [value]) else {
                    return .failure(Doubt(reason: "its code “\(code.payload)” names neither number nor kind of a volume"))
                }
                order = volume
            }
            return .success(SeparatorMark(order: order, symbology: code.symbology, payload: code.payload, isSheet: meaning != .sticker))
        }
        return .success(nil)
    }
}

extension SeparatorOrder {
    /// Written to records: `case`, `volume`, `document`.
    public enum Kind: String, Codable, Sendable, CaseIterable { case `case`, volume, document }

    /// Of the case that it opens.
    public var caseNumber: String? { if case .openCase(let number) = self { number } else { nil } }

    public var kind: Kind {
        switch self {
        case .openCase: .case
        case .openVolume: .volume
        case .openDocument: .document
        }
    }
}
