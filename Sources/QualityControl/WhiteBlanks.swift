public import DossierModel

/// Blank pages, and pages on which hardly a trace is left, that are whiter than any paper of their case: too much light may
/// have taken what was written. Pure.
public enum WhiteBlanks {
    /// Not a speck, not a shadow: of two thousand pixels all but one, since a trace of print or of the bed may be left.
    private static let allWhite = 0.9995
    /// Traces of print without any ink.
    private static let nearlyWhite = 0.97
    /// Brightness from which on paper is as white as the scanner can tell.
    private static let white = 253
    /// With fewer pages nobody knows how white their paper is.
    private static let fewestPages = 4

    /// - Parameter records: of a case or delivery.
    public static func findings(in records: [PageRecord]) -> [(image: Int, finding: Finding)] {
        let papers = records.compactMap { $0.disposition == .page && $0.mode != .bitonal ? $0.quality?.paper : nil }
        // Where the scanner drives paper to white, or pages were never on paper, white says nothing.
        guard papers.count >= fewestPages, papers.count(where: { $0 < white }) * 2 > papers.count else { return [] }
        return records.compactMap { record in
            guard record.mode != .bitonal, let measures = record.quality else { return nil }
            switch record.disposition {
            case .blank: return measures.clipped >= allWhite ? (record.image, QualityFinding.whiteBlank) : nil
            case .page: return measures.ink == nil && measures.paper >= white && measures.clipped >= nearlyWhite ? (record.image, QualityFinding.washedOut) : nil
            case .separator, .rejected: return nil
            }
        }
    }
}
