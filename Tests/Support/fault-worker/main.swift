// A worker whose engine breaks on demand, for the tests of the pool: the width of the page says how. As
// “fault-worker run SCANS WORKSPACE [--replace]” it is the coordinator of such workers, for tests of many pages and of kills.
import Archive
import DossierModel
import Foundation
import Pipeline

final class FaultyEngine: OCREngine {
    let identity = EngineIdentity(name: "faulty", version: "1", models: [])
    let leastConfidence = 0.6

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        misbehave(on: page.width)
        return OrientationDecision(turn: .none, score: 1, verdict: .no)
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        if page.width == 1108 { return Self.fullPage }
        if page.width == 1105 { throw DossierError(.library, "the engine gives up on this page") }
        let box = Quad(PixelRect(x: 100, y: 100, width: 400, height: 40))
        let line = RecognisedLine(text: "读到了", quad: box, confidence: 0.9, characterSpans: [0, 0.3, 0.3, 0.6, 0.6, 1])
        let scrawl = RecognisedLine(text: "乙", quad: box, confidence: 0.4, characterSpans: [0, 1])
        return page.width == 1107 ? [line, scrawl] : [line]
    }

    /// As much text as a page of small print holds: forty lines of thirty characters.
    private static let fullPage: [RecognisedLine] = (0..<40).map { row in
        let text = String(repeating: "经依法审查查明被告人", count: 3)
        let spans: [Double] = (0..<60).map { (place: Int) -> Double in Double((place + 1) / 2) / 30 }
        let box = Quad(PixelRect(x: 100, y: 20 + row * 4, width: 900, height: 3))
        return RecognisedLine(text: text, quad: box, confidence: 0.912345, characterSpans: spans)
    }

    private func misbehave(on width: Int) {
        switch width {
        case 1101: die()
        case 1102: while true { Thread.sleep(forTimeInterval: 1) }
        case 1103: eatMemory()
        case 1104: FileHandle.standardOutput.write(Data([0x22, 0xFF, 0xFE, 0x0A]))
        case 1106: crashOnce()
        default: break
        }
    }

    /// As a crash or the kernel's memory killer ends a process; without the time a backtrace takes.
    private func die() -> Never {
        kill(getpid(), SIGKILL)
        while true { pause() }
    }

    private func eatMemory() {
        while true {
            let block = malloc(64 << 20)!
            memset(block, 1, 64 << 20)
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// The first worker that meets the page crashes; the next one finds the mark and reads it.
    private func crashOnce() {
        guard let mark = ProcessInfo.processInfo.environment["DOSSIER_FAULT_MARK"] else { die() }
        guard !FileManager.default.fileExists(atPath: mark) else { return }
        _ = FileManager.default.createFile(atPath: mark, contents: nil)
        die()
    }
}

/// Prints the most memory the coordinator held, kilobytes (proc(5)).
func coordinate(_ scans: String, _ workspace: String, replacing: Bool) throws {
    try Workspace.initialise(at: workspace)
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let runner = Runner(workspace: try Workspace.open(at: workspace, for: .writer), cancellation: Cancellation(), report: { _ in })
    _ = try runner.run(
        Runner.Request(inputs: [scans], caseNumber: "甲", replacesBatch: replacing, engine: .tesseract, jobs: 2, workerCommand: [own]))
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8).split(separator: "\n")
    print(status.first { $0.hasPrefix("VmHWM:") }!.split(separator: " ")[1])
}

signal(SIGINT, SIG_IGN)
if CommandLine.arguments.count >= 4, CommandLine.arguments[1] == "run" {
    try coordinate(CommandLine.arguments[2], CommandLine.arguments[3], replacing: CommandLine.arguments.contains("--replace"))
    exit(0)
}
let settings = CommandLine.arguments.firstIndex(of: "--settings").flatMap {
    try? JSONDecoder().decode(Settings.self, from: Data(CommandLine.arguments[$0 + 1].utf8))
}
try WorkerSession(engine: FaultyEngine(), settings: settings ?? Settings()).serve()
