import ArgumentParser
import DossierModel
import Foundation

/// Kills runs at random moments and compares what comes out in the end with what an undisturbed run makes.
struct KillBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kills", abstract: "Kill runs at random moments; the products must be the same bytes in the end.",
        discussion: """
            SCANS is a delivery. One run is left alone; then runs over fresh workspaces are hit with SIGKILL, the coordinator or one of its
            workers, and started again until the case is done, as often as it takes for so many kills. Every product but timings.html, which
            has a clock in it, is compared byte for byte. Exit code 1: something differed, or a run ended otherwise than by a kill.

            Examples:
              dossier-bench kills samples/scans --times 200 --engine tesseract
              dossier-bench kills scans --times 200 --stand-in .build/debug/fault-worker
            """)

    @Argument(help: "Folder of scans.", completion: .directory) var scans: String
    @Option(help: "Kills.") var times = 200
    @Option(help: "Seed of the moments and victims.") var seed: UInt64 = 1
    @Option(help: "Engine: ppocr or tesseract.") var engine = "tesseract"
    @Option(help: ArgumentHelp("A coordinator with an engine that stands in, started as “PROGRAM run SCANS WORKSPACE”.", valueName: "program")) var standIn: String?
    @Option(name: .customLong("case"), help: "Case number, where no batch.yaml names it.") var caseNumber: String?
    @Option(help: "Workers.") var jobs = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard times > 0 else { throw ValidationError("--times is 1 or more") }
    }

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-kills-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var trial = KillTrial(command: command, expected: try undisturbed(folder + "/whole"), seed: seed)
        while trial.kills < times { try trial.disturb(folder + "/\(trial.cases)", atMost: times) }
        print(trial.text)
        if trial.faults > 0 { throw ExitCode(1) }
    }

    private func command(_ workspace: String) -> [String] {
        if let standIn { return [standIn, "run", scans, workspace] }
        let number = caseNumber.map { ["--case", $0] } ?? []
        return [Built.path("dossier"), "run", scans, "--engine", engine, "--jobs", "\(jobs)", "--workspace", workspace] + number
    }

    private func undisturbed(_ workspace: String) throws -> KillTrial.Whole {
        let start = DispatchTime.now().uptimeNanoseconds
        let status = try KilledRun(command(workspace)).ended()
        guard status <= 1 else { throw DossierError(.library, "the undisturbed run ended with exit code \(status); see its messages above") }
        return .init(status: status, seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9, products: try KillTrial.products(workspace))
    }
}

private struct KillTrial {
    struct Whole {
        var status: Int32
        var seconds: Double
        var products: [String: Data]
    }

    private let command: (String) -> [String]
    private let expected: Whole
    private var random: Xorshift
    private(set) var coordinators = 0
    private(set) var workers = 0
    private(set) var cases = 0
    private var differing = 0
    private var oddEnds: [Int32] = []

    init(command: @escaping (String) -> [String], expected: Whole, seed: UInt64) {
        (self.command, self.expected, random) = (command, expected, Xorshift(state: max(1, seed)))
    }

    var kills: Int { coordinators + workers }
    var faults: Int { differing + oddEnds.count }

    /// One case from an empty workspace to its end. Half of the kills hit the coordinator.
    mutating func disturb(_ workspace: String, atMost limit: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: workspace) }
        var (status, hits) = (Int32(-1), 0)
        repeat { status = try oneRun(workspace, limit, &hits) } while status == KilledRun.killed || hits > 0 && status == Self.workersGone
        if status != expected.status { oddEnds.append(status) }
        if try KillTrial.products(workspace) != expected.products { differing += 1 }
        cases += 1
    }

    /// The same worker was hit again and again before its engine had been loaded: the run gives up and says so.
    private static let workersGone: Int32 = 69

    private mutating func oneRun(_ workspace: String, _ limit: Int, _ hits: inout Int) throws -> Int32 {
        let run = try KilledRun(command(workspace))
        hits = 0
        while kills < limit, run.waits(Double.random(in: 0.02...max(0.3, 0.2 * expected.seconds), using: &random)) {
            if Bool.random(using: &random) {
                coordinators += 1
                return run.kill()
            }
            if let worker = run.children.randomElement(using: &random), Foundation.kill(worker, SIGKILL) == 0 { (workers, hits) = (workers + 1, hits + 1) }
        }
        let status = try run.ended()
        // A page whose worker was hit twice has a placeholder; the next run reads it.
        return hits >= 2 && status != Self.workersGone ? KilledRun.killed : status
    }

    /// All that has no clock in it.
    static func products(_ workspace: String) throws -> [String: Data] {
        var products: [String: Data] = [:]
        guard let name = try FileManager.default.contentsOfDirectory(atPath: workspace + "/cases").first else { return products }
        let folder = "\(workspace)/cases/\(name)"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "timings.html" {
            products[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        }
        return products
    }

    var text: String {
        """
        \(kills) kills: \(coordinators) of the coordinator, \(workers) of workers, over \(cases) cases of \(expected.products.count) products; undisturbed \(Figure.short(expected.seconds)) s
        cases whose products differ: \(differing)
        runs that ended otherwise than expected: \(oddEnds.count) \(oddEnds.isEmpty ? "" : "\(oddEnds)")
        """
    }
}

/// A run that somebody may kill.
private final class KilledRun {
    /// In the place of an exit code.
    static let killed: Int32 = -9

    private let process = Process()

    init(_ command: [String]) throws {
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// - Returns: Whether it still runs after so many seconds.
    func waits(_ seconds: Double) -> Bool {
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while process.isRunning, DispatchTime.now().uptimeNanoseconds < end { Thread.sleep(forTimeInterval: 0.005) }
        return process.isRunning
    }

    func kill() -> Int32 {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return Self.killed
    }

    func ended() throws -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? Self.killed : process.terminationStatus
    }

    /// Of all its threads (proc(5)).
    var children: [Int32] {
        let tasks = "/proc/\(process.processIdentifier)/task"
        return ((try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []).sorted().flatMap { thread in
            ((try? String(contentsOfFile: "\(tasks)/\(thread)/children", encoding: .utf8)) ?? "").split(separator: " ").compactMap { Int32($0) }
        }
    }
}
