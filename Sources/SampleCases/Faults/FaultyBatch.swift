public import DossierModel

/// Pages of an invented case, some of them spoilt in one known way, in memory: what quality control is measured with.
public struct FaultyBatch: Sendable {
    /// One image as the scanner would deliver it.
    public struct Page: Sendable {
        public var raster: Raster
        public var dpi: Resolution
        /// What was done to it; nil for a good page.
        public var fault: ScanFault?
        public var volume: Int
        public var folio: Int?
        /// Printed text.
        public var lines: [String]
        /// Makes it upright.
        public var rotation: QuarterTurn
        /// The scanning room straightens pages; where not, the tilt stays.
        public var isStraightened: Bool
        /// A red seal on the paper that black and white has swallowed, wholly or in part.
        public var hasLostSeal = false
        /// For messages about misses.
        public var note: String
        /// Lines that an edge of the image cuts.
        var cutLines = 0
    }

    private let seed: UInt64
    private let pages: Int
    private let difficulty: Difficulty
    private let share: Double
    private let kinds: [ScanFault]

    /// - Parameters:
    ///   - pages: printed pages, at least 12.
    ///   - share: of the pages that are spoilt, 0…1.
    ///   - kinds: how they are spoilt, in turn.
    public init(seed: UInt64, pages: Int, difficulty: Difficulty = .mixed, share: Double = 0.5, kinds: [ScanFault] = ScanFault.allCases) {
        (self.seed, self.pages, self.difficulty, self.share, self.kinds) = (seed, pages, difficulty, share, kinds)
    }

    /// Hands out the written pages in scan order, one at a time.
    ///
    /// #### Errors
    /// `missingComponent` without the Fandol fonts; what `body` throws.
    public func forEach(_ body: (Page) throws -> Void) throws {
        var random = SplitMix64(seed: seed).stream(4)
        let plan = pages > 80 ? CasePlan.wide(seed: seed, pages: pages, texts: nil) : CasePlan(seed: seed, pages: pages, texts: nil)
        var feeder = SheetFeeder(difficulty: difficulty, random: random.stream(5), duplex: 0.4)
        var chance = random.stream(8)
        var scanner = try Scanner()
        for volume in plan.volumes {
            let written = feeder.images(of: volume).filter { $0.disposition == .page }
            var open = kinds[...]
            for (at, image) in written.enumerated() {
                let fault = chance.chance(share) ? next(&open, for: image, &chance) : nil
                let other = written[(at + 1) % written.count].side.page
                for page in try scan(image, fault, behind: other, &scanner, &chance, &random) { try body(page) }
            }
        }
    }

    /// The kinds in turn; a page without a seal cannot lose one.
    private func next(_ open: inout ArraySlice<ScanFault>, for image: PlannedImage, _ chance: inout SplitMix64) -> ScanFault {
        if kinds.contains(.lostColour), image.hasSeal, chance.chance(0.4) { return .lostColour }
        if open.isEmpty { open = kinds[...] }
        let kind = open.removeFirst()
        return kind == .lostColour && !image.hasSeal ? .streak : kind
    }

    private func scan(
        _ planned: PlannedImage, _ fault: ScanFault?, behind other: DraftPage?, _ scanner: inout Scanner, _ chance: inout SplitMix64,
        _ random: inout SplitMix64
    ) throws -> [Page] {
        var image = planned
        if fault == .showThrough { image.side.back = image.side.back ?? other }
        let damage = fault?.strike(&image.condition, &chance) ?? ScanDamage()
        let scan = try scanner.scan(image.side, image.condition, damage: damage, random: &random)
        var page = delivered(scan, image)
        // A form without enough lines at the edge loses nothing that anybody could miss.
        page.fault = fault == .cutOff && page.cutLines < 4 ? nil : fault
        page.isStraightened = fault != .skew
        page.note = "\(damage.note) \(image.condition.mode) \(Int(image.condition.dpi)) dpi \(image.condition.flags.joined(separator: " "))"
        if fault == .cutOff, page.fault == nil { return [] }
        page.hasLostSeal = planned.hasSeal && image.condition.mode == .bitonal
        if fault == nil, planned.hasSeal, image.condition.mode == .grey { page.fault = .lostColour }
        switch fault {
        case .wrongResolution:
            let factor = chance.pick([0.5, 2])
            page.dpi = Resolution(x: page.dpi.x * factor, y: page.dpi.y * factor)
        case .duplicate: return [page.good, page]
        case .rescan: return [page.good, try again(image, page, &scanner, &chance, &random)]
        default: break
        }
        return [page]
    }

    /// Through the scanner once more: a little askew, a little elsewhere, other noise.
    private func again(
        _ planned: PlannedImage, _ first: Page, _ scanner: inout Scanner, _ chance: inout SplitMix64, _ random: inout SplitMix64
    ) throws -> Page {
        var image = planned
        image.condition.skew += chance.between(-0.6, 0.6)
        image.condition.shift.x += chance.between(-2, 2)
        image.condition.shift.y += chance.between(-2, 2)
        let scan = try scanner.scan(image.side, image.condition, random: &random)
        var page = delivered(scan, image)
        (page.fault, page.note) = (.rescan, first.note)
        return page
    }

    private func delivered(_ scan: Scan, _ image: PlannedImage) -> Page {
        let isSideways = image.condition.rotation.swapsSides
        let edge = scan.lines.count { line in
            isSideways
                ? line.box.y <= 1 || line.box.y + line.box.height >= scan.raster.height - 1
                : line.box.x <= 1 || line.box.x + line.box.width >= scan.raster.width - 1
        }
        return Page(
            raster: scan.raster, dpi: scan.dpi, fault: nil, volume: image.volume, folio: image.side.folio, lines: scan.lines.map(\.text),
            rotation: image.condition.rotation, isStraightened: true, note: "", cutLines: edge)
    }
}

extension FaultyBatch.Page {
    /// The page before the same thing came again.
    fileprivate var good: FaultyBatch.Page {
        var page = self
        page.fault = nil
        return page
    }
}

extension PlannedImage {
    var hasSeal: Bool { side.page?.marks.contains { if case .seal = $0 { true } else { false } } ?? false }
}

extension ScanDamage {
    fileprivate var note: String {
        let parts = [
            blur > 0 ? "blur \(blur)" : nil, fold.map { "fold \($0)" }, streak.map { "streak \($0)" }, border.contains { $0 > 0 } ? "border \(border)" : nil,
            gain != 1 ? "gain \(gain)" : nil, lift != 0 ? "lift \(lift)" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }
}
