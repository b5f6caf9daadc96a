import DossierModel

/// Which lines of a page make up a paragraph, told from where they lie.
///
/// The first line of a Chinese paragraph stands in by two characters and its last one ends early; every other line runs
/// from edge to edge. Two lines belong together when the upper reaches the right edge of its column, the lower begins at
/// the left one, both are about as high, and no more than a line's height lies between them.
enum Paragraphs {
    /// Consecutive ranges that cover all lines, in the order given.
    static func ranges(of lines: [RecognisedLine]) -> [Range<Int>] {
        let boxes = lines.map(Box.init)
        var ranges: [Range<Int>] = []
        for index in boxes.indices {
            if let last = ranges.last, joins(boxes[index - 1], boxes[index], among: boxes) {
                ranges[ranges.count - 1] = last.lowerBound..<index + 1
            } else {
                ranges.append(index..<index + 1)
            }
        }
        return ranges
    }

    /// Pixels of the upright page, and the line's height.
    private struct Box {
        var left: Double
        var right: Double
        var top: Double
        var bottom: Double
        var height: Double { bottom - top }

        init(_ line: RecognisedLine) {
            let points = [line.quad.topLeft, line.quad.topRight, line.quad.bottomRight, line.quad.bottomLeft]
            (left, right) = (points.map(\.x).min()!, points.map(\.x).max()!)
            (top, bottom) = (points.map(\.y).min()!, points.map(\.y).max()!)
        }
    }

    /// In line heights.
    private static let slack = 1.2
    private static let gap = 1.3

    private static func joins(_ upper: Box, _ lower: Box, among boxes: [Box]) -> Bool {
        let height = max(upper.height, lower.height)
        guard height > 0, min(upper.height, lower.height) > 0.65 * height, lower.top > upper.top,
            lower.top - upper.bottom < gap * height, upper.left < lower.right, lower.left < upper.right
        else { return false }
        let column = column(of: upper, lower, among: boxes)
        return upper.right > column.right - slack * height && lower.left < column.left + slack * height
            && upper.left < column.left + 3.2 * height
    }

    /// The edges of the lines that lie over or under the two, among those that are as wide as most of them.
    private static func column(of upper: Box, _ lower: Box, among boxes: [Box]) -> (left: Double, right: Double) {
        let reach = 12 * max(upper.height, lower.height)
        let near = boxes.filter {
            $0.left < max(upper.right, lower.right) && $0.right > min(upper.left, lower.left)
                && $0.bottom > upper.top - reach && $0.top < lower.bottom + reach
        }
        return (near.map(\.left).min() ?? lower.left, near.map(\.right).max() ?? upper.right)
    }
}
