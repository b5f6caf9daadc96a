import DossierModel
import Foundation

/// An ink: what it leaves of the light, R G B, 0…1.
struct Ink {
    var r, g, b: Double
    static let black = Ink(r: 0.12, g: 0.12, b: 0.13)
    static let blue = Ink(r: 0.2, g: 0.25, b: 0.6)
    static let red = Ink(r: 0.8, g: 0.17, b: 0.18)

    /// Something in between this ink and nothing.
    func faded(_ strength: Double) -> Ink {
        Ink(r: 1 - (1 - r) * strength, g: 1 - (1 - g) * strength, b: 1 - (1 - b) * strength)
    }
}

/// A sheet of paper under a scanner: drawn on in millimetres, tilted as a whole, then read as a raster.
///
/// Strokes are drawn analytically after tilting, so the truth does not depend on the room's own resampling.
struct Sheet {
    let width: Int
    let height: Int
    let dpi: Resolution
    /// Transmitted light, three channels one after another per pixel.
    var light: [Float]
    /// Tilt of everything drawn from now on, degrees, clockwise positive, about the centre, in pixels of the raster.
    var tilt = 0.0
    var random: SplitMix64

    init(millimetresWide: Double = 210, high: Double = 297, dpi: Resolution, seed: UInt64) {
        width = Int(millimetresWide / 25.4 * dpi.x)
        height = Int(high / 25.4 * dpi.y)
        self.dpi = dpi
        light = [Float](repeating: 1, count: width * height * 3)
        random = SplitMix64(seed: seed)
    }

    private var perX: Double { dpi.x / 25.4 }
    private var perY: Double { dpi.y / 25.4 }

    /// A point in pixels, tilted.
    private func place(_ x: Double, _ y: Double) -> (Double, Double) {
        let (cx, cy) = (Double(width) / 2, Double(height) / 2)
        let (dx, dy) = (x * perX - cx, y * perY - cy)
        let (s, c) = (sin(tilt * .pi / 180), cos(tilt * .pi / 180))
        return (cx + dx * c - dy * s, cy + dx * s + dy * c)
    }

    /// A straight stroke with round ends. `soft` widens its edge, in millimetres.
    mutating func stroke(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, thickness: Double, ink: Ink, soft: Double = 0) {
        let (ax, ay) = place(x0, y0), (bx, by) = place(x1, y1)
        let radius = thickness / 2 * perX, edge = max(1.2, soft * perX)
        let reach = radius + edge
        let (dx, dy) = (bx - ax, by - ay)
        let length = max(dx * dx + dy * dy, 1e-9)
        let left = max(0, Int(min(ax, bx) - reach)), right = min(width - 1, Int(max(ax, bx) + reach))
        let top = max(0, Int(min(ay, by) - reach)), bottom = min(height - 1, Int(max(ay, by) + reach))
        guard left <= right, top <= bottom else { return }
        for y in top...bottom {
            for x in left...right {
                let (px, py) = (Double(x) + 0.5 - ax, Double(y) + 0.5 - ay)
                let t = min(max((px * dx + py * dy) / length, 0), 1)
                let distance = ((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy)).squareRoot()
                let cover = min(max((radius - distance) / edge + 0.5, 0), 1)
                if cover > 0 { mix(x, y, cover, ink) }
            }
        }
    }

    private mutating func mix(_ x: Int, _ y: Int, _ cover: Double, _ ink: Ink) {
        let at = (y * width + x) * 3
        light[at] = min(light[at], Float(1 - cover * (1 - ink.r)))
        light[at + 1] = min(light[at + 1], Float(1 - cover * (1 - ink.g)))
        light[at + 2] = min(light[at + 2], Float(1 - cover * (1 - ink.b)))
    }

    /// A made-up square character of horizontal, vertical and slanted strokes.
    mutating func character(_ x: Double, _ y: Double, size: Double, ink: Ink, soft: Double = 0) {
        let thick = size * 0.07
        func at(_ share: Double) -> Double { share * size * 0.9 + size * 0.05 }
        for _ in 0..<random.whole(2...4) {
            let row = at(random.real(0...1)), from = at(random.real(0...0.3)), to = at(random.real(0.7...1))
            stroke(x + from, y + row, x + to, y + row, thickness: thick * 0.8, ink: ink, soft: soft)
        }
        for _ in 0..<random.whole(1...3) {
            let column = at(random.real(0...1)), from = at(random.real(0...0.4)), to = at(random.real(0.6...1))
            stroke(x + column, y + from, x + column, y + to, thickness: thick, ink: ink, soft: soft)
        }
        for _ in 0..<random.whole(0...2) {
            stroke(
                x + at(random.real(0...1)), y + at(random.real(0...1)), x + at(random.real(0...1)), y + at(random.real(0...1)),
                thickness: thick, ink: ink, soft: soft)
        }
    }

    mutating func line(_ x: Double, _ y: Double, characters: Int, size: Double = 5.5, ink: Ink = .black, soft: Double = 0) {
        for i in 0..<characters {
            character(x + Double(i) * size * 1.02, y, size: size, ink: ink, soft: soft)
        }
    }

    /// A page of text as GB/T 9704 lays it out: 22 lines of up to 28 characters.
    mutating func text(lines: Int = 22, from top: Double = 37, ink: Ink = .black, soft: Double = 0) {
        for row in 0..<lines {
            let count = random.chance(0.25) ? random.whole(4...27) : 28
            line(28, top + Double(row) * 10.2, characters: count, ink: ink, soft: soft)
        }
    }

    /// A form: frame, rules, cells with short entries.
    mutating func form(rows: Int = 16) {
        for row in 0...rows {
            let y = 40 + Double(row) * 13
            stroke(25, y, 185, y, thickness: 0.3, ink: .black)
            if row < rows {
                line(28, y + 4, characters: random.whole(2...4), size: 4.2)
                line(68, y + 4, characters: random.whole(1...18), size: 4.2)
            }
        }
        for x in [25.0, 62, 185] { stroke(x, 40, x, 40 + Double(rows) * 13, thickness: 0.3, ink: .black) }
    }

    /// A wavering handwritten line.
    mutating func handwriting(_ x: Double, _ y: Double, length: Double, ink: Ink, thickness: Double = 0.5) {
        var (px, py) = (x, y)
        while px < x + length {
            let nx = px + random.real(0.4...1.6), ny = y + random.real(-2.2...2.2)
            stroke(px, py, nx, ny, thickness: thickness, ink: ink)
            (px, py) = random.chance(0.15) ? (nx + 1.5, y) : (nx, ny)
        }
    }

    mutating func ring(_ x: Double, _ y: Double, radius: Double, thickness: Double, ink: Ink, soft: Double = 0) {
        let steps = max(24, Int(radius * 8))
        for i in 0..<steps {
            let a = Double(i) / Double(steps) * 2 * .pi, b = Double(i + 1) / Double(steps) * 2 * .pi
            stroke(x + radius * cos(a), y + radius * sin(a), x + radius * cos(b), y + radius * sin(b), thickness: thickness, ink: ink, soft: soft)
        }
    }

    /// A round seal: ring, star, characters along the ring.
    mutating func seal(_ x: Double, _ y: Double, radius: Double = 20, ink: Ink = .red, soft: Double = 0) {
        ring(x, y, radius: radius, thickness: radius * 0.06, ink: ink, soft: soft)
        for i in 0..<5 {
            let a = Double(i) * 0.8 * .pi, b = Double(i + 1) * 0.8 * .pi, r = radius * 0.3
            stroke(x + r * sin(a), y - r * cos(a), x + r * sin(b), y - r * cos(b), thickness: radius * 0.08, ink: ink, soft: soft)
        }
        for i in 0..<8 {
            let a = (Double(i) - 3.5) * 0.5, size = radius * 0.22
            character(x + radius * 0.78 * sin(a) - size / 2, y - radius * 0.78 * cos(a) - size / 2, size: size, ink: ink, soft: soft)
        }
    }

    /// Ridges of a finger, red.
    mutating func fingerprint(_ x: Double, _ y: Double, ink: Ink = .red) {
        var r = 0.6
        while r < 8 {
            for i in 0..<40 where !random.chance(0.12) {
                let a = Double(i) / 40 * 2 * .pi, b = Double(i + 1) / 40 * 2 * .pi
                stroke(x + r * cos(a), y + 1.25 * r * sin(a), x + r * cos(b), y + 1.25 * r * sin(b), thickness: 0.35, ink: ink.faded(random.real(0.5...1)))
            }
            r += 0.65
        }
    }

    /// Two binder's holes through which the black scanner bed shows.
    mutating func punchHoles(x: Double = 12, diameter: Double = 5.5) {
        for y in [108.5, 188.5] { stroke(x, y, x, y, thickness: diameter, ink: .black) }
    }

    /// The scanner bed beyond the paper: a black wedge along the right side and one at the foot. Not tilted with the text.
    mutating func blackEdges(_ depth: Double, slant: Double = 0) {
        let kept = tilt
        tilt = 0
        let (w, h) = (Double(width) / perX, Double(height) / perY)
        stroke(w + 10, -5, w + 10 + slant, h + 5, thickness: 20 + 2 * depth, ink: .black)
        if slant != 0 { stroke(-5, h + 10, w + 5, h + 10 + slant, thickness: 20 + depth, ink: .black) }
        tilt = kept
    }

    mutating func dust(_ specks: Int) {
        for _ in 0..<specks {
            let x = random.real(5...200), y = random.real(5...290), size = random.real(0.08...0.4)
            stroke(x, y, x + random.real(-0.15...0.15), y + random.real(-0.15...0.15), thickness: size, ink: Ink.black.faded(random.real(0.2...1)))
        }
    }
}

/// From light to pixels.
extension Sheet {
    /// What paper and lamp make of the light.
    struct Look {
        var paper = (r: 246.0, g: 244.0, b: 240.0)
        /// Brightness lost from one side to the other, share.
        var falloff = 0.0
        /// Standard deviation, grey levels.
        var noise = 2.0
    }

    mutating func scanned(_ mode: ColourMode, look: Look = Look()) -> Raster {
        switch mode {
        case .colour: return colour(look)
        case .grey: return grey(look)
        case .bitonal: return bitonal(look)
        }
    }

    /// Sum of four uniform numbers: near enough to normal noise.
    private mutating func noise(_ sigma: Double) -> Double {
        let bits = random.next()
        let sum = Double(bits & 0xFFFF) + Double(bits >> 16 & 0xFFFF) + Double(bits >> 32 & 0xFFFF) + Double(bits >> 48)
        return (sum / 65536 - 2) * 1.732 * sigma
    }

    private func lamp(_ x: Int, _ y: Int, _ look: Look) -> Double {
        1 - look.falloff * (0.7 * Double(x) / Double(width) + 0.3 * Double(y) / Double(height))
    }

    private mutating func colour(_ look: Look) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .colour)
        for y in 0..<height {
            for x in 0..<width {
                let lamp = lamp(x, y, look), at = (y * width + x) * 3, grain = noise(look.noise)
                for (c, paper) in [look.paper.r, look.paper.g, look.paper.b].enumerated() {
                    raster.bytes[at + c] = UInt8(min(max(Double(light[at + c]) * paper * lamp + grain, 0), 255))
                }
            }
        }
        return raster
    }

    private mutating func value(_ x: Int, _ y: Int, _ look: Look) -> Double {
        let at = (y * width + x) * 3
        let mixed = 0.299 * Double(light[at]) + 0.587 * Double(light[at + 1]) + 0.114 * Double(light[at + 2])
        return mixed * look.paper.g * lamp(x, y, look) + noise(look.noise)
    }

    private mutating func grey(_ look: Look) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .grey)
        for y in 0..<height {
            for x in 0..<width { raster.bytes[y * width + x] = UInt8(min(max(value(x, y, look), 0), 255)) }
        }
        return raster
    }

    /// The scanner's own threshold: 60 % of the paper.
    private mutating func bitonal(_ look: Look) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .bitonal)
        let row = raster.bytesPerRow
        for y in 0..<height {
            for x in 0..<width where value(x, y, look) < 0.6 * look.paper.g {
                raster.bytes[y * row + x >> 3] |= 0x80 >> UInt8(x & 7)
            }
        }
        return raster
    }
}
