public import DossierModel

extension Raster {
    /// As `forRecognition()`, but lines of text that are themselves printed in red (a letterhead, 红头) stay, and round seals in
    /// blue drop out with those in red.
    ///
    /// - Parameter dpi: tells a seal from a line of text by its size on paper.
    public func forRecognition(dpi: Resolution) -> Raster { withoutSeals(dpi: dpi).page }

    /// `forRecognition(dpi:)`, and the round official seals that it dropped, not read, pixels of this raster, those in red first
    /// and each colour from the top; none on a page without colour.
    ///
    /// Blue is the colour of pens, too: of blue ink only what lies within a round seal is dropped, and with it the strokes of a
    /// blue pen there, which nothing tells from the seal's own.
    public func withoutSeals(dpi: Resolution) -> (page: Raster, seals: [SealReading]) {
        guard mode == .colour else { return (forRecognition(), []) }
        let red = redInk()
        let print = StampedInk(in: red, dpi: dpi)
        let (lines, redSeals) = (print.lines, print.seals)
        let blueSeals = blueSeals(dpi: dpi).filter { blue in !redSeals.contains(where: blue.overlaps) }
        var page = forRecognition()
        if !lines.isEmpty { page = page.darkened(by: red, within: lines) }
        for seal in blueSeals { page.lighten(by: self, withinCircleOf: seal) }
        return (page, redSeals.map { SealReading(box: $0) } + blueSeals.map { SealReading(box: $0, colour: .blue) })
    }

    private func blueSeals(dpi: Resolution) -> [PixelRect] {
        hasBlue(ofAtLeast: StampedInk.leastOfASeal, dpi: dpi) ? StampedInk(in: blueInk(), dpi: dpi).seals : []
    }

    /// Whether so much of the page is in blue ink, square millimetres; one pixel in 64 is looked at.
    private func hasBlue(ofAtLeast area: Double, dpi: Resolution) -> Bool {
        var count = 0
        let paper = blueTint
        forEachSample { if Self.blueness($0, $1, $2) > paper + 24 { count += 1 } }
        return Double(64 * count) >= area * dpi.x * dpi.y / (25.4 * 25.4)
    }

    /// Grey: what `coloured` shows without its blue ink, where that is lighter, in the circle that fills a box.
    private mutating func lighten(by coloured: borrowing Raster, withinCircleOf box: PixelRect) {
        // Ink that was smeared past the rim.
        let (radiusX, radiusY) = (Double(box.width) / 2 * 1.04, Double(box.height) / 2 * 1.04)
        let paper = coloured.blueTint
        let (centreX, centreY) = (Double(box.x) + Double(box.width) / 2, Double(box.y) + Double(box.height) / 2)
        for y in max(0, Int(centreY - radiusY))..<min(height, Int(centreY + radiusY) + 1) {
            let share = (Double(y) + 0.5 - centreY) / radiusY
            let half = radiusX * max(0, 1 - share * share).squareRoot()
            for at in y * width + max(0, Int(centreX - half))..<y * width + min(width, Int(centreX + half) + 1) {
                let (r, g, b) = (coloured.bytes[3 * at], coloured.bytes[3 * at + 1], coloured.bytes[3 * at + 2])
                bytes[at] = max(bytes[at], Self.withoutBlue(r, g, b, paper: paper))
            }
        }
    }

    /// Grey: the darker of both in the rectangles.
    private func darkened(by other: borrowing Raster, within rectangles: [PixelRect]) -> Raster {
        var result = self
        for rectangle in rectangles {
            for y in rectangle.y..<rectangle.y + rectangle.height {
                for i in y * width + rectangle.x..<y * width + rectangle.x + rectangle.width {
                    result.bytes[i] = min(result.bytes[i], other.bytes[i])
                }
            }
        }
        return result
    }
}

/// Tells the things in one colour of ink apart by shape: a seal is as high as it is wide, a fingerprint higher, a line of text
/// lower, a rule thinner than any letter.
struct StampedInk {
    /// The rim of a seal of 32 mm alone covers this, worn to a third of a line of 1 mm, square millimetres.
    static let leastOfASeal = 30.0
    /// Letters further apart than this belong to no common line, millimetres. Letterheads are set widely.
    private static let widestGap = 7.0
    /// Height of a line of text, millimetres: from small print to letters of 60 points.
    private static let heights = 2.0...22.0
    /// Width of a line over its height.
    private static let leastRatio = 2.2
    /// Darker than this share of white is ink and no tint of the paper.
    private static let darkness = 0.85

    private let plane: AnalysisPlane
    private let mask: InkMask
    private let pieces: [InkComponent]
    private let page: PixelSize

    /// - Parameter ink: what `Raster.redInk()` or `blueInk()` gives.
    init(in ink: borrowing Raster, dpi: Resolution) {
        page = PixelSize(width: ink.width, height: ink.height)
        plane = AnalysisPlane(ink, dpi: dpi, channel: .green)
        mask = InkMask(plane, paper: PaperModel(plane), darkerThan: Self.darkness)
        pieces = mask.count > 0 ? InkComponents.found(in: mask, measure: { _, _, _ in (0, 0) }) : []
    }

    /// Rectangles around lines of text, pixels of the page.
    var lines: [PixelRect] {
        let large = pieces.filter { Self.isLarge($0, plane) }
        let letters = pieces.filter { piece in !large.contains { $0.overlaps(piece) } }
        var rows: [InkComponent] = []
        for letter in letters.sorted(by: { ($0.left, $0.top) < ($1.left, $1.top) }) {
            if let row = rows.indices.last(where: { Self.belong(letter, to: rows[$0], gap: plane.across(Self.widestGap)) }) {
                rows[row].join(letter)
            } else {
                rows.append(letter)
            }
        }
        Self.merge(&rows, margin: plane.down(1))
        return rows.filter { row in Self.isLine(row, plane) && !large.contains(where: row.overlaps) }.map(rectangle)
    }

    /// Rectangles around round seals, pixels of the page.
    var seals: [PixelRect] { RoundSeal.found(among: pieces, in: mask, plane).map(rectangle) }

    /// The ring of a seal, a frame, the whorl of a finger.
    private static func isLarge(_ piece: InkComponent, _ plane: borrowing AnalysisPlane) -> Bool {
        Double(piece.height) * 25.4 / plane.dpi.y > heights.upperBound
    }

    private static func belong(_ letter: InkComponent, to row: InkComponent, gap: Int) -> Bool {
        let shared = min(letter.bottom, row.bottom) - max(letter.top, row.top)
        return letter.left - row.right <= gap && 2 * shared >= min(letter.height, row.height)
    }

    /// The ridges of a finger, the pieces of a worn ring: what lies in each other's bounds is one thing.
    private static func merge(_ rows: inout [InkComponent], margin: Int) {
        var i = 0
        while i < rows.count {
            if let j = rows.indices.first(where: { $0 > i && rows[i].overlaps(rows[$0], margin: margin) }) {
                rows[i].join(rows.remove(at: j))
                i = 0
            } else {
                i += 1
            }
        }
    }

    private static func isLine(_ row: InkComponent, _ plane: borrowing AnalysisPlane) -> Bool {
        let (w, h) = (Double(row.width) * 25.4 / plane.dpi.x, Double(row.height) * 25.4 / plane.dpi.y)
        return heights.contains(h) && w >= leastRatio * h
    }

    /// In pixels of the page, with a margin of a plane pixel.
    private func rectangle(_ row: InkComponent) -> PixelRect {
        let (left, top) = (max(0, row.left - 2) * plane.factorX, max(0, row.top - 2) * plane.factorY)
        let right = min(page.width, (row.right + 2) * plane.factorX)
        let bottom = min(page.height, (row.bottom + 2) * plane.factorY)
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension InkComponent {
    func overlaps(_ other: InkComponent) -> Bool { overlaps(other, margin: 0) }

    func overlaps(_ other: InkComponent, margin: Int) -> Bool {
        left - margin < other.right && other.left - margin < right && top - margin < other.bottom && other.top - margin < bottom
    }
}
