internal import DossierModel

/// A page reduced to one grey channel at about 150 dots per inch: what the measurements look at.
///
/// Reducing by whole factors, each axis by its own, makes the pixels nearly square and averages scanner noise away
/// while a stroke of 0.2 mm still covers a pixel.
struct AnalysisPlane {
    /// Which light tells ink from paper.
    enum Channel {
        /// Green: red and blue ink are both dark in it.
        case green
        /// The darkest of the three: ink of any colour shows.
        case darkest
    }

    let width: Int
    let height: Int
    /// Source pixels per plane pixel.
    let factorX: Int
    let factorY: Int
    /// Dots per inch of the plane.
    let dpi: Resolution
    /// 0 black.
    var pixels: [UInt8]

    private static var targetDPI: Double { 150 }
    /// A plane beyond this is reduced further: the file's dpi is wrong or the sheet is a plan.
    private static var maxPixels: Int { 9_000_000 }
    /// Coordinates of edge points are packed into 16 bits each.
    private static var maxSide: Int { 30_000 }

    init(_ raster: borrowing Raster, dpi: Resolution, channel: Channel) {
        let believed = Self.believable(dpi)
        let (fx, fy) = Self.factors(width: raster.width, height: raster.height, dpi: believed)
        (factorX, factorY) = (fx, fy)
        (width, height) = (max(1, raster.width / fx), max(1, raster.height / fy))
        self.dpi = Resolution(x: believed.x / Double(fx), y: believed.y / Double(fy))
        pixels = Self.reduced(raster, fx, fy, width, height, channel)
    }

    /// Millimetres to plane pixels, at least 1.
    func across(_ millimetres: Double) -> Int { max(1, Int((millimetres / 25.4 * dpi.x).rounded())) }
    func down(_ millimetres: Double) -> Int { max(1, Int((millimetres / 25.4 * dpi.y).rounded())) }

    /// Resolutions no scanner has are read as 300.
    private static func believable(_ dpi: Resolution) -> Resolution {
        func plausible(_ value: Double) -> Double { value >= 20 && value <= 4800 ? value : 300 }
        return Resolution(x: plausible(dpi.x), y: plausible(dpi.y))
    }

    private static func factors(width: Int, height: Int, dpi: Resolution) -> (Int, Int) {
        var fx = min(max(1, Int((dpi.x / targetDPI).rounded()), (width - 1) / maxSide + 1), width)
        var fy = min(max(1, Int((dpi.y / targetDPI).rounded()), (height - 1) / maxSide + 1), height)
        while (width / fx) * (height / fy) > maxPixels, fx < 64, fy < 64 { (fx, fy) = (min(fx + 1, width), min(fy + 1, height)) }
        return (fx, fy)
    }

    private static func reduced(
        _ raster: borrowing Raster, _ fx: Int, _ fy: Int, _ width: Int, _ height: Int, _ channel: Channel
    ) -> [UInt8] {
        let samples = raster.mode == .colour ? raster.width * 3 : raster.width
        let rowBytes = raster.bytesPerRow
        var sums = [UInt16](repeating: 0, count: samples)
        var unpacked = [UInt8](repeating: 0, count: raster.mode == .bitonal ? samples : 0)
        var reduced = [UInt8](repeating: 0, count: width * height)
        let mode = raster.mode
        unsafe raster.bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<height {
                for line in 0..<fy {
                    let start = (y * fy + line) * rowBytes
                    let row = unsafe UnsafeBufferPointer(rebasing: bytes[start..<start + rowBytes])
                    unsafe Self.gather(row, mode, isFirst: line == 0, into: &sums, via: &unpacked)
                }
                unsafe reduced.withUnsafeMutableBufferPointer { target in
                    unsafe Self.average(sums, by: fx, area: fx * fy, mode, channel, into: target.baseAddress! + y * width, width)
                }
            }
        }
        return reduced
    }

    /// Adds one source row to the running sums.
    private static func gather(
        _ row: UnsafeBufferPointer<UInt8>, _ mode: ColourMode, isFirst: Bool, into sums: inout [UInt16], via unpacked: inout [UInt8]
    ) {
        guard mode == .bitonal else { return unsafe add(row, isFirst: isFirst, to: &sums) }
        unsafe unpacked.withUnsafeMutableBufferPointer { unsafe BitExpansion.expand(row, into: $0) }
        unsafe unpacked.withUnsafeBufferPointer { unsafe add($0, isFirst: isFirst, to: &sums) }
    }

    private static func add(_ row: UnsafeBufferPointer<UInt8>, isFirst: Bool, to sums: inout [UInt16]) {
        unsafe sums.withUnsafeMutableBufferPointer { sums in
            if isFirst {
                for i in 0..<sums.count { unsafe sums[i] = UInt16(row[i]) }
            } else {
                for i in 0..<sums.count { unsafe sums[i] &+= UInt16(row[i]) }
            }
        }
    }

    private static func average(
        _ sums: [UInt16], by fx: Int, area: Int, _ mode: ColourMode, _ channel: Channel,
        into target: UnsafeMutablePointer<UInt8>, _ width: Int
    ) {
        // 255 · area · reciprocal stays below 2³² for area ≤ 4096.
        let reciprocal = UInt32((65536 + area - 1) / area)
        func mean(_ sum: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: min(255, (UInt64(sum) &* UInt64(reciprocal)) >> 16)) }
        unsafe sums.withUnsafeBufferPointer { sums in
            let from = sums.baseAddress!
            switch (mode, channel, fx) {
            case (.colour, .darkest, 2):
                for x in 0..<width { unsafe target[x] = mean(darkestOfTwo(from + 6 &* x)) }
            case (.colour, .darkest, _):
                for x in 0..<width { unsafe target[x] = mean(darkest(from + 3 &* fx &* x, fx)) }
            case (.colour, .green, _):
                for x in 0..<width { unsafe target[x] = mean(sum(from + 3 &* fx &* x + 1, fx, 3)) }
            case (_, _, 2):
                for x in 0..<width { unsafe target[x] = mean(UInt32(from[2 &* x]) &+ UInt32(from[2 &* x &+ 1])) }
            default:
                for x in 0..<width { unsafe target[x] = mean(sum(from + fx &* x, fx, 1)) }
            }
        }
    }

    @inline(__always)
    private static func darkestOfTwo(_ p: UnsafePointer<UInt16>) -> UInt32 {
        unsafe min(UInt32(p[0]) &+ UInt32(p[3]), min(UInt32(p[1]) &+ UInt32(p[4]), UInt32(p[2]) &+ UInt32(p[5])))
    }

    @inline(__always)
    private static func darkest(_ p: UnsafePointer<UInt16>, _ count: Int) -> UInt32 {
        unsafe min(sum(p, count, 3), min(sum(p + 1, count, 3), sum(p + 2, count, 3)))
    }

    @inline(__always)
    private static func sum(_ p: UnsafePointer<UInt16>, _ count: Int, _ step: Int) -> UInt32 {
        var total: UInt32 = 0
        for i in 0..<count { unsafe total &+= UInt32(p[i &* step]) }
        return total
    }
}
