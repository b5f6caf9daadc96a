import DossierModel
import Foundation
import Testing

@testable import ImageCodecs

/// The browser's own PDF viewer decodes what volumes hold.
@Suite(.enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"), .serialized) struct JBIG2InBrowserTests {
    /// Screen pixels for each of the bitmap.
    private static let scale = 4

    @Test func chromiumShowsTheVeryPixels() async throws {
        let bitmap = Self.bitmap()
        let coded = CodedImage.jbig2(bitmap, origin: .recoded)
        let folder = FileManager.default.temporaryDirectory.appending(path: "jbig2-browser-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pdf = folder.appending(path: "page.pdf")
        try Data(SinglePagePDF.bytes(coded)).write(to: pdf)
        let browser = try await Browser(width: 900, height: 900)
        // One point is 4/3 pixels at 100 %.
        try await browser.open("file://\(pdf.path)#toolbar=0&navpanes=0&zoom=\(Self.scale * 75)")
        var shown: Raster?
        for _ in 0..<100 where shown == nil {
            try await Task.sleep(for: .milliseconds(100))
            shown = try Self.page(in: await browser.screenshot(), at: folder, size: bitmap)
        }
        await browser.close()
        #expect(shown == bitmap)
    }

    /// Noise within a white margin, which tells the page from the viewer's dark surroundings.
    private static func bitmap() -> Raster {
        var raster = Raster(whiteWidth: 131, height: 97, mode: .bitonal)
        var state: UInt32 = 11
        for y in 2..<95 {
            for x in 2..<129 {
                state = state &* 1_664_525 &+ 1_013_904_223
                if state >> 30 == 0 || (x / 9 + y / 7) % 5 == 0 { raster.bytes[y * raster.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
            }
        }
        return raster
    }

    /// The page in a picture of the window, each pixel read in its middle; nil while nothing of its size is there.
    private static func page(in png: Data, at folder: URL, size: Raster) throws -> Raster? {
        let file = folder.appending(path: "window.png")
        try png.write(to: file)
        let window = try ScannerFiles.pixels(path: file.path, name: "window", frame: 1, settings: Settings.Intake())
        let step = window.mode == .colour ? 3 : 1
        let light = (0..<window.width * window.height).filter { window.bytes[$0 * step] > 240 }
        guard let top = light.first.map({ $0 / window.width }), let bottom = light.last.map({ $0 / window.width }),
            let left = light.lazy.map({ $0 % window.width }).min(), let right = light.lazy.map({ $0 % window.width }).max(),
            abs(right - left - size.width * scale) <= scale, abs(bottom - top - size.height * scale) <= scale
        else { return nil }
        var page = Raster(whiteWidth: size.width, height: size.height, mode: .bitonal)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let column = left + (2 * x + 1) * (right + 1 - left) / (2 * size.width)
                let row = top + (2 * y + 1) * (bottom + 1 - top) / (2 * size.height)
                if window.bytes[(row * window.width + column) * step] < 128 { page.bytes[y * page.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
            }
        }
        return page
    }
}
