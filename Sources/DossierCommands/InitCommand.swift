import Archive
import ArgumentParser

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace: folders, commented settings, empty database.",
        discussion: """
            Harmless when the workspace is there already; its settings are left as they are.

            Example:
              dossier init --workspace /data/cases
            """)

    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
        try Workspace.initialise(at: workspace.path)
        Terminal.result("\(workspace.path): ready; the settings are in dossier.yaml there")
    }
}
