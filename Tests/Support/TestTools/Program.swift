import Foundation

/// Runs a program and keeps what it says.
public final class Program {
    public struct Outcome: Sendable {
        public var status: Int32
        public var output: String
        public var complaints: String
    }

    private let process = Process()
    private let output = Program.scratch()
    private let complaints = Program.scratch()

    /// Starts it; `finish` waits.
    public init(starting path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        for file in [output, complaints] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: complaints)
        try process.run()
    }

    deinit { for file in [output, complaints] { try? FileManager.default.removeItem(atPath: file) } }

    public var id: Int32 { process.processIdentifier }
    public var isRunning: Bool { process.isRunning }

    /// Its child processes at this moment, from /proc (proc(5)).
    public var children: [Int32] {
        let text = (try? String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)) ?? ""
        let ofMain = text.split(separator: " ").compactMap { Int32($0) }
        // A thread that starts a process is its parent in this list, so all threads are asked.
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
        return ofMain + threads.filter { $0 != String(id) }.flatMap { thread in
            ((try? String(contentsOfFile: "/proc/\(id)/task/\(thread)/children", encoding: .utf8)) ?? "").split(separator: " ").compactMap { Int32($0) }
        }
    }

    public func kill() { Foundation.kill(id, SIGKILL) }

    public func finish() throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self),
            complaints: String(decoding: FileManager.default.contents(atPath: complaints) ?? Data(), as: UTF8.self))
    }
}

extension Program {
    /// - Parameter killAfter: seconds until SIGKILL; nil lets it end by itself.
    public static func run(_ path: String, _ arguments: [String], killAfter: Double? = nil) throws -> Outcome {
        let program = try Program(starting: path, arguments)
        if let killAfter {
            Thread.sleep(forTimeInterval: killAfter)
            program.kill()
        }
        return try program.finish()
    }

    /// `dossier` with these arguments.
    public static func dossier(_ arguments: String...) throws -> Outcome { try run(built("dossier"), arguments) }

    /// The binary built beside the tests.
    public static func built(_ name: String) -> String {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (tests as NSString).deletingLastPathComponent + "/" + name
    }

    /// A tool of the system, or nil where it is not installed.
    public static func installed(_ name: String) -> String? {
        let path = "/usr/bin/" + name
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    public static func scratch() -> String { NSTemporaryDirectory() + "dossier-e2e-" + UUID().uuidString }

    /// The checkout.
    public static let repository = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized.path
}
