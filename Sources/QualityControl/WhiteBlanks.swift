public import DossierModel

/// Blank pages, and pages on which hardly a trace is left, that are whiter than the paper of their case: too much light may
/// have taken what was written. A blank as white as the page scanned right before it, its front as a rule, on which light left
/// the print, is as white as that scanner made its paper. Pure.
public enum WhiteBlanks {
    /// Not a speck, not a shadow: of two thousand pixels all but one, since a trace of print or of the bed may be left.
    private static let allWhite = 0.9995
    /// Traces of print without any ink.
    private static let nearlyWhite = 0.97
    /// Brightness from which on paper is as white as the scanner can tell.
    private static let white = 253
    /// With fewer pages nobody knows how white their paper is.
    private static let fewestPages = 4

    /// Print darker than this, brightness, lost nothing to the light.
    private static let darkPrint = 100

    private static func isPrintOnWhite(_ page: PageRecord?, before record: PageRecord) -> Bool {
        guard let page, page.image == record.image - 1, page.disposition == .page, page.mode != .bitonal, let measures = page.quality else { return false }
        return measures.paper >= white && measures.ink.map { $0 <= darkPrint } ?? false
    }

    /// - Parameter records: of a case or delivery, in scan order.
    public static func findings(in records: [PageRecord]) -> [(image: Int, finding: Finding)] {
        let papers = records.compactMap { $0.disposition == .page && $0.mode != .bitonal ? $0.quality?.paper : nil }
        // Where the scanner drives paper to white, or pages were never on paper, white says nothing.
        guard papers.count >= fewestPages, papers.count(where: { $0 < white }) * 2 > papers.count else { return [] }
        return zip([nil] + records.map(Optional.some), records).compactMap { previous, record in
            guard record.mode != .bitonal, let measures = record.quality else { return nil }
            switch record.disposition {
            case .blank: return measures.clipped >= allWhite && !isPrintOnWhite(previous, before: record) ? (record.image, QualityFinding.whiteBlank) : nil
            case .page: return measures.ink == nil && measures.paper >= white && measures.clipped >= nearlyWhite ? (record.image, QualityFinding.washedOut) : nil
            case .separator, .rejected: return nil
            }
        }
    }
}
