public import DossierModel
import Foundation

/// Does orders in worker processes, several at a time, and hands the outcomes to one consumer in the order they finish.
///
/// A worker that crashes, hangs past its limit, exceeds its memory or answers nonsense is replaced and the order
/// is tried once more in a fresh one; then the order's outcome is a failure and the run goes on.
public final class WorkerPool {
    public struct Configuration: Sendable {
        /// The worker's command line, first the binary.
        public var command: [String]
        /// How many workers run at once.
        public var count: Int
        public var limits: Settings.Workers

        public init(command: [String], count: Int, limits: Settings.Workers) {
            self.command = command
            self.count = count
            self.limits = limits
        }
    }

    private let configuration: Configuration
    private let cancellation: Cancellation

    public init(_ configuration: Configuration, cancellation: Cancellation) {
        self.configuration = configuration
        self.cancellation = cancellation
    }

    enum Outcome: Sendable {
        case answered(WorkAnswer)
        case failed(WorkerFailureReport)
    }

    /// Gives every order to a worker; `consume` is called on the calling thread, once per order, as they finish.
    ///
    /// #### Errors
    /// `missingComponent` when no worker can start; `fileSystem` when the workspace cannot be written; whatever `consume` throws. The pool is wound up in every case.
    func perform(
        _ orders: [WorkOrder], consume: (_ index: Int, Outcome) throws(DossierError) -> Void
    ) throws(DossierError) {
        guard !orders.isEmpty else { return }
        let queue = OrderQueue(orders)
        for _ in 0..<min(configuration.count, orders.count) {
            let slot = WorkerSlot(configuration: configuration, queue: queue, cancellation: cancellation)
            let thread = Thread { slot.run() }
            thread.stackSize = 1 << 20
            thread.start()
        }
        defer { queue.close() }
        for _ in orders {
            switch queue.nextOutcome() {
            case .done(let index, let outcome): try consume(index, outcome)
            case .stopped(let error): throw error
            }
        }
    }
}

/// Set once, from a signal handler or a test; seen by everyone soon.
public final class Cancellation: @unchecked Sendable {
    private let lock = NSLock()
    private var cancelled = false

    public init() {}
    public func cancel() { lock.withLock { cancelled = true } }
    public var isCancelled: Bool { lock.withLock { cancelled } }
}

/// Why an order failed twice, in words for a finding.
struct WorkerFailureReport: Sendable {
    var id: String
    var reason: String

    init(_ failure: WorkerFailure) {
        (id, reason) =
            switch failure {
            case .crashed: ("worker.crashed", "the worker process crashed on it, twice")
            case .timedOut(let seconds): ("worker.timeout", "it took longer than \(Int(seconds)) seconds, twice")
            case .outOfMemory(let megabytes): ("worker.memory", "it needed more than \(megabytes) MB of memory, twice")
            case .garbled: ("worker.garbled", "the worker's answer was not readable, twice")
            case .unavailable(let message): ("worker.unavailable", message)
            case .notStored(let message): ("worker.storage", message)
            case .cancelled: ("worker.cancelled", "the run was interrupted")
            }
    }
}

/// Hands orders to slots and outcomes to the consumer.
private final class OrderQueue: @unchecked Sendable {
    enum Event {
        case done(Int, WorkerPool.Outcome)
        case stopped(DossierError)
    }

    private let condition = NSCondition()
    private var orders: ArraySlice<(offset: Int, element: WorkOrder)>
    private var events: [Event] = []
    private var closed = false

    init(_ orders: [WorkOrder]) {
        self.orders = Array(orders.enumerated())[...]
    }

    func take() -> (index: Int, order: WorkOrder)? {
        condition.withLock {
            guard !closed, let next = orders.popFirst() else { return nil }
            return (next.offset, next.element)
        }
    }

    func post(_ event: Event) {
        condition.withLock {
            events.append(event)
            condition.signal()
        }
    }

    func nextOutcome() -> Event {
        condition.withLock {
            while events.isEmpty { condition.wait() }
            return events.removeFirst()
        }
    }

    var isClosed: Bool { condition.withLock { closed } }

    func close() { condition.withLock { closed = true } }
}

/// One place in the pool: a thread that keeps one worker alive and feeds it.
private final class WorkerSlot: @unchecked Sendable {
    private let configuration: WorkerPool.Configuration
    private let queue: OrderQueue
    private let cancellation: Cancellation
    private var worker: WorkerProcess?

    init(configuration: WorkerPool.Configuration, queue: OrderQueue, cancellation: Cancellation) {
        self.configuration = configuration
        self.queue = queue
        self.cancellation = cancellation
    }

    func run() {
        while let (index, order) = queue.take() {
            do {
                queue.post(.done(index, try outcome(of: order)))
            } catch {
                queue.post(.stopped(error))
                break
            }
        }
        worker?.retire()
    }

    private func outcome(of order: WorkOrder) throws(DossierError) -> WorkerPool.Outcome {
        var last = WorkerFailure.crashed
        for _ in 1...2 {
            do {
                return .answered(try readyWorker().perform(order, within: limits))
            } catch {
                worker?.kill()
                worker = nil
                last = error
                if case .cancelled = error {
                    throw DossierError(.interrupted, "interrupted; run the same command again to continue")
                }
                if case .unavailable(let message) = error { throw DossierError(.missingComponent, message) }
                if case .notStored(let message) = error { throw DossierError(.fileSystem, message) }
            }
        }
        return .failed(WorkerFailureReport(last))
    }

    private func readyWorker() throws(WorkerFailure) -> WorkerProcess {
        if let worker, worker.pagesDone < configuration.limits.pagesBeforeRecycling { return worker }
        worker?.retire()
        worker = nil
        var last = WorkerFailure.crashed
        for _ in 1...3 {
            do {
                let fresh = try WorkerProcess(command: configuration.command)
                try fresh.awaitReady(within: limits)
                worker = fresh
                return fresh
            } catch {
                if case .cancelled = error { throw error }
                if case .unavailable = error { throw error }
                last = error
            }
        }
        throw .unavailable("the worker process does not start: \(WorkerFailureReport(last).reason); try --engine tesseract, or run “make setup” again")
    }

    private var limits: WorkerProcess.Limits {
        WorkerProcess.Limits(
            seconds: configuration.limits.pageTimeout, megabytes: configuration.limits.memoryLimit,
            isCancelled: { [cancellation, queue] in cancellation.isCancelled || queue.isClosed })
    }
}
