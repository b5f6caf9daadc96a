public import DossierModel
import Foundation

extension Raster {
    /// The raster turned by `-skew` degrees about its centre: what was tilted clockwise by `skew` becomes level.
    ///
    /// The size stays; corners that nothing covers are white. The pixel at point *p* of the result shows
    /// `PageGeometry(source: …, skew: skew).sourcePoint(ofUpright: p)` of this raster. Grey and colour are interpolated
    /// bilinearly; a bitonal page stays bitonal (interpolated, then cut where a one-pixel line still holds together).
    public func straightened(skew: Double) -> Raster {
        guard skew != 0, skew.isFinite else { return self }
        switch mode {
        case .grey: return resampledGrey(skew: skew)
        case .colour: return resampledColour(skew: skew)
        case .bitonal: return greyed().resampledGrey(skew: skew).bitonal(blackBelow: Self.thinLineThreshold)
        }
    }

    /// As `straightened(skew:)`, but a bitonal page comes out grey, with smooth edges: kinder to OCR.
    public func straightenedToGrey(skew: Double) -> Raster {
        mode == .bitonal ? greyed().straightened(skew: skew) : straightened(skew: skew)
    }

    /// A line one pixel wide that falls between two rows gives 127 in both; a little above that keeps it whole.
    private static var thinLineThreshold: UInt8 { 140 }

    private func resampledGrey(skew: Double) -> Raster {
        let stride = width
        return unsafe resampled(skew: skew) { source, target, from, to, fx, fy in
            unsafe target[to] = Self.blend(
                source[from], source[from + 1], source[from + stride], source[from + stride + 1], fx, fy)
        }
    }

    private func resampledColour(skew: Double) -> Raster {
        let stride = width * 3
        return unsafe resampled(skew: skew) { source, target, from, to, fx, fy in
            for c in 0..<3 {
                let at = 3 * from + c
                unsafe target[3 * to + c] = Self.blend(
                    source[at], source[at + 3], source[at + stride], source[at + stride + 3], fx, fy)
            }
        }
    }

    /// Bilinear weights in 1/256; the sum is rounded.
    @inline(__always)
    private static func blend(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ fx: Int32, _ fy: Int32) -> UInt8 {
        let top = Int32(a) &* (256 &- fx) &+ Int32(b) &* fx
        let bottom = Int32(c) &* (256 &- fx) &+ Int32(d) &* fx
        return UInt8(truncatingIfNeeded: (top &* (256 &- fy) &+ bottom &* fy &+ 32768) >> 16)
    }

    /// Calls `mix` for every pixel of the result whose four source neighbours exist; pixels nearer than half a pixel to
    /// the source's edge or outside stay white.
    @inline(__always)
    private func resampled(
        skew: Double,
        _ mix: (
            _ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: Int, _ fx: Int32, _ fy: Int32
        ) -> Void
    ) -> Raster {
        var result = Raster(whiteWidth: width, height: height, mode: mode)
        guard width > 1, height > 1 else { return self }
        let walk = SkewedWalk(width: width, height: height, skew: skew)
        unsafe bytes.withUnsafeBufferPointer { source in
            unsafe result.bytes.withUnsafeMutableBufferPointer { target in
                for y in 0..<walk.height {
                    var (sx, sy) = walk.start(ofRow: y)
                    let columns = walk.covered(fromX: sx, y: sy)
                    sx += Int64(columns.lowerBound) * walk.stepX
                    sy += Int64(columns.lowerBound) * walk.stepY
                    for x in columns {
                        let from = Int(sy >> 32) &* walk.width &+ Int(sx >> 32)
                        let (fx, fy) = (Int32(truncatingIfNeeded: sx >> 24 & 255), Int32(truncatingIfNeeded: sy >> 24 & 255))
                        unsafe mix(source.baseAddress!, target.baseAddress!, from, y &* walk.width &+ x, fx, fy)
                        sx &+= walk.stepX
                        sy &+= walk.stepY
                    }
                }
            }
        }
        return result
    }

    /// Black where a grey pixel is below `threshold`.
    func bitonal(blackBelow threshold: UInt8) -> Raster {
        var result = Raster(whiteWidth: width, height: height, mode: .bitonal)
        let row = result.bytesPerRow
        unsafe bytes.withUnsafeBufferPointer { source in
            unsafe result.bytes.withUnsafeMutableBufferPointer { target in
                for y in 0..<height {
                    for x in 0..<width where unsafe source[y * width + x] < threshold {
                        unsafe target[y * row + x >> 3] |= 0x80 >> UInt8(x & 7)
                    }
                }
            }
        }
        return result
    }
}

/// Where the pixels of a straightened row lie in the source, in 1/2³² of a pixel.
///
/// Pixel centres are at half-integers in `PageGeometry`; indices here count from the centre of the first pixel, so the
/// page centre is at `(size − 1) / 2`.
struct SkewedWalk {
    let width: Int
    let height: Int
    let stepX: Int64
    let stepY: Int64
    private let sine: Double
    private let cosine: Double

    private static var one: Double { 4294967296 }

    init(width: Int, height: Int, skew: Double) {
        (self.width, self.height) = (width, height)
        (sine, cosine) = (sin(skew * .pi / 180), cos(skew * .pi / 180))
        (stepX, stepY) = (Int64(cosine * Self.one), Int64(sine * Self.one))
    }

    /// Source position of the first pixel of a row; may lie outside.
    func start(ofRow y: Int) -> (Int64, Int64) {
        let (cx, cy) = (Double(width - 1) / 2, Double(height - 1) / 2)
        let (dx, dy) = (-cx, Double(y) - cy)
        return (Int64((cx + dx * cosine - dy * sine) * Self.one), Int64((cy + dx * sine + dy * cosine) * Self.one))
    }

    /// Columns whose four neighbours are all inside the source.
    func covered(fromX x: Int64, y: Int64) -> Range<Int> {
        let columns = Self.steps(from: x, by: stepX, limit: width).clamped(to: 0..<width)
        let rows = Self.steps(from: y, by: stepY, limit: height).clamped(to: 0..<width)
        return columns.clamped(to: rows)
    }

    /// The n with `0 ≤ from + n·step < limit − 1`.
    private static func steps(from: Int64, by step: Int64, limit: Int) -> Range<Int> {
        let last = (Int64(limit) - 1) << 32 - 1
        if step == 0 { return from >= 0 && from <= last ? 0..<Int.max : 0..<0 }
        let (low, high) = step > 0 ? (-from, last - from) : (from - last, from)
        let size = abs(step)
        let first = Int(ceilDivided(low, size)), end = Int(floorDivided(high, size)) + 1
        return first < end ? first..<end : 0..<0
    }

    private static func floorDivided(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((b - 1 - a) / b) }
    private static func ceilDivided(_ a: Int64, _ b: Int64) -> Int64 { -floorDivided(-a, b) }
}
