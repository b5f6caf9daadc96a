import Foundation

/// Runs a program and keeps what it says.
struct Program {
    struct Outcome {
        var status: Int32
        var output: String
        var complaints: String
    }

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

    /// - Parameter killAfter: seconds until SIGKILL; nil lets it end by itself.
    static func run(_ path: String, _ arguments: [String], killAfter: Double? = nil) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = scratch(), complaints = scratch()
        for file in [output, complaints] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: complaints)
        try process.run()
        if let killAfter {
            Thread.sleep(forTimeInterval: killAfter)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            complaints: try String(contentsOfFile: complaints, encoding: .utf8))
    }

    static func scratch() -> String { NSTemporaryDirectory() + "dossier-e2e-" + UUID().uuidString }

    /// The checkout.
    static let repository = ((((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent) as NSString).deletingLastPathComponent
}
