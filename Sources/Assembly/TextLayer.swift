import DossierModel

/// The invisible text of a page as content stream operators (ISO 32000-1 §9.4).
///
/// A line is one text object. Its characters follow each other without gaps, and the horizontal scaling is changed
/// along the line wherever an even spacing would leave a character's place by more than a small share of the type size.
struct TextLayer {
    let box: PageBox
    /// Those that are written.
    let lines: [RecognisedLine]

    /// Share of the type size by which a character may stand off its place.
    private static let tolerance = 0.08
    /// Steeper lines (tangent) are one cluster: readers measure baselines along the page's axes and would break them up.
    private static let steepest = 0.1
    /// Type is at most this many times as high as any of its characters is wide: to a reader, characters that follow
    /// each other more closely stand on each other.
    private static let narrowest = 9.0

    /// The lines that are written, in their order.
    static func written(_ lines: [RecognisedLine]) -> [RecognisedLine] { lines.filter { PageText.written($0.text) != nil } }

    /// Adds what it needs to `glyphs`; gives the operators and the fonts used.
    ///
    /// - Parameters:
    ///   - lines: those that are written.
    ///   - openings: by index of the line, the operator that opens the marked content which begins with it.
    func operators(glyphs: inout GlyphTable, shown: Bool, openings: [Int: String] = [:]) -> (text: String, fonts: Set<Int>) {
        let placed = lines.map(placed)
        var output = TextOutput()
        for (index, ((cells, place), choice)) in zip(placed, LineStagger.chosen(for: placed.map(\.place))).enumerated() {
            if let opening = openings[index] { output.mark(opening) }
            write(cells, at: place, choice, glyphs: &glyphs, to: &output)
        }
        output.endMark()
        guard !output.text.isEmpty else { return ("", []) }
        return ((shown ? "1 0 0 RG 0.3 w 1 Tr\n" : "3 Tr\n") + output.text, output.fonts)
    }

    /// The line's clusters and where it lies. A line too steep to be written cluster by cluster is made one cluster or,
    /// where it is too long for that, laid along the page's axis: exact text goes before an exact place.
    private func placed(_ line: RecognisedLine) -> (cells: TextCells, place: TextLinePlace) {
        var cells = TextCells(line)
        var place = TextLinePlace(line.quad, in: box)
        guard place.slope > 0, breaks(cells, place) else { return (cells, place) }
        if cells.clusters.reduce(0, { $0 + $1.utf16.count }) > TextCells.longest {
            place.level()
        } else {
            cells.merge()
            place.isWhole = true
        }
        return (cells, place)
    }

    /// Whether the baseline moves so fast that a reader would see parts of the line as lines of their own.
    private func breaks(_ cells: TextCells, _ place: TextLinePlace) -> Bool {
        let widest = zip(cells.bounds, cells.bounds.dropFirst()).map { $1 - $0 }.max()! * place.length
        return place.slope > Self.steepest || 0.5 + widest * place.slope > 0.45 * LineStagger.smallestSize * place.height
    }

    private func write(
        _ cells: TextCells, at place: TextLinePlace, _ choice: LineStagger.Choice, glyphs: inout GlyphTable,
        to output: inout TextOutput
    ) {
        let codes = cells.clusters.map { glyphs.code(for: $0) }
        let ends = cells.bounds.map { $0 * place.length }
        let size = min(choice.size * place.height, Self.largestSize(codes, ends: ends))
        output.begin(at: place.point(along: ends[0], up: choice.rise(place)), direction: place.direction)
        for run in runs(codes, ends: ends, size: size) {
            output.show(codes[run.range], size: size, scaling: run.scaling)
        }
        output.end()
    }

    /// The last cluster has nothing after it to be mistaken for.
    private static func largestSize(_ codes: [GlyphTable.Code], ends: [Double]) -> Double {
        codes.indices.dropLast().reduce(.infinity) { size, index in
            min(size, narrowest * (ends[index + 1] - ends[index]) / Double(codes[index].scalars))
        }
    }

    /// Stretches of the line that one horizontal scaling serves. `ends` are units from the line's start.
    private func runs(
        _ codes: [GlyphTable.Code], ends: [Double], size: Double
    ) -> [(range: Range<Int>, scaling: Double)] {
        var found: [(range: Range<Int>, scaling: Double)] = []
        var first = 0
        while first < codes.count {
            var last = first + 1
            while last < codes.count, fits(codes, ends, first..<(last + 1), size) { last += 1 }
            found.append((first..<last, scaling(codes, ends, first..<last, size)))
            first = last
        }
        return found
    }

    /// Factor that makes the range exactly as long as its place.
    private func scaling(_ codes: [GlyphTable.Code], _ ends: [Double], _ range: Range<Int>, _ size: Double) -> Double {
        let ems = codes[range].reduce(0) { $0 + $1.width }
        return (ends[range.upperBound] - ends[range.lowerBound]) / (ems * size)
    }

    private func fits(_ codes: [GlyphTable.Code], _ ends: [Double], _ range: Range<Int>, _ size: Double) -> Bool {
        let factor = scaling(codes, ends, range, size)
        var position = ends[range.lowerBound]
        return range.allSatisfy { index in
            let advance = codes[index].width * size * factor
            position += advance
            // A little less than the largest size allows, for rounding.
            guard advance * (Self.narrowest + 0.5) >= size * Double(codes[index].scalars) else { return false }
            return abs(position - ends[index + 1]) <= Self.tolerance * size
        }
    }
}

/// Text operators as they are written, each only where it changes something.
struct TextOutput {
    private(set) var text = ""
    private(set) var fonts: Set<Int> = []
    private var font = ""
    private var scaling = "100"
    private var isMarked = false

    /// Opens marked content and closes what was open.
    mutating func mark(_ opening: String) {
        endMark()
        text += opening
        isMarked = true
    }

    mutating func endMark() {
        if isMarked { text += "EMC\n" }
        isMarked = false
    }

    mutating func begin(at origin: PageBox.Point, direction: PageBox.Point) {
        let turn = PDFSyntax.numbers([direction.x, direction.y, -direction.y, direction.x], decimals: 5)
        text += "BT \(turn) \(PDFSyntax.numbers([origin.x, origin.y])) Tm"
    }

    mutating func end() { text += " ET\n" }

    /// `scaling` 1 is the natural width.
    mutating func show(_ codes: ArraySlice<GlyphTable.Code>, size: Double, scaling: Double) {
        set(scaling: PDFSyntax.number(scaling * 100))
        var rest = codes
        while let first = rest.first {
            let same = rest.prefix { $0.font == first.font && $0.actualText == first.actualText }
            set(font: first.font, size: size)
            let shown = " <" + same.map { PDFSyntax.hex($0.cid) }.joined() + "> Tj"
            text += first.actualText.map { " /Span <</ActualText \(PDFSyntax.text(String(repeating: $0, count: same.count)))>> BDC\(shown) EMC" } ?? shown
            rest = rest.dropFirst(same.count)
        }
    }

    private mutating func set(scaling new: String) {
        guard new != scaling else { return }
        scaling = new
        text += " \(new) Tz"
    }

    private mutating func set(font index: Int, size: Double) {
        let new = "/F\(index) \(PDFSyntax.number(size))"
        fonts.insert(index)
        guard new != font else { return }
        font = new
        text += " \(new) Tf"
    }
}
