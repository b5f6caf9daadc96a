import DossierModel
import Foundation
import Yams

/// Reads and drafts `dossier.yaml`. Every mistake is named with its line and what to write instead.
enum SettingsFile {
    /// Every key, commented out, with its default and meaning.
    static var template: String {
        var lines = [
            "# Settings of this workspace. Every key stands here with its default.",
            "# To change one, remove the “#” in front of it and write another value. Indent with spaces.",
        ]
        for section in SettingsKey.sections {
            lines += ["", "# \(section.meaning)", "\(section.name):"]
            for key in SettingsKey.all where key.section == section.name {
                lines += ["  # \(key.meaning)", "  #\(key.name): \(key.spelled(in: Settings()))"]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A file that is not there gives the defaults.
    ///
    /// #### Errors
    /// `badUsage` with the line; `fileSystem`.
    static func load(_ path: String) throws(DossierError) -> Settings {
        guard FileManager.default.fileExists(atPath: path) else { return Settings() }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw DossierError(.fileSystem, "cannot read the settings; check that the file is readable", location: path)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DossierError(.badUsage, "the settings are not UTF-8 text; save the file as UTF-8", location: path)
        }
        do { return try parse(text) } catch {
            throw DossierError(error.code, error.message, cause: error.cause, location: error.location.map { "\(path):\($0)" } ?? path)
        }
    }

    /// - Throws: Errors whose location is the line number alone.
    static func parse(_ text: String) throws(DossierError) -> Settings {
        try refuseTabs(text)
        var settings = Settings()
        guard let root = try composed(text), !isEmpty(root) else { return settings }
        guard let sections = root.mapping else {
            throw mistake("the settings start with a section such as “\(SettingsKey.sections[0].name):”", at: root)
        }
        for (name, body) in sections { try apply(body, named: name, to: &settings) }
        return settings
    }
}

extension SettingsFile {
    /// YAML 1.2 §6.1 forbids them as indentation; the parser's own message does not say so.
    private static func refuseTabs(_ text: String) throws(DossierError) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indentation = line.prefix { $0 == " " || $0 == "\t" }
            let content = line.dropFirst(indentation.count)
            if indentation.contains("\t"), let first = content.first, first != "#" {
                throw DossierError(.badUsage, "a tab stands in the indentation; indent with spaces", location: "\(index + 1)")
            }
        }
    }

    private static func composed(_ text: String) throws(DossierError) -> Node? {
        do { return try Yams.compose(yaml: text) } catch {
            guard let error = error as? YamlError else { throw DossierError(.library, "the YAML parser failed", cause: "\(error)") }
            throw DossierError(.badUsage, "the settings are not valid YAML; check colons and indentation", cause: problem(error), location: line(error))
        }
    }

    private static func problem(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _), .reader(let problem, _, _, _):
            problem
        case .duplicatedKeysInMapping(let duplicates, _): "“\(duplicates.joined(separator: "”, “"))” is given twice"
        default: "\(error)"
        }
    }

    private static func line(_ error: YamlError) -> String? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): "\(mark.line)"
        case .duplicatedKeysInMapping(_, let context): "\(context.mark.line)"
        default: nil
        }
    }

    private static func apply(_ body: Node, named node: Node, to settings: inout Settings) throws(DossierError) {
        let section = node.string ?? ""
        guard SettingsKey.sections.contains(where: { $0.name == section }) else {
            if let key = SettingsKey.all.first(where: { $0.name == section }) {
                throw mistake("“\(section)” belongs, indented, under “\(key.section):”", at: node)
            }
            throw unknown("section", section, among: SettingsKey.sections.map(\.name), at: node)
        }
        if isEmpty(body) { return }
        guard let keys = body.mapping else { throw mistake("under “\(section):” stand keys, one a line, indented by two spaces", at: body) }
        for (key, value) in keys { try apply(value, to: key, in: section, of: &settings) }
    }

    private static func apply(_ value: Node, to node: Node, in section: String, of settings: inout Settings) throws(DossierError) {
        let name = node.string ?? ""
        if let key = SettingsKey.all.first(where: { $0.section == section && $0.name == name }) {
            return try key.set(value, in: &settings)
        }
        if let elsewhere = SettingsKey.all.first(where: { $0.name == name }) {
            throw mistake("“\(name)” belongs under “\(elsewhere.section):”", at: node)
        }
        throw unknown("key", name, among: SettingsKey.all.filter { $0.section == section }.map(\.name), at: node)
    }

    private static func isEmpty(_ node: Node) -> Bool {
        node.scalar.map { $0.style == .plain && ["", "~", "null"].contains($0.string) } ?? false
    }

    private static func unknown(_ what: String, _ name: String, among valid: [String], at node: Node) -> DossierError {
        let nearest = valid.min { EditDistance.between(name, $0) < EditDistance.between(name, $1) } ?? ""
        return mistake("there is no \(what) “\(name)”; did you mean “\(nearest)”?", at: node)
    }

    static func mistake(_ message: String, at node: Node) -> DossierError {
        DossierError(.badUsage, message, location: node.mark.map { "\($0.line)" })
    }
}

extension SettingsKey {
    fileprivate func set(_ node: Node, in settings: inout Settings) throws(DossierError) {
        guard let scalar = node.scalar else { throw wrong(node) }
        switch value {
        case .whole(let path, let range):
            guard let number = Int(scalar.string.replacing("_", with: "")), range.contains(number) else { throw wrong(node) }
            settings[keyPath: path] = number
        case .number(let path, let range):
            guard let number = Double(scalar.string), range.contains(number) else { throw wrong(node) }
            settings[keyPath: path] = number
        case .yesNo(let path):
            guard let answer = node.bool else { throw wrong(node) }
            settings[keyPath: path] = answer
        case .text(let path):
            guard !scalar.string.contains(where: \.isNewline) else { throw wrong(node) }
            settings[keyPath: path] = scalar.string
        case .checked(let path, let check):
            guard !scalar.string.contains(where: \.isNewline) else { throw wrong(node) }
            do { try check(scalar.string) } catch { throw SettingsFile.mistake(error.description, at: node) }
            settings[keyPath: path] = scalar.string
        case .word(let words, _, let write):
            guard words.contains(scalar.string) else { throw wrong(node) }
            write(&settings, scalar.string)
        }
    }

    private func wrong(_ node: Node) -> DossierError {
        let given = node.scalar.map { "“\($0.string)”" } ?? "a list or a section"
        return SettingsFile.mistake("\(section).\(name) takes \(expectation), not \(given)", at: node)
    }

    private var expectation: String {
        switch value {
        case .whole(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(_, let range): "a number from \(Self.spelled(range.lowerBound)) to \(Self.spelled(range.upperBound))"
        case .yesNo: "true or false"
        case .text, .checked: "one line of text"
        case .word(let words, _, _): words.joined(separator: " or ")
        }
    }
}
