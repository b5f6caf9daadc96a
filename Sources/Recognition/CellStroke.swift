internal import DossierModel
import Foundation

/// The stroke that people draw through a cell to say that nothing stands there: one thin, straight, slanted line. To a recogniser
/// of letters it is 一 or 1.
struct CellStroke {
    /// Degrees from the level. A flatter one may be a hurried 一, a steeper one a letter that leans.
    private static let slant = 25.0...79.0
    /// Pixels along the stroke; on fewer nothing is known of its shape.
    private static let shortest = 12
    /// Of its length: a comma is thicker.
    private static let thickest = 0.25
    /// Of its usual thickness: a flag, a serif or a crossing stroke is wider, and a hook leaves the line.
    private static let (widest, farthest) = (1.8, 0.5)
    /// Share of the way from paper to ink at which ink begins, and how much darker than paper ink is.
    private static let (edge, depth) = (0.5, 0.3)

    /// From the upper left to the lower right, as no 1 leans.
    let fallsToTheRight: Bool

    /// nil where the frame holds anything else.
    init?(in frame: TextFrame, on page: GreyPage) {
        guard let ink = Ink(frame, page), ink.length >= Self.shortest, let ends = Self.ends(of: ink.spans) else { return nil }
        let run = Double(ink.length - 1)
        let angle = atan2(run, abs(ends.last - ends.first)) * 180 / .pi
        guard Self.slant.contains(ink.isStanding ? angle : 90 - angle) else { return nil }
        fallsToTheRight = ends.last > ends.first
    }

    /// Whether what was read is a mistake about it: of the sign itself it is none, and a hurried 1 leans the other way.
    func isMisread(as text: String) -> Bool {
        let letters = text.filter { !$0.isWhitespace }
        guard letters.count == 1, !Self.signs.contains(letters) else { return false }
        return fallsToTheRight || Self.levelSigns.contains(letters)
    }

    private static let signs: Set<String> = ["\\", "/", "＼", "／"]
    private static let levelSigns: Set<String> = ["一", "-", "－", "—", "–", "ー"]

    /// Where the middle of a straight, thin line lies at both ends; nil for anything else.
    private static func ends(of spans: [ClosedRange<Int>]) -> (first: Double, last: Double)? {
        let usual = Double(spans.map(\.count).sorted()[spans.count / 2])
        guard usual <= thickest * Double(spans.count), spans.allSatisfy({ Double($0.count) <= widest * usual + 1 }) else { return nil }
        let middles = spans.map { Double($0.lowerBound + $0.upperBound) / 2 }
        // The ends of a stroke are cut square or worn: its direction is that of the middle half.
        let (from, to) = (middles.count / 4, middles.count - 1 - middles.count / 4)
        let step = (middles[to] - middles[from]) / Double(to - from)
        let line = middles.indices.map { middles[from] + step * Double($0 - from) }
        guard zip(middles, line).allSatisfy({ abs($0 - $1) <= max(1.5, farthest * usual) }) else { return nil }
        return (line.first!, line.last!)
    }

    /// What is dark within a frame, row by row, or column by column where it is wider than high.
    private struct Ink {
        let isStanding: Bool
        /// One for every row or column from the first to the last with ink.
        let spans: [ClosedRange<Int>]

        var length: Int { spans.count }

        /// nil where there is none, or more than one piece of it in a row.
        init?(_ frame: TextFrame, _ page: GreyPage) {
            let columns = max(0, Int(frame.left))..<min(page.width, Int(frame.right.rounded(.up)))
            let rows = max(0, Int(frame.top))..<min(page.height, Int(frame.bottom.rounded(.up)))
            guard !columns.isEmpty, !rows.isEmpty else { return nil }
            let levels = rows.flatMap { row in columns.map { page.pixels[row * page.width + $0] } }.sorted()
            let (darkest, paper) = (Double(levels[levels.count / 100]), Double(levels[levels.count / 2]))
            guard darkest < paper * (1 - CellStroke.depth) else { return nil }
            let limit = UInt8(paper - (paper - darkest) * CellStroke.edge)
            let isInk = { (column: Int, row: Int) in page.pixels[row * page.width + column] < limit }
            let standing = Self.spans(rows, columns) { isInk($1, $0) }, lying = Self.spans(columns, rows) { isInk($0, $1) }
            isStanding = standing.count >= lying.count
            spans = (isStanding ? standing : lying).compactMap { $0 }
            guard !spans.isEmpty, spans.count == max(standing.count, lying.count) else { return nil }
        }

        /// From the first to the last line with ink; nil for one without any, or with a gap.
        private static func spans(_ lines: Range<Int>, _ places: Range<Int>, isInk: (Int, Int) -> Bool) -> [ClosedRange<Int>?] {
            let dark = lines.map { line in places.filter { isInk(line, $0) } }
            guard let first = dark.firstIndex(where: { !$0.isEmpty }), let last = dark.lastIndex(where: { !$0.isEmpty }) else { return [] }
            return dark[first...last].map { places in
                guard let from = places.first, let to = places.last, to - from + 1 == places.count else { return nil }
                return from...to
            }
        }
    }
}
