internal import DossierModel
internal import Foundation
internal import Yams

/// Which documents a case must hold, as data: `Knowledge/completeness.yaml` with what an office adds or changes.
public struct CompletenessRules: Sendable {
    /// How far a case has come, as its documents show.
    public enum Stage: String, Sendable, CaseIterable {
        case investigation = "侦查"
        case arrestReview = "审查逮捕"
        case prosecutionReview = "审查起诉"
    }

    enum Level: String, CaseIterable { case warn, note }

    struct Rule: Sendable {
        var name: String
        var needs: [String] = []
        var condition: [String] = []
        var exception: [String] = []
        /// Words of which the charge of the case has to hold one. Empty: every charge.
        var charges: [String] = []
        /// Empty: every stage.
        var stages: [Stage] = []
        var level = Level.note
        var reason: String?
        var isOff = false
        var line = 1
    }

    let rules: [Rule]

    /// Without an office's own.
    public static let standard: CompletenessRules = {
        let sheet = CompletenessSheet(shippedText, titles: .standard)
        guard sheet.mistakes.isEmpty else { fatalError("completeness.yaml of this build is damaged:\n\(SheetMistakes(sheet.mistakes))") }
        return CompletenessRules(rules: sheet.rules)
    }()

    /// The file this build carries, as a model for an office's own.
    public static var shippedText: String { ShippedText.named("completeness") }

    /// The standard rules with those of an office's file: one with a known name takes its place, any other is added.
    ///
    /// #### Errors
    /// Every mistake of the file, with line and remedy.
    public static func standard(with office: String, titles: TitleKnowledge) throws(SheetMistakes) -> CompletenessRules {
        let sheet = CompletenessSheet(office, titles: titles)
        guard sheet.mistakes.isEmpty else { throw SheetMistakes(sheet.mistakes) }
        let names = Set(sheet.rules.map(\.name))
        return CompletenessRules(rules: standard.rules.filter { !names.contains($0.name) } + sheet.rules)
    }

    /// The stage the documents of a case show, by their codes.
    static func stage(_ codes: Set<String>) -> Stage {
        if !codes.isDisjoint(with: ["L098", "A099", "C304", "C305", "C312"]) { return .prosecutionReview }
        return codes.isDisjoint(with: ["A049", "A050", "A051", "A056"]) ? .investigation : .arrestReview
    }

    /// Rules whose documents are missing among these codes.
    ///
    /// - Parameter charges: 罪名 as the documents give them.
    func broken(by codes: Set<String>, charges: Set<String> = []) -> [Rule] {
        let stage = Self.stage(codes)
        return rules.filter { rule in
            !rule.isOff && (rule.stages.isEmpty || rule.stages.contains(stage)) && (rule.condition.isEmpty || !codes.isDisjoint(with: rule.condition))
                && (rule.charges.isEmpty || rule.charges.contains { word in charges.contains { $0.contains(word) } })
                && codes.isDisjoint(with: rule.exception) && codes.isDisjoint(with: rule.needs)
        }
    }
}

/// Files this build carries.
enum ShippedText {
    static func named(_ name: String) -> String {
        guard let url = Bundle.module.url(forResource: name, withExtension: "yaml", subdirectory: "Knowledge"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { fatalError("\(name).yaml is missing beside this program; install it again") }
        return text
    }
}

/// `completeness.yaml` read into rules, with everything that is wrong with it.
struct CompletenessSheet {
    private(set) var rules: [CompletenessRules.Rule] = []
    private var sheet = YAMLSheet()
    private let codes: Set<String>
    var mistakes: [SheetMistake] { sheet.mistakes }

    private static let keys = ["name", "needs", "if", "unless", "charge", "stage", "level", "why", "off"]
    private static let example = "- {name: 逮捕通知书, needs: [A057], if: [A056]}"

    init(_ text: String, titles: TitleKnowledge) {
        codes = Set(titles.titles.map(\.code))
        guard let root = sheet.root(of: text), let mapping = sheet.pairs(root, keys: ["rules"], example: "“rules:” and below it \(Self.example)") else { return }
        for node in sheet.list(mapping["rules"], example: Self.example) { read(node) }
    }

    private mutating func read(_ node: Node) {
        guard let mapping = sheet.pairs(node, keys: Self.keys, example: Self.example) else { return }
        guard let name = mapping["name"].flatMap({ sheet.text($0) }) else {
            return sheet.complain(node, "a rule has no name", "write “name:” and what is missing when the rule is broken")
        }
        var rule = CompletenessRules.Rule(name: name, line: node.mark?.line ?? 1)
        rule.needs = codes(mapping["needs"])
        rule.condition = codes(mapping["if"])
        rule.exception = codes(mapping["unless"])
        rule.charges = sheet.texts(mapping["charge"], example: "[盗窃]")
        rule.stages = sheet.list(mapping["stage"], example: "[审查起诉]").compactMap { sheet.word($0) }
        rule.level = mapping["level"].flatMap { sheet.word($0) } ?? .note
        rule.reason = mapping["why"].flatMap { sheet.text($0) }
        rule.isOff = mapping["off"]?.bool ?? false
        if rule.needs.isEmpty, !rule.isOff {
            sheet.complain(node, "the rule “\(name)” asks for nothing", "write “needs:” and codes of “dossier titles list”, or “off: true”")
        }
        if rules.contains(where: { $0.name == name }) { sheet.complain(node, "two rules are called “\(name)”", "give one another name") }
        rules.append(rule)
    }

    private mutating func codes(_ node: Node?) -> [String] {
        let given = sheet.texts(node, example: "[A057]")
        for code in given where !codes.contains(code) {
            sheet.complain(node, "no title has the code “\(code)”", "see “dossier titles list” for the codes")
        }
        return given
    }
}
