/// Pages with every glyph settled, and the fonts cut down to those glyphs: all that a PDF of them is written from.
public struct TypesetPages: Hashable, Sendable {
    public var pages: [TypesetPage]
    /// Named by `GlyphRun.font`, in the order of their first use.
    public var fonts: [FontSubset]

    public init(pages: [TypesetPage], fonts: [FontSubset]) {
        self.pages = pages
        self.fonts = fonts
    }

    /// These pages, then others with their own fonts.
    public func followed(by other: TypesetPages) -> TypesetPages {
        let moved = other.pages.map { page in
            var page = page
            page.marks = page.marks.map { mark in
                guard case .glyphs(var run) = mark else { return mark }
                run.font += fonts.count
                return .glyphs(run)
            }
            return page
        }
        return TypesetPages(pages: pages + moved, fonts: fonts + other.fonts)
    }
}

/// One side of a sheet.
public struct TypesetPage: Hashable, Sendable {
    public enum Mark: Hashable, Sendable {
        case glyphs(GlyphRun)
        case stroke(Stroke)
        case fill(Shape, Ink)
    }

    public var paper: PaperSize
    /// In drawing order; text in reading order.
    public var marks: [Mark]

    public init(paper: PaperSize, marks: [Mark]) {
        self.paper = paper
        self.marks = marks
    }
}

/// Glyphs of one font, size and width on one baseline.
public struct GlyphRun: Hashable, Sendable {
    public struct Glyph: Hashable, Sendable {
        /// The glyph's number in the subset's program (a CID where the font is CID-keyed).
        public var code: UInt16
        /// What it says: one character, exactly as it was set.
        public var text: String
        /// Of its origin, millimetres from the page's left edge.
        public var x: Double
        /// Of its origin, millimetres from the page's upper edge.
        public var baseline: Double
    }

    /// Index of the layout's element that it was set from.
    public var element: Int
    /// Index into `TypesetPages.fonts`.
    public var font: Int
    /// Millimetres of one em.
    public var size: Double
    /// Horizontal scale, at most 1.
    public var squeeze: Double
    /// Clockwise degrees by which each glyph is turned about its origin.
    public var angle: Double
    public var ink: Ink
    public var glyphs: [Glyph]
}

/// A font program that holds the glyphs in use and no others.
public struct FontSubset: Hashable, Sendable {
    /// PostScript name of the whole font.
    public var name: String
    /// A bare CFF font (Adobe Technical Note 5176), CID-keyed.
    public var program: [UInt8]
    /// Advances of the glyphs in use by code, thousandths of an em.
    public var widths: [UInt16: Int]
    /// Thousandths of an em.
    public var metrics: Metrics

    public struct Metrics: Hashable, Sendable {
        public var ascent: Int
        /// Below the baseline, negative.
        public var descent: Int
        /// Left, bottom, right and top of the box around all glyphs, y up.
        public var box: [Int]
    }
}
