internal import DossierModel

/// Puts the lines of a page into the order a person reads them.
enum ReadingOrder {
    /// Indices of `frames`: rows from top to bottom, each from left to right; columns of running text one after the other.
    static func indices(of frames: [TextFrame]) -> [Int] {
        rows(Array(frames.indices), frames).flatMap { $0 }
    }

    /// Frames side by side form a row: the middle of each lies within the first one's height, or the other way round.
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

    static func sideBySide(_ a: TextFrame, _ b: TextFrame) -> Bool {
        let shared = min(a.bottom, b.bottom) - max(a.top, b.top)
        return shared >= 0.5 * min(a.bottom - a.top, b.bottom - b.top)
            && min(a.right, b.right) - max(a.left, b.left) < 0.5 * min(a.right - a.left, b.right - b.left)
    }
}
