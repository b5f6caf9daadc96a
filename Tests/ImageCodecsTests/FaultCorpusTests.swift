import DossierModel
import Foundation
import Testing

@testable import ImageCodecs

@Suite(.enabled(if: Corpus.isPresent, "the shared corpus is not here"), .serialized) struct FaultCorpusTests {
    struct Expectation {
        let path: String
        let opens: Bool
    }

    private func expectations() throws -> [Expectation] {
        let text = try String(contentsOfFile: Corpus.folder + "/faults/expected.tsv", encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            // The corpus also holds a few formats no scanner delivers (BMP, GIF …).
            let ours = ["TIFF", "PNG", "JPEG", "MPO"].contains(fields.count > 2 ? String(fields[2]) : "")
            let opens = fields[0].hasPrefix("pdf/") ? fields.contains("poppler_p1:0") : fields[1] == "ok" && ours
            return Expectation(path: String(fields[0]), opens: opens)
        }
    }

    /// Drawn coarsely: what counts is whether a page can be drawn at all.
    private var coarse: Settings.Intake {
        var settings = Settings.Intake()
        settings.renderDPI = 100
        return settings
    }

    /// nil when the first frame was taken in, else the reason.
    private func refusal(_ path: String) -> String? {
        let found = ScannerFiles.survey(path: path, name: path, settings: coarse)
        guard let first = found.frames.first else {
            #expect(found.findings.contains { $0.severity == .block }, "\(path) is lost without a word")
            return found.findings.first?.message ?? ""
        }
        do {
            let frame = try ScannerFiles.decode(path: path, name: path, frame: first.frame, settings: coarse)
            for part in frame.page.image.parts { #expect(frame.parts[part.digest]?.count == part.byteCount) }
            return nil
        } catch {
            #expect(!error.message.isEmpty)
            return error.description
        }
    }

    @Test func whatOthersOpenIsTakenInAndTheRestIsNamed() throws {
        var opened = [0, 0], taken = [0, 0]
        let trace = ProcessInfo.processInfo.environment["DOSSIER_TRACE"] != nil
        for expectation in try expectations() {
            let path = Corpus.folder + "/faults/" + expectation.path
            if trace { FileHandle.standardError.write(Data("FILE \(expectation.path)\n".utf8)) }
            let start = ContinuousClock.now
            let reason = refusal(path)
            #expect(ContinuousClock.now - start < .seconds(20), "\(path) takes too long")
            if trace, ContinuousClock.now - start > .seconds(2) { print("SLOW \(ContinuousClock.now - start) \(expectation.path)") }
            guard expectation.opens else { continue }
            let kind = expectation.path.hasPrefix("pdf/") ? 1 : 0
            opened[kind] += 1
            taken[kind] += reason == nil ? 1 : 0
            if trace, let reason { print("REFUSED \(expectation.path): \(reason)") }
        }
        print("images taken in: \(taken[0]) of \(opened[0]); PDFs: \(taken[1]) of \(opened[1])")
        #expect(Double(taken[0]) >= 0.97 * Double(opened[0]))
        #expect(Double(taken[1]) >= 0.97 * Double(opened[1]))
    }

    @Test func flippedBytesNeverCrash() throws {
        let scratch = Scratch()
        var samples: [[UInt8]] = []
        for compression in TIFFWriter.Compression.allCases {
            let path = try scratch.tiff { try $0.append(.sample(compression == .jpeg ? .colour : .bitonal), dpi: nil, compression: compression, rowsPerStrip: 32) }
            samples.append(try FileBytes.all(ofFileAt: path))
        }
        samples.append(try JPEGCodec.encode(.sample(.colour), quality: 70))
        samples.append(try PNGCodec.encode(.sample(.colour), dpi: nil))
        let frame = try decode(scratch.file(samples[0]))
        samples.append(SinglePagePDF.bytes(CodedImage(image: frame.page.image, parts: frame.parts)))
        var state: UInt64 = 42
        var outcomes: Set<Bool> = []
        for sample in samples {
            for _ in 0..<60 {
                var bytes = sample
                for _ in 0..<4 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    bytes[Int(state >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: state >> 24) | 1
                }
                outcomes.insert(refusal(scratch.file(bytes)) == nil)
            }
        }
        #expect(outcomes == [true, false])
    }
}
