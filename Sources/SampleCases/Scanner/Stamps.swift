import DossierModel
import Foundation
import Typesetting

/// Draws seals, fingerprints and signatures as they lie over print: a coverage of 0…255 and an ink.
struct Stamp {
    let width: Int
    let height: Int
    var coverage: [UInt8]
    let ink: Ink

    /// Lays the ink over the page: light is multiplied, so print stays visible beneath.
    func press(onto plane: inout Plane, left: Int, top: Int) {
        let shares = plane.channels == 3 ? [ink.red, ink.green, ink.blue] : [ink.red * 0.299 + ink.green * 0.587 + ink.blue * 0.114]
        let losses = shares.map { Int((1 - $0) * 256) }
        for row in max(0, -top)..<max(max(0, -top), min(height, plane.height - top)) {
            for column in max(0, -left)..<max(max(0, -left), min(width, plane.width - left)) {
                let cover = Int(coverage[row * width + column])
                if cover == 0 { continue }
                let at = ((top + row) * plane.width + left + column) * plane.channels
                for channel in 0..<plane.channels {
                    plane.bytes[at + channel] = UInt8(Int(plane.bytes[at + channel]) * (65_280 - losses[channel] * cover) / 65_280)
                }
            }
        }
    }
}

/// The paste that seals are pressed with. Organs use red; banks, hospitals and companies blue, too.
public enum SealInk: String, CaseIterable, Sendable {
    case red, blue

    var ink: Ink {
        switch self {
        case .red: Ink(red: 0.85, green: 0.16, blue: 0.17)
        case .blue: Ink(red: 0.16, green: 0.27, blue: 0.72)
        }
    }
}

extension Mark {
    static let sealDiameter = 42.0

    /// Upper left corner and size on paper, millimetres.
    var frame: (origin: PaperPoint, size: PaperSize) {
        switch self {
        case .seal(_, let centre, _):
            let side = Self.sealDiameter + 2
            return (PaperPoint(centre.x - side / 2, centre.y - side / 2), PaperSize(width: side, height: side))
        case .fingerprint(let centre, _): return (PaperPoint(centre.x - 9, centre.y - 11), PaperSize(width: 18, height: 22))
        case .signature(_, let at, let width): return (at, PaperSize(width: width, height: 10))
        }
    }

    var kind: String {
        switch self {
        case .seal: "seal"
        case .fingerprint: "fingerprint"
        case .signature: "signature"
        }
    }

    var text: String? { if case .seal(let organ, _, _) = self { organ } else { nil } }

    /// - Parameter random: the unevenness of the inking.
    func stamp(dpi: Double, sealInk: SealInk, typesetter: inout Typesetter, random: inout SplitMix64) throws(DossierError) -> Stamp {
        switch self {
        case .seal(let organ, _, let tilt):
            var stamp = try drawn(Self.sealLayout(organ, tilt: tilt), ink: sealInk.ink, dpi: dpi, &typesetter)
            stamp.coverage = Self.unevenInk(stamp, strength: random.between(0.55, 0.9), &random)
            return stamp
        case .fingerprint(_, let tilt): return fingerprint(tilt: tilt, dpi: dpi, &random)
        case .signature(let seed, _, let width):
            return try drawn(Self.signatureLayout(seed: seed, width: width), ink: .blue, dpi: dpi, &typesetter)
        }
    }

    private func drawn(_ layout: PageLayout, ink: Ink, dpi: Double, _ typesetter: inout Typesetter) throws(DossierError) -> Stamp {
        let raster = try typesetter.draw(layout, dpi: dpi, mode: .grey).raster
        return Stamp(width: raster.width, height: raster.height, coverage: raster.bytes.map { 255 - $0 }, ink: ink)
    }

    /// Round, 42 mm, a star in the middle, the organ's name from left to right around it.
    private static func sealLayout(_ organ: String, tilt: Double) -> PageLayout {
        let middle = PaperPoint(22, 22)
        let ink = Ink(red: 0, green: 0, blue: 0)
        let count = Double(organ.count)
        let size = min(15, 150 / count + 3)
        return PageLayout(
            paper: PaperSize(width: 44, height: 44),
            elements: [
                .stroke(Stroke(.circle(middle, 20.4), width: 1.2, ink: ink)), .fill(.polygon(star(middle, radius: 6.6, tilt: tilt)), ink),
                .ringText(RingText(organ, typeface: .boldSong, size: size, ink: ink, centre: middle, radius: 16, middle: tilt, span: min(280, 22 * count))),
            ])
    }

    private static func star(_ centre: PaperPoint, radius: Double, tilt: Double) -> [PaperPoint] {
        (0..<10).map { index in
            let angle = (Double(index) * 36 + tilt) * .pi / 180
            let reach = index % 2 == 0 ? radius : radius * 0.382
            return PaperPoint(centre.x + reach * sin(angle), centre.y - reach * cos(angle))
        }
    }

    /// Two or three characters' worth of hurried strokes.
    private static func signatureLayout(seed: UInt64, width: Double) -> PageLayout {
        var random = SplitMix64(seed: seed)
        let ink = Ink(red: 0, green: 0, blue: 0)
        var elements: [PageLayout.Element] = []
        let characters = random.integer(2...3)
        let step = (width - 2) / Double(characters)
        for character in 0..<characters {
            let left = 1 + Double(character) * step
            for _ in 0..<random.integer(3...5) {
                var point = PaperPoint(left + random.between(0, step * 0.6), random.between(1.5, 6))
                var points = [point]
                for _ in 0..<random.integer(2...4) {
                    point = PaperPoint(
                        min(width - 1, max(1, point.x + random.between(-step * 0.35, step * 0.6))), min(9, max(1, point.y + random.between(-2.2, 3.2))))
                    points.append(point)
                }
                elements.append(.stroke(Stroke(.curve(points), width: random.between(0.28, 0.5), ink: ink)))
            }
        }
        return PageLayout(paper: PaperSize(width: width, height: 10), elements: elements)
    }

    /// Smooth patches of weak ink, and pores.
    private static func unevenInk(_ stamp: Stamp, strength: Double, _ random: inout SplitMix64) -> [UInt8] {
        let patches = (0..<5).map { _ in
            (x: random.between(0, Double(stamp.width)), y: random.between(0, Double(stamp.height)), reach: random.between(0.1, 0.3) * Double(stamp.width), loss: random.between(0.1, 0.55))
        }
        var coverage = stamp.coverage
        for at in coverage.indices where coverage[at] > 0 {
            let (x, y) = (Double(at % stamp.width), Double(at / stamp.width))
            var share = strength
            for patch in patches {
                let distance = ((x - patch.x) * (x - patch.x) + (y - patch.y) * (y - patch.y)) / (patch.reach * patch.reach)
                if distance < 4 { share *= 1 - patch.loss * max(0, 1 - distance / 4) }
            }
            let grain = Double(random.next() & 255) / 255
            share *= grain < 0.08 ? 0.35 : 0.85 + 0.15 * grain
            coverage[at] = UInt8(Double(coverage[at]) * share)
        }
        return coverage
    }

    /// Ridges run around a core below the middle, bent by slow waves; 0.5 mm apart as on a finger.
    private func fingerprint(tilt: Double, dpi: Double, _ random: inout SplitMix64) -> Stamp {
        let size = frame.size.pixels(dpi: dpi)
        let scale = 25.4 / dpi
        let (waveA, waveB, core) = (random.between(0, 6), random.between(0, 6), random.between(0.5, 2.5))
        let (sine, cosine) = (sin(tilt * .pi / 180), cos(tilt * .pi / 180))
        var coverage = [UInt8](repeating: 0, count: size.width * size.height)
        for row in 0..<size.height {
            for column in 0..<size.width {
                let (dx, dy) = (Double(column) * scale - frame.size.width / 2, Double(row) * scale - frame.size.height / 2)
                let (x, y) = (dx * cosine + dy * sine, dy * cosine - dx * sine)
                let inside = 1 - (x * x / 52 + y * y / 88)
                guard inside > 0 else { continue }
                let bend = 0.5 * sin(x * 0.55 + waveA) + 0.4 * sin(y * 0.7 + waveB)
                let ridge = 0.5 + 0.5 * sin(((x * x * 1.5 + (y - core) * (y - core)).squareRoot() + bend) * 2 * .pi / 0.55)
                let grain = 0.65 + 0.35 * Double(random.next() & 255) / 255
                let ink = max(0, min(1, ridge * 2.2 - 0.7)) * min(1, inside * 3) * grain
                coverage[row * size.width + column] = UInt8(ink * 215)
            }
        }
        return Stamp(width: size.width, height: size.height, coverage: coverage, ink: Ink(red: 0.88, green: 0.2, blue: 0.2))
    }
}
