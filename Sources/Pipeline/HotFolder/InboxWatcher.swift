import Dispatch
public import DossierModel
import Foundation

/// Processes the batches of an inbox one after the other, as they come to rest.
public struct InboxWatcher {
    public enum Event: Sendable {
        case began(batch: String)
        case finished(batch: String, RunSummary, movedTo: String)
        /// What could be had of it is a case, and it stays in the inbox until something in it changes.
        case incomplete(batch: String, RunSummary)
        /// It grew while it was processed and is taken again.
        case changed(batch: String)
        /// It stays in the inbox until something in it changes.
        case refused(batch: String, DossierError)
        /// It stays in the inbox and is tried again after so many seconds.
        case postponed(batch: String, DossierError, seconds: Double)
        /// A file lies in the inbox itself and belongs to no batch.
        case loose(file: String)
        /// Nothing lies in the batch folder.
        case empty(batch: String)
    }

    public struct Options: Sendable {
        /// Seconds a batch must stay as it is before it is taken.
        public var settle: Double
        /// Seconds between two looks.
        public var interval: Double
        /// Seconds until a batch is tried again after a failure that is not its own.
        public var retry: Double
        /// Every batch is taken once; ends when none is left that has not been.
        public var once: Bool

        public init(settle: Double, interval: Double, retry: Double = 60, once: Bool = false) {
            self.settle = settle
            self.interval = interval
            self.retry = retry
            self.once = once
        }
    }

    private let inbox: Inbox
    private let options: Options
    private let cancellation: Cancellation
    private let report: (Event) -> Void

    public init(_ inbox: Inbox, options: Options, cancellation: Cancellation, report: @escaping (Event) -> Void) {
        self.inbox = inbox
        self.options = options
        self.cancellation = cancellation
        self.report = report
    }

    /// Watches until it is cancelled, or, with `once`, until nothing is left to take.
    ///
    /// Nothing has to be remembered over a restart: a batch is moved only when it is finished, and processing one again
    /// reads nothing twice.
    /// - Parameter process: Takes the batch in this folder to its end. `badUsage`, `notFound`, `nothingToDo` and
    ///   `unusableInput` are the batch's own fault; other errors are not, and it is tried again.
    ///
    /// #### Errors
    /// `fileSystem` when the inbox cannot be listed at the start. A share that goes away later is waited for.
    public func run(process: (_ folder: String) throws(DossierError) -> RunSummary) throws(DossierError) {
        var memory = InboxMemory(settle: options.settle)
        // Who looks once has no time to wait.
        var leftovers = InboxLeftovers(settle: options.once ? 0 : options.settle)
        _ = try inbox.contents()
        while !cancellation.isCancelled {
            if let contents = try? inbox.contents() {
                for batch in memory.ready(contents.batches, at: Self.now) where !cancellation.isCancelled {
                    take(batch, contents.batches[batch]!, &memory, process)
                }
                tell(leftovers.news(Set(contents.loose.map { .loose($0) } + memory.emptyBatches.map { .empty($0) }), at: Self.now))
                if options.once, !memory.isWaiting || cancellation.isCancelled { return }
            }
            pause()
        }
    }

    private func tell(_ leftovers: [InboxLeftovers.Item]) {
        for item in leftovers {
            switch item {
            case .loose(let file): report(.loose(file: file))
            case .empty(let batch): report(.empty(batch: batch))
            }
        }
    }

    private func take(
        _ batch: String, _ listing: InboxMemory.Listing, _ memory: inout InboxMemory,
        _ process: (String) throws(DossierError) -> RunSummary
    ) {
        report(.began(batch: batch))
        do throws(DossierError) {
            let summary = try process(inbox.path + "/" + batch)
            guard summary.untaken.isEmpty else { return keep(batch, summary, &memory) }
            // What came meanwhile was perhaps not seen: the batch stays, comes to rest again, and is taken again.
            guard let place = try inbox.finish(batch, asIn: listing) else { return report(.changed(batch: batch)) }
            inbox.removeNote(batch)
            report(.finished(batch: batch, summary, movedTo: place))
        } catch { fail(batch, error, &memory) }
    }

    /// Moved, it would be taken no more, and what it lacks would never come into the case.
    private func keep(_ batch: String, _ summary: RunSummary, _ memory: inout InboxMemory) {
        memory.refused(batch)
        inbox.leaveNote(batch, summary.untaken.map { "\($0.message); \($0.remedy)\n" }.joined())
        report(.incomplete(batch: batch, summary))
    }

    private func fail(_ batch: String, _ error: DossierError, _ memory: inout InboxMemory) {
        switch error.code {
        case .interrupted: break
        case .badUsage, .notFound, .nothingToDo, .unusableInput:
            memory.refused(batch)
            inbox.leaveNote(batch, "\(error)\n")
            report(.refused(batch: batch, error))
        default:
            memory.postponed(batch, until: Self.now + options.retry)
            report(.postponed(batch: batch, error, seconds: options.retry))
        }
    }

    /// In short steps, so that a stop is noticed.
    private func pause() {
        let end = Self.now + options.interval
        while Self.now < end, !cancellation.isCancelled { Thread.sleep(forTimeInterval: min(0.2, options.interval)) }
    }

    /// Seconds of a clock that nobody sets.
    private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
