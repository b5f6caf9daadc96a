import Archive
import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Pipeline

/// Pages on which everything is as pale and soft as what shines through from the other side. Real workers with a stand-in for
/// the engine, which reads much on pages 1,108 pixels wide and three characters on others.
@Suite(.serialized) struct CarbonCopyTests {
    private let folder = NSTemporaryDirectory() + "copies-\(UUID().uuidString)"

    @Test func aPaleCopyIsDeliveredAndAskedAbout() throws {
        let record = try record(width: 1108, dust: 0)
        #expect(record.disposition == .page && record.lines.count == 40)
        #expect(record.findings.contains { $0.id == "page.blank.unsure" })
    }

    @Test func aCopySoPaleThatOnlyReadingTellsItFromABackIsDeliveredToo() throws {
        let record = try record(width: 1108, dust: 0, depth: 32)
        #expect(record.disposition == .page && record.lines.count == 40)
        #expect(record.findings.contains { $0.id == "page.blank.unsure" })
    }

    @Test func aBackOnWhichNothingCanBeReadIsBlank() throws {
        let record = try record(width: 1200, dust: 0, depth: 32)
        #expect(record.disposition == .blank && record.lines.isEmpty && record.findings.isEmpty)
    }

    @Test func whereTheEngineGivesUpNothingIsCalledBlank() throws {
        #expect(try record(width: 1105, dust: 0, depth: 32).disposition == .page)
    }

    @Test func dustOnABackThatShinesThroughIsAskedAboutWhereNothingCanBeRead() throws {
        let record = try record(width: 1200, dust: 8)
        #expect(record.disposition == .page)
        #expect(record.findings.contains { $0.id == "page.blank.unsure" })
    }

    @Test func aWrittenPageThroughWhichTheOtherSideShinesIsNotAskedAbout() throws {
        let record = try record(width: 1108, dust: 8)
        #expect(record.disposition == .page)
        #expect(!record.findings.contains { $0.id == "page.blank.unsure" })
    }

    private func record(width: Int, dust: Int, depth: Double = 50) throws -> PageRecord {
        try FileManager.default.createDirectory(atPath: folder + "/scans", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let page = Self.copy(width: width, dust: dust, depth: depth)
        try Data(PNGCodec.encode(page, dpi: Resolution(x: 150, y: 150))).write(to: URL(fileURLWithPath: folder + "/scans/1.png"))
        try Workspace.initialise(at: folder + "/w")
        let runner = Runner(workspace: try Workspace.open(at: folder + "/w", for: .writer), cancellation: Cancellation(), report: { _ in })
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        _ = try runner.run(
            Runner.Request(
                inputs: [folder + "/scans"], caseNumber: "甲", engine: .tesseract, jobs: 1,
                workerCommand: [(tests as NSString).deletingLastPathComponent + "/fault-worker"]))
        let text = try String(contentsOfFile: folder + "/w/cases/甲/pages.jsonl", encoding: .utf8)
        return try JSONDecoder().decode(PageRecord.self, from: Data(text.split(separator: "\n")[0].utf8))
    }

    /// Rows of blots without an edge, darker than the paper by `depth` levels; and black bits of dust 3 mm long beside them.
    private static func copy(width: Int, dust: Int, depth: Double) -> Raster {
        var raster = Raster(whiteWidth: width, height: 1600, mode: .grey)
        for y in 0..<1600 {
            for x in 0..<width {
                let inside = x > 120 && x < width - 120 && y > 150 && y < 1400 && (y / 20) % 3 == 0
                let blot = inside ? sin(Double(x % 20) / 20 * .pi) * sin(Double(y % 20) / 20 * .pi) : 0
                // Two levels of grain, as every scan has.
                raster.bytes[y * width + x] = UInt8(246 - depth * blot * blot) &+ UInt8((x &* 31 &+ y &* 17) % 3)
            }
        }
        for piece in 0..<dust {
            for y in 0..<18 { for x in 0..<3 { raster.bytes[(180 + 120 * piece + y) * width + 200 + 70 * piece + x] = 30 } }
        }
        return raster
    }
}
