internal import DossierModel
internal import Imaging

/// Compares the lines of text on a page with what the layers show of them.
///
/// Only windows with print in them count, of the scan or of the layers: the grain of the paper, which the layers leave
/// out, tells nothing about letters.
struct TextComparison {
    /// Similarity of each line, 0…1, in the order of the lines.
    let similarities: [Double]
    /// Windows with print on the scan and none in the layers.
    let vanished: Int

    /// Print makes a window at least so uneven, square levels.
    private static let printVariance = 500.0
    /// A stroke darker than ink begins, one pixel wide, makes a window at least so uneven; a grey edge does not.
    private static let strokeVariance = 2500.0
    /// Below it there is nothing in a window.
    private static let emptyVariance = 40.0
    /// Lines below this look different.
    static let leastSimilarity = 0.80

    init(_ scan: Raster, _ shown: ShownPage, lines: [Quad]) {
        let size = PixelSize(width: scan.width, height: scan.height)
        var (similarities, vanished) = ([Double](), 0)
        for line in lines {
            let box = line.boundingBox(within: size)
            guard box.width >= 8, box.height >= 8 else { similarities.append(1); continue }
            let (a, b) = (scan.cropped(to: box).greyed(), shown.pixels(in: box).greyed())
            let (similarity, lost) = Self.compare(a, b)
            similarities.append(similarity)
            vanished += lost
        }
        (self.similarities, self.vanished) = (similarities, vanished)
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

    var isGood: Bool { vanished == 0 && similarities.allSatisfy { $0 >= Self.leastSimilarity } }

    var record: PageLayering.TextGuard {
        let least = similarities.min() ?? 1
        return PageLayering.TextGuard(lines: similarities.count, leastSimilarity: (least * 10_000).rounded(.down) / 10_000)
    }
}
