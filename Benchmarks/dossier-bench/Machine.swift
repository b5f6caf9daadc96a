import Foundation

/// Where and when the figures were measured.
enum Machine {
    /// The checkout this program was built in.
    static let checkout = (((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent

    static var day: String { Date().formatted(.iso8601.year().month().day()) }

    static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n")
        let value = { (key: String) in
            lines.first { $0.hasPrefix(key) }?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let flags = Set((value("flags") ?? "").split(separator: " "))
        let vectors = ["amx_tile", "avx512_bf16", "avx512f", "avx2"].first { flags.contains(Substring($0)) }
        return [value("model name") ?? "unknown processor", vectors.map { "(\($0))" } ?? ""].joined(separator: " ")
    }

    /// Short hash, with a plus where files differ from it.
    static var commit: String {
        let hash = git(["rev-parse", "--short", "HEAD"]) ?? "unknown"
        return hash + ((git(["status", "--porcelain", "--untracked-files=no"]) ?? "").isEmpty ? "" : "+")
    }

    private static func git(_ arguments: [String]) -> String? {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
        process.arguments = ["-C", checkout] + arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}
