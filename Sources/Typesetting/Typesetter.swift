public import DossierModel

/// A line of text as drawn: what it says and where its ink lies.
public struct DrawnLine: Hashable, Sendable {
    public var text: String
    /// Around the ink, pixels of the raster (not rounded).
    public var quad: Quad

    public init(text: String, quad: Quad) {
        self.text = text
        self.quad = quad
    }
}

/// A drawn page and the truth about its text.
public struct DrawnPage: Sendable {
    public var raster: Raster
    /// In reading order; lines of spaces are left out.
    public var lines: [DrawnLine]

    public init(raster: Raster, lines: [DrawnLine]) {
        self.raster = raster
        self.lines = lines
    }
}

/// Draws page layouts, into rasters and PDFs. Owns the opened fonts; one to a thread.
///
/// ## Topics
/// - ``draw(_:dpi:mode:)``
/// - ``pdf(_:)``, ``missingCharacters(in:)``
/// - ``placeholder(size:dpi:headline:lines:)``
public struct Typesetter: ~Copyable {
    var fonts: FontBook

    /// #### Errors
    /// `missingComponent` when the Fandol fonts are not installed.
    public init() throws(DossierError) {
        fonts = try FontBook()
    }

    /// Draws a page at its true size: `layout.paper` at `dpi` dots per inch.
    ///
    /// #### Errors
    /// `limitExceeded` when the raster does not fit into memory; `library` when a font cannot be opened.
    public mutating func draw(_ layout: PageLayout, dpi: Double, mode: ColourMode) throws(DossierError) -> DrawnPage {
        let size = layout.paper.pixels(dpi: dpi)
        return try draw(layout, size: size, dpi: Resolution(x: dpi, y: dpi), mode: mode)
    }

    /// Draws a page into a raster of `size` pixels.
    ///
    /// #### Errors
    /// `limitExceeded` when the raster does not fit into memory; `library` when a font cannot be opened.
    public mutating func draw(
        _ layout: PageLayout, size: PixelSize, dpi: Resolution, mode: ColourMode
    ) throws(DossierError) -> DrawnPage {
        let canvas = try Canvas(size: size, dpi: dpi)
        for element in layout.elements { try canvas.draw(element, fonts: &fonts) }
        return DrawnPage(raster: canvas.raster(mode: mode), lines: try truth(of: layout, dpi: dpi))
    }

    private mutating func truth(of layout: PageLayout, dpi: Resolution) throws(DossierError) -> [DrawnLine] {
        var lines: [DrawnLine] = []
        for line in layout.textLines {
            guard let ink = try line.ink(fonts: &fonts) else { continue }
            func point(_ x: Double, _ y: Double) -> PixelPoint {
                PixelPoint(x: x / 25.4 * dpi.x, y: y / 25.4 * dpi.y)
            }
            let quad = Quad(
                topLeft: point(ink.left, ink.top), topRight: point(ink.right, ink.top),
                bottomRight: point(ink.right, ink.bottom), bottomLeft: point(ink.left, ink.bottom))
            lines.append(DrawnLine(text: line.text, quad: quad))
        }
        return lines
    }
}
