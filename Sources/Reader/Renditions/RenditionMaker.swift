import Archive
import DossierModel
import Foundation
import ImageCodecs
import Logging
import Synchronization

/// Gives the pictures of pages: from the cache, else made now; and makes those ahead that will be asked for next.
///
/// Pixels are worked on by at most as many threads as there are cores. Whoever waits comes before what is made ahead,
/// the latest first: a reader who turns quickly wants the page in front of him. One picture is made once, however many
/// ask for it.
final class RenditionMaker: Sendable {
    private let workspace: Workspace
    private let cache: CacheFolder
    private let logger: Logger
    private let work: DispatchQueue
    private let state = Mutex(State())
    private let threads = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Pictures of about 15,000 pages.
    private static let cacheLimit = 2_000_000_000
    private static let mostAhead = 12

    typealias Waiter = CheckedContinuation<Data, any Error>

    struct State {
        var urgent: [RenditionPlan] = []
        var ahead: [RenditionPlan] = []
        /// Everything queued or being made, with those who wait for it.
        var waiters: [SHA256Digest: [Waiter]] = [:]
        var running = 0
    }

    init(_ workspace: Workspace, logger: Logger) {
        self.workspace = workspace
        self.logger = logger
        cache = workspace.cache("renditions", limit: Self.cacheLimit)
        // Another class of service than `Blocking.files`: those of one class share as many threads as there are cores.
        work = DispatchQueue(label: "reader.renditions", qos: .utility, attributes: .concurrent)
    }

    /// JPEG or PNG.
    ///
    /// #### Errors
    /// As `ScannerFiles.decode`: the original has changed, or is not what it was.
    func picture(_ plan: RenditionPlan) async throws -> Data {
        if let known = try await Blocking.files.run({ [cache] in cache.bytes(for: plan.key) }) { return known }
        return try await withCheckedThrowingContinuation { enqueue(plan, waiter: $0) }
    }

    func makeAhead(_ plans: [RenditionPlan]) {
        for plan in plans where !cache.contains(plan.key) { enqueue(plan, waiter: nil) }
    }

    private func enqueue(_ plan: RenditionPlan, waiter: Waiter?) {
        let starts = state.withLock { state in
            let isKnown = state.waiters[plan.key] != nil
            state.waiters[plan.key, default: []] += waiter.map { [$0] } ?? []
            if waiter != nil, let position = state.ahead.firstIndex(where: { $0.key == plan.key }) {
                state.urgent.append(state.ahead.remove(at: position))
            } else if !isKnown {
                state.queue(plan, isUrgent: waiter != nil, most: Self.mostAhead)
            }
            guard state.running < threads else { return false }
            state.running += 1
            return true
        }
        if starts { work.async { self.drain() } }
    }

    private func drain() {
        while let plan = state.withLock({ $0.next() }) {
            let result = Result { try cache.bytes(for: plan.key) ?? made(plan) }
            let waiters = state.withLock { $0.waiters.removeValue(forKey: plan.key) } ?? []
            for waiter in waiters { waiter.resume(with: result) }
        }
    }

    private func made(_ plan: RenditionPlan) throws -> Data {
        let raster = try ScannerFiles.pixels(
            path: workspace.blobs.path(of: plan.file), name: plan.fileName, frame: plan.frame, reduction: plan.reduction,
            settings: workspace.settings.intake)
        let picture = try RenditionCoder.picture(of: raster, plan: plan)
        do { try cache.put(picture, for: plan.key) } catch {
            logger.warning("the picture could not be kept and will be made anew: \(error)")
        }
        return Data(picture)
    }
}

extension RenditionMaker.State {
    fileprivate mutating func queue(_ plan: RenditionPlan, isUrgent: Bool, most: Int) {
        if isUrgent { return urgent.append(plan) }
        ahead.append(plan)
        if ahead.count > most { waiters[ahead.removeFirst().key] = nil }
    }

    /// nil ends the thread that asks.
    fileprivate mutating func next() -> RenditionPlan? {
        if let plan = urgent.popLast() { return plan }
        if !ahead.isEmpty { return ahead.removeFirst() }
        running -= 1
        return nil
    }
}
