import DossierModel
import Foundation

/// A child process with its running time and the most memory that it and its descendants held.
struct MeasuredProcess {
    struct Outcome {
        var status: Int32
        var seconds: Double
        /// Largest resident set of the process itself, bytes.
        var ownPeak: Int
        /// Largest resident set of any one descendant, bytes.
        var childPeak: Int
        /// Largest sum of the proportional set sizes of the whole tree at one moment, bytes.
        var treePeak: Int

        /// #### Errors
        /// `library` when the process ended with a higher exit code.
        @discardableResult
        func require(atMost limit: Int32, of name: String) throws -> Outcome {
            guard status <= limit else { throw DossierError(.library, "\(name) ended with exit code \(status); its messages are above") }
            return self
        }
    }

    private let path: String
    private let arguments: [String]
    private let environment: [String: String]

    init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
    }

    /// Standard output goes to standard error, so that only the figures are results.
    func run() throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.standardError
        let start = DispatchTime.now().uptimeNanoseconds
        try process.run()
        var memory = MemoryWatch(root: process.processIdentifier)
        while process.isRunning {
            memory.look()
            Thread.sleep(forTimeInterval: 0.25)
        }
        process.waitUntilExit()
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        return Outcome(
            status: process.terminationStatus, seconds: seconds, ownPeak: memory.ownPeak, childPeak: memory.childPeak,
            treePeak: memory.treePeak)
    }
}

/// Reads the memory of a process tree from /proc (proc(5)).
struct MemoryWatch {
    private let root: Int32
    private(set) var ownPeak = 0
    private(set) var childPeak = 0
    private(set) var treePeak = 0
    private var looks = 0

    init(root: Int32) { self.root = root }

    mutating func look() {
        let tree = Self.descendants(of: root)
        ownPeak = max(ownPeak, Self.kilobytes("VmHWM:", in: "/proc/\(root)/status"))
        for process in tree { childPeak = max(childPeak, Self.kilobytes("VmHWM:", in: "/proc/\(process)/status")) }
        looks += 1
        // The kernel walks every page for it, so it is asked seldom: watching must not slow what is measured.
        guard looks % 10 == 1 else { return }
        let total = ([root] + tree).map { Self.kilobytes("Pss:", in: "/proc/\($0)/smaps_rollup") }.reduce(0, +)
        treePeak = max(treePeak, total)
    }

    private static func descendants(of root: Int32) -> [Int32] {
        var children: [Int32: [Int32]] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            guard let process = Int32(name), let parent = parent(of: process) else { continue }
            children[parent, default: []].append(process)
        }
        var (found, open) = ([Int32](), [root])
        while let next = open.popLast() {
            found += children[next] ?? []
            open += children[next] ?? []
        }
        return found
    }

    /// The fourth field of stat; the name before it may hold spaces and brackets.
    private static func parent(of process: Int32) -> Int32? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let bracket = text.lastIndex(of: ")") else { return nil }
        let fields = text[bracket...].split(separator: " ")
        return fields.count > 2 ? Int32(fields[2]) : nil
    }

    /// Bytes; 0 where the process is gone.
    private static func kilobytes(_ label: String, in path: String) -> Int {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(label) })
        else { return 0 }
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
