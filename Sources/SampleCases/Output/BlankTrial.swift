public import DossierModel

/// Blank backs and written pages that look nearly as empty: what the blank decision is measured with. Equal seeds give
/// equal pages.
public struct BlankTrial: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Nothing on it, as a rule with the other side shining through.
        case blank
        case written
        /// Written, and washed out by too much light.
        case overexposed
        /// Written, pale and with soft edges: the third sheet under carbon paper.
        case carbonCopy
    }

    public struct Page: Sendable {
        public var raster: Raster
        public var dpi: Resolution
        /// Makes it upright.
        public var rotation: QuarterTurn
        public var kind: Kind
        /// Printed text.
        public var lines: [String]
        /// For messages.
        public var note: String
    }

    private let seed: UInt64
    private let pages: Int
    private let difficulty: Difficulty

    /// - Parameter pages: printed, at least 12; blank backs come on top.
    public init(seed: UInt64, pages: Int, difficulty: Difficulty = .hard) {
        (self.seed, self.pages, self.difficulty) = (seed, pages, difficulty)
    }

    /// Makes one page after the other.
    ///
    /// #### Errors
    /// `missingComponent` without the Fandol fonts; what `body` throws.
    public func forEach(_ body: (Page) throws -> Void) throws {
        var random = SplitMix64(seed: seed).stream(13)
        let plan = pages > 80 ? CasePlan.wide(seed: seed, pages: pages, texts: nil) : CasePlan(seed: seed, pages: pages, texts: nil)
        var feeder = SheetFeeder(difficulty: difficulty, random: random.stream(5), duplex: 0.8)
        var scanner = try Scanner()
        for image in plan.volumes.flatMap({ feeder.images(of: $0) }) where image.disposition != .separator {
            var condition = image.condition
            let kind = image.disposition == .blank ? Kind.blank : random.pick([.written, .overexposed, .carbonCopy])
            let damage = Self.damage(kind, &condition, &random)
            let scan = try scanner.scan(image.side, condition, damage: damage, random: &random)
            let note = "lift \(Int(damage.lift)) blur \(damage.blur) fading \(condition.fading) shining \(condition.showThrough) \(condition.mode) \(Int(condition.dpi)) \(condition.flags.joined(separator: " "))"
            try body(Page(raster: scan.raster, dpi: scan.dpi, rotation: condition.rotation, kind: kind, lines: scan.lines.map(\.text), note: note))
        }
    }

    private static func damage(_ kind: Kind, _ condition: inout Condition, _ random: inout SplitMix64) -> ScanDamage {
        var damage = ScanDamage()
        if [.overexposed, .carbonCopy].contains(kind), condition.mode == .bitonal { condition.mode = .grey }
        switch kind {
        case .blank: if condition.showThrough > 0, random.chance(0.3) { condition.showThrough = random.between(0.12, 0.25) }
        case .written: break
        case .overexposed: damage.lift = random.between(150, 195)
        case .carbonCopy:
            (damage.blur, condition.fading) = (random.between(0.16, 0.3), random.between(0.55, 0.85))
        }
        return damage
    }
}
