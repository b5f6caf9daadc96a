import DossierModel
import QualityControl

/// Adds to the records what quality control has to say: of each page by itself, then of the pages of a volume beside each
/// other. Only two pages that look alike have their texts fetched.
struct QualityReview {
    let settings: Settings.Quality
    let shelf: PageShelf

    /// - Parameter images: those of the records, in the same order.
    ///
    /// #### Errors
    /// Those of the shelf.
    func add(to records: inout [PageRecord], images: [ScannedImage], catalogues: [VolumeCatalogue]) throws(DossierError) {
        let judge = PageJudge(settings)
        for at in records.indices { records[at].findings += judge.findings(of: records[at]) }
        for (image, finding) in WhiteBlanks.findings(in: records) { records[image - 1].findings.append(finding) }
        for catalogue in catalogues {
            let stamps = catalogue.pages.compactMap { page in page.stamp.map { (page.image, $0) } }
            let found = try findings(
                records.filter { $0.volume == catalogue.number }, images, stamps: Dictionary(stamps, uniquingKeysWith: { first, _ in first }))
            for (image, finding) in found { records[image - 1].findings.append(finding) }
        }
    }

    private func findings(
        _ records: [PageRecord], _ images: [ScannedImage], stamps: [Int: Int]
    ) throws(DossierError) -> [(image: Int, finding: Finding)] {
        let judge = VolumeJudge(records, settings)
        var found = judge.copies + judge.oddOnes
        var told: Set<Int> = []
        for suspicion in judge.suspicions(stamps: stamps) where !told.contains(suspicion.second) {
            guard let finding = judge.finding(suspicion, try text(images[suspicion.first - 1]), try text(images[suspicion.second - 1])) else { continue }
            told.insert(suspicion.second)
            found.append(finding)
        }
        return found
    }

    private func text(_ image: ScannedImage) throws(DossierError) -> [String] {
        try shelf.product(at: image.place).recognised?.lines.map(\.text) ?? []
    }
}
