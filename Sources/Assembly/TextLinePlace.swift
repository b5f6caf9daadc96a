import DossierModel
import Foundation

/// Where a line of text lies on its page, in units.
struct TextLinePlace {
    /// Middle of the left edge.
    let start: PageBox.Point
    /// Unit vector of the reading direction.
    let direction: PageBox.Point
    let length: Double
    let height: Double

    /// The least extent of a line; a recogniser may well give an empty quad.
    private static let smallest = 0.5

    init(_ quad: Quad, in box: PageBox) {
        let (topLeft, topRight) = (box.pointInside(quad.topLeft), box.pointInside(quad.topRight))
        let (bottomLeft, bottomRight) = (box.pointInside(quad.bottomLeft), box.pointInside(quad.bottomRight))
        let left = Self.middle(topLeft, bottomLeft), right = Self.middle(topRight, bottomRight)
        let along = PageBox.Point(x: right.x - left.x, y: right.y - left.y)
        length = max(hypot(along.x, along.y), Self.smallest)
        direction = Self.snapped(along)
        let up = PageBox.Point(x: (topLeft.x + topRight.x - bottomLeft.x - bottomRight.x) / 2,
                               y: (topLeft.y + topRight.y - bottomLeft.y - bottomRight.y) / 2)
        height = max(abs(up.y * direction.x - up.x * direction.y), Self.smallest)
        start = PageBox.Point(x: min(left.x, box.width - Self.smallest), y: max(left.y, Self.smallest))
    }

    private static func middle(_ a: PageBox.Point, _ b: PageBox.Point) -> PageBox.Point {
        PageBox.Point(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
    }

    /// A line that leaves its axis by less than half a unit is laid onto it.
    private static func snapped(_ along: PageBox.Point) -> PageBox.Point {
        let length = hypot(along.x, along.y)
        if length < 1e-6 || (abs(along.y) < 0.5 && abs(along.x) >= abs(along.y)) { return PageBox.Point(x: along.x < 0 ? -1 : 1, y: 0) }
        if abs(along.x) < 0.5 { return PageBox.Point(x: 0, y: along.y < 0 ? -1 : 1) }
        return PageBox.Point(x: along.x / length, y: along.y / length)
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
