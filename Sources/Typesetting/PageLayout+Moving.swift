extension PageLayout.Element {
    /// The element elsewhere on the paper, millimetres to the right and down.
    public func moved(right: Double = 0, down: Double) -> Self {
        switch self {
        case .text(var line):
            line.left += right
            line.top += down
            return .text(line)
        case .stroke(var stroke):
            stroke.shape = stroke.shape.moved(right, down)
            return .stroke(stroke)
        case .fill(let shape, let ink): return .fill(shape.moved(right, down), ink)
        case .ringText(var ring):
            ring.centre = ring.centre.moved(right, down)
            return .ringText(ring)
        }
    }
}

extension Shape {
    func moved(_ right: Double, _ down: Double) -> Shape {
        switch self {
        case .line(let a, let b): .line(a.moved(right, down), b.moved(right, down))
        case .rectangle(let origin, let size): .rectangle(origin.moved(right, down), size)
        case .circle(let centre, let radius): .circle(centre.moved(right, down), radius)
        case .polygon(let points): .polygon(points.map { $0.moved(right, down) })
        case .curve(let points): .curve(points.map { $0.moved(right, down) })
        }
    }
}

extension PaperPoint {
    func moved(_ right: Double, _ down: Double) -> PaperPoint { PaperPoint(x + right, y + down) }
}
