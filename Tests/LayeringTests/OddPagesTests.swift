import DossierModel
import Foundation
import ImageCodecs
import Imaging
@testable import Layering
import Testing

/// Pages of any size with anything on them, ink at their very edges above all: layers come out, or the page stays as it is.
@Suite struct OddPagesTests {
    private func sheet(width: Int, height: Int, mode: ColourMode) -> Raster {
        Raster(width: width, height: height, mode: mode, bytes: .init(repeating: 235, count: width * height * (mode == .colour ? 3 : 1)))
    }

    private func fill(_ raster: inout Raster, _ box: PixelRect, _ levels: [UInt8]) {
        let channels = raster.mode == .colour ? 3 : 1
        for y in (box.y..<box.y + box.height).clamped(to: 0..<raster.height) {
            for x in (box.x..<box.x + box.width).clamped(to: 0..<raster.width) {
                for c in 0..<channels { raster.bytes[(y * raster.width + x) * channels + c] = levels[c] }
            }
        }
    }

    /// One width for every place of the edge within a word and within a byte.
    @Test(arguments: [1, 2]) func inkInTheLastCornerIsInTheMaskAtAnyWidth(_ fineness: Int) throws {
        for width in 320..<384 {
            var page = sheet(width: width, height: 310, mode: .grey)
            fill(&page, PixelRect(x: width - 12, y: 298, width: 12, height: 12), [20])
            let mask = SeparatedPage(page, dpi: Resolution(x: 200, y: 200), fineness: fineness, backgroundDPI: 75).mask
            let black = mask.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
            #expect(black >= 121 * fineness * fineness && black <= 169 * fineness * fineness, "\(width)")
            let last = mask.bytes[mask.bytes.count - 1], spare = mask.bytesPerRow * 8 - mask.width
            #expect(last >> UInt8(spare) & 1 == 1 && Int(last) & (1 << spare - 1) == 0, "\(width)")
        }
    }

    @Test func whateverIsOnAPageOfWhateverSizeItIsLayeredOrStaysAsItIs() throws {
        var random = SplitMix64(seed: 7305)
        for number in 0..<60 {
            let (width, height) = (Int.random(in: 300...720, using: &random), Int.random(in: 300...560, using: &random))
            let mode: ColourMode = number % 3 == 0 ? .grey : .colour
            var page = sheet(width: width, height: height, mode: mode)
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                let box = PixelRect(
                    x: Int.random(in: -20..<width, using: &random), y: Int.random(in: -20..<height, using: &random),
                    width: Int.random(in: 1...90, using: &random), height: Int.random(in: 1...40, using: &random))
                fill(&page, box, (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) })
            }
            if number % 5 == 4 { for i in page.bytes.indices where i % 3 > 0 { page.bytes[i] = UInt8.random(in: 0...255, using: &random) } }
            let lines = (0..<4).map { _ in
                PixelRect(
                    x: Int.random(in: 0..<width - 20, using: &random), y: Int.random(in: 0..<height - 20, using: &random),
                    width: Int.random(in: 1...400, using: &random), height: Int.random(in: 1...60, using: &random))
            }
            let frame = try scanned(page, isJPEG: number % 2 == 0, dpi: [72, 150, 300][number % 3])
            let profile: ImageProfile = number % 4 == 0 ? .compact : .balanced
            let output = try PageLayerer(profile: profile).layered(frame, lines: lines.map { Quad($0) }) { _, open in open.filter { $0 == 3 } }
            guard let output else { continue }
            guard let image = output.page.image else { #expect(output.parts.isEmpty); continue }
            #expect(image.byteCount < frame.page.image.byteCount && image.size == frame.page.size)
            #expect(output.page.layering.regions.allSatisfy { $0.similarity >= 0.98 })
        }
    }

    private func scanned(_ page: Raster, isJPEG: Bool, dpi: Double) throws -> DecodedFrame {
        let path = NSTemporaryDirectory() + "odd-\(UUID().uuidString)" + (isJPEG ? ".jpg" : ".png")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = isJPEG ? try JPEGCodec.encode(page, quality: 85) : try PNGCodec.encode(page, dpi: Resolution(x: dpi, y: dpi))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try ScannerFiles.decode(path: path, name: (path as NSString).lastPathComponent, frame: 1, settings: Settings.Intake())
    }
}
