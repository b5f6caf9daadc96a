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

    init(_ scan: Raster, _ shown: ShownPage, lines: [Quad]) {
        let size = PixelSize(width: scan.width, height: scan.height)
        var (similarities, suffering) = ([Double](), [PixelRect]())
        for line in lines {
            let box = line.boundingBox(within: size)
            guard box.width >= 8, box.height >= 8 else { similarities.append(1); continue }
            let (a, b) = (scan.cropped(to: box).greyed(), shown.pixels(in: box).greyed())
            let (similarity, lost) = Self.compare(a, b)
            similarities.append(similarity)
            if similarity < Self.leastSimilarity || lost > 0 || Self.isFaded(a, b) { suffering.append(box) }
        }
        (self.similarities, self.suffering) = (similarities, suffering)
    }

    /// Pencil, show-through: whatever was read there was read from shades that the paper's coarser picture blurs.
    /// Means over blocks of 4 × 4 pixels leave the grain of the paper out.
    static func isFaded(_ scan: Raster, _ shown: Raster) -> Bool {
        let before = blockVariance(scan), after = blockVariance(shown)
        return before > 12 && after < 0.6 * before
    }

    private static func blockVariance(_ grey: Raster) -> Double {
        let (columns, rows) = (grey.width / 4, grey.height / 4)
        guard columns > 1, rows > 1 else { return 0 }
        var (sum, squares) = (0.0, 0.0)
        for row in 0..<rows {
            for column in 0..<columns {
                var block = 0
                for y in 4 * row..<4 * row + 4 {
                    for x in 4 * column..<4 * column + 4 { block &+= Int(grey.bytes[y &* grey.width &+ x]) }
                }
                let mean = Double(block) / 16
                (sum, squares) = (sum + mean, squares + mean * mean)
            }
        }
        let count = Double(columns * rows)
        return squares / count - sum / count * sum / count
    }

    private static func compare(_ a: Raster, _ b: Raster) -> (similarity: Double, vanished: Int) {
        var (sum, count, vanished) = (0.0, 0, 0)
        for y in StructuralSimilarity.starts(a.height) {
            for x in StructuralSimilarity.starts(a.width) {
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
