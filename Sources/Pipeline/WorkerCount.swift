import Foundation

/// How many workers a machine bears.
enum WorkerCount {
    /// What a worker holds at its largest page, bytes: 0.8 GB measured with PP-OCR and layers (Benchmarks/RESULTS.md), and some air.
    private static let share = 1_000_000_000
    /// For the coordinator and the system, bytes.
    private static let reserve = 500_000_000

    /// One per core, fewer where memory is short, one at least. `wanted` above 0 is a person's word.
    ///
    /// - Parameter memory: bytes that may be taken; nil where nobody knows.
    static func count(wanted: Int, cores: Int, memory: Int?) -> Int {
        guard wanted <= 0 else { return wanted }
        let borne = memory.map { ($0 - reserve) / share } ?? cores
        return max(1, min(cores, borne))
    }

    /// What the system can give without swapping (`MemAvailable`, proc(5)), within the limit of the control group.
    static var freeMemory: Int? {
        let text = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        let available = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
        return [available, groupMemory].compactMap(\.self).min()
    }

    /// Bytes left to the control group (cgroups(7), version 2); nil without a limit.
    private static var groupMemory: Int? {
        func figure(_ name: String) -> Int? {
            (try? String(contentsOfFile: "/sys/fs/cgroup/" + name, encoding: .utf8)).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        return figure("memory.max").map { $0 - (figure("memory.current") ?? 0) }
    }
}
