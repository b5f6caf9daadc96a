import Archive
import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline

/// Real worker processes whose engine breaks on demand (Tests/Support/fault-worker); the width of a page says how.
@Suite(.serialized) struct FaultTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "faults-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/scans", withIntermediateDirectories: true)
    }

    @Test(arguments: [
        (1101, "worker.crashed"), (1102, "worker.timeout"), (1103, "worker.memory"), (1104, "worker.garbled"),
    ])
    func aPageThatBreaksItsWorkerBecomesAPlaceholderAndTheBatchGoesOn(width: Int, finding: String) throws {
        for (name, width) in [("1.png", 1200), ("2.png", width), ("3.png", 1200)] { try page(name, width: width) }
        let summary = try run()
        #expect(summary.pages == 3)
        #expect(summary.placeholders == 1)
        let records = try records()
        #expect(records.map { $0.findings.contains { $0.id == finding } } == [false, true, false], "\(records[1].findings)")
        #expect(records.map(\.lines.count) == [1, 0, 1])
        #expect(records[1].findings.first?.message.contains("2.png") == true)
    }

    @Test func aPageThatBreaksOnceIsReadByAFreshWorker() throws {
        try page("1.png", width: 1106)
        setenv("DOSSIER_FAULT_MARK", folder + "/mark", 1)
        let summary = try run()
        #expect(FileManager.default.fileExists(atPath: folder + "/mark"), "the fault never happened")
        #expect(summary.placeholders == 0)
        #expect(try records()[0].lines.map(\.text) == ["读到了"])
    }

    @Test func anEngineThatGivesUpLeavesThePageWithoutTextAndSaysSo() throws {
        try page("1.png", width: 1105)
        let summary = try run()
        #expect(summary.placeholders == 0 && summary.pages == 1)
        #expect(try records()[0].findings.map(\.id).contains("page.recognise.failed"))
    }

    @Test func whatCannotBeReadIsLeftOutAndSaidSo() throws {
        try page("1.png", width: 1107)
        _ = try run()
        let record = try records()[0]
        #expect(record.lines.map(\.text) == ["读到了"])
        #expect(record.findings.map(\.id).contains("page.text.unread"))
    }

    @Test func whatIsNoScanIsRejectedByNameAndTheBatchGoesOn() throws {
        try page("1.png", width: 1200)
        try Data().write(to: URL(fileURLWithPath: folder + "/scans/2.tif"))
        try Data("就是一段文字".utf8).write(to: URL(fileURLWithPath: folder + "/scans/3.tif"))
        try Data("%PDF-1.7\nbroken".utf8).write(to: URL(fileURLWithPath: folder + "/scans/4.pdf"))
        let summary = try run()
        #expect(summary.images == 4 && summary.pages == 1 && summary.rejected == 3)
        for record in try records().dropFirst() {
            #expect(record.findings.count == 1)
            #expect(record.findings.first?.severity == .block)
            #expect(record.findings.first?.message.contains(record.file) == true)
            #expect(record.findings.first?.remedy.isEmpty == false)
        }
    }

    @Test func aFailureIsTriedAgainByTheNextRunAndASuccessIsNot() throws {
        try page("1.png", width: 1200)
        try page("2.png", width: 1101)
        #expect(try run().imagesRead == 2)
        #expect(try run().imagesRead == 1)
    }

    @Test func theSameScansGiveTheSameBytes() throws {
        for name in ["1.png", "2.png", "10.png"] { try page(name, width: 1200 + name.count) }
        _ = try run(workspace: "a")
        _ = try run(workspace: "b")
        let (a, b) = (folder + "/a/cases/甲", folder + "/b/cases/甲")
        let names = try FileManager.default.contentsOfDirectory(atPath: a).filter { $0 != "timings.html" }
        #expect(names.count == 8)
        for name in names {
            #expect(FileManager.default.contents(atPath: "\(a)/\(name)") == FileManager.default.contents(atPath: "\(b)/\(name)"), "\(name)")
        }
    }

    /// The next day's folder has the same name as yesterday's.
    @Test func anotherDeliveryUnderTheSameNameLosesNothing() throws {
        try page("1.png", width: 1200)
        _ = try run()
        try FileManager.default.removeItem(atPath: folder + "/scans/1.png")
        try page("2.png", width: 1210)
        #expect(throws: DossierError(.badUsage, "")) { try run() }
        #expect(try records().map(\.file) == ["1.png"])
        #expect(try run(batch: "次日").images == 2)
        #expect(try records().map(\.file) == ["1.png", "2.png"])
        try page("1.png", width: 1220)
        #expect(try run(replacing: true).images == 3)
    }

    @Test func aFolderWithoutScansIsNothingToDo() {
        #expect(throws: DossierError(.nothingToDo, "")) { try run() }
    }

    // MARK: -

    /// A page with bars like lines of text, so that it is not blank.
    private func page(_ name: String, width: Int) throws {
        var raster = Raster(whiteWidth: width, height: 1600, mode: .grey)
        for line in 0..<20 {
            for y in (100 + line * 60)..<(130 + line * 60) {
                for x in 100..<(width - 100) where (x / 14) % 2 == 0 { raster.bytes[y * width + x] = 20 }
            }
        }
        let bytes = try PNGCodec.encode(raster, dpi: Resolution(x: 150, y: 150))
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/scans/\(name)"))
    }

    private func run(workspace name: String = "w", batch: String? = nil, replacing: Bool = false) throws -> RunSummary {
        let path = "\(folder)/\(name)"
        try Workspace.initialise(at: path)
        try Data("workers:\n  pageTimeout: 10\n  memoryLimit: 400\n".utf8).write(to: URL(fileURLWithPath: path + "/dossier.yaml"))
        let runner = Runner(workspace: try Workspace.open(at: path, for: .writer), cancellation: Cancellation(), report: { _ in })
        return try runner.run(
            Runner.Request(
                inputs: [folder + "/scans"], caseNumber: "甲", batchName: batch, replacesBatch: replacing, engine: .tesseract, jobs: 2,
                workerCommand: [Self.worker]))
    }

    private func records() throws -> [PageRecord] {
        let text = try String(contentsOfFile: folder + "/w/cases/甲/pages.jsonl", encoding: .utf8)
        return try text.split(separator: "\n").map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
    }

    /// Built beside the tests.
    private static var worker: String {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (tests as NSString).deletingLastPathComponent + "/fault-worker"
    }
}
