import DossierModel
import Testing

@testable import JBIG2

@Suite struct JBIG2Tests {
    private func expectSame(_ decoded: [Raster?]?, _ bitmaps: [Bitmap], _ program: String) {
        guard let decoded else { return }
        #expect(decoded.count == bitmaps.count, "\(program) gave \(decoded.count) of \(bitmaps.count) pictures")
        for (raster, bitmap) in zip(decoded, bitmaps) { #expect(raster == bitmap.raster, "\(program) gives another \(bitmap)") }
    }

    private func expectDecodable(_ streams: [JBIG2Stream], _ bitmaps: [Bitmap]) throws {
        let decoders = try Decoders()
        expectSame(try decoders.jbig2dec(streams), bitmaps, "jbig2dec")
        expectSame(try decoders.poppler(streams, of: bitmaps), bitmaps, "poppler")
        expectSame(try decoders.mupdf(streams, of: bitmaps), bitmaps, "MuPDF")
    }

    private func encoded(_ bitmap: Bitmap) -> JBIG2Stream {
        JBIG2Encoder.encode(width: bitmap.raster.width, height: bitmap.raster.height, rows: bitmap.raster.bytes)
    }

    private func encoded(_ bitmap: Bitmap, _ parameters: GenericParameters) -> JBIG2Stream {
        JBIG2Encoder.encode(width: bitmap.raster.width, height: bitmap.raster.height, rows: bitmap.raster.bytes, parameters)
    }

    @Test func everyDecoderGivesPlainPicturesBack() throws {
        try expectDecodable(Bitmap.plain.map(encoded), Bitmap.plain)
    }

    @Test func everyDecoderGivesPicturesOfOddSizesBack() throws {
        try expectDecodable(Bitmap.odd.map(encoded), Bitmap.odd)
    }

    @Test func everyDecoderGivesTheSamplePagesBack() throws {
        let pages = try Bitmap.samples()
        #expect(pages.count >= 8, "the sample case has bitonal pages")
        try expectDecodable(pages.map(encoded), pages)
    }

    @Test func everyDecoderGivesScansOfOthersBack() throws {
        let pages = Bitmap.corpus()
        guard !pages.isEmpty else { return print("skipped: the folder shared/corpus is not beside the checkout") }
        try expectDecodable(pages.map(encoded), pages)
    }

    @Test(arguments: GenericTemplate.allCases, [false, true])
    func everyDecoderFollowsTheTemplateWhereverItsAdaptivePixelsAre(template: GenericTemplate, typical: Bool) throws {
        let places = [
            AdaptivePixel(-128, 0), AdaptivePixel(127, -1), AdaptivePixel(-128, -128), AdaptivePixel(127, -128), AdaptivePixel(-1, 0),
            AdaptivePixel(0, -1), AdaptivePixel(1, -5), AdaptivePixel(-9, -3),
        ]
        let bitmap = Bitmap.random(311, 190, seed: 77)
        let nominal = encoded(bitmap, GenericParameters(template, usesTypicalPrediction: typical))
        let moved = places.indices.map { first in
            let pixels = template.nominalAdaptivePixels.indices.map { places[(first + $0 * 3) % places.count] }
            return encoded(bitmap, GenericParameters(template, adaptivePixels: pixels, usesTypicalPrediction: typical))
        }
        try expectDecodable([nominal] + moved, Array(repeating: bitmap, count: moved.count + 1))
    }

    @Test func halfMovedAdaptivePixelsDecode() throws {
        let bitmap = Bitmap.random(131, 70, seed: 5)
        var pixels = GenericTemplate.sixteen.nominalAdaptivePixels
        let streams = [2, 0, 3].map { index in
            pixels[index] = AdaptivePixel(-6, -index)
            return encoded(bitmap, GenericParameters(.sixteen, adaptivePixels: pixels))
        }
        try expectDecodable(streams, [bitmap, bitmap, bitmap])
    }

    @Test func theArithmeticCoderAgreesWithTheStandardsTestSequence() {
        // ITU-T T.88 H.2: all bits in one context.
        let input: [UInt8] = [
            0x00, 0x02, 0x00, 0x51, 0x00, 0x00, 0x00, 0xC0, 0x03, 0x52, 0x87, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA,
            0x82, 0xC0, 0x20, 0x00, 0xFC, 0xD7, 0x9E, 0xF6, 0xBF, 0x7F, 0xED, 0x90, 0x4F, 0x46, 0xA3, 0xBF,
        ]
        let expected: [UInt8] = [
            0x84, 0xC7, 0x3B, 0xFC, 0xE1, 0xA1, 0x43, 0x04, 0x02, 0x20, 0x00, 0x00, 0x41, 0x0D, 0xBB, 0x86,
            0xF4, 0x31, 0x7F, 0xFF, 0x88, 0xFF, 0x37, 0x47, 0x1A, 0xDB, 0x6A, 0xDF, 0xFF, 0xAC,
        ]
        #expect(coded(input, asRuns: false) == expected)
        #expect(coded(input, asRuns: true) == expected)
    }

    /// All bits in one context, one by one or equal ones together.
    private func coded(_ input: [UInt8], asRuns: Bool) -> [UInt8] {
        let bits = input.flatMap { byte in (0..<8).map { UInt32(byte >> (7 - $0)) & 1 } }
        var output = [UInt8](repeating: 0, count: 256), states: [UInt8] = [0]
        let count = output.withUnsafeMutableBufferPointer { output in
            states.withUnsafeMutableBufferPointer { states in
                MQStates.packed.withUnsafeBufferPointer { table in
                    var encoder = MQEncoder(output: output.baseAddress!, states: states.baseAddress!, table: table.baseAddress!)
                    var at = 0
                    while at < bits.count {
                        let run = asRuns ? bits[at...].prefix { $0 == bits[at] }.count : 1
                        if asRuns { encoder.encode(bits[at], in: 0, count: run) } else { encoder.encode(bits[at], in: 0) }
                        at += run
                    }
                    return encoder.flush() - output.baseAddress! - 1
                }
            }
        }
        return Array(output[1...count])
    }

    @Test func whiteAsOneGivesTheSameStream() {
        let bitmap = Bitmap.random(77, 50, seed: 9).raster
        let black = JBIG2Encoder.encode(width: 77, height: 50, rows: bitmap.bytes)
        let white = JBIG2Encoder.encode(width: 77, height: 50, rows: bitmap.bytes.map { ~$0 }, blackIs1: false)
        #expect(black.bytes == white.bytes)
    }

    @Test func spareBitsDoNotMatter() {
        let bitmap = Bitmap.random(77, 50, seed: 9).raster
        let dirty = bitmap.bytes.enumerated().map { $0.offset % 10 == 9 ? $0.element | 0b111 : $0.element }
        #expect(JBIG2Encoder.encode(width: 77, height: 50, rows: dirty).bytes == JBIG2Encoder.encode(width: 77, height: 50, rows: bitmap.bytes).bytes)
    }

    @Test func theChoiceIsAtLeastAsSmallAsEveryPlainTemplateOnSmallPages() {
        for bitmap in Bitmap.odd {
            let chosen = encoded(bitmap)
            for template in GenericTemplate.allCases {
                #expect(chosen.bytes.count <= encoded(bitmap, GenericParameters(template)).bytes.count + 8, "\(bitmap), \(template)")
            }
        }
    }

    @Test func codingAgainGivesTheSameBytes() {
        let bitmap = Bitmap.random(900, 700, seed: 3)
        #expect(encoded(bitmap).bytes == encoded(bitmap).bytes)
    }

    @Test func aPageOfTextIsSmallerThanWithNominalAdaptivePixels() throws {
        let page = try #require(try Bitmap.samples().max { encoded($0).bytes.count < encoded($1).bytes.count })
        #expect(encoded(page).bytes.count < encoded(page, GenericParameters(.sixteen)).bytes.count)
    }

    @Test func aPageWhoseColumnsRepeatPutsAnAdaptivePixelThere() {
        // A screen of 7 × 5 pixels with irregular dots: nothing within the nominal template tells of it.
        let tile = Bitmap.random(7, 5, seed: 21, blackPercent: 45).raster
        let screen = Bitmap("screen", 700, 500) { x, y in
            (tile.bytes[y % 5] >> UInt8(7 - x % 7) & 1 == 1) != ((x * 31 + y * 57) % 89 == 0)
        }
        let chosen = encoded(screen), nominal = encoded(screen, GenericParameters(.sixteen))
        #expect(chosen.bytes.count < nominal.bytes.count)
        #expect(chosen.parameters.adaptivePixels != chosen.parameters.template.nominalAdaptivePixels)
    }
}
