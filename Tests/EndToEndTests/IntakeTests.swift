import DossierModel
import Foundation
import ImageCodecs
import TestTools
import Testing

/// Deliveries in which something cannot be had, through the built binaries.
@Suite struct IntakeTests {
    private let scans: ScanFolder
    private let workspace: String

    init() throws {
        scans = try ScanFolder()
        workspace = scans.path + "-w"
    }

    private func findings() throws -> [Finding] { try CaseFolder(workspace + "/cases/甲").index().findings.map(\.finding) }

    /// Rights do not bind the superuser, who therefore runs it as nobody.
    private func runWithoutRights() throws -> Program.Outcome {
        let arguments = ["run", scans.path, workspace]
        guard geteuid() == 0 else { return try Program.run(Program.built("fault-worker"), arguments) }
        try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
        try #require(chown(workspace, 65534, 65534) == 0)
        let setpriv = try #require(Program.installed("setpriv"))
        return try Program.run(setpriv, ["--reuid=65534", "--regid=65534", "--clear-groups", Program.built("fault-worker")] + arguments)
    }

    @Test func whatCannotBeHadIsToldAndTheRestBecomesTheCase() throws {
        try scans.addPages(["1.png", "2.png", "6.png"])
        try FileManager.default.createSymbolicLink(atPath: scans.path + "/3.png", withDestinationPath: scans.path + "/nowhere.png")
        try #require(mkfifo(scans.path + "/4.png", 0o666) == 0)
        try FileManager.default.createDirectory(atPath: scans.path + "/5", withIntermediateDirectories: true)
        try scans.addPage("5/1.png", seed: 5)
        try #require(chmod(scans.path + "/5", 0) == 0 && chmod(scans.path + "/6.png", 0) == 0)
        defer { _ = chmod(scans.path + "/5", 0o755) }
        let outcome = try runWithoutRights()
        try #require(outcome.status == 0, "\(outcome.output) \(outcome.complaints)")
        #expect(try CaseFolder(workspace + "/cases/甲").records().map(\.file) == ["1.png", "2.png"])
        let told = try findings().filter { $0.severity >= .warn }.map { "\($0.id) \($0.message.prefix { $0 != ":" })" }
        #expect(told == ["file.link-broken 3.png", "file.irregular 4.png", "folder.unreadable 5", "file.unreadable 6.png"])
        #expect(try Program.dossier("findings", "甲", "--workspace", workspace).status == 1)
        #expect(try Program.dossier("review", "accept", "甲", "case", "file.link-broken", "--reason", "x", "--workspace", workspace).status == 64)
        #expect(try Program.dossier("verify", "甲", "--workspace", workspace).status == 0)

        for name in ["3.png", "4.png"] { try FileManager.default.removeItem(atPath: scans.path + "/" + name) }
        try #require(chmod(scans.path + "/5", 0o755) == 0 && chmod(scans.path + "/6.png", 0o644) == 0)
        #expect(try Program.run(Program.built("fault-worker"), ["run", scans.path, workspace]).status == 0)
        #expect(try CaseFolder(workspace + "/cases/甲").records().map(\.file) == ["1.png", "2.png", "5/1.png", "6.png"])
        #expect(try findings().filter { $0.id.hasPrefix("file.") || $0.id.hasPrefix("folder.") } == [], "what was mended is told no more")
    }

    /// --replace is for files that are gone for good.
    @Test func aPageThatIsInTheCaseDoesNotLeaveItBecauseItsFileCannotBeReadNow() throws {
        try scans.addPages(["1.png", "2.png"])
        let run = { (more: String...) in try Program.run(Program.built("dossier"), ["run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace] + more) }
        #expect(try run().status <= 1)
        let before = try Data(contentsOf: URL(fileURLWithPath: workspace + "/cases/甲/manifest.json"))
        try FileManager.default.removeItem(atPath: scans.path + "/2.png")
        try FileManager.default.createSymbolicLink(atPath: scans.path + "/2.png", withDestinationPath: scans.path + "/nowhere.png")
        for outcome in [try run(), try run("--replace")] {
            #expect(outcome.status == 65 && outcome.complaints.contains("2.png: the link leads nowhere") && !outcome.complaints.contains("run it with --replace"), "\(outcome.complaints)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: workspace + "/cases/甲/manifest.json")) == before)
        try FileManager.default.removeItem(atPath: scans.path + "/2.png")
        #expect(try run().status == 64)
        #expect(try run("--replace").status <= 1)
        #expect(try CaseFolder(workspace + "/cases/甲").records().map(\.file) == ["1.png"])
    }

    @Test func aDeliveryOfWhichNothingCanBeHadIsRefused() throws {
        try FileManager.default.createSymbolicLink(atPath: scans.path + "/3.png", withDestinationPath: scans.path + "/nowhere.png")
        let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace)
        #expect(outcome.status == 65 && outcome.complaints.contains("3.png: the link leads nowhere"), "\(outcome.complaints)")
    }

    @Test func aCaseWithoutAnyPageIsToldAndEndsAsAnEmptyFolderDoes() throws {
        try scans.write(PNGCodec.encode(Raster(whiteWidth: 600, height: 800, mode: .grey), dpi: Resolution(x: 100, y: 100)), as: "1.png")
        let outcome = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace)
        #expect(outcome.status == 3, "\(outcome.output) \(outcome.complaints)")
        #expect(try findings().map(\.id) == ["case.no-page"])
        #expect(try Program.dossier("findings", "甲", "--workspace", workspace).status == 1)
        try FileManager.default.createSymbolicLink(atPath: scans.path + "/2.png", withDestinationPath: scans.path + "/nowhere.png")
        let more = try Program.dossier("run", scans.path, "--case", "甲", "--engine", "tesseract", "--workspace", workspace)
        #expect(more.status == 1, "what is missing is something to do: \(more.output) \(more.complaints)")
    }
}
