/// A shape as a pen draws it, millimetres.
public enum PathStep: Hashable, Sendable {
    case move(PaperPoint)
    case line(PaperPoint)
    /// A cubic Bézier piece: two control points, and where it ends.
    case curve(PaperPoint, PaperPoint, PaperPoint)
    case close
}

extension Shape {
    /// Its outline.
    public var path: [PathStep] {
        switch self {
        case .line(let a, let b): [.move(a), .line(b)]
        case .rectangle(let origin, let size): Self.closed(Self.corners(origin, size))
        case .circle(let centre, let radius): Self.circle(centre, radius)
        case .polygon(let points): Self.closed(points)
        case .curve(let points): Self.spline(points)
        }
    }

    /// Corners where lines meet, or a smooth line.
    public var isCurve: Bool {
        if case .curve = self { true } else { false }
    }

    private static func corners(_ origin: PaperPoint, _ size: PaperSize) -> [PaperPoint] {
        let (right, bottom) = (origin.x + size.width, origin.y + size.height)
        return [origin, PaperPoint(right, origin.y), PaperPoint(right, bottom), PaperPoint(origin.x, bottom)]
    }

    private static func closed(_ points: [PaperPoint]) -> [PathStep] {
        guard let first = points.first else { return [] }
        return [.move(first)] + points.dropFirst().map { .line($0) } + [.close]
    }

    /// Four quarters. 0.5523 = 4/3 · (√2 − 1) puts the middle of each on the circle; it is off by 0.03 % at most.
    private static func circle(_ centre: PaperPoint, _ radius: Double) -> [PathStep] {
        let handle = radius * 4 / 3 * (2.0.squareRoot() - 1)
        func point(_ x: Double, _ y: Double) -> PaperPoint { PaperPoint(centre.x + x, centre.y + y) }
        return [
            .move(point(radius, 0)),
            .curve(point(radius, handle), point(handle, radius), point(0, radius)),
            .curve(point(-handle, radius), point(-radius, handle), point(-radius, 0)),
            .curve(point(-radius, -handle), point(-handle, -radius), point(0, -radius)),
            .curve(point(handle, -radius), point(radius, -handle), point(radius, 0)),
            .close,
        ]
    }

    /// A Catmull–Rom spline, written as Bézier pieces.
    private static func spline(_ points: [PaperPoint]) -> [PathStep] {
        guard let first = points.first else { return [] }
        return [.move(first)] + points.indices.dropLast().map { index in
            let before = points[max(0, index - 1)]
            let (from, to) = (points[index], points[index + 1])
            let after = points[min(points.count - 1, index + 2)]
            return .curve(
                PaperPoint(from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6),
                PaperPoint(to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6), to)
        }
    }
}
