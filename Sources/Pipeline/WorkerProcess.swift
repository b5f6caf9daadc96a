import DossierModel
import Foundation

/// Why a worker gave no answer.
enum WorkerFailure: Error, Equatable {
    /// Ended by itself or was killed from outside.
    case crashed
    case timedOut(seconds: Double)
    case outOfMemory(megabytes: Int)
    /// The answer was not one line of JSON in UTF-8.
    case garbled
    /// Could not be started, or its engine could not be loaded.
    case unavailable(String)
    /// The workspace cannot be written; no other worker could do better.
    case notStored(String)
    /// The run was interrupted.
    case cancelled
}

/// One worker process with its two pipes. Used by one thread.
final class WorkerProcess {
    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private var unread = Data()
    private var ended = false
    private(set) var pagesDone = 0

    /// Starting two processes at once can hand one's pipes to the other.
    private static let spawning = NSLock()

    init(command: [String]) throws(WorkerFailure) {
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = orders
        process.standardOutput = answers
        var environment = ProcessInfo.processInfo.environment
        environment["OMP_THREAD_LIMIT"] = "1"
        for (name, value) in Self.memoryHabits where environment[name] == nil { environment[name] = value }
        process.environment = environment
        do { try Self.spawning.withLock { try process.run() } } catch {
            throw WorkerFailure.unavailable("cannot start \(command[0]): \(error.localizedDescription)")
        }
        try? answers.fileHandleForWriting.close()
        try? orders.fileHandleForReading.close()
    }

    /// For glibc (mallopt(3)), bytes. Pictures, and what a page needed of smaller things beyond the last 32 MB, go back to the
    /// system at once, or a worker grows past 800 MB; the networks' tensors stay, because taking each anew from the system costs
    /// time (Benchmarks/RESULTS.md, “Balanced is the default”).
    private static let memoryHabits = ["MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "33554432", "MALLOC_MMAP_THRESHOLD_": "4194304"]

    deinit { kill() }

    /// Waits for the engine to be loaded.
    func awaitReady(within limits: Limits) throws(WorkerFailure) {
        switch try answer(within: limits) {
        case .ready: return
        case .unavailable(let message): throw .unavailable(message)
        default: throw .garbled
        }
    }

    func perform(_ order: WorkOrder, within limits: Limits) throws(WorkerFailure) -> WorkAnswer {
        var line = canonicalData(order)
        line.append(0x0A)
        do { try orders.fileHandleForWriting.write(contentsOf: line) } catch { throw .crashed }
        pagesDone += 1
        let answer = try answer(within: limits)
        if case .notStored(let message) = answer { throw .notStored(message) }
        return answer
    }

    /// Lets the worker end by itself: its standard input ends.
    func retire() {
        guard !ended else { return }
        ended = true
        try? orders.fileHandleForWriting.close()
        process.waitUntilExit()
        try? answers.fileHandleForReading.close()
    }

    func kill() {
        guard !ended else { return }
        ended = true
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? orders.fileHandleForWriting.close()
        try? answers.fileHandleForReading.close()
    }

    /// What ends a page.
    struct Limits {
        var seconds: Double
        var megabytes: Int
        var isCancelled: () -> Bool
    }

    private func answer(within limits: Limits) throws(WorkerFailure) -> WorkAnswer {
        let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(limits.seconds * 1e9)
        while true {
            if let line = nextLine() { return try decoded(line) }
            if limits.isCancelled() { throw .cancelled }
            if DispatchTime.now().uptimeNanoseconds > deadline { throw .timedOut(seconds: limits.seconds) }
            if residentMegabytes > limits.megabytes { throw .outOfMemory(megabytes: limits.megabytes) }
            try readMore(waiting: 100)
        }
    }

    private func nextLine() -> Data? {
        guard let end = unread.firstIndex(of: 0x0A) else { return nil }
        defer { unread = Data(unread[(end + 1)...]) }
        return unread[..<end]
    }

    private func decoded(_ line: Data) throws(WorkerFailure) -> WorkAnswer {
        guard String(validating: line, as: UTF8.self) != nil,
            let answer = try? JSONDecoder().decode(WorkAnswer.self, from: line)
        else { throw .garbled }
        return answer
    }

    private func readMore(waiting milliseconds: Int32) throws(WorkerFailure) {
        var waiting = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&waiting, 1, milliseconds)
        guard count > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let taken = read(waiting.fd, &buffer, buffer.count)
        if taken < 0, errno == EINTR || errno == EAGAIN { return }
        guard taken > 0 else { throw .crashed }
        unread.append(contentsOf: buffer[..<taken])
        // Far beyond any page's text: the worker babbles.
        if unread.count > 256 << 20 { throw .garbled }
    }

    /// Resident set size, from the second field of /proc/PID/statm, in pages (proc(5)).
    private var residentMegabytes: Int {
        let file = open("/proc/\(process.processIdentifier)/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 128)
        let count = read(file, &buffer, buffer.count)
        let fields = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return (pages * Int(sysconf(Int32(_SC_PAGESIZE)))) >> 20
    }
}
