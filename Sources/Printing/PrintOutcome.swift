public import DossierModel

/// How a print job ended, as far as it is known: what a ledger keeps.
public struct PrintOutcome: Hashable, Sendable, Codable {
    public enum State: String, Hashable, Sendable, Codable {
        /// The printer says that it printed everything.
        case completed
        /// The printer gave up.
        case aborted
        /// Somebody took the job back.
        case cancelled
        /// The time was up while the printer stood still; the job waits in it.
        case stopped
        /// The time was up; the printer still has the job.
        case unfinished
        /// The connection was lost, or the printer forgot the job: it may have been printed.
        case unknown
    }

    public var state: State
    /// The printer's number for the job; nil when the connection was lost before it gave one.
    public var jobID: Int?
    public var jobName: String
    public var printerName: String
    public var printerURI: String
    /// Of the bytes sent.
    public var document: SHA256Digest
    /// Keywords of RFC 8011 §5.3.8, as the printer sent them.
    public var stateReasons: [String]
    /// The printer's own words, or what broke the connection.
    public var message: String?
    /// Sides printed; nil when the printer does not tell.
    public var impressionsCompleted: Int?
    /// nil when the printer does not tell.
    public var sheetsCompleted: Int?

    /// What happened and what to do, for people.
    public var words: String {
        let job = jobID.map { "job \($0)" } ?? "the job"
        let reasons = (stateReasons.filter { $0 != "none" }.map(StateReason.words) + [message].compactMap(\.self)).joined(separator: ", ")
        return "\(printerName), \(job): \(stateWords)" + (reasons.isEmpty ? "" : " (\(reasons))")
    }

    private var stateWords: String {
        switch state {
        case .completed: "已打印 printed"
        case .aborted: "打印机中止 aborted by the printer; look at the tray for pages already printed, then print again"
        case .cancelled: "已取消 cancelled; look at the tray for pages already printed"
        case .stopped: "打印机停止 the printer stands still and keeps the job: put it right and it goes on printing; do not print again"
        case .unfinished: "未完成 not finished in time; the printer keeps the job and may still print it: do not print again"
        case .unknown: "结果不明 outcome unknown: the job may have been printed; look at the tray before printing again"
        }
    }
}
