import DossierModel
import Foundation
import ImageCodecs

/// A grainy sheet at 300 dpi with lines of strokes, to which things are added.
struct SheetOfPaper {
    static let dpi = Resolution(x: 300, y: 300)
    var raster: Raster
    private var state: UInt64 = 7302

    /// - Parameter isSmooth: without grain, which no JPEG is similar enough to.
    init(width: Int = 1200, height: Int = 1200, paper: [UInt8] = [246, 240, 226], isSmooth: Bool = false) {
        raster = Raster(whiteWidth: width, height: height, mode: .colour)
        for i in raster.bytes.indices { raster.bytes[i] = UInt8(clamping: Int(paper[i % 3]) + (isSmooth ? 0 : grain())) }
    }

    private mutating func grain() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 60) - 8
    }

    mutating func fill(_ box: PixelRect, _ colour: [UInt8]) {
        for y in box.y..<box.y + box.height { for x in box.x..<box.x + box.width { put(x, y, colour) } }
    }

    mutating func put(_ x: Int, _ y: Int, _ colour: [UInt8]) {
        for c in 0..<3 { raster.bytes[(y * raster.width + x) * 3 + c] = colour[c] }
    }

    /// Rows of strokes, 4 pixels wide; returns the box of each row.
    @discardableResult
    mutating func print(rows: Int, from top: Int = 100, colour: [UInt8] = [20, 20, 24]) -> [PixelRect] {
        (0..<rows).map { row in
            let y = top + row * 80
            for x in stride(from: 100, to: raster.width - 100, by: 24) {
                fill(PixelRect(x: x, y: y, width: 4, height: 40), colour)
                fill(PixelRect(x: x, y: y + (x / 24 % 3) * 14, width: 18, height: 4), colour)
            }
            return PixelRect(x: 100, y: y - 8, width: raster.width - 200, height: 56)
        }
    }

    /// A red ring with a disc in it, 20 mm across; returns its box.
    mutating func seal(x: Int, y: Int) -> PixelRect {
        for v in -118...118 {
            for u in -118...118 {
                let distance = u * u + v * v
                guard (104 * 104...118 * 118).contains(distance) || distance < 40 * 40 else { continue }
                let at = ((y + v) * raster.width + x + u) * 3
                let under = raster.bytes[at..<at + 3].map(Int.init)
                put(x + u, y + v, [UInt8(under[0] * 225 / 255), UInt8(under[1] * 70 / 255), UInt8(under[2] * 72 / 255)])
            }
        }
        return PixelRect(x: x - 118, y: y - 118, width: 237, height: 237)
    }

    /// What a scanner would deliver.
    func scanned(as name: String = "page.jpg", quality: Int = 75) throws -> DecodedFrame {
        let path = NSTemporaryDirectory() + "layering-\(UUID().uuidString)-" + name
        defer { try? FileManager.default.removeItem(atPath: path) }
        let bytes = name.hasSuffix(".jpg") ? try JPEGCodec.encode(raster, quality: quality) : try PNGCodec.encode(raster, dpi: Self.dpi)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try ScannerFiles.decode(path: path, name: name, frame: 1, settings: Settings.Intake())
    }
}

extension Quad {
    init(_ box: PixelRect) {
        let (left, top) = (Double(box.x), Double(box.y))
        let (right, bottom) = (left + Double(box.width), top + Double(box.height))
        self.init(
            topLeft: PixelPoint(x: left, y: top), topRight: PixelPoint(x: right, y: top),
            bottomRight: PixelPoint(x: right, y: bottom), bottomLeft: PixelPoint(x: left, y: bottom))
    }
}
