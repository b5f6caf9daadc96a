import DossierModel
import Foundation
import Imaging

/// A group of bars, turned so that they stand upright and cut into strips: each row is the mean of a strip along the
/// bars, which keeps their widths and loses noise.
struct BarStrips {
    /// Grey; columns are pixels of the source, rows are strips.
    let raster: Raster
    /// Dots per inch across the bars.
    let dpi: Double

    /// More tell nothing new; they then lie apart.
    private static let mostStrips = 40

    /// - Parameters:
    ///   - source: grey.
    ///   - region: in pixels of `source`.
    ///   - marginMillimetres: how far beyond the region the strips reach.
    init(_ source: Raster, region: BarSurvey.Region, dpi: Resolution, stripMillimetres: Double = 1, marginMillimetres: Double = 8) {
        precondition(source.mode == .grey, "strips are cut from grey")
        self.dpi = dpi.x
        let angle = region.across * .pi / 180
        let (u, v) = ((x: cos(angle), y: sin(angle)), (x: -sin(angle), y: cos(angle)))
        let (w, h) = (Double(region.box.width), Double(region.box.height))
        let margin = marginMillimetres / 25.4 * dpi.x
        let length = abs(w * u.x) + abs(h * u.y) + 2 * margin, depth = abs(w * v.x) + abs(h * v.y)
        let strip = max(2, Int(stripMillimetres / 25.4 * dpi.x))
        let (columns, rows) = (max(8, Int(length)), min(Self.mostStrips, max(1, Int(depth) / strip)))
        let apart = depth / Double(rows)
        let centre = (x: Double(region.box.x) + w / 2, y: Double(region.box.y) + h / 2)
        var bytes = [UInt8](repeating: 255, count: columns * rows)
        unsafe source.bytes.withUnsafeBufferPointer { pixels in
            let lines = unsafe LineSampler(pixels: pixels, width: source.width, height: source.height, step: u)
            for row in 0..<rows {
                var sums = [Int32](repeating: 0, count: columns)
                var counts = sums
                // Every second line will do: the bars are as long as the strip is high.
                for line in stride(from: 0, to: strip, by: 2) {
                    let down = Double(row) * apart + Double(line) - depth / 2
                    let start = PixelPoint(x: centre.x - length / 2 * u.x + down * v.x, y: centre.y - length / 2 * u.y + down * v.y)
                    lines.add(from: start, to: &sums, &counts)
                }
                for column in 0..<columns where counts[column] > 0 { bytes[row * columns + column] = UInt8(sums[column] / counts[column]) }
            }
        }
        raster = Raster(width: columns, height: rows, mode: .grey, bytes: bytes)
    }

    /// Lengths of dark and light in turn along a row, pixels, beginning and ending with light; empty where there is no contrast.
    func runs(row: Int) -> [Int] {
        let line = raster.bytes[row * raster.width..<(row + 1) * raster.width]
        let sorted = line.sorted()
        let (dark, light) = (Int(sorted[sorted.count / 20]), Int(sorted[sorted.count * 19 / 20]))
        guard light - dark >= Self.leastContrast else { return [] }
        let threshold = UInt8((dark + light) / 2)
        var (runs, isDark) = ([0], false)
        for value in line {
            if (value < threshold) != isDark {
                isDark.toggle()
                runs.append(0)
            }
            runs[runs.count - 1] += 1
        }
        if isDark { runs.append(0) }
        return runs
    }

    /// Grey levels between bar and paper: print that has lost four fifths of its ink still has 30, noise averages out along a strip.
    private static let leastContrast = 24

    /// How many bars the strips cross that cross any number of them; nil where they do not agree on one, or where the bars
    /// lie too far apart: then it is a table, a picture or print.
    var commonBars: Int? {
        let bars = (0..<raster.height).map(bars).filter { $0 >= 4 }.sorted()
        guard bars.count >= Self.leastStrips else { return nil }
        let middle = bars[bars.count / 2]
        return bars.count(where: { abs($0 - middle) <= max(1, middle / 12) }) * 4 >= bars.count * 3 ? middle : nil
    }

    /// 0 for lines of text, which lie 5 mm apart and more. What covers a part of the bars, or lies dark beside them, is left out.
    private func bars(row: Int) -> Int {
        let runs = runs(row: row)
        guard runs.count > 2 else { return 0 }
        let longest = Int(Self.widestRun / 25.4 * dpi)
        let pieces = runs.indices.dropFirst().dropLast().split { runs[$0] > longest }
        return pieces.map { piece in
            let bars = piece.count { $0 % 2 == 1 }
            let length = piece.reduce(0) { $0 + runs[$1] }
            return Double(length) / dpi * 25.4 <= Self.widestPitch * Double(bars) ? bars : 0
        }.max() ?? 0
    }

    /// No bar and no space of a code is as wide, millimetres: wide bars of patch codes printed at 150 % have 7.6.
    private static let widestRun = 12.0
    /// Five bars of Code 39 with modules of 1.2 mm take 19 mm.
    private static let widestPitch = 4.0
    private static let leastStrips = 5
}

/// Bilinear samples along parallel lines, positions in 16.16.
@safe private struct LineSampler {
    let pixels: UnsafeBufferPointer<UInt8>
    let width: Int
    let height: Int
    let step: (x: Double, y: Double)

    /// Outside of the image nothing is added.
    func add(from start: PixelPoint, to sums: inout [Int32], _ counts: inout [Int32]) {
        var (x, y) = (Int(start.x * 65_536), Int(start.y * 65_536))
        let (dx, dy) = (Int((step.x * 65_536).rounded()), Int((step.y * 65_536).rounded()))
        let (right, bottom) = ((width - 1) << 16, (height - 1) << 16)
        unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe counts.withUnsafeMutableBufferPointer { counts in
                for column in 0..<sums.count {
                    if x >= 0, y >= 0, x < right, y < bottom {
                        unsafe sums[column] &+= sample(x, y)
                        unsafe counts[column] &+= 1
                    }
                    x &+= dx
                    y &+= dy
                }
            }
        }
    }

    @inline(__always)
    private func sample(_ x: Int, _ y: Int) -> Int32 {
        let (fx, fy) = ((x >> 8) & 255, (y >> 8) & 255)
        let at = (y >> 16) &* width &+ (x >> 16)
        let upper = unsafe Int(pixels[at]) &* (256 - fx) &+ Int(pixels[at &+ 1]) &* fx
        let lower = unsafe Int(pixels[at &+ width]) &* (256 - fx) &+ Int(pixels[at &+ width &+ 1]) &* fx
        return Int32(truncatingIfNeeded: (upper &* (256 - fy) &+ lower &* fy) >> 16)
    }
}
