public import DossierModel
internal import ImageCodecs
internal import Imaging

/// A page as its layers show it: every layer decoded, drawn without interpolation (ISO 32000-1 §8.9.5.3).
public struct ShownPage: Sendable {
    let size: PixelSize
    let mode: ColourMode
    private let background: Raster
    private let backgroundStep: (x: Int, y: Int)
    private let foreground: Raster?
    private let foregroundStep: (x: Int, y: Int)
    private let ink: [UInt8]
    private let mask: Raster?
    private let fineness: Int
    private let regions: [(box: PixelRect, pixels: Raster)]

    init(_ layers: LayeredImage, _ page: SeparatedPage, size: PixelSize, mode: ColourMode) {
        (self.size, self.mode) = (size, mode)
        background = layers.background.shown
        backgroundStep = page.backgroundStep
        foreground = layers.foreground?.shown
        foregroundStep = page.foregroundStep
        ink = page.ink ?? [0, 0, 0]
        mask = layers.mask == nil ? nil : page.mask
        fineness = page.fineness
        regions = zip(page.regions, layers.regions).map { ($0.box, $1.shown) }
    }

    /// The whole page, in its mode.
    public var raster: Raster { pixels(in: PixelRect(x: 0, y: 0, width: size.width, height: size.height)) }

    /// A part of the page, in its mode.
    ///
    /// - Precondition: `box` lies within the page.
    public func pixels(in box: PixelRect) -> Raster {
        var result = Raster(whiteWidth: box.width, height: box.height, mode: mode)
        let channels = mode == .colour ? 3 : 1
        for y in 0..<box.height { draw(row: y, of: box, channels, into: &result.bytes) }
        for region in regions { lay(region.pixels, at: region.box, over: box, channels, into: &result.bytes) }
        return result
    }

    private func draw(row y: Int, of box: PixelRect, _ channels: Int, into bytes: inout [UInt8]) {
        let paperRow = (box.y + y) / backgroundStep.y * background.width
        let inkRow = (box.y + y) / foregroundStep.y * (foreground?.width ?? 0)
        for x in 0..<box.width {
            let to = (y &* box.width &+ x) &* channels, column = box.x &+ x
            let from = (paperRow &+ column / backgroundStep.x) &* channels
            let cover = mask == nil ? 0 : cover(column, box.y &+ y)
            for c in 0..<channels { bytes[to &+ c] = background.bytes[from &+ c] }
            guard cover > 0 else { continue }
            let own = (inkRow &+ column / foregroundStep.x) &* channels
            for c in 0..<channels {
                let paint = foreground == nil ? Int(ink[c]) : Int(foreground!.bytes[own &+ c])
                bytes[to &+ c] = UInt8((Int(bytes[to &+ c]) &* (4 &- cover) &+ paint &* cover &+ 2) >> 2)
            }
        }
    }

    /// Of a pixel, in quarters.
    @inline(__always)
    private func cover(_ x: Int, _ y: Int) -> Int {
        let mask = mask!
        func bit(_ x: Int, _ y: Int) -> Int { Int(mask.bytes[y &* mask.bytesPerRow &+ x >> 3] >> UInt8(7 &- x & 7) & 1) }
        if fineness == 1 { return bit(x, y) &* 4 }
        return bit(2 &* x, 2 &* y) &+ bit(2 &* x &+ 1, 2 &* y) &+ bit(2 &* x, 2 &* y &+ 1) &+ bit(2 &* x &+ 1, 2 &* y &+ 1)
    }

    private func lay(_ pixels: Raster, at place: PixelRect, over box: PixelRect, _ channels: Int, into bytes: inout [UInt8]) {
        let (left, right) = (max(place.x, box.x), min(place.x + place.width, box.x + box.width))
        let (top, bottom) = (max(place.y, box.y), min(place.y + place.height, box.y + box.height))
        guard left < right, top < bottom else { return }
        for y in top..<bottom {
            let from = ((y - place.y) * pixels.width + left - place.x) * channels
            let to = ((y - box.y) * box.width + left - box.x) * channels
            bytes.replaceSubrange(to..<to + (right - left) * channels, with: pixels.bytes[from..<from + (right - left) * channels])
        }
    }
}
