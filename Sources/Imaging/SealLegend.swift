public import DossierModel
internal import Foundation

extension Raster {
    /// The legend of a round seal, unrolled into a level line as the engine reads lines: grey, the seal's ink dark on white, first
    /// character left. nil on a page without colour and where there is nothing along the rim.
    ///
    /// Legends of official seals run along the rim from left to right, the heads of the characters outwards
    /// (国发〔1999〕25号); how far the seal is turned is told by the gap that closes the ring, which is where the line begins.
    ///
    /// - Parameter box: of the seal, pixels.
    public func sealLegend(in box: PixelRect, colour: SealColour = .red) -> Raster? {
        guard mode == .colour, let ring = SealRing(self, box: box, colour) else { return nil }
        return ring.unrolled()
    }
}

/// The part of a seal in which the legend stands, by angle and radius.
private struct SealRing {
    /// Shares of the seal's radius between star and rim.
    private static let band = 0.54...0.925
    /// The circle whose length the line has.
    private static let middle = 0.75
    private static let directions = 360
    /// Of the inkiest direction; less is a speck.
    private static let leastInk = 0.06
    /// A full ring has no beginning that could be told.
    private static let leastGap = 12

    private let ink: Raster
    private let (centreX, centreY): (Double, Double)
    private let (radiusX, radiusY): (Double, Double)

    /// nil for a box that leaves the page or is too small to read.
    init?(_ page: borrowing Raster, box: PixelRect, _ colour: SealColour) {
        guard box.x >= 0, box.y >= 0, box.x + box.width <= page.width, box.y + box.height <= page.height, min(box.width, box.height) >= 100 else { return nil }
        let seal = page.cropped(to: box)
        ink = colour == .red ? seal.redInk() : seal.blueInk()
        (radiusX, radiusY) = (Double(box.width) / 2, Double(box.height) / 2)
        (centreX, centreY) = (radiusX, radiusY)
    }

    /// Ink, 0…255, at an angle clockwise from the top, degrees, and a share of the radius.
    private func density(_ degrees: Double, _ share: Double) -> Double {
        let angle = degrees * .pi / 180
        let (x, y) = (centreX + share * radiusX * sin(angle) - 0.5, centreY - share * radiusY * cos(angle) - 0.5)
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        guard left >= 0, top >= 0, left + 1 < ink.width, top + 1 < ink.height else { return 0 }
        let (fx, fy, at) = (x - Double(left), y - Double(top), top * ink.width + left)
        let upper = Double(ink.bytes[at]) * (1 - fx) + Double(ink.bytes[at + 1]) * fx
        let lower = Double(ink.bytes[at + ink.width]) * (1 - fx) + Double(ink.bytes[at + ink.width + 1]) * fx
        return 255 - (upper * (1 - fy) + lower * fy)
    }

    func unrolled() -> Raster? {
        guard let beginning else { return nil }
        let radius = (radiusX + radiusY) / 2
        let (length, height) = (Int(2 * .pi * Self.middle * radius), Int((Self.band.upperBound - Self.band.lowerBound) * radius))
        let margin = height / 3
        var line = Raster(whiteWidth: length + 2 * margin, height: height + 2 * margin, mode: .grey)
        var darkest = 0.0
        var values = [Double](repeating: 0, count: length * height)
        for y in 0..<height {
            let share = Self.band.upperBound - (Double(y) + 0.5) / radius
            for x in 0..<length {
                let value = density(beginning + (Double(x) + 0.5) * 360 / Double(length), share)
                values[y * length + x] = value
                darkest = max(darkest, value)
            }
        }
        // A pale imprint is as readable as a strong one.
        for y in 0..<height {
            for x in 0..<length { line.bytes[(y + margin) * line.width + x + margin] = UInt8(255 - values[y * length + x] * 235 / max(1, darkest)) }
        }
        return line
    }

    /// The middle of the widest gap, degrees clockwise from the top; the bottom of a ring without one. nil for an empty ring.
    private var beginning: Double? {
        let shares = stride(from: Self.band.lowerBound, through: Self.band.upperBound, by: 0.02)
        let inks = (0..<Self.directions).map { direction in shares.reduce(0) { $0 + density(Double(direction), $1) } }
        guard let most = inks.max(), most > 0 else { return nil }
        let isEmpty = inks.map { $0 < most * Self.leastInk }
        guard isEmpty.contains(true), let inked = isEmpty.firstIndex(of: false) else { return isEmpty.contains(false) ? 180 : nil }
        var (best, run) = ((start: 0, count: 0), (start: 0, count: 0))
        for step in 0...Self.directions {
            let direction = inked + step
            if isEmpty[direction % Self.directions] {
                if run.count == 0 { run.start = direction }
                run.count += 1
                if run.count > best.count { best = run }
            } else {
                run.count = 0
            }
        }
        return best.count < Self.leastGap ? 180 : Double(best.start) + Double(best.count) / 2
    }
}
