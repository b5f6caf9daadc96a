import DossierModel
import Foundation
@testable import ImageCodecs
import Testing

@Suite struct JPEGCutTests {
    /// Colours and structure everywhere.
    private func frame(_ mode: ColourMode) throws -> DecodedFrame {
        let (width, height) = (203, 171)
        var raster = Raster(whiteWidth: width, height: height, mode: mode)
        let channels = mode == .colour ? 3 : 1
        for y in 0..<height {
            for x in 0..<width {
                let shade = x * 3 + y * 5 + (x ^ y) * 7
                for c in 0..<channels { raster.bytes[(y * width + x) * channels + c] = UInt8((shade + x * c) & 255) }
            }
        }
        let path = NSTemporaryDirectory() + "cut-\(UUID().uuidString).jpg"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(JPEGCodec.encode(raster, quality: 80)).write(to: URL(fileURLWithPath: path))
        return try ScannerFiles.decode(path: path, name: "cut.jpg", frame: 1, settings: Settings.Intake())
    }

    @Test(arguments: [ColourMode.grey, .colour])
    func keptSquaresHaveTheScannersPixelsAndTheOthersHaveNone(_ mode: ColourMode) throws {
        let frame = try frame(mode)
        let box = PixelRect(x: 32, y: 16, width: 171, height: 155)
        let kept = Set([[4, 3], [5, 3], [4, 4], [5, 4], [4, 5], [5, 5]])
        let cut = try #require(LayerCoder.region(box, ofJPEGIn: frame) { kept.contains([$0, $1]) })
        #expect(cut.shown.width == box.width && cut.shown.height == box.height && cut.quality == nil)
        let channels = mode == .colour ? 3 : 1
        // Beside a square that is not kept colours are interpolated from it.
        for y in 3 * 16 + 1..<6 * 16 - 1 {
            for x in 4 * 16 + 1..<6 * 16 - 1 {
                let (here, there) = ((y * frame.raster.width + x) * channels, ((y - box.y) * box.width + x - box.x) * channels)
                #expect(Array(frame.raster.bytes[here..<here + channels]) == Array(cut.shown.bytes[there..<there + channels]))
            }
        }
        let far = (0..<16).flatMap { y -> [UInt8] in
            let first = ((y + 128) * box.width + 128) * channels
            return Array(cut.shown.bytes[first..<first + 16 * channels])
        }
        #expect(Set(far).count <= channels)
        let whole = try #require(LayerCoder.region(box, ofJPEGIn: frame) { _, _ in true })
        #expect(cut.bytes.count * 3 < whole.bytes.count)
    }

    @Test func aWholeCutIsTheScansOwnPixels() throws {
        let frame = try frame(.grey)
        let box = PixelRect(x: 16, y: 32, width: 64, height: 48)
        let cut = try #require(LayerCoder.region(box, ofJPEGIn: frame) { _, _ in true })
        for y in 0..<box.height {
            let row = (y + box.y) * frame.raster.width + box.x
            let shown = Array(cut.shown.bytes[y * box.width..<(y + 1) * box.width])
            #expect(shown == Array(frame.raster.bytes[row..<row + box.width]))
        }
    }
}
