internal import DossierModel

/// How far print takes to rise from paper to ink, at the resolution of the scan.
///
/// Along a few hundred rows every steady rise or fall that spans much of the paper's brightness is an edge of print; its
/// whole height divided by its steepest step is its width (for a blur with a bell curve, √(2π) standard deviations).
struct EdgeSharpness {
    private var widths: [Double] = []

    /// Fewer edges than a line of text has say nothing.
    private static var fewestEdges: Int { 150 }
    /// Share of the paper's brightness that an edge of print spans …
    private static var leastRise: Double { 0.3 }
    /// … or, on a page whose own ink is pale, share of the difference between the two.
    private static var leastRiseOfPale: Double { 0.65 }
    /// Levels; less is noise.
    private static var leastLevels: Double { 24 }
    private static var rows: Int { 400 }

    /// - Parameter ink: brightness of the darkest tenth of what is written; nil where nothing is.
    init(_ page: Raster, paper: Int, ink: Int?) {
        let channels = page.mode == .colour ? 3 : 1
        let usual = Double(paper) * Self.leastRise
        let own = ink.map { max(Self.leastLevels, Double(paper - $0) * Self.leastRiseOfPale) } ?? usual
        let least = Int(min(usual, own))
        guard page.mode != .bitonal, page.width > 8, least > 8 else { return }
        unsafe page.bytes.withUnsafeBufferPointer { bytes in
            for y in stride(from: page.height / 40, to: page.height, by: max(1, page.height / Self.rows)) {
                let start = y * page.bytesPerRow + (channels == 3 ? 1 : 0)
                unsafe measure(bytes, from: start, step: channels, count: page.width, least: least)
            }
        }
    }

    private mutating func measure(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, step: Int, count: Int, least: Int) {
        var (last, height, steepest) = (unsafe Int(bytes[start]), 0, 0)
        for x in 1..<count {
            let here = unsafe Int(bytes[start + x * step])
            let rise = here - last
            last = here
            if rise * height < 0 {
                note(height, steepest, least)
                (height, steepest) = (0, 0)
            }
            height += rise
            steepest = max(steepest, abs(rise))
        }
        note(height, steepest, least)
    }

    private mutating func note(_ height: Int, _ steepest: Int, _ least: Int) {
        if abs(height) >= least { widths.append(Double(abs(height)) / Double(steepest)) }
    }

    /// The median in millimetres; nil with too few edges.
    func width(dpi: Resolution) -> Double? {
        guard widths.count >= Self.fewestEdges else { return nil }
        return widths.sorted()[widths.count / 2] * 25.4 / dpi.x
    }
}
