import Foundation

/// Runs a program and keeps what it says.
final class Program {
    struct Outcome {
        var status: Int32
        var output: String
        var complaints: String
    }

    private let process = Process()
    private let output = Program.scratch()
    private let complaints = Program.scratch()

    /// Starts it; `finish` waits.
    init(starting path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
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

    var id: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Its child processes at this moment, from /proc (proc(5)).
    var children: [Int32] {
        let text = (try? String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)) ?? ""
        let ofMain = text.split(separator: " ").compactMap { Int32($0) }
        // A thread that starts a process is its parent in this list, so all threads are asked.
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
        return ofMain + threads.filter { $0 != String(id) }.flatMap { thread in
            ((try? String(contentsOfFile: "/proc/\(id)/task/\(thread)/children", encoding: .utf8)) ?? "").split(separator: " ").compactMap { Int32($0) }
        }
    }

    func kill() { Foundation.kill(id, SIGKILL) }

    func finish() throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self),
            complaints: String(decoding: FileManager.default.contents(atPath: complaints) ?? Data(), as: UTF8.self))
    }
}

extension Program {
    static func run(_ path: String, _ arguments: [String]) throws -> Outcome {
        try Program(starting: path, arguments).finish()
    }

    /// `dossier` with these arguments.
    static func dossier(_ arguments: String...) throws -> Outcome { try run(built("dossier"), arguments) }

    /// The binary built beside the tests.
    static func built(_ name: String) -> String {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (tests as NSString).deletingLastPathComponent + "/" + name
    }

    /// A tool of the system, or nil where it is not installed.
    static func installed(_ name: String) -> String? {
        let path = "/usr/bin/" + name
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    static func scratch() -> String { NSTemporaryDirectory() + "dossier-e2e-" + UUID().uuidString }

    /// The checkout.
    static let repository = ((((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent) as NSString).deletingLastPathComponent
}
