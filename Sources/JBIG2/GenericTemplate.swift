/// The four templates of generic regions (ITU-T T.88 §6.2.5.3).
public enum GenericTemplate: Int, Sendable, CaseIterable {
    /// 16 pixels, four of them adaptive.
    case sixteen
    /// 13 pixels, one of them adaptive.
    case thirteen
    /// 10 pixels in three rows, one of them adaptive.
    case ten
    /// 10 pixels in two rows, one of them adaptive.
    case tenInTwoRows

    /// Pixels of the context.
    public var pixelCount: Int { [16, 13, 10, 10][rawValue] }

    /// The adaptive pixels in their nominal places, A1 first (figures 3–6).
    public var nominalAdaptivePixels: [AdaptivePixel] {
        switch self {
        case .sixteen: [AdaptivePixel(3, -1), AdaptivePixel(-3, -1), AdaptivePixel(2, -2), AdaptivePixel(-2, -2)]
        case .thirteen: [AdaptivePixel(3, -1)]
        case .ten, .tenInTwoRows: [AdaptivePixel(2, -1)]
        }
    }

    /// The bits of the context that the adaptive pixels fill, A1 first.
    var adaptiveBits: [Int] {
        switch self {
        case .sixteen: [4, 10, 11, 15]
        case .thirteen: [3]
        case .ten: [2]
        case .tenInTwoRows: [4]
        }
    }

    /// The context that says whether a row equals the one above (figures 8–11).
    var typicalContext: Int { [0x9B25, 0x0795, 0x00E5, 0x0195][rawValue] }
}

/// The place of an adaptive template pixel, relative to the pixel being coded.
public struct AdaptivePixel: Hashable, Sendable, CustomStringConvertible {
    /// −128…127 pixels to the right.
    public let x: Int
    /// −128…0 rows down; in row 0 only what lies to the left.
    public let y: Int

    /// - Precondition: The place is one that ITU-T T.88 §6.2.5.4 allows.
    public init(_ x: Int, _ y: Int) {
        precondition((-128...127).contains(x) && (-128...0).contains(y) && (y < 0 || x < 0), "no place for an adaptive pixel")
        self.x = x
        self.y = y
    }

    public var description: String { "(\(x),\(y))" }
}
