/// A point in pixels; x right, y down, the origin at the top left corner of the first pixel.
public struct PixelPoint: Hashable, Sendable, Codable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// Width and height in pixels. Encoded as `[width, height]`.
public struct PixelSize: Hashable, Sendable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

extension PixelSize: Codable {
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        self.init(width: try list.decode(Int.self), height: try list.decode(Int.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(width)
        try list.encode(height)
    }
}

/// An upright rectangle in whole pixels. Encoded as `[x, y, width, height]`.
public struct PixelRect: Hashable, Sendable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

extension PixelRect: Codable {
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        self.init(
            x: try list.decode(Int.self), y: try list.decode(Int.self),
            width: try list.decode(Int.self), height: try list.decode(Int.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for value in [x, y, width, height] { try list.encode(value) }
    }
}

/// Four corners in reading order of the text inside: top left, top right, bottom right, bottom left.
public struct Quad: Hashable, Sendable, Codable {
    public var topLeft: PixelPoint
    public var topRight: PixelPoint
    public var bottomRight: PixelPoint
    public var bottomLeft: PixelPoint

    public init(topLeft: PixelPoint, topRight: PixelPoint, bottomRight: PixelPoint, bottomLeft: PixelPoint) {
        self.topLeft = topLeft
        self.topRight = topRight
        self.bottomRight = bottomRight
        self.bottomLeft = bottomLeft
    }

    public init(_ rect: PixelRect) {
        let (left, top) = (Double(rect.x), Double(rect.y))
        let (right, bottom) = (Double(rect.x + rect.width), Double(rect.y + rect.height))
        self.init(
            topLeft: PixelPoint(x: left, y: top), topRight: PixelPoint(x: right, y: top),
            bottomRight: PixelPoint(x: right, y: bottom), bottomLeft: PixelPoint(x: left, y: bottom))
    }

    public var corners: [PixelPoint] { [topLeft, topRight, bottomRight, bottomLeft] }

    public func map(_ transform: (PixelPoint) -> PixelPoint) -> Quad {
        Quad(
            topLeft: transform(topLeft), topRight: transform(topRight),
            bottomRight: transform(bottomRight), bottomLeft: transform(bottomLeft))
    }

    /// The smallest whole-pixel rectangle around the corners, cut to an image of `size`.
    public func boundingBox(within size: PixelSize) -> PixelRect {
        func cut(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
        let left = cut(corners.map(\.x).min()!.rounded(.down), size.width)
        let top = cut(corners.map(\.y).min()!.rounded(.down), size.height)
        let right = cut(corners.map(\.x).max()!.rounded(.up), size.width)
        let bottom = cut(corners.map(\.y).max()!.rounded(.up), size.height)
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

/// A turn by a multiple of 90°, clockwise.
public enum QuarterTurn: Int, Codable, Sendable, CaseIterable {
    case none = 0
    case clockwise90 = 90
    case half = 180
    case clockwise270 = 270

    public var swapsSides: Bool { self == .clockwise90 || self == .clockwise270 }

    public var inverse: QuarterTurn { QuarterTurn(rawValue: (360 - rawValue) % 360)! }

    public static func + (a: QuarterTurn, b: QuarterTurn) -> QuarterTurn {
        QuarterTurn(rawValue: (a.rawValue + b.rawValue) % 360)!
    }
}
