public import DossierModel

/// A grey or coloured page taken apart: print and writing, the paper beneath, and what is neither.
///
/// ## Topics
/// - ``init(_:dpi:fineness:backgroundDPI:)``
/// - ``keeping(_:)``
public struct SeparatedPage: Sendable {
    /// Something to keep as it is.
    public struct Region: Sendable {
        public var cause: PageLayering.Region.Cause
        /// Pixels of the page; sides are multiples of 16 but for those at its edge.
        public var box: PixelRect
        /// What of the box is kept.
        package var squares: KeptBlocks
    }

    /// Black where there is print or writing: `fineness` times the page's pixels each way. Nothing is black in a region.
    public private(set) var mask: Raster
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
    public private(set) var regions: [Region]
    /// What the regions keep, together.
    package private(set) var kept: KeptBlocks

    /// - Parameters:
    ///   - fineness: 1 or 2. At 2 the mask is cut from the page enlarged twice, so that strokes keep the shape that the
    ///     grey of their edges tells.
    ///   - backgroundDPI: dots per inch that the paper keeps, about.
    /// - Precondition: the page is grey or coloured.
    public init(_ page: Raster, dpi: Resolution, fineness: Int, backgroundDPI: Double) {
        precondition(page.mode != .bitonal, "a black-and-white page has no layers")
        let tone = page.greyed()
        let levels = InkLevels(tone, dpi: dpi)
        let print = PrintMask(tone, levels)
        let cells = PageCells(page, tone, print, dpi: dpi, cellDPI: backgroundDPI)
        let size = PixelSize(width: page.width, height: page.height)
        let search = RegionSearch(cells, dpi: dpi)
        let found = search.regions(on: size)
        var kept = KeptBlocks(of: size)
        for region in found { kept.keep(region.squares) }
        let paper = kept.isEmpty ? search.paper : cells.paper(without: kept)
        let colours = kept.isEmpty ? search.colours : PrintColours(cells, paper: paper, without: kept)
        (self.fineness, self.kept, regions) = (fineness, kept, found)
        background = paper
        backgroundStep = cells.step
        ink = colours.isEmpty ? nil : colours.oneInk
        foreground = colours.isEmpty || ink != nil ? nil : colours.raster
        foregroundStep = (cells.step.x * PrintColours.cellsPerColour, cells.step.y * PrintColours.cellsPerColour)
        mask = (fineness == 1 ? print.raster : print.refined(tone, levels)).whitened(kept, fineness: fineness)
    }

    /// The same layers, with more of the page kept over them: elsewhere nothing changes.
    ///
    /// - Parameter boxes: pixels of the page.
    public func keeping(_ boxes: [PixelRect]) -> SeparatedPage {
        var page = self
        for box in boxes {
            var squares = KeptBlocks(of: kept.page)
            squares.keep(box)
            guard !squares.isEmpty else { continue }
            page.regions.append(Region(cause: .text, box: squares.squares(under: box), squares: squares))
            page.kept.keep(squares)
        }
        page.mask = mask.whitened(page.kept, fineness: fineness)
        return page
    }
}

extension Raster {
    /// Bitonal: white in the squares, which are `fineness` times as large here as on the page.
    fileprivate func whitened(_ squares: KeptBlocks, fineness: Int) -> Raster {
        var result = self
        for run in squares.runs {
            for y in run.y * fineness..<(run.y + run.height) * fineness {
                let row = y * bytesPerRow
                // Squares begin at whole bytes; the last may end within one, at the edge of the page.
                for byte in run.x * fineness / 8..<((run.x + run.width) * fineness + 7) / 8 { result.bytes[row + byte] = 0 }
            }
        }
        return result
    }
}
