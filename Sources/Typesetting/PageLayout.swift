public import DossierModel

/// A point on paper: millimetres from the top left corner, y down.
public struct PaperPoint: Hashable, Sendable, Codable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// Width and height of paper, millimetres.
public struct PaperSize: Hashable, Sendable, Codable {
    public var width: Double
    public var height: Double

    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// ISO 216.
    public static let a4 = PaperSize(width: 210, height: 297)

    /// Whole pixels at `dpi` dots per inch.
    public func pixels(dpi: Double) -> PixelSize {
        PixelSize(width: Int((width / 25.4 * dpi).rounded()), height: Int((height / 25.4 * dpi).rounded()))
    }
}

/// Everything on one side of a sheet, with every position settled. Values only: the same layout can be drawn
/// into a raster of any resolution, or into a PDF.
public struct PageLayout: Hashable, Sendable, Codable {
    public enum Element: Hashable, Sendable, Codable {
        case text(TextLine)
        case stroke(Stroke)
        case fill(Shape, Ink)
        case ringText(RingText)
    }

    public var paper: PaperSize
    /// In drawing order; text lines in reading order.
    public var elements: [Element]

    public init(paper: PaperSize = .a4, elements: [Element] = []) {
        self.paper = paper
        self.elements = elements
    }

    /// In reading order.
    public var textLines: [TextLine] {
        elements.compactMap { if case .text(let line) = $0 { line } else { nil } }
    }
}

/// One line of text.
public struct TextLine: Hashable, Sendable, Codable {
    public var text: String
    public var typeface: Typeface
    /// Points.
    public var size: Double
    public var ink: Ink
    /// Left edge of the first character's cell, millimetres.
    public var left: Double
    /// Upper edge of the em box, millimetres.
    public var top: Double
    /// Distance from one full-width cell to the next, millimetres. Half-width characters take half of it.
    public var pitch: Double

    /// - Parameter pitch: millimetres; nil sets the characters solid (one em).
    public init(
        _ text: String, typeface: Typeface = .fangSong, size: Double = TypeSize.third, ink: Ink = .black,
        left: Double, top: Double, pitch: Double? = nil
    ) {
        self.text = text
        self.typeface = typeface
        self.size = size
        self.ink = ink
        self.left = left
        self.top = top
        self.pitch = pitch ?? Self.em(size)
    }

    /// Millimetres of one em at `size` points (1 pt = 25.4/72 mm).
    public static func em(_ size: Double) -> Double { size * 25.4 / 72 }

    /// Millimetres from the first cell's left edge to the last one's right edge.
    public var width: Double { CharacterWidth.cells(of: text) * pitch }
    /// Millimetres.
    public var height: Double { Self.em(size) }
}

/// A drawn line or outline.
public struct Stroke: Hashable, Sendable, Codable {
    public var shape: Shape
    /// Millimetres.
    public var width: Double
    public var ink: Ink

    public init(_ shape: Shape, width: Double = 0.25, ink: Ink = .black) {
        self.shape = shape
        self.width = width
        self.ink = ink
    }
}

public enum Shape: Hashable, Sendable, Codable {
    case line(PaperPoint, PaperPoint)
    case rectangle(PaperPoint, PaperSize)
    /// Centre and radius in millimetres.
    case circle(PaperPoint, Double)
    /// Closed.
    case polygon([PaperPoint])
    /// A smooth open curve through the points.
    case curve([PaperPoint])
}

/// Text around a circle, the feet of the characters towards the centre, as on a round seal.
public struct RingText: Hashable, Sendable, Codable {
    public var text: String
    public var typeface: Typeface
    /// Points.
    public var size: Double
    public var ink: Ink
    public var centre: PaperPoint
    /// To the middle of the characters, millimetres.
    public var radius: Double
    /// Clockwise degrees from straight up to the middle of the text.
    public var middle: Double
    /// Degrees from the first character's middle to the last one's.
    public var span: Double

    public init(
        _ text: String, typeface: Typeface = .song, size: Double, ink: Ink = .red, centre: PaperPoint, radius: Double,
        middle: Double = 0, span: Double
    ) {
        self.text = text
        self.typeface = typeface
        self.size = size
        self.ink = ink
        self.centre = centre
        self.radius = radius
        self.middle = middle
        self.span = span
    }
}
