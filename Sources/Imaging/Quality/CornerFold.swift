internal import DossierModel

/// A corner of the sheet that lay folded over: the scanner's bed where the corner should be, or the shadow of the crease
/// running from one edge of the image to the next.
struct CornerFold {
    /// Shorter folds hide nothing, longer ones are torn or cut sheets, millimetres.
    private static var legs: ClosedRange<Double> { 6...90 }
    /// One leg is at most so many times the other; a sheet that lies askew leaves a wedge much longer than deep.
    private static var steepest: Double { 3.5 }
    /// How near the ends of a crease are to the edges of the image, millimetres.
    private static var reach: Double { 4 }
    /// Width of a crease's shadow, millimetres.
    private static var creaseWidth: Double { 1.6 }

    private struct Corner: Hashable {
        let isRight: Bool
        let isBottom: Bool
        static let all = [false, true].flatMap { right in [false, true].map { Corner(isRight: right, isBottom: $0) } }
    }

    private let plane: AnalysisPlane
    private let paper: PaperModel
    private let survey: InkSurvey

    init(_ plane: AnalysisPlane, _ paper: PaperModel, _ survey: InkSurvey) {
        (self.plane, self.paper, self.survey) = (plane, paper, survey)
    }

    func place(on page: borrowing Raster) -> PixelRect? {
        // The flap is a shade darker than the page and hangs together with the crease; above that shade the crease is alone.
        let corners = Corner.all.filter { corner in survey.hasLargePiece { isAt(corner, $0) && !isThin($0) } }
        let alone = corners.isEmpty ? [] : survey.strongPieces(plane, paper)
        for corner in Corner.all {
            guard let legs = missing(corner) ?? crease(corner, survey.ink) ?? (corners.contains(corner) ? crease(corner, alone) : nil) else { continue }
            let left = corner.isRight ? plane.width - legs.x : 0, top = corner.isBottom ? plane.height - legs.y : 0
            return plane.source(left: left, top: top, right: left + legs.x, bottom: top + legs.y, on: page)
        }
        return nil
    }

    private func isFold(_ x: Int, _ y: Int) -> Bool {
        let (a, b) = (Double(x) * 25.4 / plane.dpi.x, Double(y) * 25.4 / plane.dpi.y)
        return Self.legs.contains(a) && Self.legs.contains(b) && max(a, b) <= Self.steepest * min(a, b)
    }

    /// Bed at the corner, deeper along both sides than the rim is elsewhere, falling off to nothing.
    private func missing(_ corner: Corner) -> (x: Int, y: Int)? {
        let rims = survey.rim.typical
        let along = corner.isBottom ? survey.rim.bottom : survey.rim.top
        let down = corner.isRight ? survey.rim.right : survey.rim.left
        let (rimY, rimX) = (corner.isBottom ? rims.bottom : rims.top, corner.isRight ? rims.right : rims.left)
        let x = Self.run(corner.isRight ? along.reversed() : along, from: rimX, above: rimY + plane.down(2.5))
        let y = Self.run(corner.isBottom ? down.reversed() : down, from: rimY, above: rimX + plane.across(2.5))
        return isFold(x, y) ? (x, y) : nil
    }

    /// How many places from the corner on are deeper than `depth`; a depth as at the other sides does not count.
    private static func run(_ depths: [Int], from start: Int, above depth: Int) -> Int {
        let tail = depths.dropFirst(start + 2)
        return tail.prefix { $0 > depth }.count
    }

    /// A thin stroke with its ends at both edges beside the corner.
    private func crease(_ corner: Corner, _ pieces: [InkComponent]) -> (x: Int, y: Int)? {
        for piece in pieces where isFold(piece.width, piece.height) {
            guard isAt(corner, piece), isThin(piece), runsAcross(piece, corner) else { continue }
            return (corner.isRight ? plane.width - piece.left : piece.right, corner.isBottom ? plane.height - piece.top : piece.bottom)
        }
        return nil
    }

    /// Its ends come near both edges.
    private func isAt(_ corner: Corner, _ piece: InkComponent) -> Bool {
        let (reachX, reachY) = (plane.across(Self.reach), plane.down(Self.reach))
        let beside = corner.isRight ? plane.width - piece.right <= reachX : piece.left <= reachX
        return beside && (corner.isBottom ? plane.height - piece.bottom <= reachY : piece.top <= reachY)
    }

    private func isThin(_ piece: InkComponent) -> Bool {
        let length = Double(piece.width * piece.width + piece.height * piece.height).squareRoot()
        return Double(piece.area) <= length * Self.creaseWidth / 25.4 * plane.dpi.x
    }

    /// Ink on the diagonal of the piece that cuts the corner off.
    private func runsAcross(_ piece: InkComponent, _ corner: Corner) -> Bool {
        let falls = corner.isRight != corner.isBottom
        let points = 24, tolerance = max(2, plane.across(0.8))
        let hits = (1..<points).count { step in
            let share = Double(step) / Double(points)
            let x = piece.left + Int(Double(piece.width - 1) * share)
            let y = falls ? piece.top + Int(Double(piece.height - 1) * share) : piece.bottom - 1 - Int(Double(piece.height - 1) * share)
            return survey.hasInk(near: x, y, within: tolerance)
        }
        return hits * 10 >= (points - 1) * 8
    }
}
