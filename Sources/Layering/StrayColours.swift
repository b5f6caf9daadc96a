internal import DossierModel
internal import Imaging

/// Looks over a coloured page for what the layers show in another colour: a red number or tick among black print, a stamp
/// over it. Grey pictures of both tell nothing of it, and the colour of an ink is evidence.
enum StrayColours {
    /// How far the mean of a square may go from the scan's, in what red and blue are more than green, levels: a stroke two
    /// pixels wide across the square, painted in the ink beside it, moves it twice as far.
    static let tolerance = 8

    /// Around the squares that show another colour, with a square on every side: the colour of a JPEG is coarser than its
    /// brightness, and bleeds. Pixels of the page; none on a grey page.
    ///
    /// What is narrower than half a square at the right and lower edge is left out: the rim of the scanner's glass.
    static func found(_ scan: Raster, _ shown: Raster, outside kept: KeptBlocks) -> [PixelRect] {
        guard scan.mode == .colour else { return [] }
        var strays = KeptBlocks(of: PixelSize(width: scan.width, height: scan.height))
        for row in 0..<kept.rows where scan.height - row * KeptBlocks.side >= KeptBlocks.side / 2 {
            for (column, isAnother) in changes(scan, shown, row, kept).enumerated()
            where isAnother && !kept.contains(column: column, row: row) && scan.width - column * KeptBlocks.side >= KeptBlocks.side / 2 {
                for near in row - 1...row + 1 { strays.keep(columns: column - 1..<column + 2, row: near) }
            }
        }
        return strays.pieceBoxes
    }

    /// For each square of a row.
    private static func changes(_ scan: Raster, _ shown: Raster, _ row: Int, _ kept: KeptBlocks) -> [Bool] {
        let side = KeptBlocks.side
        let rows = row * side..<min(scan.height, (row + 1) * side)
        var (red, blue) = ([Int](repeating: 0, count: kept.columns), [Int](repeating: 0, count: kept.columns))
        unsafe scan.bytes.withUnsafeBufferPointer { before in
            unsafe shown.bytes.withUnsafeBufferPointer { after in
                for y in rows {
                    for column in 0..<kept.columns {
                        let (from, to) = (column &* side, min(scan.width, (column &+ 1) &* side))
                        var (r, g, b) = (0, 0, 0)
                        for at in stride(from: 3 &* (y &* scan.width &+ from), to: 3 &* (y &* scan.width &+ to), by: 3) {
                            unsafe r &+= Int(before[at]) &- Int(after[at])
                            unsafe g &+= Int(before[at &+ 1]) &- Int(after[at &+ 1])
                            unsafe b &+= Int(before[at &+ 2]) &- Int(after[at &+ 2])
                        }
                        red[column] &+= r &- g
                        blue[column] &+= b &- g
                    }
                }
            }
        }
        return (0..<kept.columns).map { column in
            let most = tolerance * rows.count * (min(scan.width, (column + 1) * side) - column * side)
            return max(abs(red[column]), abs(blue[column])) > most
        }
    }
}
