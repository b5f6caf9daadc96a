internal import DossierModel

/// Puts together what the detector cut: pieces of one line that nearly touch.
struct LineJoining {
    /// Gap between two pieces of a line, in heights. Frames are grown, so neighbours within a line almost meet.
    static let widestGap = 0.3
    /// Pieces of one line are about equally high.
    static let leastHeightRatio = 0.7

    let page: GreyPage

    func joined(_ frames: [TextFrame]) -> [TextFrame] {
        ReadingOrder.rows(Array(frames.indices), frames).flatMap { row in
            row.map { frames[$0] }.reduce(into: [TextFrame]()) { done, frame in
                if let last = done.last, belongTogether(last, frame) {
                    done[done.count - 1] = Self.union(last, frame)
                } else {
                    done.append(frame)
                }
            }
        }
    }

    private func belongTogether(_ a: TextFrame, _ b: TextFrame) -> Bool {
        let lower = min(a.height, b.height)
        let higher = max(a.height, b.height)
        return a.isLevel && b.isLevel && lower >= Self.leastHeightRatio * higher
            && abs(a.centre.y - b.centre.y) < 0.25 * lower
            && b.left - a.right < Self.widestGap * lower && b.left > a.centre.x
            && !hasRule(from: min(a.right, b.left), to: max(a.right, b.left), top: max(a.top, b.top), bottom: min(a.bottom, b.bottom))
    }

    /// Whether a table rule, a column dark from top to bottom, stands between the pieces.
    private func hasRule(from left: Double, to right: Double, top: Double, bottom: Double) -> Bool {
        let margin = 0.25 * (bottom - top)
        let columns = max(0, Int(left - margin))..<max(1, min(page.width, Int(right + margin) + 1))
        let rows = max(0, Int(top))..<max(1, min(page.height, Int(bottom)))
        return columns.contains { x in
            // A rule may be tilted a little: it then takes turns with its neighbour column.
            rows.allSatisfy { y in page.isDark(x, y) || page.isDark(x + 1, y) }
        }
    }

    private static func union(_ a: TextFrame, _ b: TextFrame) -> TextFrame {
        TextFrame(
            left: min(a.left, b.left), top: min(a.top, b.top), right: max(a.right, b.right), bottom: max(a.bottom, b.bottom),
            score: min(a.score, b.score))
    }
}

extension TextFrame {
    /// Read rightwards and tilted by less than a degree.
    var isLevel: Bool { along.x > 0 && abs(along.y) < 0.0175 }
}

extension GreyPage {
    func isDark(_ x: Int, _ y: Int) -> Bool {
        x < width && y < height && pixels[y * width + x] < 128
    }
}
