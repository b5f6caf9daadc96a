import DossierModel

/// What can go wrong with one page in the scanning room, for measuring quality control.
public enum ScanFault: String, Sendable, CaseIterable, Codable {
    case dark, bright, faded, blurred, streak, border, cutOff, fold, skew, showThrough, lostColour, lowResolution, wrongResolution
    /// The same file once more.
    case duplicate
    /// The same sheet through the scanner once more.
    case rescan

    /// Black-and-white scans have no tones to spoil.
    var needsTones: Bool { [.dark, .bright, .faded, .blurred, .showThrough].contains(self) }
}

/// A fault as it is done to the pixels. Millimetres; nothing by default.
struct ScanDamage {
    struct Fold {
        var isRight: Bool
        var isBottom: Bool
        /// Along the upper or lower edge, and along the side.
        var legs: (x: Double, y: Double)
        /// Brightness of the crease's shadow, share of the paper's.
        var shadow: Double
    }

    struct Streak {
        /// From the left edge, share of the width.
        var place: Double
        /// Pixels.
        var width: Int
        /// Levels taken off.
        var depth: Int
    }

    /// Standard deviation of a blur.
    var blur = 0.0
    var fold: Fold?
    var streak: Streak?
    /// Dark background over the edges: top, right, bottom, left.
    var border: [Double] = [0, 0, 0, 0]
    /// Level after exposure: `level × gain + lift`.
    var gain = 1.0
    var lift = 0.0
}

extension ScanFault {
    /// Draws how badly it is done, and changes the state of the sheet where the fault is one of that.
    func strike(_ condition: inout Condition, _ random: inout SplitMix64) -> ScanDamage {
        var damage = ScanDamage()
        if needsTones, condition.mode == .bitonal { condition.mode = .grey }
        switch self {
        case .dark: damage.gain = random.between(0.28, 0.48)
        case .bright: damage.lift = random.between(140, 185)
        case .faded: condition.fading = random.between(0.66, 0.82)
        case .blurred: damage.blur = random.between(0.2, 0.36)
        case .streak:
            // A threshold swallows what is paler.
            let least = condition.mode == .bitonal ? 130 : 60
            damage.streak = .init(place: random.between(0.04, 0.96), width: random.integer(1...3), depth: random.integer(least...190))
        case .border: damage.border = Self.borders(&random)
        case .cutOff: condition.shift.x = random.between(34, 46) * (random.chance(0.7) ? -1 : 1)
        case .fold:
            let leg = random.between(12, 42)
            damage.fold = .init(
                isRight: random.chance(0.5), isBottom: random.chance(0.5), legs: (leg, leg * random.between(0.6, 1.6)),
                shadow: random.between(0.3, 0.5))
        case .skew: condition.skew = random.between(0.8, 3.2) * (random.chance(0.5) ? -1 : 1)
        case .showThrough: condition.showThrough = random.between(0.32, 0.5)
        // In black and white the threshold takes the red ink away, and nothing is left to see.
        case .lostColour: condition.mode = .grey
        case .lowResolution: condition.dpi = random.pick([100, 150])
        case .wrongResolution, .duplicate, .rescan: break
        }
        return damage
    }

    private static func borders(_ random: inout SplitMix64) -> [Double] {
        var sides = (0..<4).map { _ in random.chance(0.4) ? random.between(8, 18) : 0 }
        if sides.allSatisfy({ $0 == 0 }) { sides[random.integer(0...3)] = random.between(8, 18) }
        return sides
    }
}

extension Plane {
    /// A blur with a bell curve of so many pixels: the 1-2-1 blur has a variance of one half.
    func blurred(deviation: Double) -> Plane {
        var plane = self
        for _ in 0..<Int((2 * deviation * deviation).rounded()) { plane = plane.blurred(weight: 0.25) }
        return plane
    }

    /// Folds a corner over: bed where it was, the blank back of the flap over what is written there, a shadow at the crease.
    mutating func fold(_ fold: ScanDamage.Fold, unit: Double, outside: UInt8) {
        let (a, b) = (fold.legs.x * unit, fold.legs.y * unit)
        let crease = 0.3 * unit
        for row in 0..<min(height, Int(2 * b) + 2) {
            for column in 0..<min(width, Int(2 * a) + 2) {
                // 1 on the crease, 0 at the corner; the flap is the corner's mirror image and stays within 2 at both legs.
                let place = Double(column) / a + Double(row) / b
                let distance = (place - 1) * a * b / (a * a + b * b).squareRoot()
                guard place < 1 || isOnFlap(Double(column), Double(row), a, b) || distance < crease else { continue }
                let level = distance < 0 ? outside : distance < crease ? UInt8(255 * fold.shadow) : 236
                set(column: fold.isRight ? width - 1 - column : column, row: fold.isBottom ? height - 1 - row : row, to: level)
            }
        }
    }

    /// Whether the point, mirrored at the crease, lies within the corner.
    private func isOnFlap(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Bool {
        let excess = (x / a + y / b - 1) / (1 / (a * a) + 1 / (b * b))
        let (mx, my) = (x - 2 * excess / a, y - 2 * excess / b)
        return mx >= 0 && my >= 0 && mx / a + my / b <= 1
    }

    private mutating func set(column: Int, row: Int, to level: UInt8) {
        guard column >= 0, row >= 0, column < width, row < height else { return }
        for channel in 0..<channels { bytes[(row * width + column) * channels + channel] = level }
    }

    /// A line along the feed, as dirt on the glass draws it.
    mutating func draw(_ streak: ScanDamage.Streak) {
        let from = Int(streak.place * Double(width))
        for row in 0..<height {
            for column in from..<min(width, from + streak.width) {
                for channel in 0..<channels {
                    let at = (row * width + column) * channels + channel
                    bytes[at] = UInt8(max(0, Int(bytes[at]) - streak.depth))
                }
            }
        }
    }

    /// Darkness over the edges.
    mutating func cover(_ border: [Double], unit: Double) {
        let depths = border.map { Int($0 * unit) }
        for row in 0..<height {
            for column in 0..<width where row < depths[0] || column >= width - depths[1] || row >= height - depths[2] || column < depths[3] {
                set(column: column, row: row, to: UInt8(20 + (row &* 31 &+ column &* 17) % 12))
            }
        }
    }

    mutating func tone(gain: Double, lift: Double) {
        let table = (0...255).map { UInt8(clamping: Int((Double($0) * gain + lift).rounded())) }
        for at in bytes.indices { bytes[at] = table[Int(bytes[at])] }
    }
}
