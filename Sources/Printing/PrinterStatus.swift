public import DossierModel
internal import CCUPS

/// What a printer says of itself (RFC 8011 §5.4).
public struct PrinterStatus: Hashable, Sendable, Codable {
    public enum State: String, Hashable, Sendable, Codable { case idle, processing, stopped, unknown }

    /// The name it gives itself.
    public var name: String?
    public var state: State
    /// Keywords as the printer sends them, without `none`.
    public var stateReasons: [String]
    public var isAcceptingJobs: Bool
    /// MIME types of the documents it takes.
    public var formats: [String]
    /// PWG 5101.1 names; empty when it does not say.
    public var media: [String]
    /// `one-sided`, `two-sided-long-edge`, …; empty when it does not say.
    public var sides: [String]
    var operations: [Int]
    var scalings: [String]

    public static let pdf = "application/pdf"
    public var acceptsPDF: Bool { formats.contains(Self.pdf) }

    /// State and reasons for people: `空闲 idle`, `停止 stopped: 缺纸 out of paper`.
    public var words: String {
        let state =
            switch state {
            case .idle: "空闲 idle"
            case .processing: "打印中 printing"
            case .stopped: "停止 stopped"
            case .unknown: "状态不明 state unknown"
            }
        let refusal = isAcceptingJobs ? [] : ["不接受任务 not accepting jobs"]
        let reasons = refusal + stateReasons.map(StateReason.words)
        return reasons.isEmpty ? state : state + ": " + reasons.joined(separator: ", ")
    }
}

extension PrinterStatus {
    static let attributes = [
        "printer-name", "printer-info", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "document-format-supported",
        "media-supported", "sides-supported", "operations-supported", "print-scaling-supported",
    ]

    init(_ answer: IPPAnswer) {
        name = answer.text("printer-info") ?? answer.text("printer-name")
        state =
            switch answer.number("printer-state") {
            case 3: .idle
            case 4: .processing
            case 5: .stopped
            default: .unknown
            }
        stateReasons = answer.texts("printer-state-reasons").filter { $0 != "none" }
        isAcceptingJobs = answer.flag("printer-is-accepting-jobs") ?? true
        formats = answer.texts("document-format-supported")
        media = answer.texts("media-supported")
        sides = answer.texts("sides-supported")
        operations = answer.numbers("operations-supported")
        scalings = answer.texts("print-scaling-supported")
    }

    func knows(_ operation: ipp_op_t) -> Bool { operations.contains(Int(operation.rawValue)) }
}

extension Printer {
    /// Asks the printer how it is.
    ///
    /// - Parameter patience: seconds.
    /// #### Errors
    /// `unavailable` when nothing answers there, or something that is no printer or wants a password.
    public func status(patience: Double = 10) throws(DossierError) -> PrinterStatus {
        let answer: IPPAnswer
        do {
            let connection = try IPPConnection(self, patience: patience)
            let request = IPPRequest(IPP_OP_GET_PRINTER_ATTRIBUTES, printer: self)
            request.ask(for: PrinterStatus.attributes)
            answer = try connection.answer(to: request)
        } catch {
            throw DossierError(
                .unavailable, "the printer does not answer; check that it is switched on and connected, and that the address is right",
                cause: error.cause, location: name)
        }
        guard answer.isSuccess else { throw refusal(answer) }
        return PrinterStatus(answer)
    }

    /// What a printer's “no” means.
    func refusal(_ answer: IPPAnswer) -> DossierError {
        if answer.isAuthenticationWanted {
            return DossierError(
                .unavailable, "the printer wants a user and password, which is not supported; allow this machine to print without, or set the printer up as a queue",
                cause: answer.message, location: name)
        }
        if answer.isNotFound {
            return DossierError(
                .notFound, "there is no printer at this address; check the path, which is often /ipp/print", cause: answer.message, location: name)
        }
        if answer.isFormatRefused {
            return DossierError(
                .unsupported, "the printer refused the document: it does not print PDF; use another printer, or a queue that converts",
                cause: answer.message, location: name)
        }
        return DossierError(
            .unavailable, "the printer refused the job; look at its display, then print again", cause: answer.message, location: name)
    }
}
