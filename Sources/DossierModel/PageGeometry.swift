import Foundation

/// How a page as read lies over the image as scanned.
///
/// The source image is first turned clockwise by `rotation`, which makes it upright; then it is straightened
/// about its centre by `-skew` degrees. The upright page keeps the (turned) size of the source.
public struct PageGeometry: Hashable, Sendable, Codable {
    /// Size of the scanned image, pixels.
    public let source: PixelSize
    /// Turn applied to make the page upright, clockwise.
    public let rotation: QuarterTurn
    /// Tilt of the text found after `rotation`, degrees, clockwise positive. The correction turns by `-skew`.
    public let skew: Double

    public init(source: PixelSize, rotation: QuarterTurn = .none, skew: Double = 0) {
        self.source = source
        self.rotation = rotation
        self.skew = skew
    }

    /// Size of the upright page, pixels.
    public var upright: PixelSize {
        rotation.swapsSides ? PixelSize(width: source.height, height: source.width) : source
    }

    /// Maps a point of the upright, straightened page back to the scanned image.
    public func sourcePoint(ofUpright point: PixelPoint) -> PixelPoint {
        turnedBack(tilted(point, byDegrees: skew))
    }

    /// Maps a point of the scanned image to the upright, straightened page.
    public func uprightPoint(ofSource point: PixelPoint) -> PixelPoint {
        tilted(turned(point), byDegrees: -skew)
    }

    /// The level rectangle on the upright page of which `box` is the bounding box on the scanned image: what a line's
    /// recorded box says of the line.
    ///
    /// The bounding box of a w × h rectangle tilted by θ measures w·cosθ + h·sinθ by w·sinθ + h·cosθ; solved for w and h.
    /// Where no such rectangle exists (the box was cut at the edge of the image, or the tilt is close to 45°), the box
    /// itself, turned, is given.
    public func uprightQuad(ofSource box: PixelRect) -> Quad {
        let middle = uprightPoint(ofSource: PixelPoint(x: Double(box.x) + Double(box.width) / 2, y: Double(box.y) + Double(box.height) / 2))
        let (across, down) = rotation.swapsSides ? (Double(box.height), Double(box.width)) : (Double(box.width), Double(box.height))
        let (sine, cosine) = (abs(sin(skew * .pi / 180)), abs(cos(skew * .pi / 180)))
        let shrink = cosine * cosine - sine * sine
        var (width, height) = ((across * cosine - down * sine) / shrink, (down * cosine - across * sine) / shrink)
        if shrink < 0.2 || width < 1 || height < 1 { (width, height) = (across, down) }
        return Quad(centre: middle, width: width, height: height)
    }

    /// Turns about the centre of the upright page, clockwise positive (y points down).
    private func tilted(_ p: PixelPoint, byDegrees degrees: Double) -> PixelPoint {
        guard degrees != 0 else { return p }
        let (cx, cy) = (Double(upright.width) / 2, Double(upright.height) / 2)
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let (dx, dy) = (p.x - cx, p.y - cy)
        return PixelPoint(x: cx + dx * cosine - dy * sine, y: cy + dx * sine + dy * cosine)
    }

    private func turned(_ p: PixelPoint) -> PixelPoint {
        let (width, height) = (Double(source.width), Double(source.height))
        return switch rotation {
        case .none: p
        case .clockwise90: PixelPoint(x: height - p.y, y: p.x)
        case .half: PixelPoint(x: width - p.x, y: height - p.y)
        case .clockwise270: PixelPoint(x: p.y, y: width - p.x)
        }
    }

    private func turnedBack(_ p: PixelPoint) -> PixelPoint {
        let (width, height) = (Double(source.width), Double(source.height))
        return switch rotation {
        case .none: p
        case .clockwise90: PixelPoint(x: p.y, y: height - p.x)
        case .half: PixelPoint(x: width - p.x, y: height - p.y)
        case .clockwise270: PixelPoint(x: width - p.y, y: p.x)
        }
    }
}

extension Quad {
    /// A level rectangle.
    init(centre: PixelPoint, width: Double, height: Double) {
        let (left, right) = (centre.x - width / 2, centre.x + width / 2)
        let (top, bottom) = (centre.y - height / 2, centre.y + height / 2)
        self.init(
            topLeft: PixelPoint(x: left, y: top), topRight: PixelPoint(x: right, y: top),
            bottomRight: PixelPoint(x: right, y: bottom), bottomLeft: PixelPoint(x: left, y: bottom))
    }
}
