internal import DossierModel

/// Brightness and colour of a page from a quarter of a million of its pixels, evenly spread.
struct ToneSample {
    /// Upper quartile of luminance: paper, on a page that is mostly paper.
    let paper: Int
    /// Share at full brightness, without what is as dark as the scanner's bed, and without the margins, where its edges are.
    let clipped: Double
    /// Share in colour once the paper's tint is taken off.
    let coloured: Double

    /// Fewer coloured pixels than this are the scanner's noise; a pale seal on an A4 page has three times as many.
    static var leastColoured: Double { 0.0001 }
    /// Spread of the channels, each as a share of the paper's, that makes a pixel coloured.
    private static var colourfulness: Double { 0.25 }
    private static var samples: Int { 250_000 }
    /// Ink is as dark; on a blank page only edges and holes are.
    private static var bed: Int { 60 }
    /// Of each side.
    private static var margin: Double { 0.05 }

    init(_ page: Raster) {
        guard page.mode != .bitonal else {
            (paper, clipped, coloured) = (255, 0, 0)
            return
        }
        let channels = page.mode == .colour ? 3 : 1
        let step = Self.step(page)
        let histograms = Self.histograms(page, step, channels, inset: 0)
        let whites = histograms.map { $0.level(at: 0.75) ?? 255 }
        let count = max(1, histograms[0].reduce(0, +))
        paper = channels == 3 ? (299 * whites[0] + 587 * whites[1] + 114 * whites[2]) / 1000 : whites[0]
        clipped = Self.clipped(Self.histograms(page, step, channels, inset: Self.margin))
        coloured = channels == 3 ? Double(Self.colouredPixels(page, step, whites)) / Double(count) : 0
    }

    private static func step(_ page: Raster) -> Int { max(1, Int((Double(page.width * page.height) / Double(samples)).squareRoot())) }

    private static func histograms(_ page: Raster, _ step: Int, _ channels: Int, inset: Double) -> [[Int]] {
        var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: channels)
        visit(page, step, channels, inset: inset) { value in for c in 0..<channels { histograms[c][Int(value[c])] += 1 } }
        return histograms
    }

    private static func clipped(_ histograms: [[Int]]) -> Double {
        let dark = histograms.map { $0[..<bed].reduce(0, +) }.min()!
        return Double(histograms.map { $0[253...].reduce(0, +) }.min()!) / Double(max(1, histograms[0].reduce(0, +) - dark))
    }

    private static func visit(_ page: Raster, _ step: Int, _ channels: Int, inset: Double = 0, _ body: (SIMD4<UInt8>) -> Void) {
        let (left, top) = (Int(Double(page.width) * inset), Int(Double(page.height) * inset))
        unsafe page.bytes.withUnsafeBufferPointer { bytes in
            for y in stride(from: top + step / 2, to: page.height - top, by: step) {
                for x in stride(from: left + step / 2, to: page.width - left, by: step) {
                    let at = (y * page.width + x) * channels
                    let value = unsafe channels == 3 ? SIMD4(bytes[at], bytes[at + 1], bytes[at + 2], 0) : SIMD4(bytes[at], 0, 0, 0)
                    body(value)
                }
            }
        }
    }

    private static func colouredPixels(_ page: Raster, _ step: Int, _ whites: [Int]) -> Int {
        let white = SIMD4<Float>(Float(max(1, whites[0])), Float(max(1, whites[1])), Float(max(1, whites[2])), 1)
        var found = 0
        visit(page, step, 3) { value in
            let share = SIMD4<Float>(value) / white
            let spread = max(share[0], share[1], share[2]) - min(share[0], share[1], share[2])
            if spread > Float(colourfulness) { found += 1 }
        }
        return found
    }
}
