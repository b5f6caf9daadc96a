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

    private static let marginMillimetres = 8.0

    /// - Parameters:
    ///   - source: grey.
    ///   - region: in pixels of `source`.
    init(_ source: Raster, region: BarSurvey.Region, dpi: Resolution, stripMillimetres: Double = 1) {
        precondition(source.mode == .grey, "strips are cut from grey")
        self.dpi = dpi.x
        let angle = region.across * .pi / 180
        let (u, v) = ((x: cos(angle), y: sin(angle)), (x: -sin(angle), y: cos(angle)))
        let (w, h) = (Double(region.box.width), Double(region.box.height))
        let margin = Self.marginMillimetres / 25.4 * dpi.x
        let length = abs(w * u.x) + abs(h * u.y) + 2 * margin, depth = abs(w * v.x) + abs(h * v.y)
        let strip = max(2, Int(stripMillimetres / 25.4 * dpi.x))
        let (columns, rows) = (max(8, Int(length)), max(1, Int(depth) / strip))
        let centre = (x: Double(region.box.x) + w / 2, y: Double(region.box.y) + h / 2)
        var bytes = [UInt8](repeating: 255, count: columns * rows)
        unsafe source.bytes.withUnsafeBufferPointer { pixels in
            for row in 0..<rows {
                var sums = [Int](repeating: 0, count: columns), counts = [Int](repeating: 0, count: columns)
                for line in 0..<strip {
                    let down = Double(row * strip + line) - depth / 2
                    for column in 0..<columns {
                        let right = Double(column) - length / 2
                        let x = centre.x + right * u.x + down * v.x, y = centre.y + right * u.y + down * v.y
                        guard x >= 0, y >= 0, x < Double(source.width - 1), y < Double(source.height - 1) else { continue }
                        sums[column] += unsafe Self.sample(pixels, source.width, x, y)
                        counts[column] += 1
                    }
                }
                for column in 0..<columns where counts[column] > 0 { bytes[row * columns + column] = UInt8(sums[column] / counts[column]) }
            }
        }
        raster = Raster(width: columns, height: rows, mode: .grey, bytes: bytes)
    }

    /// Bilinear.
    private static func sample(_ pixels: UnsafeBufferPointer<UInt8>, _ width: Int, _ x: Double, _ y: Double) -> Int {
        let (column, row) = (Int(x), Int(y))
        let (fx, fy) = (Int((x - Double(column)) * 256), Int((y - Double(row)) * 256))
        let at = row * width + column
        let upper = unsafe Int(pixels[at]) * (256 - fx) + Int(pixels[at + 1]) * fx
        let lower = unsafe Int(pixels[at + width]) * (256 - fx) + Int(pixels[at + width + 1]) * fx
        return (upper * (256 - fy) + lower * fy) >> 16
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

    /// Grey levels between bar and paper.
    private static let leastContrast = 40

    /// Whether most strips cross the same many bars: a code, and no table, picture or line of print.
    var looksLikeCode: Bool {
        let bars = (0..<raster.height).map { runs(row: $0).count / 2 }
        let most = bars.sorted()[bars.count / 2]
        return bars.count >= 4 && most >= Self.leastBars && bars.count(where: { abs($0 - most) <= most / 5 }) * 4 >= bars.count * 3
    }

    /// Start, one character and stop of Code 39 have 15 bars.
    private static let leastBars = 12
}
