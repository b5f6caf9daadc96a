import DossierModel
import Foundation
import TestTools
import Testing

/// Kills at random moments: what comes out in the end is what an undisturbed run makes, byte for byte.
@Suite struct InterruptionTests {
    @Test func killedRunsContinueToTheSameBytes() throws {
        let scans = try fewScans()
        let (whole, expected) = try undisturbed(scans)
        let workspace = Program.scratch()
        let moments = (0..<5).map { _ in Double.random(in: 0.02...4) }.sorted()
        for seconds in moments {
            let run = try Program(starting: Program.built("dossier"), arguments(scans, workspace))
            Thread.sleep(forTimeInterval: seconds)
            run.kill()
            _ = try run.finish()
        }
        let last = try Program.run(Program.built("dossier"), arguments(scans, workspace))
        #expect(last.status == whole, "\(last.complaints)")
        #expect(try CaseFolder(workspace + "/cases/甲").contents() == expected, "killed after \(moments)")
    }

    /// A killed worker's page is read by another one; a page that was hit twice is read by the next run.
    @Test func killedWorkersAreReplacedAndTheBytesAreTheSame() throws {
        let scans = try fewScans()
        let (whole, expected) = try undisturbed(scans)
        let workspace = Program.scratch()
        let run = try Program(starting: Program.built("dossier"), arguments(scans, workspace))
        var killed = 0
        while run.isRunning, killed < 4 {
            Thread.sleep(forTimeInterval: Double.random(in: 0.2...1.5))
            if let worker = run.children.randomElement(), kill(worker, SIGKILL) == 0 { killed += 1 }
        }
        let outcome = try run.finish()
        // 69: the same worker was hit again and again before its engine had been loaded.
        #expect([0, 1, 69].contains(outcome.status), "\(outcome.complaints)")
        #expect(killed > 0, "no worker was ever seen")
        let last = try Program.run(Program.built("dossier"), arguments(scans, workspace))
        #expect(last.status == whole, "\(last.complaints)")
        #expect(try CaseFolder(workspace + "/cases/甲").contents() == expected)
    }

    /// Many moments over a batch that is quick to read: a coordinator of workers whose engine is a stand-in.
    @Test func manyKillsOverAQuickBatchLeaveTheSameBytes() throws {
        let scans = try ScanFolder()
        try scans.addPages((1...12).map { "\($0).png" })
        let arguments = { ["run", scans.path, $0] }
        let undisturbed = Program.scratch(), disturbed = Program.scratch()
        #expect(try Program.run(Program.built("fault-worker"), arguments(undisturbed)).status == 0)
        for _ in 0..<12 {
            let run = try Program(starting: Program.built("fault-worker"), arguments(disturbed))
            Thread.sleep(forTimeInterval: Double.random(in: 0.01...0.8))
            if Bool.random(), let worker = run.children.randomElement() { kill(worker, SIGKILL) }
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.2))
            run.kill()
            _ = try run.finish()
        }
        #expect(try Program.run(Program.built("fault-worker"), arguments(disturbed)).status == 0)
        #expect(try CaseFolder(disturbed + "/cases/甲").contents() == CaseFolder(undisturbed + "/cases/甲").contents())
    }

    @Test func aSecondRunOnTheWorkspaceSaysWhoHoldsIt() throws {
        let scans = try fewScans()
        let workspace = Program.scratch()
        let first = try Program(starting: Program.built("dossier"), arguments(scans, workspace))
        defer { first.kill() }
        let lock = workspace + "/.lock"
        while first.isRunning, FileManager.default.contents(atPath: lock)?.isEmpty ?? true { Thread.sleep(forTimeInterval: 0.02) }
        let second = try Program.run(Program.built("dossier"), arguments(scans, workspace))
        #expect(second.status == 75)
        #expect(second.complaints.contains("process \(first.id)"), "\(second.complaints)")
    }

    private func arguments(_ scans: ScanFolder, _ workspace: String) -> [String] {
        ["run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace]
    }

    private func undisturbed(_ scans: ScanFolder) throws -> (status: Int32, contents: [String: Data]) {
        let workspace = Program.scratch()
        let outcome = try Program.run(Program.built("dossier"), arguments(scans, workspace))
        try #require(outcome.status <= 1, "\(outcome.complaints)")
        return (outcome.status, try CaseFolder(workspace + "/cases/甲").contents())
    }

    /// Small files of the sample case and two made pages.
    private func fewScans() throws -> ScanFolder {
        let scans = try ScanFolder()
        try scans.addPages(["1.png", "2.png"])
        for (number, file) in ["volume-1/scan4.tif", "volume-2/scan7.pdf"].enumerated() {
            let type = (file as NSString).pathExtension
            try FileManager.default.copyItem(
                atPath: Program.repository + "/samples/scans/" + file, toPath: "\(scans.path)/\(number + 3).\(type)")
        }
        return scans
    }
}
