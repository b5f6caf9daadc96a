internal import DossierModel
internal import Imaging

/// Looks over the whole page for what the layers make fainter: pencil, pale stamps, show-through, whether or not
/// anything was read there.
enum FadedTiles {
    /// Pixels; about 4 mm at 300 dots per inch, a large letter or a small mark.
    private static let side = 48

    /// Tiles that grew fainter, pixels of the page; what is kept is as it was.
    ///
    /// - Parameters:
    ///   - scan, shown: the page in grey.
    ///   - areWhole: the tiles, and not what of each grew fainter.
    static func found(_ scan: Raster, _ shown: Raster, outside kept: KeptBlocks, areWhole: Bool) -> [PixelRect] {
        var found: [PixelRect] = []
        for (y, height) in spans(of: scan.height) {
            for (x, width) in spans(of: scan.width) {
                let tile = PixelRect(x: x, y: y, width: width, height: height)
                if !kept.covers(tile), isFaded(tile, scan, shown) {
                    found.append(areWhole ? tile : worst(tile, scan, shown))
                }
            }
        }
        return found
    }

    /// The comparison goes by blocks of four pixels and leaves out what is over at the right and below: there it is looked at once
    /// more from the other side, so that no pixel is left out.
    private static func isFaded(_ tile: PixelRect, _ scan: Raster, _ shown: Raster) -> Bool {
        let (right, below) = (tile.width % block, tile.height % block)
        let (width, height) = (tile.width - right, tile.height - below)
        return Set([0, right]).contains { x in
            Set([0, below]).contains { y in
                TextComparison.isFaded(scan, shown, PixelRect(x: tile.x + x, y: tile.y + y, width: width, height: height))
            }
        }
    }

    /// Pixels, of the blocks that `TextComparison.isFaded` takes the means of.
    private static let block = 4

    /// Tiles along one axis. The last reaches the edge of the page and is no narrower than the others, for which it begins
    /// within the one before, with a kept square.
    private static func spans(of length: Int) -> [(start: Int, length: Int)] {
        let whole = stride(from: 0, through: length - side, by: side).map { (start: $0, length: side) }
        guard length % side != 0 || whole.isEmpty else { return whole }
        let last = max(0, length - side) / KeptBlocks.side * KeptBlocks.side
        return whole + [(last, length - last)]
    }

    /// Around the squares of a tile that grew fainter themselves; the tile where none did.
    private static func worst(_ tile: PixelRect, _ scan: Raster, _ shown: Raster) -> PixelRect {
        let side = KeptBlocks.side
        let squares = stride(from: tile.y, to: tile.y + tile.height, by: side).flatMap { y in
            stride(from: tile.x, to: tile.x + tile.width, by: side).map { x in
                PixelRect(x: x, y: y, width: min(side, tile.x + tile.width - x), height: min(side, tile.y + tile.height - y))
            }
        }.filter { isFaded($0, scan, shown) }
        guard let left = squares.map(\.x).min(), let top = squares.map(\.y).min() else { return tile }
        let (right, bottom) = (squares.map { $0.x + $0.width }.max()!, squares.map { $0.y + $0.height }.max()!)
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
