internal import DossierModel

/// Puts the lines of a page into the order a person reads them.
enum ReadingOrder {
    /// A column of running text has at least this many lines …
    static let fewestLinesInColumn = 4
    /// … most of which fill this share of its width; cells of a table do not.
    static let filledShare = 0.8

    /// Indices of `frames`: rows from top to bottom, each from left to right; two columns of running text one after the
    /// other; tables cell by cell.
    static func indices(of frames: [TextFrame], cells: RuledCells? = nil) -> [Int] {
        guard let cells, !cells.cells.isEmpty else { return order(Array(frames.indices), frames) }
        return TableOrder(frames, cells).indices()
    }

    /// The order of lines that stand in no table, or in one cell.
    static func order(_ all: [Int], _ frames: [TextFrame]) -> [Int] {
        guard let gutter = gutter(between: all.map { frames[$0] }) else { return rows(all, frames).flatMap { $0 } }
        return bands(all, frames, crossing: gutter).flatMap { band in
            inColumns(band, frames, gutter) ?? rows(band, frames).flatMap { $0 }
        }
    }

    /// Rows of frames side by side.
    static func rows(_ indices: [Int], _ frames: [TextFrame]) -> [[Int]] {
        let sorted = indices.sorted { (frames[$0].centre.y, frames[$0].left, $0) < (frames[$1].centre.y, frames[$1].left, $1) }
        var rows: [[Int]] = []
        for index in sorted {
            if let row = rows.indices.last, rows[row].contains(where: { sideBySide(frames[$0], frames[index]) }) {
                rows[row].append(index)
            } else {
                rows.append([index])
            }
        }
        return rows.map { $0.sorted { (frames[$0].left, $0) < (frames[$1].left, $1) } }
    }

    private static func sideBySide(_ a: TextFrame, _ b: TextFrame) -> Bool {
        let shared = min(a.bottom, b.bottom) - max(a.top, b.top)
        return shared >= 0.5 * min(a.bottom - a.top, b.bottom - b.top)
            && min(a.right, b.right) - max(a.left, b.left) < 0.5 * min(a.right - a.left, b.right - b.left)
    }

    // MARK: Columns

    /// The middle of the emptiest place in the central third of the text, when enough lines stand on both sides of it.
    private static func gutter(between frames: [TextFrame]) -> Double? {
        guard let left = frames.map(\.left).min(), let right = frames.map(\.right).max() else { return nil }
        let places = stride(from: left + (right - left) / 3, through: right - (right - left) / 3, by: max(1, (right - left) / 200))
        let crossings = places.map { x in (x: x, count: frames.count { $0.left < x && x < $0.right }) }
        guard let fewest = crossings.map(\.count).min() else { return nil }
        let best = crossings.filter { $0.count == fewest }
        let gutter = best[best.count / 2].x
        let sides = [frames.count { $0.right <= gutter }, frames.count { $0.left >= gutter }]
        return sides.allSatisfy { $0 >= fewestLinesInColumn } ? gutter : nil
    }

    /// Cuts the page at every line that crosses the gutter, such as a title over both columns.
    private static func bands(_ indices: [Int], _ frames: [TextFrame], crossing gutter: Double) -> [[Int]] {
        var bands: [[Int]] = [[]]
        for index in indices.sorted(by: { (frames[$0].centre.y, $0) < (frames[$1].centre.y, $1) }) {
            if frames[index].left < gutter, frames[index].right > gutter {
                bands += [[index], []]
            } else {
                bands[bands.count - 1].append(index)
            }
        }
        return bands
    }

    /// Left column, then right column; nil when the band is no running text in columns.
    private static func inColumns(_ band: [Int], _ frames: [TextFrame], _ gutter: Double) -> [Int]? {
        let columns = [band.filter { frames[$0].right <= gutter }, band.filter { frames[$0].left >= gutter }]
        guard columns.allSatisfy({ isRunningText($0.map { frames[$0] }) }) else { return nil }
        return columns.flatMap { rows($0, frames).flatMap { $0 } }
    }

    private static func isRunningText(_ lines: [TextFrame]) -> Bool {
        guard lines.count >= fewestLinesInColumn else { return false }
        let width = lines.map(\.right).max()! - lines.map(\.left).min()!
        let filled = lines.count { $0.right - $0.left >= filledShare * width && $0.width >= 6 * $0.height }
        return 2 * filled > lines.count
    }
}
