import Archive
import ArgumentParser
import DossierModel
import Foundation

/// `--workspace`, shared by all subcommands.
struct WorkspaceOption: ParsableArguments {
    @Option(name: [.short, .long], help: "Folder of the workspace (default: $DOSSIER_WORKSPACE, else ./workspace).", completion: .directory)
    var workspace: String?

    var path: String {
        workspace ?? ProcessInfo.processInfo.environment["DOSSIER_WORKSPACE"].flatMap { $0.isEmpty ? nil : $0 } ?? "workspace"
    }

    /// #### Errors
    /// `notFound` when there is no workspace yet.
    func reading() throws -> Workspace {
        try Workspace.open(at: path, for: .readOnly)
    }

    /// Opens the workspace as its one writer; makes it when it is not there.
    func writing() throws -> Workspace {
        try Workspace.create(at: path)
    }
}
