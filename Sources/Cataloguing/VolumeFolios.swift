internal import DossierModel

/// The page numbers of a volume with what is to be said about them.
struct VolumeFolios {
    /// By position in the volume's list of images.
    private(set) var numbers: [Int: Int] = [:]
    /// By position, in scan order.
    private(set) var pageFindings: [(position: Int, finding: Finding)] = []
    private(set) var findings: [Finding] = []

    /// - Parameter given: numbers that people gave pages, by position; nil within it: the page carries none.
    init(_ reading: VolumeReading, _ segments: [DocumentSegment], given: [Int: Int?] = [:]) {
        let positions = segments.filter(\.carriesFolio).flatMap(\.pages).filter { given[$0] != .some(nil) }
        let folios = Folios(Self.leaves(positions, reading, given))
        for (position, number) in zip(positions, folios.numbers) { numbers[position] = number }
        for (position, number) in given { numbers[position] = number }
        findings = Self.findings(folios, volume: reading.volume.number)
        guard folios.sources.first != .counted else { return }
        let (gaps, disagreeing) = (Set(folios.gaps), Set(folios.disagreeing))
        let bearers = Self.bearers(folios)
        for (leaf, position) in positions.enumerated() {
            let image = reading.image(position)
            if gaps.contains(leaf), let gap = Self.gap(folios, before: leaf) {
                let unread = gap.leaves.map { reading.image(positions[$0]) }
                pageFindings.append((position, CatalogueFinding.missingFolios(gap.numbers, image: image, unread: unread)))
            }
            // A person's word settles what the page bears, not what is missing before it.
            guard given[position] == nil else { continue }
            let stamp = reading.readings[position]?.layout.stamp
            if disagreeing.contains(leaf), let stamp, let other = bearers[stamp],
                let finding = Self.repeated(leaf, as: other, folios, stamp: stamp, image: { reading.image(positions[$0]) })
            {
                pageFindings.append((position, finding))
            } else if let number = numbers[position], folios.sources[leaf] == .inferred, stamp == nil, Self.isNearlyEmpty(reading.readings[position]) {
                pageFindings.append((position, CatalogueFinding.unreadFolio(number, image: image)))
            } else if let finding = Self.finding(folios, leaf, disagreeing, image, stamp) {
                pageFindings.append((position, finding))
            }
        }
        findings += completeness(reading, segments, isReversed: folios.isReversed)
    }

    /// A blank back that was not sorted out takes the number of a page that is missing beside it: what is left to read on it
    /// shines through, in few characters or in such as nobody is sure of.
    private static func isNearlyEmpty(_ reading: PageReading?) -> Bool {
        guard let layout = reading?.layout else { return true }
        return layout.sureGlyphs < fewestGlyphs || Double(layout.sureGlyphs) < leastShare * Double(layout.glyphCount)
    }

    /// The least that is written on a page with a number, a heading; of mirrored print hardly a line is sure.
    private static let (fewestGlyphs, leastShare) = (6, 0.25)

    private static func finding(_ folios: Folios, _ leaf: Int, _ disagreeing: Set<Int>, _ image: Int, _ stamp: Int?) -> Finding? {
        let number = folios.numbers[leaf]
        if disagreeing.contains(leaf), let stamp {
            return CatalogueFinding.disagreeingFolio(image: image, stamp: stamp, folio: number)
        }
        guard let number else { return CatalogueFinding.noFolio(image: image) }
        return folios.sources[leaf] == .inferred ? CatalogueFinding.inferredFolio(image: image, folio: number) : nil
    }

    /// Leaves by the number they carry.
    private static func bearers(_ folios: Folios) -> [Int: Int] {
        Dictionary(folios.numbers.enumerated().compactMap { leaf, number in number.map { ($0, leaf) } }, uniquingKeysWith: { first, _ in first })
    }

    /// Numbers between a leaf and the nearest one whose number was read on the side of the smaller numbers, and the leaves
    /// between them, fewer than the numbers: which of the numbers those bear nobody read.
    private static func gap(_ folios: Folios, before leaf: Int) -> (numbers: ClosedRange<Int>, leaves: [Int])? {
        guard let number = folios.numbers[leaf] else { return nil }
        let side = folios.isReversed ? Array((leaf + 1)..<folios.numbers.count) : Array((0..<leaf).reversed())
        guard let last = side.first(where: { folios.sources[$0] == .stamped }), let before = folios.numbers[last] else { return nil }
        let between = side.prefix { $0 != last }.filter { folios.numbers[$0] != nil }.sorted()
        guard before + between.count + 1 < number else { return nil }
        return (before + 1...number - 1, between)
    }

    /// A stamp that another leaf has by right: the sheet came twice, or the two lie in each other's place. nil where the
    /// leaf has room for a number of its own: then the stamp was misread.
    private static func repeated(_ leaf: Int, as other: Int, _ folios: Folios, stamp: Int, image: (Int) -> Int) -> Finding? {
        if let number = folios.numbers[leaf] {
            guard folios.disagreeing.contains(other) else { return nil }
            return CatalogueFinding.displacedFolio(image: image(leaf), stamp: stamp, folio: number, other: image(other))
        }
        return CatalogueFinding.repeatedFolio(image: image(leaf), stamp: stamp, other: image(other))
    }

    // MARK: The end

    /// Whether the numbers end where cover or docket sheet say. A volume without front matter may be part of one. Where they
    /// begin, `FolioStart` looks at: that takes the other volumes.
    private func completeness(_ reading: VolumeReading, _ segments: [DocumentSegment], isReversed: Bool) -> [Finding] {
        guard segments.first?.carriesFolio == false || isReversed else { return [] }
        let volume = reading.volume.number
        // A volume may have lost all of its numbered pages.
        let last = numbers.values.max() ?? 0
        let stated = segments.filter { [.cover, .docketSheet].contains($0.start.title?.role) }
            .flatMap(\.pages).compactMap { reading.readings[$0]?.statedPages }
        guard let most = stated.max(), most > 0, !stated.contains(last) else { return [] }
        return [CatalogueFinding.statedPages(volume: volume, stated: most, last: last)]
    }

    private static func findings(_ folios: Folios, volume: Int) -> [Finding] {
        if folios.isReversed { return [CatalogueFinding.reversedFolios(volume: volume)] }
        if folios.isContradictory { return [CatalogueFinding.contradictoryFolios(volume: volume)] }
        return folios.sources.first == .counted ? [CatalogueFinding.countedFolios(volume: volume)] : []
    }

    /// Pages that carry numbers, each with the blank images left out since the one before.
    private static func leaves(_ positions: [Int], _ reading: VolumeReading, _ given: [Int: Int?]) -> [Folios.Leaf] {
        var (leaves, next) = ([Folios.Leaf](), 0)
        for position in positions {
            let blanks = reading.dispositions[min(next, position)..<position].count { $0 == .blank }
            leaves.append(Folios.Leaf(
                stamp: given[position] ?? reading.readings[position]?.layout.stamp, glyphCount: reading.readings[position]?.layout.glyphCount ?? 0, blanksBefore: blanks,
                isGiven: given[position] != nil))
            next = position + 1
        }
        return leaves
    }
}
