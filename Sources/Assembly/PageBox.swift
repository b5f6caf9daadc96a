import DossierModel

/// The page in PDF units: its box, and where a pixel of the upright page lies.
///
/// A unit is 1/72 inch, or more on pages longer than 14,400 units (ISO 32000-1 Annex C.2, `UserUnit`). A page that
/// would be under 3 units wide or high (ISO 19005-2 §6.1.13) gets a margin on the right or below; the image keeps its size.
struct PageBox {
    struct Point {
        var x: Double
        var y: Double
    }

    /// Units.
    let width: Double
    let height: Double
    /// Inches/72 to a unit.
    let userUnit: Int
    /// Units to a pixel.
    private let scale: (x: Double, y: Double)

    private static let longest = 14_400.0
    private static let shortest = 3.0

    init(geometry: PageGeometry, dpi: Resolution) {
        let upright = geometry.upright
        let perPixel = geometry.rotation.swapsSides ? (x: 72 / dpi.y, y: 72 / dpi.x) : (x: 72 / dpi.x, y: 72 / dpi.y)
        let (points, lines) = (Double(upright.width) * perPixel.x, Double(upright.height) * perPixel.y)
        let unit = (max(points, lines) / Self.longest).rounded(.up)
        userUnit = max(1, Int(unit))
        scale = (perPixel.x / Double(userUnit), perPixel.y / Double(userUnit))
        width = Self.side(points / Double(userUnit))
        height = Self.side(lines / Double(userUnit))
    }

    /// To a thousandth of a unit.
    private static func side(_ length: Double) -> Double {
        min(longest, max(shortest, (length * 1000).rounded() / 1000))
    }

    /// Where a point of the upright page lies, y upwards.
    func point(_ pixel: PixelPoint) -> Point {
        Point(x: pixel.x * scale.x, y: height - pixel.y * scale.y)
    }

    /// The same, moved to the nearest place on the page: readers drop characters that stand outside of it.
    func pointInside(_ pixel: PixelPoint) -> Point {
        let free = point(pixel)
        return Point(x: min(max(free.x, 0), width), y: min(max(free.y, 0), height))
    }

    /// Entries of the page dictionary.
    var syntax: String {
        let unit = userUnit > 1 ? " /UserUnit \(userUnit)" : ""
        return "/MediaBox [0 0 \(PDFSyntax.number(width)) \(PDFSyntax.number(height))]" + unit
    }
}
