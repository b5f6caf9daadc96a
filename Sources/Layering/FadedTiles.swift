internal import DossierModel
internal import Imaging

/// Looks over the whole page for what the layers make fainter: pencil, pale stamps, show-through, whether or not
/// anything was read there.
enum FadedTiles {
    /// Pixels; about 4 mm at 300 dots per inch, a large letter or a small mark.
    private static let side = 48

    /// Tiles that grew fainter, pixels of the page; those that touch a region are as they were.
    static func found(_ scan: Raster, _ shown: ShownPage, without regions: [PixelRect]) -> [PixelRect] {
        let (before, after) = (scan.greyed(), shown.raster.greyed())
        var found: [PixelRect] = []
        for y in stride(from: 0, to: scan.height - side / 2, by: side) {
            for x in stride(from: 0, to: scan.width - side / 2, by: side) {
                let tile = PixelRect(x: x, y: y, width: min(side, scan.width - x), height: min(side, scan.height - y))
                guard !regions.contains(where: { $0.overlaps(tile) }) else { continue }
                if TextComparison.isFaded(before.cropped(to: tile), after.cropped(to: tile)) { found.append(tile) }
            }
        }
        return found
    }
}
