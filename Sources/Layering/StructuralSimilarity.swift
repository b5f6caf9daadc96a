internal import DossierModel
internal import Imaging

/// Structural similarity of two pictures of the same size (Wang, Bovik, Sheikh, Simoncelli, “Image quality assessment:
/// from error visibility to structural similarity”, IEEE Transactions on Image Processing 13 (4), 2004, eq. 13), over
/// windows of 8 × 8 pixels, every fourth pixel each way, for 255 levels.
enum StructuralSimilarity {
    private static let window = 8
    private static let step = 4
    /// (0.01 · 255)² and (0.03 · 255)².
    private static let (c1, c2) = (6.5025, 58.5225)

    /// Mean over all windows; of the channels the least.
    static func least(_ a: Raster, _ b: Raster) -> Double {
        guard a.width == b.width, a.height == b.height, a.mode == b.mode else { return 0 }
        return least(a, b, windows(PixelRect(x: 0, y: 0, width: a.width, height: a.height)) { _ in true })
    }

    /// Mean over the windows that lie in kept squares; of the channels the least.
    ///
    /// - Parameter box: what both pictures show, pixels of the page.
    static func least(_ a: Raster, _ b: Raster, inside kept: KeptBlocks, at box: PixelRect) -> Double {
        least(a, b, windows(PixelRect(x: 0, y: 0, width: a.width, height: a.height)) { window in
            kept.covers(PixelRect(x: window.x + box.x, y: window.y + box.y, width: window.width, height: window.height))
        })
    }

    private static func least(_ a: Raster, _ b: Raster, _ windows: [PixelRect]) -> Double {
        let channels = a.mode == .colour ? 3 : 1
        guard !windows.isEmpty else { return 1 }
        return (0..<channels).map { channel in
            windows.reduce(0.0) { $0 + moments(a, b, $1.x, $1.y, channel, channels).similarity } / Double(windows.count)
        }.min()!
    }

    private static func windows(_ box: PixelRect, where isWanted: (PixelRect) -> Bool) -> [PixelRect] {
        starts(box.y, box.height).flatMap { y in
            starts(box.x, box.width).map { PixelRect(x: $0, y: y, width: min(window, box.width), height: min(window, box.height)) }.filter(isWanted)
        }
    }

    static func starts(_ first: Int, _ length: Int) -> StrideThrough<Int> { stride(from: first, through: first + max(0, length - window), by: step) }

    /// Sums over one window.
    struct Moments {
        var (count, a, b, aa, bb, ab) = (0, 0, 0, 0, 0, 0)

        var similarity: Double {
            let n = Double(count)
            let (meanA, meanB) = (Double(a) / n, Double(b) / n)
            let covariance = Double(ab) / n - meanA * meanB
            return (2 * meanA * meanB + c1) * (2 * covariance + c2)
                / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
        }

        var varianceA: Double { variance(a, aa) }
        var varianceB: Double { variance(b, bb) }

        private func variance(_ sum: Int, _ squares: Int) -> Double {
            let n = Double(count)
            return Double(squares) / n - Double(sum) / n * Double(sum) / n
        }
    }

    static func moments(_ a: borrowing Raster, _ b: borrowing Raster, _ x: Int, _ y: Int, _ channel: Int, _ channels: Int) -> Moments {
        var m = Moments()
        let (right, bottom, width) = (min(x + window, a.width), min(y + window, a.height), a.width)
        unsafe a.bytes.withUnsafeBufferPointer { first in
            unsafe b.bytes.withUnsafeBufferPointer { second in
                for v in y..<bottom {
                    for u in x..<right {
                        let i = (v &* width &+ u) &* channels &+ channel
                        let (p, q) = unsafe (Int(first[i]), Int(second[i]))
                        (m.a, m.b) = (m.a &+ p, m.b &+ q)
                        (m.aa, m.bb, m.ab) = (m.aa &+ p &* p, m.bb &+ q &* q, m.ab &+ p &* q)
                    }
                }
            }
        }
        m.count = (right - x) * (bottom - y)
        return m
    }
}
