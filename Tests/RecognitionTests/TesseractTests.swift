import DossierModel
import Foundation
import Testing

@testable import Recognition

@Suite(.serialized) struct TesseractTests {
    private func engine() throws -> any OCREngine {
        try OCREngines.make(.tesseract, settings: Settings.Recognise(), threads: 1, cacheFolder: nil)
    }

    /// Errors of one text against another (Levenshtein), in letters.
    private func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (letter == b[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }

    @Test func readsThePageNearlyToTheLetter() throws {
        let lines = try engine().recognise(TestPages.statement(), dpi: TestPages.dpi)
        let text = lines.map(\.text).joined().filter { $0 != " " }
        #expect(distance(text, TestPages.statementLines.joined()) <= 12)
        #expect(lines.contains { $0.text.contains("我在青石路十八号门前停放一辆蓝色自行车") }, "no spaces between Han characters")
    }

    @Test func spansGrowAlongTheLine() throws {
        let lines = try engine().recognise(TestPages.statement(), dpi: TestPages.dpi)
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(line.characterSpans.count == 2 * line.text.count)
            #expect(line.characterSpans == line.characterSpans.sorted())
            #expect(line.characterSpans.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test func sameInputSameOutput() throws {
        let engine = try engine()
        let page = TestPages.statement()
        #expect(try engine.recognise(page, dpi: TestPages.dpi) == engine.recognise(page, dpi: TestPages.dpi))
    }

    @Test func emptyPagesHoldNoText() throws {
        let engine = try engine()
        #expect(try engine.recognise(Raster(whiteWidth: 1240, height: 860, mode: .bitonal), dpi: TestPages.dpi).map(\.text) == [])
        #expect(try engine.recognise(Raster(whiteWidth: 1, height: 1, mode: .grey), dpi: TestPages.dpi).map(\.text) == [])
    }

    @Test func tooLongAPageIsRefused() throws {
        #expect(throws: DossierError(.limitExceeded, "")) {
            try engine().recognise(Raster(whiteWidth: 40_000, height: 10, mode: .bitonal), dpi: TestPages.dpi)
        }
    }

    @Test(arguments: QuarterTurn.allCases) func tellsEveryDirection(turn: QuarterTurn) throws {
        let decision = try engine().orientation(of: TestPages.statement().turned(turn), dpi: TestPages.dpi)
        #expect(decision.turn == turn.inverse)
        #expect(decision.verdict == (turn == .none ? .no : .yes))
    }

    @Test func missingAndDamagedLanguagesAreNamed() throws {
        let folder = NSTemporaryDirectory() + "tessdata-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let languages = TesseractLanguages(folder: folder, names: ["chi_sim"])
        #expect(throws: DossierError(.missingComponent, "")) { try TesseractEngine(languages: languages) }
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/chi_sim.traineddata"))
        #expect(throws: DossierError(.missingComponent, "")) { try TesseractEngine(languages: languages) }
    }

    /// Half a page would look like a whole one: a page that takes too long has no text, and says so.
    @Test func aPageThatTakesTooLongIsGivenUp() throws {
        let hasty = try TesseractEngine(languages: .installed(), pageTimeout: 0.001)
        #expect(throws: DossierError(.timedOut, "")) { try hasty.recognise(TestPages.statement(), dpi: TestPages.dpi) }
        #expect(try !TesseractEngine(languages: .installed(), pageTimeout: 600).recognise(TestPages.statement(), dpi: TestPages.dpi).isEmpty)
    }

    @Test func identityIsKnownBeforeLoading() throws {
        #expect(try engine().identity == OCREngines.identity(of: .tesseract, settings: Settings.Recognise()))
        #expect(OCREngines.available(.tesseract) == nil)
    }
}
