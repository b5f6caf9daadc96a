public import DossierModel

/// Blank pages that are whiter than any paper of their case: too much light may have taken what was written. Pure.
public enum WhiteBlanks {
    /// Not a speck, not a shadow: all but one in ten thousand pixels.
    private static let allWhite = 0.9999
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
            guard record.disposition == .blank, record.mode != .bitonal, let measures = record.quality, measures.clipped >= allWhite else { return nil }
            return (record.image, QualityFinding.whiteBlank)
        }
    }
}
