internal import DossierModel

/// The page numbers of a volume with what is to be said about them.
struct VolumeFolios {
    /// By position in the volume's list of images.
    private(set) var numbers: [Int: Int] = [:]
    /// By position, in scan order.
    private(set) var pageFindings: [(position: Int, finding: Finding)] = []
    private(set) var findings: [Finding] = []

    init(_ reading: VolumeReading, _ segments: [DocumentSegment]) {
        let positions = segments.filter(\.carriesFolio).flatMap(\.pages)
        let folios = Folios(Self.leaves(positions, reading))
        for (position, number) in zip(positions, folios.numbers) { numbers[position] = number }
        findings = Self.findings(folios, volume: reading.volume.number)
        guard folios.sources.first != .counted else { return }
        let (gaps, disagreeing) = (Set(folios.gaps), Set(folios.disagreeing))
        for (leaf, position) in positions.enumerated() {
            let image = reading.image(position)
            if gaps.contains(leaf) { pageFindings.append((position, CatalogueFinding.missingFolios(image: image))) }
            if let finding = Self.finding(folios, leaf, disagreeing, image, reading.readings[position]?.layout.stamp) {
                pageFindings.append((position, finding))
            }
        }
    }

    private static func finding(_ folios: Folios, _ leaf: Int, _ disagreeing: Set<Int>, _ image: Int, _ stamp: Int?) -> Finding? {
        let number = folios.numbers[leaf]
        if disagreeing.contains(leaf), let stamp {
            return CatalogueFinding.disagreeingFolio(image: image, stamp: stamp, folio: number)
        }
        guard let number else { return CatalogueFinding.noFolio(image: image) }
        return folios.sources[leaf] == .inferred ? CatalogueFinding.inferredFolio(image: image, folio: number) : nil
    }

    private static func findings(_ folios: Folios, volume: Int) -> [Finding] {
        if folios.isReversed { return [CatalogueFinding.reversedFolios(volume: volume)] }
        if folios.isContradictory { return [CatalogueFinding.contradictoryFolios(volume: volume)] }
        return folios.sources.first == .counted ? [CatalogueFinding.countedFolios(volume: volume)] : []
    }

    /// Pages that carry numbers, each with the blank images left out since the one before.
    private static func leaves(_ positions: [Int], _ reading: VolumeReading) -> [Folios.Leaf] {
        var (leaves, next) = ([Folios.Leaf](), 0)
        for position in positions {
            let blanks = reading.dispositions[min(next, position)..<position].count { $0 == .blank }
            leaves.append(Folios.Leaf(
                stamp: reading.readings[position]?.layout.stamp, glyphCount: reading.readings[position]?.layout.glyphCount ?? 0, blanksBefore: blanks))
            next = position + 1
        }
        return leaves
    }
}
