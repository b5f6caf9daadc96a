import DossierModel
import Foundation
import TestTools
import Testing

/// The built binary over an inbox.
@Suite struct WatchTests {
    private let place = Program.scratch()

    private func put(_ count: Int, into batch: String) throws {
        let folder = place + "/inbox/" + batch
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let scans = Program.repository + "/samples/scans"
        let names = try FileManager.default.subpathsOfDirectory(atPath: scans).filter { $0.hasSuffix(".tif") || $0.hasSuffix(".png") }.sorted()
        for name in names.prefix(count) {
            try FileManager.default.copyItem(atPath: scans + "/" + name, toPath: folder + "/" + name.replacing("/", with: "-"))
        }
    }

    private func watch(_ more: String...) throws -> Program.Outcome {
        try Program.run(
            Program.built("dossier"),
            ["watch", place + "/inbox", "-w", place + "/cases", "--settle", "0.2", "--interval", "0.1", "--engine", "tesseract"] + more)
    }

    @Test func batchesBecomeCasesAndLeaveTheInbox() throws {
        try put(1, into: "甲号")
        try put(1, into: "乙号")
        let refused = try watch("--once")
        #expect(refused.status == 64 && refused.output.contains("no case number") && refused.output.contains("--case-from-folder"), "\(refused.output)\(refused.complaints)")
        #expect(FileManager.default.fileExists(atPath: place + "/inbox/甲号.problem.txt"))
        let outcome = try watch("--once", "--case-from-folder", "--json")
        #expect(outcome.status <= 1, "\(outcome.complaints)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/inbox").isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/finished").sorted() == ["乙号", "甲号"])
        let status = try Program.dossier("status", "-w", place + "/cases", "--json")
        #expect(status.output.contains("甲号") && status.output.contains("乙号"))
        #expect(try Program.dossier("verify", "甲号", "-w", place + "/cases").status == 0)
    }

    @Test func aBatchThatIsNotTakenAsAWholeStaysAndIsSaid() throws {
        try put(1, into: "甲号")
        let link = place + "/inbox/甲号/z.png"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place + "/nowhere.png")
        let outcome = try watch("--once", "--case-from-folder")
        #expect(outcome.status == 1 && outcome.output.contains("taken in part") && outcome.complaints.contains("1 left in the inbox"), "\(outcome.output) \(outcome.complaints)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/inbox").sorted() == ["甲号", "甲号.problem.txt"])
        try FileManager.default.removeItem(atPath: link)
        #expect(try watch("--once", "--case-from-folder").status <= 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/inbox").isEmpty)
    }

    @Test func withoutANameTheInboxIsTheWorkspacesOwn() throws {
        #expect(try Program.dossier("init", "-w", place + "/cases").status == 0)
        let outcome = try Program.dossier("watch", "-w", place + "/cases", "--once", "--settle", "0")
        #expect(outcome.status == 0, "\(outcome.complaints)")
        #expect(try Program.dossier("watch", "-w", place + "/none", "--once").status == 65)
    }

    @Test func itSaysWhatItWatchesAndWhatIsLeftLying() throws {
        try FileManager.default.createDirectory(atPath: place + "/inbox/空", withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: place + "/inbox/1.tif"))
        let outcome = try watch("--once", "--marker", ".done")
        let lines = outcome.complaints.split(separator: "\n").map(String.init)
        try #require(lines.count == 4, "\(outcome.complaints)")
        #expect(outcome.output.isEmpty && outcome.status == 0)
        #expect(lines[0].contains(place + "/inbox") && lines[0].contains(".done") && lines[0].contains("separator sheet"))
        #expect(lines[1].contains("1.tif") && lines[2].contains("空") && lines[3].contains("0 batches finished"))
        let events = try watch("--once", "--json").output.split(separator: "\n").map(String.init)
        #expect(events.map { $0.contains("\"event\":\"") } == [true, true, true, true] && events[1].contains("\"file\":\"1.tif\""), "\(events)")
    }

    /// What a service manager does: it may stop the watch at any time, and the next start goes on.
    @Test func itStopsWhenToldAndGoesOnAfterwards() throws {
        try put(1, into: "丙号")
        let watching = try Program(
            starting: Program.built("dossier"),
            ["watch", place + "/inbox", "-w", place + "/cases", "--settle", "0.1", "--interval", "0.1", "--engine", "tesseract", "--case-from-folder"])
        while !FileManager.default.fileExists(atPath: place + "/cases/dossier.sqlite") { Thread.sleep(forTimeInterval: 0.02) }
        kill(watching.id, SIGTERM)
        #expect(try watching.finish().status == 0)
        #expect(try watch("--once", "--case-from-folder").status <= 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place + "/finished") == ["丙号"])
    }
}
