internal import DossierModel
internal import Imaging

/// Compares the lines of text on a page with what the layers show of them.
///
/// Only windows with print in them count, of the scan or of the layers: the grain of the paper, which the layers leave
/// out, tells nothing about letters.
struct TextComparison {
    /// Similarity of each line, 0…1, in the order of the lines.
    let similarities: [Double]
    /// Lines that look otherwise: below the least similarity, with print that vanished, or so pale that they are no
    /// print to the layers, and paler in them than on the scan. Pixels of the page.
    let suffering: [PixelRect]

    /// Print makes a window at least so uneven, square levels.
    private static let printVariance = 500.0
    /// A stroke darker than ink begins, one pixel wide, makes a window at least so uneven; a grey edge does not.
    private static let strokeVariance = 2500.0
    /// Below it there is nothing in a window.
    private static let emptyVariance = 40.0
    /// Lines below this look different.
    static let leastSimilarity = 0.87

    /// - Parameters:
    ///   - scan, shown: the page in grey.
    ///   - lines: pixels of the page.
    init(_ scan: Raster, _ shown: Raster, lines: [PixelRect]) {
        var (similarities, suffering) = ([Double](), [PixelRect]())
        for box in lines {
            guard box.width >= 8, box.height >= 8 else { similarities.append(1); continue }
            let (similarity, lost) = Self.compare(scan, shown, box)
            similarities.append(similarity)
            if similarity < Self.leastSimilarity || lost > 0 || Self.isFaded(scan, shown, box) { suffering.append(box) }
        }
        (self.similarities, self.suffering) = (similarities, suffering)
    }

    /// Pencil, show-through: whatever was read there was read from shades that the paper's coarser picture blurs.
    /// Means over blocks of 4 × 4 pixels leave the grain of the paper out.
    static func isFaded(_ scan: Raster, _ shown: Raster, _ box: PixelRect) -> Bool {
        let before = blockVariance(scan, box)
        return before > 12 && blockVariance(shown, box) < 0.6 * before
    }

    private static func blockVariance(_ grey: Raster, _ box: PixelRect) -> Double {
        let (columns, rows, width) = (box.width / 4, box.height / 4, grey.width)
        guard columns > 1, rows > 1 else { return 0 }
        var (sum, squares) = (0, 0)
        unsafe grey.bytes.withUnsafeBufferPointer { bytes in
            for row in 0..<rows {
                for column in 0..<columns {
                    var block = 0
                    for y in box.y &+ 4 &* row..<box.y &+ 4 &* row &+ 4 {
                        let from = y &* width &+ box.x &+ 4 &* column
                        for i in from..<from &+ 4 { unsafe block &+= Int(bytes[i]) }
                    }
                    (sum, squares) = (sum &+ block, squares &+ block &* block)
                }
            }
        }
        let (count, mean) = (Double(columns * rows), Double(sum) / Double(columns * rows))
        return (Double(squares) / count - mean * mean) / 256
    }

    private static func compare(_ a: Raster, _ b: Raster, _ box: PixelRect) -> (similarity: Double, vanished: Int) {
        var (sum, count, vanished) = (0.0, 0, 0)
        for y in StructuralSimilarity.starts(box.y, box.height) {
            for x in StructuralSimilarity.starts(box.x, box.width) {
                let moments = StructuralSimilarity.moments(a, b, x, y, 0, 1)
                guard max(moments.varianceA, moments.varianceB) >= printVariance else { continue }
                sum += moments.similarity
                count += 1
                if moments.varianceA >= strokeVariance, moments.varianceB < emptyVariance { vanished += 1 }
            }
        }
        return (count == 0 ? 1 : sum / Double(count), vanished)
    }

    var record: PageLayering.TextGuard {
        let least = similarities.min() ?? 1
        return PageLayering.TextGuard(lines: similarities.count, leastSimilarity: (least * 10_000).rounded(.down) / 10_000)
    }
}
