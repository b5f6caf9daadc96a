import Archive
import DossierModel

/// Takes the scanner's files into the store, unchanged.
struct OriginalsTaker {
    let workspace: Workspace
    let report: (RunEvent) -> Void

    /// The files, and what is to be said of those that could not be had.
    ///
    /// #### Errors
    /// `fileSystem` when the store cannot be written, or disk or share fail; `busy` for a file that is still being written.
    func take(_ files: [Delivery.File], cancellation: Cancellation) throws(DossierError) -> (taken: [ScannerFile], refusals: [Finding]) {
        report(.started(.intake, total: files.count))
        var (taken, refusals): ([ScannerFile], [Finding]) = ([], [])
        for (at, file) in files.enumerated() {
            if cancellation.isCancelled { throw .interruptedRun }
            do throws(DossierError) { taken.append(try workspace.blobs.take(copyOf: file.path, as: file.name)) } catch {
                guard let refusal = Finding.untaken(error, file) else { throw error }
                refusals.append(refusal)
            }
            report(.advanced(.intake, done: at + 1, total: files.count))
        }
        report(.finished(.intake, total: files.count))
        return (taken, refusals)
    }
}

extension DossierError {
    static var interruptedRun: DossierError {
        DossierError(.interrupted, "interrupted; run the same command again to continue")
    }
}
