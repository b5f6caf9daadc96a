import DossierModel
import Foundation

/// Where a line of text lies on its page, in units.
struct TextLinePlace {
    /// Middle of the left edge.
    private(set) var start: PageBox.Point
    /// Unit vector of the reading direction.
    private(set) var direction: PageBox.Point
    private(set) var length: Double
    let height: Double
    let pageHeight: Double
    /// The line is one cluster: to a reader its baseline is where it starts.
    var isWhole = false

    /// The least extent of a line; a recogniser may well give an empty quad.
    private static let smallest = 0.5

    init(_ quad: Quad, in box: PageBox) {
        pageHeight = box.height
        let (topLeft, topRight) = (box.pointInside(quad.topLeft), box.pointInside(quad.topRight))
        let (bottomLeft, bottomRight) = (box.pointInside(quad.bottomLeft), box.pointInside(quad.bottomRight))
        let left = Self.middle(topLeft, bottomLeft), right = Self.middle(topRight, bottomRight)
        let along = PageBox.Point(x: right.x - left.x, y: right.y - left.y)
        let up = PageBox.Point(
            x: (topLeft.x + topRight.x - bottomLeft.x - bottomRight.x) / 2,
            y: (topLeft.y + topRight.y - bottomLeft.y - bottomRight.y) / 2)
        length = max(hypot(along.x, along.y), Self.smallest)
        direction = hypot(along.x, along.y) < 1e-6 ? PageBox.Point(x: 1, y: 0) : PageBox.Point(x: along.x / length, y: along.y / length)
        height = max(abs(up.y * direction.x - up.x * direction.y), Self.smallest)
        start = PageBox.Point(x: Self.inside(left.x, box.width), y: Self.inside(left.y, box.height))
        if drift < max(0.5, 0.15 * height) { level() }
    }

    /// So far from the page's edge that a line of the least extent is on the page, whichever way it runs.
    private static func inside(_ value: Double, _ limit: Double) -> Double { min(max(value, smallest), limit - smallest) }

    /// How far the baseline leaves its axis over the whole line.
    private var drift: Double { min(abs(direction.x), abs(direction.y)) * length }

    /// Lays the line along its axis, through its middle.
    mutating func level() {
        let middle = PageBox.Point(x: start.x + direction.x * length / 2, y: start.y + direction.y * length / 2)
        length = max(length * max(abs(direction.x), abs(direction.y)), Self.smallest)
        direction = isHorizontal
            ? PageBox.Point(x: direction.x < 0 ? -1 : 1, y: 0) : PageBox.Point(x: 0, y: direction.y < 0 ? -1 : 1)
        start = PageBox.Point(x: middle.x - direction.x * length / 2, y: middle.y - direction.y * length / 2)
    }

    private static func middle(_ a: PageBox.Point, _ b: PageBox.Point) -> PageBox.Point {
        PageBox.Point(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
    }

    /// Whether the line runs more across the page than up or down.
    var isHorizontal: Bool { abs(direction.x) >= abs(direction.y) }

    /// Tangent of the angle to the nearest axis.
    var slope: Double {
        let (x, y) = (abs(direction.x), abs(direction.y))
        return min(x, y) / max(x, y)
    }

    /// The point `along` units from the start and `up` units above the lower edge.
    func point(along: Double, up: Double) -> PageBox.Point {
        let rise = up - height / 2
        return PageBox.Point(
            x: start.x + along * direction.x - rise * direction.y, y: start.y + along * direction.y + rise * direction.x)
    }
}
