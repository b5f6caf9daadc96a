import DossierModel
import Foundation
import Hashing
import Testing

@testable import ImageCodecs

@Suite struct RasterFileTests {
    let scratch = Scratch()

    @Test(arguments: ColourMode.allCases)
    func pngGivesItsPixelsBackAndItsDataGoOverUnlessJBIG2IsSmaller(_ mode: ColourMode) throws {
        let raster = Raster.sample(mode)
        let file = try PNGCodec.encode(raster, dpi: Resolution(x: 300, y: 200))
        let frame = try decode(scratch.file(file))
        #expect(frame.raster == raster)
        #expect(frame.page.dpi == Resolution(x: 300, y: 200))
        #expect(frame.page.image.origin == (mode == .bitonal ? .recoded : Data(file).range(of: Data(try #require(frame.parts.values.first))) == nil ? .rewrapped : .delivered))
        #expect(frame.page.findings.isEmpty)
        #expect(try frame.drawnImage() == raster)
    }

    @Test(arguments: [1, 2, 4])
    func aPNGOfFewGreysGivesTheNearestOfThem(bits: Int) throws {
        let raster = Raster(width: 255, height: 3, mode: .grey, bytes: (0..<3).flatMap { _ in (0..<255).map { UInt8($0) } })
        let path = try scratch.file(PNGCodec.encodeGrey(raster, bits: bits))
        let pixels = try ScannerFiles.pixels(path: path, name: "greys", frame: 1, settings: Settings().intake)
        let step = 255.0 / Double((1 << bits) - 1)
        let shown = pixels.mode == .bitonal ? pixels.asGrey() : pixels
        for (found, value) in zip(shown.bytes, raster.bytes) {
            #expect(abs(Double(found) - (Double(value) / step).rounded() * step) < 1, "\(value)")
        }
    }

    /// libpng shows a pixel that names no colour as black, a PDF as the last colour.
    @Test(arguments: [1, 2, 4, 8])
    func aPNGWhosePixelsLeaveThePaletteLooksInThePDFAsItDoesElsewhere(bits: Int) throws {
        let (width, height) = (61, 9)
        let perRow = SampleImage.bytesPerRow(width: width, bits: bits, components: 1)
        for (last, origin) in [(0, PageImage.Origin.delivered), (1, .recoded)] {
            // Every pixel of the first rows is 0, the last pixel of the image `last`; the palette has one colour.
            var rows = [UInt8](repeating: 0, count: (perRow + 1) * height)
            let spare = perRow * 8 - width * bits
            rows[rows.count - 1] = UInt8(last << spare)
            var file = PNGChunks.signature
            func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
            PNGCodec.append("IHDR", big(width) + big(height) + [UInt8(bits), 3, 0, 0, 0], to: &file)
            PNGCodec.append("PLTE", [200, 180, 90], to: &file)
            PNGCodec.append("IDAT", try Flate.compressed(rows), to: &file)
            PNGCodec.append("IEND", [], to: &file)
            let frame = try decode(scratch.file(file))
            #expect(frame.page.image.origin == origin)
            #expect(try frame.drawnImage() == frame.raster)
            #expect(frame.raster.bytes.suffix(3) == (last == 0 ? [200, 180, 90] : [0, 0, 0]))
        }
    }

    @Test func onlyLookingGivesThePixelsOfDecoding() throws {
        let path = try scratch.file(PNGCodec.encode(.sample(.colour), dpi: nil))
        let pixels = try ScannerFiles.pixels(path: path, name: "page", frame: 1, settings: Settings().intake)
        let decoded = try decode(path)
        #expect(pixels == decoded.raster)
    }

    @Test(arguments: [2, 4, 8])
    func aJPEGMayBeLookedAtSmaller(reduction: Int) throws {
        // 1,201 does not divide: sides are rounded up.
        let raster = Raster.sample(.colour, width: 1201, height: 800)
        let path = try scratch.file(JPEGCodec.encode(raster, quality: 95))
        let whole = try ScannerFiles.pixels(path: path, name: "page", frame: 1, settings: Settings().intake)
        let small = try ScannerFiles.pixels(path: path, name: "page", frame: 1, reduction: reduction, settings: Settings().intake)
        #expect((small.width, small.height) == ((1201 + reduction - 1) / reduction, 800 / reduction))
        #expect(small.distance(to: whole.averaged(over: reduction)) < 6)
    }

    @Test func whatIsNoJPEGIsLookedAtInFullSize() throws {
        let path = try scratch.file(PNGCodec.encode(.sample(.grey), dpi: nil))
        let pixels = try ScannerFiles.pixels(path: path, name: "page", frame: 1, reduction: 4, settings: Settings().intake)
        #expect(pixels == Raster.sample(.grey))
    }

    @Test func cutPNGKeepsItsRows() throws {
        let bytes = try PNGCodec.encode(.sample(.colour, height: 400), dpi: nil)
        let frame = try decode(scratch.file(Array(bytes[..<(bytes.count * 2 / 3)])))
        #expect(frame.page.findings.contains { $0.id == "frame.damaged" && $0.severity == .block })
        let raster = Raster.sample(.colour, height: 400)
        #expect(frame.raster.bytes[..<20000] == raster.bytes[..<20000])
        #expect(frame.raster.bytes.suffix(100).allSatisfy { $0 == 255 })
    }

    @Test(arguments: [ColourMode.grey, .colour])
    func jpegGoesOverByteForByte(_ mode: ColourMode) throws {
        let bytes = try JPEGCodec.encode(.sample(mode), quality: 90)
        let frame = try decode(scratch.file(bytes))
        #expect(frame.raster.mode == mode)
        #expect(frame.raster.distance(to: .sample(mode)) < 8)
        #expect(frame.parts.values.first == bytes)
        #expect(try frame.drawnImage() == frame.raster)
    }

    @Test func cutJPEGIsAFinding() throws {
        let bytes = try JPEGCodec.encode(.sample(.colour, height: 400), quality: 90)
        let frame = try decode(scratch.file(Array(bytes[..<(bytes.count / 2)])))
        #expect(frame.page.findings.contains { $0.id == "frame.damaged" })
    }

    @Test func bitonalJPEGIsGrey() throws {
        #expect(try decode(scratch.file(JPEGCodec.encode(.sample(.bitonal), quality: 90))).raster.mode == .grey)
    }

    @Test(arguments: 97...104)
    func jbig2OfEveryWidthIsReadBack(_ width: Int) throws {
        #expect(CodedImage.verifiedJBIG2(.sample(.bitonal, width: width), origin: .rendered) != nil)
    }

    @Test(arguments: ColourMode.allCases)
    func losslessFormDrawsAlikeAndIsSmall(_ mode: ColourMode) throws {
        let raster = Raster.sample(mode)
        let (image, parts) = try PageImageCoder.lossless(raster)
        #expect(image.origin == .rendered)
        #expect(try CodedImage(image: image, parts: parts).drawn().reduced(to: mode) == raster)
        #expect(try PageImageCoder.lossless(raster).parts == parts)
    }

    @Test func samplesOfEveryDepthDrawAlike() throws {
        for (bits, space) in [
            (2, SampleImage.Space.grey), (4, .grey), (16, .grey), (16, .rgb), (2, .indexed([0, 0, 0, 255, 0, 0, 0, 255, 0, 9, 9, 255])),
            (8, .indexed((0..<768).map { UInt8(truncatingIfNeeded: $0 * 7) })), (1, .indexed([255, 0, 0, 0, 0, 255])),
        ] {
            let perRow = SampleImage.bytesPerRow(width: 61, bits: bits, components: space.components)
            let bytes = (0..<perRow * 40).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 7) }
            let samples = SampleImage(width: 61, height: 40, bits: bits, space: space, bytes: bytes)
            let raster = samples.raster()
            let coded = try LosslessCoder.coded(samples, raster: raster, origin: .recoded)
            #expect(try coded.drawn().reduced(to: raster.mode) == raster, "\(bits) bits, \(space)")
        }
    }

    @Test(.enabled(if: Corpus.isPresent, "the shared corpus is not here"))
    func eightOrientationsComeOutUprightAndAlike() throws {
        let frames = try (1...8).map { try decode(Corpus.folder + "/orientation/Landscape_\($0).jpg") }
        let first = frames[0].raster
        for (index, frame) in frames.enumerated() {
            #expect(frame.raster.turned(frame.page.declaredTurn).distance(to: first) < 6, "orientation \(index + 1)")
            #expect(try frame.drawnImage() == frame.raster)
        }
        #expect(first.turned(.half).distance(to: first) > 20)
    }

    @Test func unusableFilesGiveOneClearFinding() throws {
        for (bytes, id) in [
            ([], "file.empty"), (Array("just text".utf8), "file.unknown-format"), ([0x49, 0x49, 42, 0, 8, 0, 0, 0], "file.damaged"),
            (Array("%PDF-1.4 nothing".utf8), "file.damaged"), (PNGChunks.signature, "file.damaged"), ([0xFF, 0xD8, 0xFF, 0xD9], "file.damaged"),
        ] as [([UInt8], String)] {
            let found = survey(scratch.file(bytes, "scan.tif"))
            #expect(found.findings.map(\.id) == [id])
            #expect(found.findings.allSatisfy { $0.severity == .block && $0.message.hasPrefix("batch/scan") && !$0.remedy.isEmpty })
            #expect(found.frames.isEmpty)
        }
        #expect(survey(scratch.path("absent")).findings.map(\.id) == ["file.unreadable"])
    }

    @Test func bombsAreRefusedFromTheirHeaders() throws {
        func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        var png = try PNGCodec.encode(.sample(.bitonal), dpi: nil)
        png.replaceSubrange(16..<24, with: big(60000) + big(60000))
        var jpeg = try JPEGCodec.encode(.sample(.grey), quality: 80)
        let frame = try JPEGHeader(jpeg).heightOffset
        jpeg.replaceSubrange(frame..<frame + 4, with: [0xEA, 0x60, 0xEA, 0x60])
        let path = try scratch.tiff { try $0.append(.sample(.bitonal), dpi: nil, compression: .group4) }
        var tiff = try FileBytes.all(ofFileAt: path)
        let at = try TIFFDirectories(path: path, limit: 1).entries[0].offset
        for i in 0..<2 { tiff.replaceSubrange(at + 2 + 12 * i + 2..<at + 2 + 12 * (i + 1), with: [4, 0, 1, 0, 0, 0, 0x60, 0xEA, 0, 0]) }
        let small = try decode(scratch.file(PNGCodec.encode(.sample(.grey), dpi: nil)))
        var pdf = Data(SinglePagePDF.bytes(CodedImage(image: small.page.image, parts: small.parts)))
        pdf.replaceSubrange(pdf.range(of: Data("/Width 203 /Height 117".utf8))!, with: Data("/Width 60000 /Height 60000".utf8))
        let imageBomb = Array(pdf)
        let pageBomb = Array("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14400 14400] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n".utf8)
        for bytes in [png, jpeg, tiff, imageBomb, pageBomb] {
            let path = scratch.file(bytes)
            let found = survey(path)
            #expect(found.findings.map(\.id) == ["frame.too-large"], "\(found.format)")
            #expect(found.frames.count == 1)
            #expect(throws: DossierError(.limitExceeded, "")) { try decode(path) }
        }
    }
}
