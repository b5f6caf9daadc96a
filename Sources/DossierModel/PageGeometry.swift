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
