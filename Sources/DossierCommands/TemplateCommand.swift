import Archive
import ArgumentParser
import DossierModel
import Foundation
import LegalDocuments

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "List, show and check the templates of legal documents.",
        discussion: """
            A workspace's own templates lie in its folder templates/, one file each; they come before those of Dossier
            with the same name. A template is YAML front matter and a body in CommonMark with mustache tags:

              ---
              title: 送达通知书
              code: 送达
              fields:
                受送达人: {type: person, from: "case.parties[被害人]"}
                期限: {type: date, optional: true}
              ---
              - {{受送达人.姓名}}：

              本院决定……。{{#期限}}请于{{年月日(期限)}}前答复。{{/期限}}

              > {{院名}}
              > {{汉字日期(日期)}}

            # to #### are headings, - a line at the left edge, > the signature, --- a rule, ``` table a table,
            __ a blank to be written on, === NAME the text of a counterpart.

            Transforms: \(Transform.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: "; ")).
            Types: text, multiline, date, dateTime, number, money, yesNo, choice, person, list.
            “from” fills a field from the case's index; or, only in the file that “dossier document data” writes, from its facts:
            \(CaseFactPath.spellings.joined(separator: ", ")).
            """,
        subcommands: [TemplateListCommand.self, TemplateShowCommand.self, TemplateCheckCommand.self])
}

/// The templates of the workspace, where there is one, and of Dossier.
private func templates(_ workspace: WorkspaceOption) -> TemplateLibrary {
    TemplateLibrary(folder: (try? workspace.reading())?.templateFolder)
}

struct TemplateListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the templates.", discussion: "Example:\n  dossier template list")

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the list as JSON.") var json = false

    private struct Row: Codable {
        var name: String
        var title: String?
        var code: String?
        var kind: String?
        var origin: String
        var path: String
        var fault: String?
    }

    func run() throws {
        let library = templates(workspace)
        let rows = library.entries.map { entry in
            var row = Row(name: entry.name, origin: entry.origin.rawValue, path: entry.path)
            do {
                let header = try library.template(at: entry.path).header
                (row.title, row.code, row.kind) = (header.title, header.code, header.kind.rawValue)
            } catch { row.fault = "\(error)" }
            return row
        }
        if json { return try Terminal.json(rows) }
        for row in rows { Terminal.result("\(row.name)\t\(row.code ?? "–")\t\(row.kind ?? "has mistakes: dossier template check \(row.path)")\t\(row.origin)") }
    }
}

struct TemplateShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a template asks for.",
        discussion: """
            With --source the file itself, as a start for one's own.

            Examples:
              dossier template show 起诉书
              dossier template show 起诉书 --source > workspace/templates/起诉书.md
            """)

    @Argument(help: "Name of the template.") var name: String
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the file.") var source = false

    func run() throws {
        let library = templates(workspace)
        let template = try library.template(named: name)
        if source { return Terminal.result(template.source) }
        let header = template.header
        Terminal.result("\(header.title)\t\(header.kind.rawValue)\t\(header.numbering.pattern.replacing("{type}", with: header.code))")
        if !header.counterparts.isEmpty { Terminal.result("联 counterparts: " + header.counterparts.map(\.name).joined(separator: ", ")) }
        for field in header.fields { Self.show(field, indent: "") }
    }

    private static func show(_ field: Field, indent: String) {
        var words = [field.expectation]
        if !field.isRequired { words.append("optional") }
        if let text = field.defaultText { words.append("default \(text)") }
        if let source = field.source { words.append("from \(source)") }
        if let hint = field.hint { words.append(hint) }
        Terminal.result("\(indent)\(field.name)\t\(words.joined(separator: "; "))")
        if case .list(let fields) = field.kind { for field in fields { show(field, indent: indent + "    ") } }
    }
}

struct TemplateCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a template file; mistakes are named with line and column, those of the front matter first.",
        discussion: """
            Exit code 0: no mistakes; 65: mistakes.

            Example:
              dossier template check workspace/templates/送达通知书.md
            """)

    @Argument(help: "The template file.", completion: .file(extensions: ["md"])) var file: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        let template = try templates(workspace).template(at: file)
        Terminal.result("\(file): no mistakes; \(template.header.fields.count) fields, \(max(1, template.header.counterparts.count)) counterpart(s)")
    }
}
