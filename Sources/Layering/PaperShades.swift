internal import DossierModel
internal import Imaging

/// Whether stains, folds, pencil and what shines through from the other side are still there after the paper was coded.
enum PaperShades {
    /// Pixels of the paper, which has fewer than the page: about 5 mm at 75 dots per inch.
    private static let side = 16
    /// Square levels: what nobody sees.
    private static let unseenError = 1.5
    /// Of a tile's variance.
    private static let errorShare = 0.2

    /// In every tile the error of coding is small, or small beside the tile's own unevenness.
    static func comeThrough(_ paper: Raster, _ coded: Raster) -> Bool {
        let (before, after) = (paper.greyed(), coded.greyed())
        return stride(from: 0, to: paper.height, by: side).allSatisfy { y in
            stride(from: 0, to: paper.width, by: side).allSatisfy { x in
                let tile = PixelRect(x: x, y: y, width: min(side, paper.width - x), height: min(side, paper.height - y))
                let (variance, error) = measure(before, after, tile)
                return error <= unseenError + errorShare * variance
            }
        }
    }

    private static func measure(_ a: Raster, _ b: Raster, _ tile: PixelRect) -> (variance: Double, error: Double) {
        var (sum, squares, errors) = (0, 0, 0)
        for y in tile.y..<tile.y + tile.height {
            for i in y * a.width + tile.x..<y * a.width + tile.x + tile.width {
                let (value, difference) = (Int(a.bytes[i]), Int(a.bytes[i]) - Int(b.bytes[i]))
                (sum, squares, errors) = (sum + value, squares + value * value, errors + difference * difference)
            }
        }
        let count = Double(tile.width * tile.height)
        return (Double(squares) / count - Double(sum) / count * Double(sum) / count, Double(errors) / count)
    }
}
