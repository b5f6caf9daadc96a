internal import CCUPS
import DossierModel
import Foundation

/// One document on its way through a printer.
struct PrintJob {
    let printer: Printer
    let status: PrinterStatus
    let options: PrintOptions
    let isCancelled: () -> Bool
    let progress: (PrintProgress) -> Void
    var outcome: PrintOutcome
    private let deadline: ContinuousClock.Instant

    init(
        printer: Printer, status: PrinterStatus, options: PrintOptions, outcome: PrintOutcome,
        isCancelled: @escaping () -> Bool, progress: @escaping (PrintProgress) -> Void
    ) {
        self.printer = printer
        self.status = status
        self.options = options
        self.outcome = outcome
        self.isCancelled = isCancelled
        self.progress = progress
        deadline = .now + .seconds(options.timeout)
    }

    private var isLate: Bool { .now >= deadline }

    // MARK: Sending

    /// Gives the document to the printer. False when the connection was lost, or somebody cancelled, on the way:
    /// the outcome then says so.
    ///
    /// #### Errors
    /// What the printer's refusal means.
    mutating func send(_ pdf: [UInt8]) throws(DossierError) -> Bool {
        // With the job's number known first, a job that breaks off on the way can still be followed and cancelled.
        if status.knows(IPP_OP_CREATE_JOB), status.knows(IPP_OP_SEND_DOCUMENT) {
            guard try submit([], IPP_OP_CREATE_JOB) else { return false }
            // Known from here on, whatever happens while the document is sent.
            progress(PrintProgress(jobID: outcome.jobID, isPrinting: false, stateReasons: [], impressionsCompleted: nil))
            return try sendDocument(pdf)
        }
        return try submit(pdf, IPP_OP_PRINT_JOB)
    }

    /// Tries again as long as the printer is busy with another job.
    private mutating func submit(_ document: [UInt8], _ operation: ipp_op_t) throws(DossierError) -> Bool {
        var pause = Pause()
        while true {
            if isCancelled() { return ended(.cancelled, "before it was sent") }
            guard let answer = try answer(to: operation, document: document) else { return false }
            if answer.isSuccess {
                outcome.jobID = answer.number("job-id")
                return outcome.jobID != nil || ended(.unknown, "the printer gave the job no number")
            }
            guard answer.isBusy, !isLate else { throw printer.refusal(answer) }
            pause.wait()
        }
    }

    /// nil when the connection was lost in the middle of a document.
    private mutating func answer(to operation: ipp_op_t, document: [UInt8]) throws(DossierError) -> IPPAnswer? {
        let request = IPPRequest(operation, printer: printer, user: options.user)
        request.text("job-name", outcome.jobName, as: IPP_TAG_NAME)
        // Printed as asked or not at all.
        request.flag("ipp-attribute-fidelity", true)
        if !document.isEmpty { request.text("document-format", PrinterStatus.pdf, as: IPP_TAG_MIMETYPE) }
        addJobTemplate(to: request)
        let connection = try connect()
        do {
            return try connection.answer(to: request, document: document)
        } catch {
            guard !document.isEmpty else { throw nothingSent(error) }
            _ = ended(.unknown, error.cause)
            return nil
        }
    }

    private func connect() throws(DossierError) -> IPPConnection {
        do {
            return try IPPConnection(printer, patience: options.patience)
        } catch {
            throw nothingSent(error)
        }
    }

    private func nothingSent(_ loss: ConnectionLoss) -> DossierError {
        DossierError(
            .unavailable, "the connection to the printer was lost before anything was sent; check the printer, then print again",
            cause: loss.cause, location: printer.name)
    }

    /// Only what the printer says it knows: of anything else it would refuse the job.
    private func addJobTemplate(to request: borrowing IPPRequest) {
        request.number("copies", 1, in: IPP_TAG_JOB)
        if !status.media.isEmpty { request.text("media", options.media, as: IPP_TAG_KEYWORD, in: IPP_TAG_JOB) }
        if !status.sides.isEmpty { request.text("sides", options.sides.rawValue, as: IPP_TAG_KEYWORD, in: IPP_TAG_JOB) }
        if status.scalings.contains("none") { request.text("print-scaling", "none", as: IPP_TAG_KEYWORD, in: IPP_TAG_JOB) }
    }

    private mutating func sendDocument(_ pdf: [UInt8]) throws(DossierError) -> Bool {
        let request = IPPRequest(IPP_OP_SEND_DOCUMENT, printer: printer, user: options.user)
        request.number("job-id", outcome.jobID ?? 0)
        request.text("document-name", outcome.jobName, as: IPP_TAG_NAME)
        request.text("document-format", PrinterStatus.pdf, as: IPP_TAG_MIMETYPE)
        request.flag("last-document", true)
        let answer: IPPAnswer
        do {
            answer = try IPPConnection(printer, patience: options.patience).answer(to: request, document: pdf)
        } catch {
            // Half a document must not be printed; following shows what became of it.
            cancel()
            outcome.message = error.cause
            return true
        }
        if !answer.isSuccess {
            cancel()
            if answer.isFormatRefused { throw printer.refusal(answer) }
            // The job is there, and pages may be: following it shows what became of it.
            outcome.message = answer.message
        }
        return true
    }

    // MARK: Following

    /// Asks after the job until it has ended, or the time is up, or the printer is gone.
    mutating func follow() {
        var pause = Pause()
        var silence: ContinuousClock.Instant?
        var hasCancelled = false
        while true {
            if isCancelled(), !hasCancelled {
                cancel()
                hasCancelled = true
            }
            switch look() {
            case .success(true): return
            case .success(false):
                silence = nil
                if isLate { return }
            case .failure(let loss):
                // A printer that is switched off and on again may take a moment.
                let since = silence ?? .now
                silence = since
                if isLate || .now >= since + .seconds(options.patience) { return lose(loss.cause) }
            }
            pause.wait()
        }
    }

    /// Whether the job has ended.
    private mutating func look() -> Result<Bool, ConnectionLoss> {
        do {
            let request = IPPRequest(IPP_OP_GET_JOB_ATTRIBUTES, printer: printer, user: options.user)
            request.number("job-id", outcome.jobID ?? 0)
            request.ask(for: JobReport.attributes)
            let answer = try IPPConnection(printer, patience: options.patience).answer(to: request)
            if answer.isNotFound {
                lose("the printer no longer knows the job")
                return .success(true)
            }
            guard answer.isSuccess else { return .failure(ConnectionLoss(cause: answer.message)) }
            return .success(take(JobReport(answer)))
        } catch {
            return .failure(error)
        }
    }

    private mutating func take(_ report: JobReport) -> Bool {
        outcome.state = report.state
        outcome.stateReasons = report.reasons
        outcome.message = report.message
        outcome.impressionsCompleted = report.impressions
        outcome.sheetsCompleted = report.sheets
        progress(PrintProgress(jobID: outcome.jobID, isPrinting: report.isPrinting, stateReasons: report.reasons, impressionsCompleted: report.impressions))
        return report.hasEnded
    }

    /// A printer that does not hear it is seen by the next look.
    private func cancel() {
        let request = IPPRequest(IPP_OP_CANCEL_JOB, printer: printer, user: options.user)
        request.number("job-id", outcome.jobID ?? 0)
        _ = try? IPPConnection(printer, patience: options.patience).answer(to: request)
    }

    private mutating func lose(_ cause: String) {
        outcome.state = .unknown
        outcome.message = cause
    }

    private mutating func ended(_ state: PrintOutcome.State, _ message: String) -> Bool {
        outcome.state = state
        outcome.message = message
        return false
    }
}

/// Waits between questions, from a twentieth of a second to two seconds.
private struct Pause {
    private var seconds = 0.05

    mutating func wait() {
        Thread.sleep(forTimeInterval: seconds)
        seconds = min(2, seconds * 1.5)
    }
}
