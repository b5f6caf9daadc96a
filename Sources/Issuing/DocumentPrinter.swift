public import Archive
public import DossierModel
import Foundation
public import Printing
import Synchronization

/// Prints issued documents from the store and keeps the ledger.
public struct DocumentPrinter: Sendable {
    private let workspace: Workspace
    private let who: String

    /// - Parameters:
    ///   - workspace: Opened as `.registrar`.
    ///   - who: Name of the person who prints.
    public init(workspace: Workspace, who: String) {
        self.workspace = workspace
        self.who = who
    }

    /// Prints one document and follows the job to its end. The ledger's row is there before anything is sent.
    ///
    /// #### Errors
    /// `badUsage` for a void number; `integrity` when the stored document is damaged; and what the printer refuses with,
    /// which the ledger then holds as refused. An outcome other than completed is no error.
    public func print(
        _ document: RegisteredDocument, on printer: Printer, isTwoSided: Bool,
        isCancelled: @escaping @Sendable () -> Bool = { false }, progress: @escaping (PrintProgress) -> Void = { _ in }
    ) throws(DossierError) -> PrintOutcome {
        guard let file = document.file else {
            throw DossierError(.badUsage, "\(document.number) is void and has no document: \(document.reason ?? "")")
        }
        let bytes = try workspace.blobs.read(file.digest)
        let options = PrintOptions(sides: isTwoSided ? .twoSidedLongEdge : .oneSided, user: who)
        let row = try workspace.journal.beginPrinting(
            number: document.number, document: file.digest, by: who, printer: printer.name, uri: printer.uri, copies: 1,
            sides: options.sides.rawValue)
        let journal = workspace.journal
        let noted = Mutex(false)
        let outcome: PrintOutcome
        do throws(DossierError) {
            outcome = try printer.print(pdf: bytes, jobName: document.number, options: options, isCancelled: isCancelled) { state in
                let isFirst = noted.withLock { value in defer { value = value || state.jobID != nil }; return !value && state.jobID != nil }
                if isFirst, let job = state.jobID { try? journal.notePrintJob(job, of: row) }
                progress(state)
            }
        } catch {
            try? workspace.journal.finishPrinting(row, outcome: .refused, job: nil, sheets: nil, reasons: ["\(error)"])
            throw error
        }
        // Where this fails the row stays “sending”, which is true.
        try finish(row, outcome)
        return outcome
    }

    private func finish(_ row: Int64, _ outcome: PrintOutcome) throws(DossierError) {
        let state: PrintEntry.Outcome =
            switch outcome.state {
            case .completed: .completed
            case .aborted: .aborted
            case .cancelled: .cancelled
            case .stopped: .stopped
            case .unfinished: .unfinished
            case .unknown: .unknown
            }
        try workspace.journal.finishPrinting(
            row, outcome: state, job: outcome.jobID, sheets: outcome.sheetsCompleted,
            reasons: outcome.stateReasons + [outcome.message].compactMap(\.self))
    }
}
