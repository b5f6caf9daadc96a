import Foundation

/// Runs a program of the system and gives what it says.
public struct Tool {
    public let status: Int32
    public let output: String

    /// nil when the program is not installed.
    public static func run(_ name: String, _ arguments: [String]) throws -> Tool? {
        guard let path = ["/usr/bin/", "/bin/", "/usr/local/bin/"].map({ $0 + name }).first(where: FileManager.default.isExecutableFile) else {
            print("\(name) is not installed; what it would check is not checked")
            return nil
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.standardError
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Tool(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
