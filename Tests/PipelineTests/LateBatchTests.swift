import Archive
import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline

/// Material that comes after a case was made: it is added, and nothing said before points elsewhere.
@Suite(.serialized) struct LateBatchTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "late-\(UUID().uuidString)"
        for name in ["first/volume-1", "first/volume-2", "late"] {
            try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        for (at, name) in ["first/volume-1/1.png", "first/volume-1/2.png", "first/volume-2/1.png"].enumerated() { try page(name, width: 1200 + at) }
        try page("late/1.png", width: 1230)
        try page("late/2.png", width: 1240)
    }

    /// Where every page of a file stands.
    private func citations() throws -> [String: String] {
        let text = try String(contentsOfFile: folder + "/w/cases/甲/pages.jsonl", encoding: .utf8)
        let records = try text.split(separator: "\n").map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
        return Dictionary(records.map { ("\($0.fileSHA256.hex) \($0.frame)", "v\($0.volume ?? 0) p\($0.folio ?? "–") image \($0.image)") }, uniquingKeysWith: { $1 })
    }

    private func kinds() throws -> [VolumeKind] {
        try JSONDecoder().decode(CaseIndex.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/w/cases/甲/index.json"))).volumes.map(\.kind)
    }

    @Test(arguments: [nil, "case: 甲\nvolumes:\n  - {number: 2, kind: supplementary, files: [\"**\"]}\n"])
    func lateMaterialIsASupplementaryVolumeAndEarlierCitationsStand(sheet: String?) throws {
        if let sheet { try Data(sheet.utf8).write(to: URL(fileURLWithPath: folder + "/late/batch.yaml")) }
        try run("first")
        let before = try citations()
        try run("late")
        let after = try citations()
        #expect(before.count == 3 && after.count == 5)
        for (page, place) in before { #expect(after[page] == place) }
        #expect(try kinds().count == 3 && kinds().last == .supplementary)
        #expect(after.values.filter { $0.hasPrefix("v3 ") }.sorted() == ["v3 p1 image 4", "v3 p2 image 5"])
    }

    @Test func theSameScansUnderOtherNamesAreNotReadAgain() throws {
        try run("first")
        try FileManager.default.createDirectory(atPath: folder + "/renamed", withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: folder + "/first/volume-1/1.png", toPath: folder + "/renamed/another.png")
        try FileManager.default.copyItem(atPath: folder + "/late/1.png", toPath: folder + "/renamed/new.png")
        #expect(try run("renamed").imagesRead == 1)
        #expect(try run("renamed").imagesRead == 0)
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
        try Data(try PNGCodec.encode(raster, dpi: Resolution(x: 150, y: 150))).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    @discardableResult private func run(_ batch: String) throws -> RunSummary {
        let path = "\(folder)/w"
        try Workspace.initialise(at: path)
        let runner = Runner(workspace: try Workspace.open(at: path, for: .writer), cancellation: Cancellation(), report: { _ in })
        return try runner.run(
            Runner.Request(inputs: ["\(folder)/\(batch)"], caseNumber: "甲", engine: .tesseract, jobs: 2, workerCommand: [Self.worker]))
    }

    /// Built beside the tests.
    private static var worker: String {
        let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (tests as NSString).deletingLastPathComponent + "/fault-worker"
    }
}
