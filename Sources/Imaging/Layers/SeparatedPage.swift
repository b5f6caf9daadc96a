public import DossierModel

/// A grey or coloured page taken apart: print and writing, the paper beneath, and what is neither.
///
/// ## Topics
/// - ``init(_:dpi:fineness:backgroundDPI:)``
public struct SeparatedPage: Sendable {
    /// Something to keep as it is.
    public struct Region: Hashable, Sendable {
        public var cause: PageLayering.Region.Cause
        /// Pixels of the page; sides are multiples of 16 but for those at its edge.
        public var box: PixelRect
    }

    /// Black where there is print or writing: `fineness` times the page's pixels each way. Nothing is black in a region.
    public let mask: Raster
    public let fineness: Int
    /// The paper, in the page's mode. Print is replaced by the paper around it.
    public let background: Raster
    /// Pixels of the page for one of the background's, each way.
    public let backgroundStep: (x: Int, y: Int)
    /// The colours of print and writing, in the page's mode; nil where one ink or none will do.
    public let foreground: Raster?
    /// Pixels of the page for one of the foreground's, each way.
    public let foregroundStep: (x: Int, y: Int)
    /// R G B of the one ink; nil where there are several, or none.
    public let ink: [UInt8]?
    public let regions: [Region]
    /// Of the page, 0…1.
    public let regionShare: Double

    /// - Parameters:
    ///   - fineness: 1 or 2. At 2 the mask is cut from the page enlarged twice, so that strokes keep the shape that the
    ///     grey of their edges tells.
    ///   - backgroundDPI: dots per inch that the paper keeps, about.
    ///   - keeping: pixels of the page that are to be regions in any case.
    /// - Precondition: the page is grey or coloured.
    public init(_ page: Raster, dpi: Resolution, fineness: Int, backgroundDPI: Double, keeping: [PixelRect] = []) {
        precondition(page.mode != .bitonal, "a black-and-white page has no layers")
        let tone = page.greyed()
        let levels = InkLevels(tone, dpi: dpi)
        var print = PrintMask(tone, levels)
        let cells = PageCells(page, tone, print, dpi: dpi, cellDPI: backgroundDPI)
        let found = RegionSearch(cells, dpi: dpi).regions(of: page, keeping: keeping)
        for region in found { print.clear(region.box) }
        let paper = cells.paper(without: found.map(\.box))
        let colours = PrintColours(cells, paper: paper, without: found.map(\.box))
        self.fineness = fineness
        mask = fineness == 1 ? print.raster : print.refined(tone, levels, without: found.map(\.box))
        background = paper
        backgroundStep = cells.step
        ink = colours.isEmpty ? nil : colours.oneInk
        foreground = colours.isEmpty || ink != nil ? nil : colours.raster
        foregroundStep = (cells.step.x * PrintColours.cellsPerColour, cells.step.y * PrintColours.cellsPerColour)
        regions = found
        regionShare = Double(found.reduce(0) { $0 + $1.box.width * $1.box.height }) / Double(page.width * page.height)
    }
}
