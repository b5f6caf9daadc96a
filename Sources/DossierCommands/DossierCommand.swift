public import ArgumentParser
import DossierModel
import Foundation

/// The `dossier` command: a list of subcommands and the one place where errors become messages and exit codes.
public struct DossierCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "dossier",
        abstract: "Turns a scanner's folder into an indexed, searchable, provable case file (电子卷宗).",
        discussion: """
            A first case in two commands:

              dossier run scans/ --case 海检刑诉受〔2024〕123号
              dossier search 盗窃

            Everything is kept in the workspace, a folder: --workspace DIR, or the environment variable \
            DOSSIER_WORKSPACE, or ./workspace.

            \(ExitStatus.table)

            Shell completions: dossier --generate-completion-script bash|zsh|fish
            """,
        version: ProgramVersion.text,
        subcommands: [
            RunCommand.self, WatchCommand.self, StatusCommand.self, FindingsCommand.self, ReviewCommand.self, InspectionCommand.self, TextCommand.self, SearchCommand.self,
            InspectCommand.self, VerifyCommand.self, ExportCommand.self, KeysCommand.self, ServeCommand.self, DocumentCommand.self, TemplateCommand.self, PrinterCommand.self,
            CatalogueCommand.self, TitlesCommand.self, SeparatorsCommand.self, InitCommand.self, WorkerCommand.self,
        ])

    public init() {}

    /// Parses the arguments, runs the subcommand and ends the process with its exit code.
    public static func runToExit() -> Never {
        // A reader that goes away (`| head`) is no error.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
            Foundation.exit(0)
        } catch let error as DossierError {
            Terminal.complain("dossier: \(error)")
            Foundation.exit(ExitStatus(of: error).rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
