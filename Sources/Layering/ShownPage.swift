public import DossierModel
internal import ImageCodecs
internal import Imaging

/// A page as its layers show it: every layer decoded, drawn without interpolation (ISO 32000-1 §8.9.5.3).
public struct ShownPage: Sendable {
    /// The whole page, in its mode.
    public private(set) var raster: Raster

    /// Paper and print; what is kept stands in the pixels of the scan.
    init(_ shades: CodedShades, _ page: SeparatedPage, over scan: Raster) {
        raster = Raster(whiteWidth: scan.width, height: scan.height, mode: scan.mode)
        ShadeDrawing(shades, page, channels: scan.mode == .colour ? 3 : 1).draw(into: &raster)
        lay(scan, page.kept)
    }

    /// What is kept, in the pixels of the scan.
    mutating func lay(_ scan: Raster, _ kept: KeptBlocks) {
        let whole = PixelRect(x: 0, y: 0, width: scan.width, height: scan.height)
        for run in kept.runs { raster.lay(scan, of: whole, run, in: whole) }
    }

    /// What is kept as its pictures show it.
    func showing(_ pictures: KeptPictures) -> ShownPage {
        var shown = self
        let whole = PixelRect(x: 0, y: 0, width: raster.width, height: raster.height)
        for picture in pictures.pictures {
            let place = picture.layer.part.layer!.place
            for run in picture.squares.runs { shown.raster.lay(picture.layer.shown, of: place, run, in: whole) }
        }
        return shown
    }

    /// A part of the page, in its mode.
    ///
    /// - Precondition: `box` lies within the page.
    public func pixels(in box: PixelRect) -> Raster { raster.cropped(to: box) }
}

/// Draws the paper, and print over it.
private struct ShadeDrawing {
    let background: Raster
    let backgroundStep: (x: Int, y: Int)
    let foreground: Raster?
    let foregroundStep: (x: Int, y: Int)
    let ink: [UInt8]
    let mask: Raster?
    let fineness: Int
    let channels: Int

    init(_ shades: CodedShades, _ page: SeparatedPage, channels: Int) {
        (background, backgroundStep) = (shades.background.shown, page.backgroundStep)
        (foreground, foregroundStep) = (shades.foreground?.shown, page.foregroundStep)
        ink = page.ink ?? [0, 0, 0]
        mask = page.foreground == nil && page.ink == nil ? nil : page.mask
        (fineness, self.channels) = (page.fineness, channels)
    }

    func draw(into page: inout Raster) {
        let (width, height, perRow) = (page.width, page.height, page.bytesPerRow)
        unsafe page.bytes.withUnsafeMutableBufferPointer { bytes in
            for y in 0..<height {
                let row = unsafe UnsafeMutableBufferPointer(rebasing: bytes[y * perRow..<(y + 1) * perRow])
                if y % backgroundStep.y == 0 {
                    unsafe drawPaper(y, width, into: row)
                } else {
                    unsafe row.baseAddress!.update(from: row.baseAddress! - perRow, count: perRow)
                }
            }
            guard let mask else { return }
            for y in 0..<height {
                unsafe drawPrint(y, width, mask, into: UnsafeMutableBufferPointer(rebasing: bytes[y * perRow..<(y + 1) * perRow]))
            }
        }
    }

    private func drawPaper(_ y: Int, _ width: Int, into row: UnsafeMutableBufferPointer<UInt8>) {
        unsafe background.bytes.withUnsafeBufferPointer { paper in
            var from = y / backgroundStep.y * background.width * channels
            var to = 0
            for left in stride(from: 0, to: width, by: backgroundStep.x) {
                for _ in left..<min(left + backgroundStep.x, width) {
                    for c in 0..<channels { unsafe row[to &+ c] = paper[from &+ c] }
                    to &+= channels
                }
                from += channels
            }
        }
    }

    /// A byte of the mask at a time; most are empty.
    private func drawPrint(_ y: Int, _ width: Int, _ mask: Raster, into row: UnsafeMutableBufferPointer<UInt8>) {
        let (first, pixels) = (y * fineness * mask.bytesPerRow, 8 / fineness)
        unsafe mask.bytes.withUnsafeBufferPointer { bits in
            for byte in 0..<mask.bytesPerRow {
                let upper = unsafe bits[first &+ byte]
                let lower = unsafe fineness == 2 ? bits[first &+ mask.bytesPerRow &+ byte] : upper
                guard upper | lower != 0 else { continue }
                for x in byte &* pixels..<min(byte &* pixels &+ pixels, width) {
                    let cover = cover(upper, lower, x &- byte &* pixels)
                    if cover > 0 { unsafe blend(x, y, cover, into: row) }
                }
            }
        }
    }

    /// Of a pixel, in quarters.
    @inline(__always)
    private func cover(_ upper: UInt8, _ lower: UInt8, _ pixel: Int) -> Int {
        guard fineness == 2 else { return Int(upper >> UInt8(7 &- pixel) & 1) &* 4 }
        let shift = UInt8(6 &- 2 &* pixel)
        return (upper >> shift & 3).nonzeroBitCount &+ (lower >> shift & 3).nonzeroBitCount
    }

    @inline(__always)
    private func blend(_ x: Int, _ y: Int, _ cover: Int, into row: UnsafeMutableBufferPointer<UInt8>) {
        for c in 0..<channels {
            let paint = foreground.map { Int($0.bytes[(y / foregroundStep.y &* $0.width &+ x / foregroundStep.x) &* channels &+ c]) } ?? Int(ink[c])
            let to = x &* channels &+ c
            unsafe row[to] = UInt8((Int(row[to]) &* (4 &- cover) &+ paint &* cover &+ 2) >> 2)
        }
    }
}
