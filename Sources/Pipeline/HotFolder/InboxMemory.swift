/// What was seen of a hot folder so far, and which of its batch folders have come to rest. Pure: the listing and the time are given.
struct InboxMemory {
    /// Everything in one batch folder that shows when it changes.
    struct Listing: Hashable, Sendable {
        struct File: Hashable, Sendable {
            /// Path within the batch folder.
            var name: String
            var bytes: Int
            /// Of the last change, nanoseconds since 1970.
            var modified: Int
            /// For us; rights change without a new time, and so does what a link leads to.
            var isReadable = true
        }

        var files: Set<File>
        /// The scanner's sign that nothing more comes is there, or none is asked for.
        var isMarked: Bool

        /// Whether the same was written. What a link leads to may be lost when its folder is moved.
        func isWritten(as other: Self) -> Bool {
            let written = { (listing: Self) in Set(listing.files.map { File(name: $0.name, bytes: $0.bytes, modified: $0.modified) }) }
            return isMarked == other.isMarked && written(self) == written(other)
        }
    }

    private struct Batch {
        var listing: Listing
        /// Seconds; since when the listing has been as it is.
        var since: Double
        /// Seconds; nil: as soon as it rests. A refused batch has no time and waits for a change.
        var retry: Retry?
    }

    private enum Retry: Equatable { case at(Double), afterChange }

    /// Seconds a folder must stay as it is.
    private let settle: Double
    private var batches: [String: Batch] = [:]

    init(settle: Double) { self.settle = settle }

    /// Takes note of what is there now; gives the batches that may be taken, in the order of their names.
    mutating func ready(_ listings: [String: Listing], at now: Double) -> [String] {
        batches = batches.filter { listings[$0.key] != nil }
        for (name, listing) in listings where batches[name]?.listing != listing {
            batches[name] = Batch(listing: listing, since: now, retry: nil)
        }
        return batches.filter { isReady($0.value, at: now) }.map(\.key).sorted(by: NaturalOrder.precedes)
    }

    private func isReady(_ batch: Batch, at now: Double) -> Bool {
        guard !batch.listing.files.isEmpty, batch.listing.isMarked, now - batch.since >= settle else { return false }
        return switch batch.retry {
        case nil: true
        case .afterChange?: false
        case .at(let time)?: now >= time
        }
    }

    /// The batch was refused as it is: it is taken again when something in it changes.
    mutating func refused(_ name: String) { batches[name]?.retry = .afterChange }

    /// Something outside the batch went wrong: it is taken again at `time` at the earliest.
    mutating func postponed(_ name: String, until time: Double) { batches[name]?.retry = .at(time) }

    /// Batch folders in which nothing lies.
    var emptyBatches: [String] { batches.filter { $0.value.listing.files.isEmpty }.map(\.key) }

    /// Whether anything is there that has not been tried as it is and will be ready without anybody's doing.
    var isWaiting: Bool {
        batches.values.contains { $0.retry == nil && !$0.listing.files.isEmpty && $0.listing.isMarked }
    }
}
