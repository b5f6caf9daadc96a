import DossierModel
import Foundation
import Typesetting

/// One side of paper as it lies on the glass, and what is on its other side.
struct Side {
    var page: DraftPage?
    /// Shines through when the condition says so.
    var back: DraftPage?
    var folio: Int?
    var isBack = false
}

/// What the scanner delivers for one side, with the truth about it in pixels of the image.
struct Scan {
    var raster: Raster
    var dpi: Resolution
    var lines: [CaseTruth.Line]
    var marks: [CaseTruth.MarkTruth]
}

/// Turns a drawn side into what a worn high-speed scanner makes of it. The pixel work is exact and seeded, because
/// this is the instrument everything else is measured with.
struct Scanner: ~Copyable {
    private var typesetter: Typesetter
    private let sealInk: SealInk

    init(sealInk: SealInk = .red) throws(DossierError) {
        typesetter = try Typesetter()
        self.sealInk = sealInk
    }

    /// - Parameter damage: a fault of the scanning room; it takes no chances of its own, so that seeds keep their pages.
    mutating func scan(
        _ side: Side, _ condition: Condition, damage: ScanDamage = ScanDamage(), random: inout SplitMix64
    ) throws(DossierError) -> Scan {
        let layout = stampedLayout(side, random: &random)
        let drawn = try typesetter.draw(layout, dpi: condition.dpi, mode: condition.mode == .colour ? .colour : .grey)
        var plane = Plane(drawn.raster)
        let marks = side.page?.marks ?? []
        for mark in marks { try press(mark, onto: &plane, dpi: condition.dpi, &random) }
        if condition.fading > 0 { fade(&plane, by: condition.fading) }
        if condition.showThrough > 0, let back = side.back { try shineThrough(back, onto: &plane, condition) }
        if condition.blur > 0 { plane = plane.blurred(weight: condition.blur) }
        let unit = condition.dpi / 25.4
        if damage.blur > 0 { plane = plane.blurred(deviation: damage.blur * unit) }
        if condition.hasHoles { punch(&plane, condition) }
        speckle(&plane, condition, &random)
        if let fold = damage.fold { plane.fold(fold, unit: unit, outside: condition.hasBlackEdges ? 12 : 255) }
        var exposure = Exposure(plane: plane, condition: condition, seed: random.next())
        let exposed = damaged(exposure.exposed(), damage, unit: unit).turned(condition.rotation.inverse)
        return Scan(
            raster: exposed.raster(mode: condition.mode, threshold: condition.threshold), dpi: Resolution(x: condition.dpi, y: condition.dpi),
            lines: lines(drawn.lines, plane, condition), marks: markTruth(marks, plane, condition))
    }

    /// What the scanner itself spoils.
    private func damaged(_ exposed: Plane, _ damage: ScanDamage, unit: Double) -> Plane {
        var plane = exposed
        if damage.gain != 1 || damage.lift != 0 { plane.tone(gain: damage.gain, lift: damage.lift) }
        if let streak = damage.streak { plane.draw(streak) }
        if damage.border.contains(where: { $0 > 0 }) { plane.cover(damage.border, unit: unit) }
        return plane
    }

    // MARK: Ink

    /// Fronts are numbered at the upper right, backs at the upper left.
    private func stampedLayout(_ side: Side, random: inout SplitMix64) -> PageLayout {
        guard let page = side.page else { return PageLayout() }
        guard let folio = side.folio else { return page.layout }
        let x = side.isBack ? random.between(14, 19) : random.between(188, 193)
        let line = TextLine(
            "\(folio)", typeface: .hei, size: 15, ink: Ink(red: 0.12, green: 0.13, blue: 0.3), left: x, top: random.between(9, 13))
        return PageLayout(paper: page.layout.paper, elements: [.text(line)] + page.layout.elements)
    }

    private mutating func press(_ mark: Mark, onto plane: inout Plane, dpi: Double, _ random: inout SplitMix64) throws(DossierError) {
        let stamp = try mark.stamp(dpi: dpi, sealInk: sealInk, typesetter: &typesetter, random: &random)
        let origin = mark.frame.origin
        stamp.press(onto: &plane, left: Int((origin.x / 25.4 * dpi).rounded()), top: Int((origin.y / 25.4 * dpi).rounded()))
    }

    private func fade(_ plane: inout Plane, by share: Double) {
        let table = (0...255).map { UInt8(255 - Double(255 - $0) * (1 - share)) }
        for at in plane.bytes.indices { plane.bytes[at] = table[Int(plane.bytes[at])] }
    }

    private mutating func shineThrough(_ back: DraftPage, onto plane: inout Plane, _ condition: Condition) throws(DossierError) {
        var other = Plane(try typesetter.draw(back.layout, dpi: condition.dpi, mode: .grey).raster)
        for _ in 0..<3 { other = other.blurred(weight: 0.25) }
        let loss = (0...255).map { Int(Double(255 - $0) * condition.showThrough) }
        for row in 0..<plane.height {
            for column in 0..<plane.width {
                let lost = loss[Int(other.bytes[row * plane.width + plane.width - 1 - column])]
                if lost == 0 { continue }
                let at = (row * plane.width + column) * plane.channels
                for channel in 0..<plane.channels { plane.bytes[at + channel] = UInt8(max(0, Int(plane.bytes[at + channel]) - lost)) }
            }
        }
    }

    /// Three holes 10 cm apart, 1.5 cm from the binding edge (the binding rule for police dossiers).
    private func punch(_ plane: inout Plane, _ condition: Condition) {
        let unit = condition.dpi / 25.4
        let x = condition.isBack ? Double(plane.width) - 15 * unit : 15 * unit
        for step in -1...1 {
            let y = Double(plane.height) / 2 + Double(step) * 100 * unit
            plane.fillDisc(x: x, y: y, radius: 2.6 * unit, level: condition.hasBlackEdges ? 30 : 205)
        }
    }

    private func speckle(_ plane: inout Plane, _ condition: Condition, _ random: inout SplitMix64) {
        for _ in 0..<condition.specks {
            let (x, y) = (random.between(2, Double(plane.width - 3)), random.between(2, Double(plane.height - 3)))
            plane.fillDisc(x: x, y: y, radius: random.between(0.6, 2.2) * condition.dpi / 300, level: UInt8(random.integer(40...150)))
        }
    }

    // MARK: Truth

    private func toScan(_ quad: Quad, _ plane: Plane, _ condition: Condition) -> PixelRect {
        let upright = PixelSize(width: plane.width, height: plane.height)
        let source = condition.rotation.swapsSides ? PixelSize(width: upright.height, height: upright.width) : upright
        let geometry = PageGeometry(source: source, rotation: condition.rotation, skew: condition.skew)
        let unit = condition.dpi / 25.4
        return quad.map { point in
            geometry.sourcePoint(ofUpright: PixelPoint(x: point.x + condition.shift.x * unit, y: point.y + condition.shift.y * unit))
        }.boundingBox(within: source)
    }

    private func lines(_ drawn: [DrawnLine], _ plane: Plane, _ condition: Condition) -> [CaseTruth.Line] {
        drawn.map { CaseTruth.Line(text: $0.text, box: toScan($0.quad, plane, condition)) }
    }

    private func markTruth(_ marks: [Mark], _ plane: Plane, _ condition: Condition) -> [CaseTruth.MarkTruth] {
        marks.map { mark in
            let (origin, size) = mark.frame
            let unit = condition.dpi / 25.4
            let rect = PixelRect(
                x: Int(origin.x * unit), y: Int(origin.y * unit), width: Int(size.width * unit), height: Int(size.height * unit))
            return CaseTruth.MarkTruth(kind: mark.kind, text: mark.text, box: toScan(Quad(rect), plane, condition))
        }
    }
}
