/// What the pixels of a page say about how well it was scanned. Plain figures of bounded size, without a judgement: what is
/// good enough stands in the settings. Lengths are millimetres, places are pixels of the source image.
public struct PageMeasures: Hashable, Sendable, Codable {
    /// A value for each side of the image as scanned.
    public struct Sides<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
        public var top: Value
        public var right: Value
        public var bottom: Value
        public var left: Value

        public init(top: Value, right: Value, bottom: Value, left: Value) {
            self.top = top
            self.right = right
            self.bottom = bottom
            self.left = left
        }

        public var all: [Value] { [top, right, bottom, left] }
    }

    /// A thing found on the image, and how much of it is there, 0…1.
    public struct Mark: Hashable, Sendable, Codable {
        public var place: PixelRect
        public var share: Double

        public init(place: PixelRect, share: Double) {
            self.place = place
            self.share = share.published(decimals: 4)
        }
    }

    /// Brightness of the paper, 0 black … 255 (ITU-R BT.601 luminance).
    public var paper: Int
    /// Brightness of the darkest tenth of what is written; nil where nothing is.
    public var ink: Int?
    /// Written part of the image, 0…1.
    public var inkShare: Double
    /// Part of the image that is brighter than the sensor can tell, 0…1.
    public var clipped: Double
    /// Part of the image in colour, the tint of the paper taken off, 0…1.
    public var coloured: Double
    /// Millimetres over which print rises from paper to ink; nil for black-and-white images and too little print.
    public var edgeWidth: Double?
    /// Strength of what shines through from the other side, share of the paper's brightness; 0 without any.
    public var showThrough: Double
    /// Depth of the scanner's dark background on half of each side, millimetres.
    public var rim: Sides<Double>
    /// Pieces of writing that the edge of the image cuts.
    public var cut: Sides<Int>
    /// A corner over which the sheet is folded.
    public var fold: PixelRect?
    /// A straight line over the whole image in the direction of feed: dirt on the scanner's glass.
    public var streak: Mark?
    /// A circle of the size of a seal, on an image without colour.
    public var ring: Mark?
    /// Tilt that is left after straightening, degrees, clockwise positive; nil where there is nothing to measure it by.
    public var tilt: Double?
    /// How sure the tilt is: `.ask` is a hint only.
    public var tiltVerdict: Verdict?
    /// Where the ink lies on the upright page, 64 bits in hexadecimal; pages that look alike differ in few of them.
    /// nil for blank pages.
    public var look: String?

    public init(
        paper: Int, ink: Int? = nil, inkShare: Double = 0, clipped: Double = 0, coloured: Double = 0, edgeWidth: Double? = nil,
        showThrough: Double = 0, rim: Sides<Double> = .init(top: 0, right: 0, bottom: 0, left: 0),
        cut: Sides<Int> = .init(top: 0, right: 0, bottom: 0, left: 0), fold: PixelRect? = nil, streak: Mark? = nil, ring: Mark? = nil,
        tilt: Double? = nil, tiltVerdict: Verdict? = nil, look: String? = nil
    ) {
        self.paper = paper
        self.ink = ink
        self.inkShare = inkShare.published(decimals: 4)
        self.clipped = clipped.published(decimals: 4)
        self.coloured = coloured.published(decimals: 4)
        self.edgeWidth = edgeWidth?.published(decimals: 3)
        self.showThrough = showThrough.published(decimals: 3)
        self.rim = rim
        self.cut = cut
        self.fold = fold
        self.streak = streak
        self.ring = ring
        self.tilt = tilt?.published(decimals: 2)
        self.tiltVerdict = tiltVerdict
        self.look = look
    }

    /// Difference between paper and ink, share of full brightness; nil where nothing is written.
    public var contrast: Double? { ink.map { Double(paper - $0) / 255 } }
}
