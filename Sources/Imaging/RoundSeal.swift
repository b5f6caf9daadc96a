internal import DossierModel
internal import Foundation

/// Finds round official seals among the pieces in one colour of a page: 42 mm for townships, 45 mm for counties and departments, 50 mm for
/// organs of a province (国发〔1999〕25号); companies have smaller ones. What makes one is ink nearly all the way round a circle that fills its box, little outside of
/// it and paper inside; a fingerprint is smaller, a red photograph has no empty corners, a frame no round.
enum RoundSeal {
    /// Outer diameter, millimetres, with what a worn or smeared rim takes and adds.
    private static let diameters = 32.0...56.0
    /// Longer side of a box over the shorter.
    private static let greatestRatio = 1.25
    /// Pieces of a worn ring are at least this long, millimetres.
    private static let shortestArc = 6.0
    /// What lies so far apart is one arc, millimetres: the ring as pressed, and one that a line of print covers on both sides.
    private static let breaks = [1.0, 5.0]
    /// The rim lies between these shares of the radius.
    private static let rim = 0.84...1.08
    private static let sectors = 36
    /// Share of the sectors in which the rim has ink; black print over it and a pale side take the others.
    private static let leastRound = 0.6
    /// Share of the ink beyond the rim.
    private static let mostOutside = 0.06
    /// The legend lies between these shares of the radius, and in this share of the sectors at least.
    private static let band = 0.54...0.82
    private static let leastLegend = 0.25
    /// Share of the circle that star, legend and rim may fill, smeared.
    private static let mostFilled = 0.65

    /// From the top.
    static func found(among pieces: [InkComponent], in mask: borrowing InkMask, _ plane: borrowing AnalysisPlane) -> [InkComponent] {
        let (across, down) = (plane.across(shortestArc), plane.down(shortestArc))
        let (widest, highest) = (plane.across(diameters.upperBound), plane.down(diameters.upperBound))
        let arcs = pieces.filter { ($0.width >= across || $0.height >= down) && $0.width <= widest && $0.height <= highest }
        var seals: [InkComponent] = []
        for margin in breaks {
            // Of a seal that was found nothing is joined to its neighbour.
            var rings = arcs.filter { arc in !seals.contains(where: arc.overlaps) }
            join(&rings, margin: plane.down(margin))
            for ring in rings where hasSize(ring, plane) && isRound(ring, in: mask) { seals.append(ring) }
        }
        return seals.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
    }

    private static func join(_ arcs: inout [InkComponent], margin: Int) {
        // What has grown may reach those already passed: once more, until nothing joins.
        var before = Int.max
        while arcs.count < before {
            before = arcs.count
            var at = 0
            while at < arcs.count {
                if let other = arcs.indices.first(where: { $0 > at && arcs[at].overlaps(arcs[$0], margin: margin) }) {
                    arcs[at].join(arcs.remove(at: other))
                } else {
                    at += 1
                }
            }
        }
    }

    private static func hasSize(_ box: InkComponent, _ plane: borrowing AnalysisPlane) -> Bool {
        let (width, height) = (Double(box.width) * 25.4 / plane.dpi.x, Double(box.height) * 25.4 / plane.dpi.y)
        return diameters.contains(width) && diameters.contains(height) && max(width, height) <= greatestRatio * min(width, height)
    }

    private static func isRound(_ box: InkComponent, in mask: borrowing InkMask) -> Bool {
        let (radiusX, radiusY) = (Double(box.width) / 2, Double(box.height) / 2)
        let (centreX, centreY) = (Double(box.left) + radiusX, Double(box.top) + radiusY)
        var (hit, legend, inked, outside) = ([Bool](repeating: false, count: sectors), [Bool](repeating: false, count: sectors), 0, 0)
        for y in max(0, box.top)..<min(mask.height, box.bottom) {
            for x in max(0, box.left)..<min(mask.width, box.right) where mask[x, y] {
                let (dx, dy) = ((Double(x) + 0.5 - centreX) / radiusX, (Double(y) + 0.5 - centreY) / radiusY)
                let distance = (dx * dx + dy * dy).squareRoot()
                inked += 1
                if distance > rim.upperBound { outside += 1 }
                if rim.contains(distance) { hit[sector(dx, dy)] = true }
                if band.contains(distance) { legend[sector(dx, dy)] = true }
            }
        }
        let round = Double(hit.count(where: \.self)) / Double(sectors), written = Double(legend.count(where: \.self)) / Double(sectors)
        let filled = Double(inked) / (.pi * radiusX * radiusY)
        guard round >= leastRound, written >= leastLegend, filled <= mostFilled else { return false }
        return Double(outside) <= mostOutside * Double(inked)
    }

    private static func sector(_ dx: Double, _ dy: Double) -> Int { min(sectors - 1, Int((atan2(dy, dx) / (2 * .pi) + 0.5) * Double(sectors))) }
}
