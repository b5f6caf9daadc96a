internal import DossierModel

/// Every dark thing on a page, sorted into what it may be.
struct InkSurvey {
    private(set) var ink: [InkComponent] = []
    private(set) var specks: [InkComponent] = []
    private(set) var soft: [InkComponent] = []
    /// Dark somewhere, yet with the soft edges of show-through: dust lying on it, perhaps ink.
    private var mixed: [InkComponent] = []
    private(set) var solids: [InkComponent] = []
    private(set) var ignoredSolids = 0
    let rim: ScannerRim
    /// Brightness of the darkest tenth of what is written, 0…255; nil where nothing is.
    private(set) var inkLevel: Int?
    private let pageLevel: Int
    /// Larger than a full stop, whatever it is taken for.
    private var pieces: [InkComponent] = []
    private var holes: [InkComponent] = []
    private var everything: InkMask
    private let millimetresX: Double
    private let millimetresY: Double
    private let area: Int
    private let isBitonal: Bool
    /// Noise of the paper in 1/256 of its brightness.
    private let grain: Double
    private let width: Int
    private let height: Int

    /// Dust and scanner noise are smaller, millimetres. The full stop of 12-point type is 0.9 mm and never stands alone.
    private static var speckSize: Double { 0.9 }

    init(_ page: borrowing Raster, _ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel) {
        (millimetresX, millimetresY) = (25.4 / plane.dpi.x, 25.4 / plane.dpi.y)
        (area, width, height) = (plane.width * plane.height, plane.width, plane.height)
        (isBitonal, pageLevel) = (page.mode == .bitonal, Int(paper.pageLevel))
        grain = plane.noise * 256 / Double(max(paper.pageLevel, 1))
        let faintest = Self.faintest(plane, paper)
        var mask = InkMask(plane, paper: paper, darkerThan: 1 - faintest)
        rim = ScannerRim(plane) { page.isBed($0, $1, of: plane, paper) }
        everything = mask
        rim.remove(from: &mask, plane: plane)
        ignoredSolids = rim.sides
        leaveOutSolids(page, plane, paper, &mask)
        Self.leaveOutShades(plane, paper, &mask)
        everything = mask
        for piece in Self.components(of: mask, plane, paper) { sort(piece) }
        leaveOutHoles(page, plane)
        inkLevel = Self.darkestTenth(of: mask, plane)
        resolveMixed(mask, plane, paper)
    }

    /// Darkness that stands out from the paper's own noise, as a share of the paper.
    private static func faintest(_ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel) -> Double {
        min(max(0.07, 5 * plane.noise / Double(paper.pageLevel)), 0.4)
    }

    private static func components(
        of mask: borrowing InkMask, _ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel
    ) -> [InkComponent] {
        var level = [UInt8](repeating: 0, count: plane.width)
        var levelRow = -1
        return InkComponents.found(in: mask) { y, from, to in
            if y >> 2 != levelRow { (levelRow, _) = (y >> 2, paper.fill(&level, row: y)) }
            return plane.strength(row: y, from: from, to: to, paper: level)
        }
    }

    // MARK: Solid things

    private mutating func leaveOutSolids(
        _ page: borrowing Raster, _ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel, _ mask: inout InkMask
    ) {
        var dark = InkMask(plane, paper: paper, darkerThan: 0.6)
        let opened = dark.pix().opened(width: plane.across(2), height: plane.down(2))
        guard !opened.isEmpty else { return }
        dark.words = InkMask.words(of: opened, perRow: dark.wordsPerRow)
        for solid in InkComponents.found(in: dark, measure: { _, _, _ in (256, 0) }) {
            guard isBorder(solid, plane) || isHole(solid), !page.isColourful(in: solid, of: plane) else {
                solids.append(solid)
                continue
            }
            ignoredSolids += 1
        }
        let rim = 2 * plane.across(1.6) + 1
        let grown = opened.dilated(width: rim, height: rim)
        for solid in solids { grown.clear(solid, rim: rim) }
        let rest = mask.pix()
        rest.subtract(grown)
        mask.words = InkMask.words(of: rest, perRow: mask.wordsPerRow)
    }

    /// Along an edge of the image for at least 30 mm, or in a corner.
    private func isBorder(_ solid: InkComponent, _ plane: borrowing AnalysisPlane) -> Bool {
        let rim = plane.across(1)
        let sides = solid.left <= rim || solid.right >= plane.width - rim
        let ends = solid.top <= rim || solid.bottom >= plane.height - rim
        if sides && ends { return true }
        return sides && Double(solid.height) * millimetresY >= 30 || ends && Double(solid.width) * millimetresX >= 30
    }

    /// A filled disc of 4 to 9 mm within 35 mm of an edge. A disc fills π/4 of its square.
    private func isHole(_ solid: InkComponent) -> Bool {
        let (w, h) = (Double(solid.width) * millimetresX, Double(solid.height) * millimetresY)
        guard (3.5...9).contains(w), (3.5...9).contains(h), abs(w - h) < 0.2 * max(w, h) else { return false }
        let fill = Double(solid.area) / Double(solid.width * solid.height)
        let fromSide = Double(min(solid.left, width - solid.right)) * millimetresX
        let fromEnd = Double(min(solid.top, height - solid.bottom)) * millimetresY
        return (0.68...0.9).contains(fill) && min(fromSide, fromEnd) < 35
    }

    /// Punch holes in front of grey are pale discs: several of one size in a line along an edge.
    private mutating func leaveOutHoles(_ page: borrowing Raster, _ plane: borrowing AnalysisPlane) {
        var discs: [InkComponent] = []
        for piece in ink + soft + mixed where isHole(piece) && !page.isColourful(in: piece, of: plane) { discs.append(piece) }
        holes = discs.filter { disc in discs.contains { $0 != disc && isInLine($0, disc) } }
        guard !holes.isEmpty else { return }
        ignoredSolids += holes.count
        for list in [\Self.ink, \Self.soft, \Self.mixed] { self[keyPath: list].removeAll(where: holes.contains) }
    }

    /// Of one size, and no further aside than a tilt of 5° puts them.
    private func isInLine(_ a: InkComponent, _ b: InkComponent) -> Bool {
        let (across, down) = (Double(abs(a.left - b.left)) * millimetresX, Double(abs(a.top - b.top)) * millimetresY)
        return abs(a.width - b.width) * 8 <= a.width && max(across, down) >= 40 && min(across, down) <= 0.09 * max(across, down)
    }

    // MARK: Shades

    /// A stroke of a pen or a brush is narrower, millimetres.
    private static var shadeWidth: Double { 3 }
    /// From the edge of the image, millimetres.
    private static var shadeReach: Double { 6 }

    /// Paper that lies askew beside a brighter bed looks dark next to it: pale and broad, along an edge. What is darker
    /// than show-through within such a shade stays.
    private static func leaveOutShades(_ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel, _ mask: inout InkMask) {
        var broad = mask
        let opened = mask.pix().opened(width: plane.across(shadeWidth), height: plane.down(shadeWidth))
        guard !opened.isEmpty else { return }
        broad.words = InkMask.words(of: opened, perRow: mask.wordsPerRow)
        let (reachX, reachY) = (plane.across(shadeReach), plane.down(shadeReach))
        for piece in InkComponents.found(in: broad, measure: { _, _, _ in (0, 0) })
        where piece.left > reachX && piece.right < plane.width - reachX && piece.top > reachY && piece.bottom < plane.height - reachY {
            opened.clear(piece, rim: 0)
        }
        let rim = 2 * plane.across(0.8) + 1
        let rest = mask.pix()
        rest.subtract(opened.dilated(width: rim, height: rim))
        let strong = InkMask(plane, paper: paper, darkerThan: 1 - strongest)
        let kept = InkMask.words(of: rest, perRow: mask.wordsPerRow)
        for i in mask.words.indices { mask.words[i] &= kept[i] | strong.words[i] }
    }

    // MARK: Everything else

    private func extent(_ piece: InkComponent) -> Double {
        max(Double(piece.width) * millimetresX, Double(piece.height) * millimetresY)
    }

    private mutating func sort(_ piece: InkComponent) {
        if isEdgeDebris(piece) { return }
        if extent(piece) < Self.speckSize { return specks.append(piece) }
        if extent(piece) >= Self.strokeSize { pieces.append(piece) }
        let contrast = Double(piece.contrast) / 256
        let blurred = !isBitonal && steepness(piece) < Self.penSharpness
        if !isBitonal && contrast < 0.10 || blurred && contrast < Self.strongest { return soft.append(piece) }
        if blurred { mixed.append(piece) } else { ink.append(piece) }
    }

    /// Show-through stays below this share of the paper's brightness.
    private static var strongest: Double { 0.28 }
    /// A pen's or printer's edge rises by half its darkness from one plane pixel to the next; scattered light in paper does not.
    private static var penSharpness: Double { 0.5 }

    private func steepness(_ piece: InkComponent) -> Double {
        let runs = Double(max(piece.darkness, 1))
        return (Double(piece.steepness) - grain * runs / Double(max(piece.contrast, 1))) / runs
    }

    /// On a page full of show-through the mixed pieces are looked at again above its darkness: dust falls apart into specks,
    /// ink keeps its size. Elsewhere they are ink.
    private mutating func resolveMixed(
        _ mask: borrowing InkMask, _ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel
    ) {
        guard !mixed.isEmpty else { return }
        guard soft.count >= 20 else { return ink += mixed }
        var strong = InkMask(plane, paper: paper, darkerThan: 1 - Self.strongest)
        for i in strong.words.indices { strong.words[i] &= mask.words[i] }
        for piece in Self.components(of: strong, plane, paper) where mixed.contains(where: { $0.contains(piece) }) {
            if extent(piece) < Self.speckSize { specks.append(piece) } else { ink.append(piece) }
        }
    }

    /// A sliver that touches the very edge of the image, at most 1.2 mm deep, or a long thin band along it.
    private func isEdgeDebris(_ piece: InkComponent) -> Bool {
        let (w, h) = (Double(piece.width) * millimetresX, Double(piece.height) * millimetresY)
        let sides = piece.left <= 1 || piece.right >= width - 1
        let ends = piece.top <= 1 || piece.bottom >= height - 1
        return sides && (w <= 1.2 || w <= 4 && h >= 30) || ends && (h <= 1.2 || h <= 4 && w >= 30)
    }

    // MARK: Quality

    /// Strokes and pieces of characters along an edge; longer ones are rules beside it, millimetres.
    private static var cutLength: ClosedRange<Double> { 0.12...9 }
    /// How far a stroke goes on inwards at least, millimetres: specks do not.
    private static var cutDepth: Double { 0.6 }

    /// How many strokes each edge of the image cuts.
    func cutPieces(_ plane: borrowing AnalysisPlane) -> PageMeasures.Sides<Int> {
        let limit = UInt8(pageLevel * 7 / 10)
        func isInk(_ x: Int, _ y: Int) -> Bool { everything[x, y] && plane.pixels[y * width + x] < limit }
        let (inX, inY) = (plane.across(Self.cutDepth), plane.down(Self.cutDepth))
        let strokes = PageMeasures.Sides(
            top: cuts(along: width, millimetresX) { isInk($0, 1) && isInk($0, inY) },
            right: cuts(along: height, millimetresY) { isInk(width - 2, $0) && isInk(width - 1 - inX, $0) },
            bottom: cuts(along: width, millimetresX) { isInk($0, height - 2) && isInk($0, height - 1 - inY) },
            left: cuts(along: height, millimetresY) { isInk(1, $0) && isInk(inX, $0) })
        return .init(
            top: cuts(strokes.top, crowd { Double($0.top) * millimetresY }), right: cuts(strokes.right, crowd { Double(width - $0.right) * millimetresX }),
            bottom: cuts(strokes.bottom, crowd { Double(height - $0.bottom) * millimetresY }), left: cuts(strokes.left, crowd { Double($0.left) * millimetresX }))
    }

    /// Nobody writes so near an edge, millimetres: where several pieces stand there and the edge cuts some, the lines they
    /// belong to are cut.
    private static var margin: Double { 3.5 }
    private static var fewestInMargin: Int { 3 }

    private func cuts(_ strokes: Int, _ crowd: Int) -> Int {
        strokes > 0 && crowd >= Self.fewestInMargin ? strokes + min(crowd, Self.fewestInMargin) : strokes
    }

    /// Pieces of characters within the margin of a side.
    private func crowd(_ distance: (InkComponent) -> Double) -> Int {
        pieces.count { extent($0) <= Self.cutLength.upperBound && Double($0.contrast) >= 0.3 * 256 && distance($0) <= Self.margin }
    }

    private func cuts(along count: Int, _ millimetres: Double, isInk: (Int) -> Bool) -> Int {
        var (found, length) = (0, 0)
        for place in 0...count {
            if place < count, isInk(place) { length += 1; continue }
            if Self.cutLength.contains(Double(length) * millimetres) { found += 1 }
            length = 0
        }
        return found
    }

    var inkArea: Int { (ink + solids).reduce(0) { $0 + $1.area } }

    /// A piece of a character, millimetres.
    private static var strokeSize: Double { 1.2 }
    /// Writing on the other side comes in so many pieces, over so many fields of 20 mm; a seal or a stain fills fewer.
    private static var fewestShining: Int { 20 }
    private static var fewestFields: Int { 9 }
    /// Paler than this part of the page's own ink; a stroke of print is never so pale beside the others.
    private static var palest: Double { 0.55 }

    /// How dark the darkest tenth of what shines through is, share of the paper: pieces far paler than the page's own ink,
    /// all over the page. 0 where there are too few.
    var showThrough: Double {
        let own = Double(pageLevel - (inkLevel ?? pageLevel)) / Double(max(1, pageLevel))
        let limit = Self.palest * own * 256
        let pale = pieces.filter { $0.contrast >= 26 && Double($0.contrast) < limit }.sorted { $0.contrast > $1.contrast }
        let fields = Set(pale.map { Int(Double($0.top) * millimetresY / 20) << 16 | Int(Double($0.left) * millimetresX / 20) })
        guard pale.count >= Self.fewestShining, fields.count >= Self.fewestFields else { return 0 }
        return Double(pale[pale.count / 10].contrast) / 256
    }

    /// Within a window of the plane, what is darker than anything that shines through, as pieces.
    func strongPieces(
        _ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel
    ) -> [InkComponent] {
        var strong = InkMask(plane, paper: paper, darkerThan: 1 - Self.strongest)
        rim.remove(from: &strong, plane: plane)
        return InkComponents.found(in: strong) { _, _, _ in (256, 0) }
    }

    /// Every piece larger than a stroke, whatever it is taken for.
    func hasLargePiece(where isMeant: (InkComponent) -> Bool) -> Bool { pieces.contains(where: isMeant) || solids.contains(where: isMeant) }

    func hasInk(near x: Int, _ y: Int, within reach: Int) -> Bool {
        (max(0, y - reach)...min(height - 1, y + reach)).contains { row in
            (max(0, x - reach)...min(width - 1, x + reach)).contains { everything[$0, row] }
        }
    }

    private static func darkestTenth(of mask: borrowing InkMask, _ plane: borrowing AnalysisPlane) -> Int? {
        var histogram = [Int](repeating: 0, count: 256)
        for y in stride(from: 0, to: mask.height, by: 2) {
            mask.forEachRun(row: y) { from, to in for x in from..<to { histogram[Int(plane.pixels[y * plane.width + x])] += 1 } }
        }
        return histogram.reduce(0, +) >= 100 ? histogram.level(at: 0.1) : nil
    }

    // MARK: Blankness

    /// - Parameter place: of a piece, in pixels of the page.
    func judgement(place: (InkComponent) -> PixelRect) -> BlankMeasure {
        let largest = (ink + solids).map(extent).max() ?? 0
        let inkArea = (ink + solids).reduce(0) { $0 + $1.area }
        let (verdict, score) = decision(largest: largest)
        let isWorthReading = verdict == .yes && isLikeWriting(from: Self.palestReadable)
        let isOpen = BlankMeasure.isOpen(verdict, isWorthReading: isWorthReading, showThroughPieces: soft.count)
        return BlankMeasure(
            verdict: verdict, score: score, inkShare: Double(inkArea) / Double(area), largestInk: largest, showThroughPieces: soft.count,
            ignoredSolids: ignoredSolids, isWorthReading: isWorthReading,
            pieces: isOpen ? (pieces.filter { !holes.contains($0) } + solids).map(place) : [])
    }

    /// Pieces of characters so dark, and as many as a few lines have: nobody can tell from their shape alone on which side of
    /// the paper they are.
    private func isLikeWriting(from contrast: Int32) -> Bool {
        soft.count { $0.contrast >= contrast && extent($0) >= Self.strokeSize } >= Self.fewestOfWriting
    }

    /// In 1/256 of the paper's brightness: as dark as the third sheet under carbon paper; most of what shines through is paler.
    private static var palestCopy: Int32 { 36 }
    /// What is paler an engine cannot read either.
    private static var palestReadable: Int32 { 24 }
    private static var fewestOfWriting: Int { 30 }

    /// Pieces as large as a stroke that differ from the paper by a few levels only: what a scanner that drives paper to white
    /// leaves of pale print.
    func faintPieces(_ plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel) -> Int {
        var faint = InkMask(plane, paper: paper, darkerThan: 1 - Self.faintestOnWhite)
        rim.remove(from: &faint, plane: plane)
        return InkComponents.found(in: faint) { _, _, _ in (0, 0) }.count { extent($0) >= Self.strokeSize && !isEdgeDebris($0) && !isHole($0) }
    }

    private static var faintestOnWhite: Double { 0.025 }

    private func decision(largest: Double) -> (Verdict, Double) {
        let sure = ink.filter { isBitonal || $0.contrast >= 64 }
        if !solids.isEmpty || sure.contains(where: { extent($0) >= 2.5 }) || sure.count >= 4 { return (.no, 0.99) }
        if !ink.isEmpty { return (.ask, 0.5) }
        if clusteredSpecks() { return (.ask, 0.6) }
        if isLikeWriting(from: Self.palestCopy) { return (.ask, 0.6) }
        // Long pale strokes may be a pencil that hardly marked; writing from the other side comes in many pieces.
        if soft.count < 30, soft.contains(where: { extent($0) >= 6 && $0.contrast >= 26 }) { return (.ask, 0.6) }
        return (.yes, soft.isEmpty ? 0.99 : 0.95)
    }

    /// Specks in company: broken small type, dotted lines, the grain of a faint pencil.
    private func clusteredSpecks() -> Bool {
        var cells: [Int: Int] = [:]
        for speck in specks where Double(speck.area) * millimetresX * millimetresY >= 0.06 && (isBitonal || speck.contrast >= 26) {
            let cell = Int(Double(speck.top) * millimetresY / 8) << 16 | Int(Double(speck.left) * millimetresX / 16)
            cells[cell, default: 0] += 1
        }
        return cells.values.contains { $0 >= 5 }
    }
}

extension AnalysisPlane {
    /// Strength of one run of ink: its darkness against the paper and its steepest step, both in 1/256 of the paper.
    func strength(row y: Int, from: Int, to: Int, paper: [UInt8]) -> (contrast: Int32, step: Int32) {
        var (contrast, step): (Int32, Int32) = (0, 0)
        unsafe pixels.withUnsafeBufferPointer { pixels in
            let row = y * width
            for x in from..<to {
                let here = unsafe Int32(pixels[row + x]), level = max(1, Int32(paper[x]))
                contrast = max(contrast, (level - here) * 256 / level)
                let left = unsafe Int32(pixels[row + max(x - 1, 0)]), right = unsafe Int32(pixels[row + min(x + 1, width - 1)])
                let up = unsafe Int32(pixels[max(y - 1, 0) * width + x])
                let down = unsafe Int32(pixels[min(y + 1, height - 1) * width + x])
                step = max(step, (max(left, right, up, down) - here) * 256 / level)
            }
        }
        return (contrast, step)
    }

    /// Standard deviation of the paper's noise, from the median difference of neighbours (normal: 0.954 σ for |difference|).
    var noise: Double {
        var histogram = [Int](repeating: 0, count: 256)
        var count = 0
        for y in stride(from: height / 16, to: height, by: max(1, height / 200)) {
            for x in stride(from: width / 16, to: width - 1, by: 3) {
                histogram[abs(Int(pixels[y * width + x]) - Int(pixels[y * width + x + 1]))] += 1
                count += 1
            }
        }
        var remaining = count / 2
        for (difference, n) in histogram.enumerated() {
            remaining -= n
            if remaining < 0 { return Double(difference) / 0.954 }
        }
        return 0
    }
}

extension Raster {
    /// Whether a plane pixel is as dark as the scanner bed, in every channel.
    func isBed(_ x: Int, _ y: Int, of plane: borrowing AnalysisPlane, _ paper: borrowing PaperModel) -> Bool {
        guard Int(plane.pixels[y * plane.width + x]) * 5 < Int(paper.pageLevel) * 2 else { return false }
        guard mode == .colour else { return true }
        let at = (y * plane.factorY * width + x * plane.factorX) * 3
        return Int(max(bytes[at], bytes[at + 1], bytes[at + 2])) * 2 < Int(paper.pageLevel)
    }

    /// Whether the dark pixels of a piece carry colour: seals and fingerprints do, holes and the scanner bed do not.
    func isColourful(in piece: InkComponent, of plane: borrowing AnalysisPlane) -> Bool {
        guard mode == .colour else { return false }
        var (coloured, dark) = (0, 0)
        let (fx, fy) = (plane.factorX, plane.factorY)
        let step = max(1, min(piece.width, piece.height) / 24)
        for y in stride(from: piece.top, to: piece.bottom, by: step) {
            for x in stride(from: piece.left, to: piece.right, by: step) where plane.pixels[y * plane.width + x] < 140 {
                let at = (y * fy * width + x * fx) * 3
                let (r, g, b) = (Int(bytes[at]), Int(bytes[at + 1]), Int(bytes[at + 2]))
                dark += 1
                if max(r, g, b) - min(r, g, b) > 50 { coloured += 1 }
            }
        }
        return coloured * 3 > dark
    }
}

extension Pix {
    /// 1 bit: whitens a piece and a rim around it.
    func clear(_ piece: InkComponent, rim: Int) {
        let (left, top) = (max(piece.left - rim, 0), max(piece.top - rim, 0))
        let (right, bottom) = (min(piece.right + rim, width), min(piece.bottom + rim, height))
        unsafe withWords { words, perRow in
            for y in top..<bottom {
                for x in left..<right { unsafe words[y * perRow + x >> 5] &= ~(0x8000_0000 >> UInt32(x & 31)) }
            }
        }
    }
}
