import DossierModel

/// What a printer says of a job (RFC 8011 §5.3).
struct JobReport {
    static let attributes = [
        "job-state", "job-state-reasons", "job-state-message", "job-printer-state-message", "job-impressions-completed",
        "job-media-sheets-completed",
    ]

    /// The outcome if nothing more were heard.
    var state: PrintOutcome.State
    var hasEnded: Bool
    var isPrinting: Bool
    var reasons: [String]
    var message: String?
    var impressions: Int?
    var sheets: Int?

    init(_ answer: IPPAnswer) {
        let number = answer.number("job-state")
        state =
            switch number {
            case 9: .completed
            case 8: .aborted
            case 7: .cancelled
            case 6: .stopped
            case 3, 4, 5: .unfinished
            default: .unknown
            }
        hasEnded = (number ?? 0) >= 7
        isPrinting = number == 5
        reasons = answer.texts("job-state-reasons").filter { $0 != "none" }
        message = answer.text("job-state-message") ?? answer.text("job-printer-state-message")
        impressions = answer.number("job-impressions-completed")
        sheets = answer.number("job-media-sheets-completed")
    }
}

/// How far a job has come.
public struct PrintProgress: Hashable, Sendable {
    public var jobID: Int?
    public var isPrinting: Bool
    public var stateReasons: [String]
    public var impressionsCompleted: Int?

    /// For people: `打印中 printing, 2`.
    public var words: String {
        let parts = [isPrinting ? "打印中 printing" : "等待 waiting"] + [impressionsCompleted.map { "\($0) 面 sides" }].compactMap(\.self)
        return (parts + stateReasons.map(StateReason.words)).joined(separator: ", ")
    }
}
