internal import DossierModel

/// A line of text with its measures, pixels of the upright page.
struct LaidOutLine {
    let text: String
    let glyphs: Glyphs
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    /// Height of the writing, measured along its sides so that a tilt does not add to it.
    let height: Double
    /// 0…1.
    let confidence: Double

    var width: Double { right - left }
    var centreX: Double { (left + right) / 2 }
    var centreY: Double { (top + bottom) / 2 }

    init(_ line: RecognisedLine) {
        let quad = line.quad
        let (xs, ys) = (quad.corners.map(\.x), quad.corners.map(\.y))
        text = line.text
        confidence = line.confidence
        glyphs = line.text.compacted
        left = xs.min()!
        right = xs.max()!
        top = ys.min()!
        bottom = ys.max()!
        height = (Self.distance(quad.topLeft, quad.bottomLeft) + Self.distance(quad.topRight, quad.bottomRight)) / 2
    }

    private static func distance(_ a: PixelPoint, _ b: PixelPoint) -> Double {
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
}

/// Lines side by side: the cells of a table row, the pieces of a spaced title, or one line alone.
struct LaidOutRow {
    let cells: [LaidOutLine]
    /// All cells, left to right, without white space.
    let glyphs: Glyphs

    init(_ cells: [LaidOutLine]) {
        self.cells = cells.sorted { $0.left < $1.left }
        glyphs = self.cells.flatMap(\.glyphs)
    }

    /// With a space between cells.
    var text: String { cells.map(\.text).joined(separator: " ") }
    var left: Double { cells.first!.left }
    var right: Double { cells.map(\.right).max()! }
    var top: Double { cells.map(\.top).min()! }
    var bottom: Double { cells.map(\.bottom).max()! }
    var height: Double { cells.map(\.height).max()! }
    var width: Double { right - left }
    var centreX: Double { (left + right) / 2 }
}

/// The rows of one page, top to bottom, without the stamped page number.
struct PageLayout {
    let image: Int
    let width: Double
    let height: Double
    let rows: [LaidOutRow]
    /// Height of ordinary writing on this page.
    let bodyHeight: Double
    /// The number stamped at the upper right (front) or upper left (back) corner, as read.
    let stamp: Int?
    /// Where it stands.
    let stampLine: LaidOutLine?
    /// It stands at the upper left; nil without one.
    let isStampedLeft: Bool?
    let glyphCount: Int
    /// Middle of the lowest round seal, pixels from the top; nil without one.
    let lowestSeal: Double?
    /// What the seals say, the lowest first.
    let legends: [SealLegend]
    /// Those in lines that were read without much doubt.
    let sureGlyphs: Int

    init(_ page: CataloguePage) {
        image = page.image
        width = Double(max(page.size.width, 1))
        height = Double(max(page.size.height, 1))
        let lines = page.lines.map(LaidOutLine.init).filter { !$0.glyphs.isEmpty }
        let stamps = FolioStamp.candidates(among: lines, width: width, height: height)
        (stamp, stampLine) = (stamps.first?.value, stamps.first.map { lines[$0.line] })
        isStampedLeft = stamps.first.map { lines[$0.line].centreX < Double(max(page.size.width, 1)) / 2 }
        let stamped = Set(stamps.map(\.line))
        rows = Self.rows(of: lines.indices.filter { !stamped.contains($0) }.map { lines[$0] })
        bodyHeight = Self.bodyHeight(lines)
        glyphCount = lines.reduce(0) { $0 + $1.glyphs.count }
        sureGlyphs = lines.reduce(0) { $0 + ($1.confidence >= Self.sure ? $1.glyphs.count : 0) }
        let seals = page.seals.sorted { $0.quad.bottomRight.y > $1.quad.bottomRight.y }
        lowestSeal = seals.first.map { ($0.quad.topLeft.y + $0.quad.bottomRight.y) / 2 }
        legends = seals.compactMap { SealLegend($0, on: page.size) }
    }

    /// Confidence of a line from which on it is no shadow of the other side.
    private static let sure = 0.9

    var isLandscape: Bool { width > height }

    /// Share of the page's height.
    var relativeBodyHeight: Double { bodyHeight / height }

    /// Lines whose middles lie within half a line height of one another share a row.
    private static func rows(of lines: [LaidOutLine]) -> [LaidOutRow] {
        let ordered = lines.enumerated().sorted { ($0.element.centreY, $0.offset) < ($1.element.centreY, $1.offset) }
        var rows: [[LaidOutLine]] = []
        for (_, line) in ordered {
            if let anchor = rows.last?.first, line.centreY - anchor.centreY < min(line.height, anchor.height) / 2 {
                rows[rows.count - 1].append(line)
            } else {
                rows.append([line])
            }
        }
        return rows.map(LaidOutRow.init)
    }

    /// The lower median over lines of writing; marks and numbers of fewer than four characters are left out where possible.
    private static func bodyHeight(_ lines: [LaidOutLine]) -> Double {
        let writing = lines.filter { $0.glyphs.count >= 4 }
        let heights = (writing.isEmpty ? lines : writing).map(\.height).sorted()
        return heights.isEmpty ? 1 : max(heights[(heights.count - 1) / 2], 1)
    }
}

/// What a round seal says, and where it lies, pixels of the upright page.
struct SealLegend {
    let text: String
    let box: PixelRect
    let confidence: Double
    let colour: SealColour
    var glyphs: Glyphs { text.compacted }

    /// Read with less, half of a legend is wrong.
    private static let leastConfidence = 0.9

    /// nil where nothing was read, or with too little confidence to name anybody.
    init?(_ seal: CataloguePage.Seal, on page: PixelSize) {
        guard let legend = seal.legend, seal.confidence >= Self.leastConfidence else { return nil }
        (text, confidence, colour) = (legend, seal.confidence, seal.colour)
        box = seal.quad.boundingBox(within: page)
    }
}

/// Page numbers are stamped at the upper right of a front and the upper left of a back.
enum FolioStamp {
    /// A corner is this part of the page's width and height.
    private static let cornerWidth = 0.22
    private static let cornerHeight = 0.12

    static func candidates(among lines: [LaidOutLine], width: Double, height: Double) -> [(line: Int, value: Int)] {
        lines.indices.compactMap { index in
            let line = lines[index]
            guard line.centreY < height * cornerHeight,
                line.left > width * (1 - cornerWidth) || line.right < width * cornerWidth,
                let value = value(line.glyphs)
            else { return nil }
            return (index, value)
        }
    }

    /// One to four digits, perhaps with specks around them; at least one of them undoubtedly a digit.
    private static func value(_ glyphs: Glyphs) -> Int? {
        let digits = glyphs.filter { !specks.contains($0) }
        guard digits.contains(where: { ("0"..."9").contains($0.halfWidth) }),
            digits.allSatisfy({ Numeral.arabic($0) != nil }), let value = Numeral.value(digits), value > 0
        else { return nil }
        return value
    }

    private static let specks: Set<Unicode.Scalar> = [".", ",", "'", "`", "·", "-", "_", ":", "，", "。", "、"]
}
