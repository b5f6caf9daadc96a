internal import DossierModel

/// Whether the page numbers of each volume begin where they should: at 1, since every volume is numbered by itself, or behind
/// the last number of an earlier volume, where an office numbers a case through.
struct FolioStart {
    /// The pages looked at for stamps where no cover says that the volume is whole, and how many of them have to bear theirs:
    /// a single number may be misread.
    private static let (pagesLookedAt, fewestStamps) = (5, 2)

    let volumes: [VolumeCatalogue]
    /// By title code.
    let titles: [String: DocumentTitle]

    var findings: [(volume: Int?, finding: Finding)] {
        volumes.compactMap { volume in
            let numbered = Self.numbered(volume)
            guard let first = numbered.map(\.number).min(), first > 1, isBound(volume) || Self.isStamped(numbered) else { return nil }
            let ends = volumes.filter { $0.number < volume.number }.compactMap { Self.numbered($0).map(\.number).max() }
            guard !ends.contains(first - 1) else { return nil }
            return (volume.number, CatalogueFinding.missingStart(volume: volume.number, first: first, follows: !ends.isEmpty))
        }
    }

    /// Cover or catalogue stand before the first page with a number, or the cover at the end of a volume that was fed from there.
    private func isBound(_ volume: VolumeCatalogue) -> Bool {
        func role(_ document: VolumeCatalogue.Document?) -> DocumentTitle.Role? { document?.code.flatMap { titles[$0] }?.role }
        return role(volume.documents.first)?.carriesFolio == false || role(volume.documents.last) == .cover
    }

    /// On the side of the smaller numbers, for a volume may have been fed from its end.
    private static func isStamped(_ pages: [(number: Int, stamp: Int?)]) -> Bool {
        let first = pages.sorted { $0.number < $1.number }.prefix(pagesLookedAt)
        return first.count { $0.stamp == $0.number } >= fewestStamps
    }

    private static func numbered(_ volume: VolumeCatalogue) -> [(number: Int, stamp: Int?)] {
        volume.pages.compactMap { page in page.folio.flatMap(Int.init).map { ($0, page.stamp) } }
    }
}
