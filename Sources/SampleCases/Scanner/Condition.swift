import DossierModel

/// How one side of paper came out of the scanner. All lengths are millimetres, all angles degrees clockwise.
struct Condition {
    var dpi = 300.0
    var mode = ColourMode.bitonal
    /// Makes the image upright, as `PageGeometry.rotation`.
    var rotation = QuarterTurn.none
    var skew = 0.0
    /// Of the paper against the scan window.
    var shift = (x: 0.0, y: 0.0)
    /// Standard deviation in grey levels.
    var noise = 0.0
    /// Weight of each neighbour in a 1-2-1 blur, 0…0.25.
    var blur = 0.0
    /// Paper white, R G B.
    var paper: (red: Double, green: Double, blue: Double) = (250, 249, 246)
    /// Loss of light towards one side and one end, shares of 1.
    var shade = (x: 0.0, y: 0.0)
    /// Share of the back's ink that shines through.
    var showThrough = 0.0
    var hasHoles = false
    var isBack = false
    /// The scanner's background around the paper is black, not white.
    var hasBlackEdges = false
    /// Specks on the whole page.
    var specks = 0
    /// Ink is printed this much weaker, 0…1.
    var fading = 0.0
    /// Bitonal threshold, grey level.
    var threshold = 150.0
    /// The scanner drives paper to pure white (background smoothing).
    var isCleaned = false

    /// For the truth file.
    var flags: [String] {
        var flags: [String] = []
        if blur > 0.12 { flags.append("blurred") }
        if isCleaned { flags.append("cleaned") }
        if paper.green < 215 { flags.append("dark") }
        if hasBlackEdges { flags.append("edges") }
        if fading > 0.3 { flags.append("faint") }
        if hasHoles { flags.append("holes") }
        if noise > 6 { flags.append("noisy") }
        if showThrough > 0 { flags.append("showThrough") }
        if abs(skew) > 0.3 { flags.append("skewed") }
        if rotation != .none { flags.append("turned") }
        return flags
    }
}

/// How hard the pages are made.
public enum Difficulty: String, Sendable, CaseIterable, Codable {
    case easy, mixed, hard

    /// 0…1.
    var strength: Double {
        switch self {
        case .easy: 0.25
        case .mixed: 0.6
        case .hard: 1
        }
    }
}

extension Condition {
    /// Draws the state of one side.
    ///
    /// - Parameter isRed: the side carries red ink, so it is scanned in colour (DA/T 31-2017 §9.3).
    static func drawn(_ difficulty: Difficulty, isRed: Bool, random: inout SplitMix64) -> Condition {
        let strength = difficulty.strength
        var condition = Condition()
        condition.mode = mode(isRed: isRed, &random)
        condition.dpi = condition.mode == .bitonal || random.chance(0.35) ? 300 : 200
        condition.skew = skew(strength, &random)
        condition.rotation = random.chance(0.05 * strength) ? random.pick([.clockwise90, .half, .clockwise270]) : .none
        condition.shift = (random.between(-1.2, 1.2) * strength, random.between(-1.5, 1.5) * strength)
        condition.noise = random.between(0.8, 1.5 + 7 * strength * random.unit())
        condition.blur = random.chance(0.4) ? random.between(0, 0.22 * strength) : 0
        condition.shade = (random.between(-0.1, 0.1) * strength, random.between(-0.1, 0.1) * strength)
        condition.hasHoles = random.chance(0.5)
        condition.hasBlackEdges = random.chance(0.3)
        condition.specks = random.integer(0...Int(60 * strength))
        condition.fading = random.chance(0.15) ? random.between(0.2, 0.5) * strength : 0
        condition.setPaper(strength, &random)
        return condition
    }

    private static func mode(isRed: Bool, _ random: inout SplitMix64) -> ColourMode {
        if isRed { return random.chance(0.85) ? .colour : .bitonal }
        let roll = random.unit()
        return roll < 0.62 ? .bitonal : roll < 0.82 ? .grey : .colour
    }

    private static func skew(_ strength: Double, _ random: inout SplitMix64) -> Double {
        let wide = random.chance(0.2) ? 3.0 : 0.8
        let tilt = random.between(-wide, wide) * strength
        return (tilt * 100).rounded() / 100
    }

    private mutating func setPaper(_ strength: Double, _ random: inout SplitMix64) {
        isCleaned = random.chance(0.35)
        guard !isCleaned else { return }
        let age = random.unit() * random.unit() * strength
        paper = (250 - 18 * age, 248 - 30 * age, 243 - 62 * age)
    }

    /// The other side of the same sheet: same paper, same holes, same pass through the scanner.
    func sharing(sheetOf front: Condition) -> Condition {
        var back = self
        back.paper = front.paper
        back.isCleaned = front.isCleaned
        back.hasHoles = front.hasHoles
        back.hasBlackEdges = front.hasBlackEdges
        return back
    }
}
