import DossierModel
import Foundation
import Installation
import Testing

@testable import Recognition

/// Serialised, because every engine holds hundreds of megabytes.
@Suite(.serialized) struct PPOCRTests {
    private func engine(threads: Int = 1) throws -> any OCREngine {
        var settings = Settings.Recognise()
        settings.detectionSide = 1280
        return try OCREngines.make(.ppocr, settings: settings, threads: threads, cacheFolder: nil)
    }

    private func texts(_ page: Raster, with engine: any OCREngine) throws -> [String] {
        try engine.recognise(page, dpi: TestPages.dpi).map(\.text)
    }

    @Test func readsAKnownPageToTheLetter() throws {
        #expect(try texts(TestPages.statement(), with: engine()) == TestPages.statementLines)
    }

    @Test func readsColourAndGreyLikeBitonal() throws {
        let engine = try engine()
        let page = TestPages.statement()
        let grey = page.turned(.none)
        let colour = Raster(width: grey.width, height: grey.height, mode: .colour, bytes: grey.bytes.flatMap { [$0, $0, $0] })
        let lines = try engine.recognise(page, dpi: TestPages.dpi)
        #expect(try engine.recognise(grey, dpi: TestPages.dpi) == lines)
        #expect(try engine.recognise(colour, dpi: TestPages.dpi) == lines)
    }

    @Test func aPageReadAgainLineByLineGivesTheSameText() throws {
        let engine = try engine()
        let page = TestPages.statement()
        let lines = try engine.recognise(page, dpi: TestPages.dpi)
        #expect(try engine.reread(lines, on: page, dpi: TestPages.dpi) == lines.map(\.text))
        var erased = page.turned(.none)
        let gone = lines[1].quad.boundingBox(within: PixelSize(width: page.width, height: page.height))
        for y in gone.y..<gone.y + gone.height {
            for x in gone.x..<gone.x + gone.width { erased.bytes[y * erased.bytesPerRow + x] = 255 }
        }
        let again = try engine.reread(lines, on: erased, dpi: TestPages.dpi)
        #expect(again[1] == "" && again[0] == lines[0].text && again[2] == lines[2].text)
    }

    @Test func doubtsNameOtherCandidatesOfTheirLetters() throws {
        let small = GreyPage(TestPages.statement()).reduced(longestSide: 280).0
        let page = Raster(width: small.width, height: small.height, mode: .grey, bytes: small.pixels)
        let lines = try engine().recognise(page, dpi: Resolution(x: 33, y: 33))
        for line in lines {
            for doubt in line.doubts {
                #expect(line.text.indices.count > doubt.index && doubt.confidence < 0.9)
                #expect(doubt.alternatives.map(\.confidence) == doubt.alternatives.map(\.confidence).sorted(by: >))
                #expect(!doubt.alternatives.contains { $0.text == String(Array(line.text)[doubt.index]) })
            }
        }
        #expect(lines.contains { !$0.doubts.isEmpty }, "so small a page is read without any doubt; take a smaller one")
    }

    @Test func theIdentityNamesShortNumbersAndNothingElse() throws {
        var settings = Settings.Recognise()
        settings.precision = .f32
        let exact = try OCREngines.identity(of: .ppocr, settings: settings)
        settings.precision = .bf16
        let short = try OCREngines.identity(of: .ppocr, settings: settings)
        #expect(short.version == exact.version + " bf16" && short.models == exact.models)
        settings.precision = .auto
        #expect([exact, short].contains(try OCREngines.identity(of: .ppocr, settings: settings)))
    }

    @Test func aReadingComparedWithTesseractSaysSoInItsIdentity() throws {
        var settings = Settings.Recognise()
        settings.compare = true
        let identity = try OCREngines.identity(of: .ppocr, settings: settings)
        #expect(identity.name == "ppocr" && identity.models.last?.hasPrefix("compared with tesseract") == true)
    }

    @Test func framesLieWhereTheTextIs() throws {
        let lines = try engine().recognise(TestPages.statement(), dpi: TestPages.dpi)
        let title = try #require(lines.first).quad.boundingBox(within: PixelSize(width: 1240, height: 860))
        // Drawn at x = 516 ..< 724, y = 60 ..< 130.
        #expect(abs(title.x - 516) < 30 && abs(title.x + title.width - 724) < 30)
        #expect(abs(title.y - 68) < 30 && abs(title.y + title.height - 118) < 30)
    }

    @Test func spansGrowAlongTheLine() throws {
        for line in try engine().recognise(TestPages.statement(), dpi: TestPages.dpi) {
            #expect(line.characterSpans.count == 2 * line.text.count)
            #expect(line.characterSpans == line.characterSpans.sorted())
            #expect(line.characterSpans.allSatisfy { (0...1).contains($0) })
            #expect((0...1).contains(line.confidence))
        }
    }

    /// The fourth letter of twenty lies between 3/20 and 4/20 of the text, whatever the margin of the frame.
    @Test func spansPointAtTheirLetters() throws {
        let lines = try engine().recognise(TestPages.statement(), dpi: TestPages.dpi)
        let line = try #require(lines.first { $0.text.hasPrefix("询问人") })
        let (left, right) = (line.quad.topLeft.x, line.quad.topRight.x)
        for i in [3, 10, 16] {
            let centre = left + (right - left) * (line.characterSpans[2 * i] + line.characterSpans[2 * i + 1]) / 2
            #expect(abs(centre - (150 + 36 * (Double(i) + 0.5))) < 14)
        }
    }

    @Test func sameInputSameOutputWhateverTheThreads() throws {
        let one = try engine()
        let page = TestPages.statement()
        let first = try one.recognise(page, dpi: TestPages.dpi)
        #expect(try one.recognise(page, dpi: TestPages.dpi) == first)
        #expect(try engine(threads: 2).recognise(page, dpi: TestPages.dpi) == first)
    }

    @Test func emptyAndBlackPagesHoldNoText() throws {
        let engine = try engine()
        #expect(try texts(Raster(whiteWidth: 2480, height: 3508, mode: .bitonal), with: engine) == [])
        #expect(try texts(TestPages.drawn(1200, 1600) { _, _ in 0 }, with: engine) == [])
        #expect(try texts(TestPages.drawn(1, 1) { _, _ in 0 }, with: engine) == [])
        #expect(try engine.orientation(of: Raster(whiteWidth: 1, height: 1, mode: .grey), dpi: TestPages.dpi).verdict == .ask)
    }

    @Test func extremeShapesAndResolutionsAreHonest() throws {
        let engine = try engine()
        let page = TestPages.statement()
        let strip = page.mapped(20_000, 300) { ($0 % 1240, $1 + 150) }
        _ = try engine.recognise(strip, dpi: TestPages.dpi)
        // 30 dpi: letters of five pixels.
        let tiny = try engine.recognise(page.mapped(186, 129) { ($0 * 20 / 3, $1 * 20 / 3) }, dpi: Resolution(x: 30, y: 30))
        #expect(tiny.allSatisfy { $0.text.isEmpty || $0.confidence < 0.95 })
        let huge = page.mapped(7440, 5160) { ($0 / 6, $1 / 6) }
        #expect(try texts(huge, with: engine) == TestPages.statementLines)
    }

    @Test(arguments: QuarterTurn.allCases) func tellsEveryDirection(turn: QuarterTurn) throws {
        let decision = try engine().orientation(of: TestPages.statement().turned(turn), dpi: TestPages.dpi)
        #expect(decision.turn == turn.inverse)
        #expect(decision.verdict == (turn == .none ? .no : .yes))
        #expect(decision.score > 0.5 && decision.score <= 1)
    }

    @Test func aStrokeThroughAnEmptyCellIsNoText() throws {
        let page = TestPages.drawn(1000, 800) { x, y in
            if (100...902).contains(x), (100...702).contains(y), (x - 100) % 400 < 3 || (y - 100) % 100 < 3 { return 0 }
            guard (100..<900).contains(x), (100..<700).contains(y) else { return 250 }
            // From the upper left to the lower right, in the middle of each cell.
            let (across, down) = ((x - 100) % 400 - 200, (y - 100) % 100 - 50)
            return abs(down) <= 18 && abs(Double(across) - 0.39 * Double(down)) <= 2 ? 20 : 250
        }
        let engine = try engine()
        let found = try engine.recognise(page, dpi: Resolution(x: 200, y: 200))
        #expect(!found.isEmpty && found.allSatisfy { $0.confidence < engine.leastConfidence }, "\(found.map { "\($0.text) \($0.confidence)" })")
    }

    @Test func asksWhereTwoLinesAreAllThereIs() throws {
        let top = TestPages.statement().mapped(1240, 860) { $1 < 220 ? ($0, $1) : (-1, -1) }
        let decision = try engine().orientation(of: top.turned(.half), dpi: TestPages.dpi)
        #expect(decision.verdict == .ask && decision.turn == .none)
    }

    @Test func identityIsKnownBeforeLoading() throws {
        let identity = try OCREngines.identity(of: .ppocr, settings: Settings.Recognise())
        #expect(try engine().identity == identity)
        #expect(identity.name == "ppocr" && identity.models.count == 3)
        #expect(OCREngines.available(.ppocr) == nil)
    }

    // MARK: Faults

    private func fault(_ change: (inout PPOCRFiles, String) throws -> Void) throws -> DossierError? {
        let folder = NSTemporaryDirectory() + "recognition-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var files = try PPOCRFiles.installed()
        try change(&files, folder)
        do throws(DossierError) {
            _ = try PPOCREngine(files: files, settings: Settings.Recognise(), threads: 1)
            return nil
        } catch {
            return error
        }
    }

    private func copy(_ path: String, to folder: String, _ change: (inout Data) -> Void) throws -> String {
        var data = try #require(FileManager.default.contents(atPath: path))
        change(&data)
        let copy = folder + "/model.onnx"
        try data.write(to: URL(fileURLWithPath: copy))
        return copy
    }

    @Test func missingModelIsNamed() throws {
        let error = try fault { files, folder in files.recognition = folder + "/none.onnx" }
        #expect(error?.code == .missingComponent && error?.location?.hasSuffix("none.onnx") == true)
    }

    @Test(arguments: 0..<3) func truncatedModelIsRefused(model: Int) throws {
        let file = [\PPOCRFiles.detection, \PPOCRFiles.recognition, \PPOCRFiles.direction][model]
        let error = try fault { files, folder in
            files[keyPath: file] = try copy(files[keyPath: file], to: folder) { $0.removeLast($0.count / 2) }
        }
        #expect(error?.code == .missingComponent)
        #expect(error?.message.contains("make setup") == true)
    }

    @Test func dictionaryThatDoesNotFitIsRefused() throws {
        let error = try fault { files, folder in
            files.recognition = try copy(files.recognition, to: folder) { data in
                // ModelProto.metadata_props (14) { key (1): "character", value (2): "甲\n乙" }
                let value = Array("甲\n乙".utf8)
                let entry = [0x0A, 9] + Array("character".utf8) + [0x12, UInt8(value.count)] + value
                data.append(contentsOf: [14 << 3 | 2, UInt8(entry.count)] + entry)
            }
        }
        #expect(error?.code == .missingComponent)
        #expect(error?.message.contains("dictionary names 4") == true)
    }

    @Test func declarationsAgreeWithTheRuntimesHeaders() throws {
        guard let include = try? Installation.path(of: "openvino/include") else {
            print("skipped: the OpenVINO headers are not installed")
            return
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let compiler = Process()
        compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        compiler.arguments = [
            "clang", "-fsyntax-only", "-I", include, "-I", root.path + "/Sources/Bindings/COpenVINO/include",
            TestPages.resource("headers.c"),
        ]
        try compiler.run()
        compiler.waitUntilExit()
        #expect(compiler.terminationStatus == 0)
    }
}
