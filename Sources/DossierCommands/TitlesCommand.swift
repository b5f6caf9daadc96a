import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Pipeline

struct TitlesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "titles",
        abstract: "List and check the titles by which documents are recognised.",
        discussion: """
            An office adds titles of its own, or changes those of Dossier, in the file \(OfficeFiles.titles) of its workspace:

              groups:
                - group: 本院增补
                  volume: evidence
                  issuer: 公安机关
                  legalKind: 书证
                  titles:
                    - {code: X001, name: 无人机航拍登记表, variants: [航拍登记表]}

            A title with a code of “dossier titles list” takes the place of that one. The next run uses the file.
            """,
        subcommands: [TitlesListCommand.self, TitlesCheckCommand.self, TitlesRulesCommand.self])
}

struct TitlesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the titles, with those of the workspace.",
        discussion: """
            Columns: code, volume, rank, name and variants, legal kind of evidence, issuer.

            Examples:
              dossier titles list
              dossier titles list --source > workspace/titles.yaml
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the list as JSON.") var json = false
    @Flag(help: "Print the file with the titles of Dossier, as a model for one's own.") var source = false

    func run() throws {
        if source { return Terminal.result(TitleKnowledge.shippedText) }
        let titles = try OfficeFiles(workspace: workspace.path).titleKnowledge().titles
        if json { return try Terminal.json(titles) }
        for title in titles {
            let columns = [
                title.code, title.volume.rawValue, "\(title.rank)", title.names.joined(separator: " / "), title.legalKind?.rawValue ?? "–",
                title.issuer.rawValue,
            ]
            Terminal.result(columns.joined(separator: "\t"))
        }
    }
}

struct TitlesRulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Print the rules for what a case must hold, as a model for one's own.",
        discussion: """
            An office adds rules, or changes these, in the file \(OfficeFiles.completeness) of its workspace; every run checks it and names mistakes with \
            line and remedy.

            Example:
              dossier titles rules > workspace/\(OfficeFiles.completeness)
            """)

    func run() { Terminal.result(CompletenessRules.shippedText) }
}

struct TitlesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check an office's titles; every mistake is named with its line and remedy.",
        discussion: """
            Without FILE the workspace's own file is checked. Exit code 0: no mistakes; 65: mistakes.

            Examples:
              dossier titles check
              dossier titles check titles.yaml --json
            """)

    @Argument(help: "The file.", completion: .file(extensions: ["yaml"])) var file: String?
    @OptionGroup var workspace: WorkspaceOption
    @Flag(help: "Print the mistakes as JSON.") var json = false

    func run() throws {
        let path = file ?? OfficeFiles(workspace: workspace.path).path(of: OfficeFiles.titles)
        let mistakes = try mistakes(in: path)
        if json {
            try Terminal.json(mistakes)
        } else {
            for mistake in mistakes { Terminal.result("\(path):\(mistake.line): \(mistake.message); \(mistake.remedy)") }
            if mistakes.isEmpty { Terminal.result("\(path): no mistakes") }
        }
        guard mistakes.isEmpty else { throw ExitStatus.unusableInput.exitCode }
    }

    private func mistakes(in path: String) throws -> [SheetMistake] {
        let text = try OfficeFiles.text(of: path)
        do {
            _ = try TitleKnowledge.standard(with: text)
            return []
        } catch { return error.list }
    }
}
