import Archive
import DossierModel

/// Takes the scanner's files into the store, unchanged.
struct OriginalsTaker {
    let workspace: Workspace
    let report: (RunEvent) -> Void

    /// #### Errors
    /// `fileSystem` when a file cannot be read or stored.
    func take(_ files: [Delivery.File], cancellation: Cancellation) throws(DossierError) -> [ScannerFile] {
        report(.started(.intake, total: files.count))
        var taken: [ScannerFile] = []
        for file in files {
            if cancellation.isCancelled { throw .interruptedRun }
            taken.append(try workspace.blobs.take(copyOf: file.path, as: file.name))
            report(.advanced(.intake, done: taken.count, total: files.count))
        }
        report(.finished(.intake, total: files.count))
        return taken
    }
}

extension DossierError {
    static var interruptedRun: DossierError {
        DossierError(.interrupted, "interrupted; run the same command again to continue")
    }
}
