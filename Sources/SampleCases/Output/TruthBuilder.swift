import DossierModel

/// Gathers the truth image by image.
struct TruthBuilder {
    private let plan: CasePlan
    private let seed: UInt64
    private(set) var images: [CaseTruth.Image] = []

    init(plan: CasePlan, seed: UInt64) {
        self.plan = plan
        self.seed = seed
    }

    mutating func add(_ planned: PlannedImage, _ scan: Scan, file: String, frame: Int) {
        images.append(
            CaseTruth.Image(
                image: images.count + 1, file: file, frame: frame, disposition: planned.disposition, rotation: planned.condition.rotation,
                skew: planned.condition.skew, dpi: scan.dpi, size: PixelSize(width: scan.raster.width, height: scan.raster.height),
                mode: scan.raster.mode, volume: planned.volume, document: planned.document, folio: planned.side.folio.map(String.init),
                lines: scan.lines, marks: scan.marks, flags: planned.condition.flags))
    }

    func finished() -> CaseTruth {
        let documents = plan.volumes.flatMap { volume in
            volume.documents.enumerated().compactMap { document($0.element, index: $0.offset + 1, volume: volume.number) }
        }
        return CaseTruth(case: plan.facts.caseNumber, cause: plan.facts.crime.rawValue, seed: seed, images: images, documents: documents)
    }

    private func document(_ draft: DraftDocument, index: Int, volume: Int) -> CaseTruth.Document? {
        let own = images.filter { $0.volume == volume && $0.document == index }
        guard let first = own.first, let last = own.last else { return nil }
        let folios = own.compactMap(\.folio)
        return CaseTruth.Document(
            volume: volume, document: index, title: draft.title, documentNumber: draft.number, author: draft.author, date: draft.day?.iso,
            firstImage: first.image, lastImage: last.image, firstFolio: folios.first, lastFolio: folios.last)
    }
}
