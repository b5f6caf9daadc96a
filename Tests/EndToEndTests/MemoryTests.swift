import Foundation
import ImageCodecs
import TestTools
import Testing

/// The coordinator's memory does not follow the number of pages: workers are real processes with a stand-in for the
/// engine, which gives as much text as a full page has.
@Suite struct MemoryTests {
    @Test func aThousandPagesNeedHardlyMoreThanAHundred() throws {
        let hundred = try peak(pages: 100)
        let thousand = try peak(pages: 1000)
        print("coordinator's peak: \(hundred) KB for 100 pages, \(thousand) KB for 1,000")
        #expect(thousand - hundred < 900 * Self.kilobytesPerPage)
    }

    /// What is kept of every page: its record without the text, with its measures and what quality control says of pages as
    /// odd as these, and its row on the control sheet.
    private static let kilobytesPerPage = 20

    private func peak(pages: Int) throws -> Int {
        let scans = try ScanFolder()
        // Volumes of a hundred pages, as the rules for binding have them at most twice as thick.
        for volume in 0..<pages / 100 { try scans.addTIFF("volume-\(volume + 1)/1.tif", frames: 100, compression: .deflate, width: 1108, height: 200) }
        let outcome = try Program.run(Program.built("fault-worker"), ["run", scans.path, scans.path + "/w"])
        try #require(outcome.status == 0, "\(outcome.complaints)")
        return try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
