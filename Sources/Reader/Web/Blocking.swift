import Dispatch

/// Runs blocking work (disk, database, pixels) on threads of its own, so that the threads that answer requests never wait.
struct Blocking: Sendable {
    private let queue: DispatchQueue

    init(_ label: String) { queue = DispatchQueue(label: label, qos: .userInitiated, attributes: .concurrent) }

    static let files = Blocking("reader.files")

    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
