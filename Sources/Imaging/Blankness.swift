public import DossierModel

/// Whether anything was written, printed, stamped or pressed on a page.
public struct BlankMeasure: Hashable, Sendable {
    /// `.yes`: blank. `.no`: not blank. `.ask`: something is there that may be ink or dirt.
    public let verdict: Verdict
    /// How sure the verdict is, 0…1.
    public let score: Double
    /// Ink on paper as a share of the page area; black edges, holes, dust and show-through not counted.
    public let inkShare: Double
    /// Size of the largest piece of ink, millimetres; 0 without any.
    public let largestInk: Double
    /// Pieces that look like writing on the other side.
    public let showThroughPieces: Int
    /// Black edges and punch holes that were left out.
    public let ignoredSolids: Int
    /// `.yes`, but so much shines through that it may be a pale copy: reading it tells.
    public let isWorthReading: Bool
    /// Where pieces larger than a full stop lie, whatever they are taken for, holes left out; pixels of the page. Empty unless
    /// `isOpenToReading`.
    public let pieces: [PixelRect]

    /// Pieces all over the page.
    private static let muchShowThrough = 30

    /// Pixels alone do not settle it: what can be read has a say.
    public var isOpenToReading: Bool { Self.isOpen(verdict, isWorthReading: isWorthReading, showThroughPieces: showThroughPieces) }

    static func isOpen(_ verdict: Verdict, isWorthReading: Bool, showThroughPieces: Int) -> Bool {
        switch verdict {
        case .yes: isWorthReading
        case .ask: true
        case .no: showThroughPieces >= muchShowThrough
        }
    }
}

/// Decides whether a page is blank.
///
/// The page is reduced to about 150 dpi (darkest channel, so ink of every colour counts) and compared with its own paper.
/// Black scanner edges and punch holes are left out by shape and place, dust by
/// size, show-through by its low contrast and soft edges. `.yes` is given only when nothing else is left.
public enum Blankness {
    public static func measure(_ page: Raster, dpi: Resolution) -> BlankMeasure { PageExamination(page, dpi: dpi).blank }
}

extension BlankMeasure {
    static let unsure = BlankMeasure(
        verdict: .ask, score: 0.5, inkShare: 0, largestInk: 0, showThroughPieces: 0, ignoredSolids: 0, isWorthReading: false, pieces: [])
}
