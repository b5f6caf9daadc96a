internal import DossierModel

/// How far print takes to rise from paper to ink, at the resolution of the scan.
///
/// Along a few hundred rows every steady rise or fall that spans much of the paper's brightness is an edge of print; its
/// whole height divided by its steepest step is its width (for a blur with a bell curve, √(2π) standard deviations).
struct EdgeSharpness {
    private var widths: [Double] = []

    /// Fewer edges than a line of text has say nothing.
    private static var fewestEdges: Int { 150 }
    /// Share of the paper's brightness that an edge of print spans.
    private static var leastRise: Double { 0.3 }
    private static var rows: Int { 400 }

    init(_ page: Raster, paper: Int) {
        let channels = page.mode == .colour ? 3 : 1
        let least = Int(Double(paper) * Self.leastRise)
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
