import DossierModel
import Foundation
import Imaging

/// How far the lines that were read lean, as the engine framed them: a witness for the tilt of pages with too few lines to
/// measure it by the edges of their strokes alone.
struct LineLean {
    /// Clockwise; pixels of the page that was read.
    let degrees: Double

    /// Frames of a few characters lean anyhow; a line this many times as long as it is high does not.
    private static let leastElongation = 4.0
    private static let fewestLines = 2

    /// nil where too few lines are long enough, and where the engine frames lines without regard to their lean.
    init?(_ lines: [RecognisedLine]) {
        let long = lines.map(Self.vector).filter { $0.length >= Self.leastElongation * $0.height }
        guard long.count >= Self.fewestLines, long.contains(where: { $0.degrees != 0 }) else { return nil }
        let sorted = long.sorted { $0.degrees < $1.degrees }
        var left = sorted.reduce(0) { $0 + $1.length } / 2
        degrees = sorted.first { left -= $0.length; return left <= 0 }!.degrees
    }

    /// Along the middle of a line.
    private static func vector(_ line: RecognisedLine) -> (length: Double, height: Double, degrees: Double) {
        let quad = line.quad
        let (x, y) = ((quad.topRight.x + quad.bottomRight.x - quad.topLeft.x - quad.bottomLeft.x) / 2, (quad.topRight.y + quad.bottomRight.y - quad.topLeft.y - quad.bottomLeft.y) / 2)
        return (hypot(x, y), hypot(quad.bottomLeft.x - quad.topLeft.x, quad.bottomLeft.y - quad.topLeft.y), atan2(y, x) * 180 / .pi)
    }

    /// Frames follow their lines as closely as this, degrees.
    private static let tolerance = 0.35

    /// Level lines bear out no tilt, however small.
    func agrees(with tilt: Double) -> Bool { abs(degrees - tilt) <= Self.tolerance && abs(degrees - tilt) < abs(degrees) }
}

extension PageStages {
    /// Straightens a page whose own edges only gave a hint of its tilt, where the lines that were read lean the same way, and
    /// reads it again. What reads worse then stays as it was.
    func straightenAsRead(_ clean: inout CleanPage, _ page: inout ReadablePage?, _ reading: inout RecognisedPage?) {
        guard settings.clean.straighten, clean.disposition == .page, let hint = clean.measures?.tilt, clean.measures?.tiltVerdict == .ask,
            abs(hint) >= settings.clean.minimumSkew, abs(hint) <= settings.clean.maximumSkew, let tilted = page, tilted.scaleX == tilted.scaleY,
            let lean = LineLean(reading?.lines ?? []), lean.agrees(with: hint), let first = reading
        else { return }
        var straight = tilted
        straight.raster = tilted.raster.straightened(skew: hint)
        let again = recognised(straight)
        guard !again.hasFailed, sureGlyphs(again) >= sureGlyphs(first) else { return }
        (page, reading) = (straight, again)
        clean.geometry = PageGeometry(source: clean.geometry.source, rotation: clean.geometry.rotation, skew: hint)
        clean.measures?.tilt = 0
        clean.measures?.look = PageLook.bits(of: straight.raster)
    }
}
