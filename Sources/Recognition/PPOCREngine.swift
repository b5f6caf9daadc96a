internal import DossierModel

/// PP-OCR on OpenVINO: finds the lines of a page, then reads each.
final class PPOCREngine: TimedEngine {
    /// Lines read with less confidence are specks and rules taken for letters.
    static let noiseConfidence = 0.2
    /// Lines are first read narrowed to this share of their true proportions, which takes as much less time …
    static let firstSqueeze = 0.6
    /// … and those read with less confidence than this once more at full width; the more confident reading counts.
    static let secondReadingBelow = 0.9

    /// Millimetres (ISO 216).
    static let lengthOfA4 = 297.0
    /// Millimetres, with the margin that scanners add.
    static let lengthOfA3 = 430.0

    /// Height over width of the frame of a single sign.
    static let highestLoneSign = 2.6

    /// On generated pages every reading below was a signature, a mark or the ring of a seal, and none a printed line.
    static let leastCertainty = 0.6
    /// The same on the scale of what is told.
    let leastConfidence = ConfidenceCurve.promised(leastCertainty)
    let isSureOfUprightTextOnly = true
    let identity: EngineIdentity
    private let settings: Settings.Recognise
    private let detector: TextDetector
    private let recogniser: LineRecogniser
    private let classifier: DirectionClassifier
    private let detecting = InferenceClock(), reading = InferenceClock(), directing = InferenceClock()

    /// #### Errors
    /// `missingComponent` when the runtime or a model is not installed or damaged, or the processor is too old.
    init(files: PPOCRFiles, settings: Settings.Recognise, threads: Int) throws(DossierError) {
        let precision = Precision(settings.precision)
        identity = try files.identity(precision)
        self.settings = settings
        detector = try TextDetector(model: files.detection, precision: precision, threads: threads, clock: detecting)
        recogniser = try LineRecogniser(model: files.recognition, precision: precision, threads: threads, clock: reading)
        classifier = try DirectionClassifier(model: files.direction, precision: precision, clock: directing)
    }

    var inferenceTimes: InferenceTimes {
        InferenceTimes(detection: detecting.seconds, reading: reading.seconds, direction: directing.seconds)
    }

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        try PageOrientation(page: GreyPage(page), detector: detector, recogniser: recogniser, classifier: classifier).decision()
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        let page = GreyPage(page)
        let cells = RuledCells(of: page, dpi: dpi)
        let side = Self.detectionSide(forA4: settings.detectionSide, width: page.width, height: page.height, dpi: dpi)
        let found = try detector.frames(on: page, longestSide: side).flatMap(cells.split)
        var frames = LineJoining(page: page).joined(found)
        var readings = try read(&frames, on: page)
        doubtStrokes(in: frames, cells, &readings, on: page)
        let grid = TableGrid(cells.cells)
        return ReadingOrder.indices(of: frames, cells: cells).compactMap { i in
            guard readings[i].confidence >= Self.noiseConfidence else { return nil }
            return RecognisedLine(readings[i], in: frames[i], cell: cells.cell(of: frames[i]).flatMap(grid.place))
        }
    }

    /// The stroke through an empty cell is no text, however surely 一 or 1 was read there: it is kept with what could not be read.
    private func doubtStrokes(in frames: [TextFrame], _ cells: RuledCells, _ readings: inout [LineReading], on page: GreyPage) {
        let places = frames.map(cells.cell)
        let counts = Dictionary(grouping: places.compactMap { $0 }) { $0 }.mapValues(\.count)
        for i in frames.indices {
            // Most readings are longer: those need no look at the pixels.
            guard let place = places[i], counts[place] == 1, readings[i].text.count(where: { !$0.isWhitespace }) == 1,
                CellStroke(in: frames[i], on: page)?.isMisread(as: readings[i].text) == true
            else { continue }
            readings[i].confidence = min(readings[i].confidence, Self.noiseConfidence)
        }
    }

    /// A page between A4 and A3 gets as much more, so that print of one size is found on both. What claims to be larger than
    /// A3 is more often a picture without its true resolution.
    static func detectionSide(forA4 side: Int, width: Int, height: Int, dpi: Resolution) -> Int {
        let length = max(Double(width) / dpi.x, Double(height) / dpi.y) * 25.4
        guard length > lengthOfA4, length < lengthOfA3 else { return side }
        return Int(Double(side) * length / lengthOfA4)
    }

    /// Only the places of the lines are looked at: where lines are is known, and finding them takes half of a page's time.
    func reread(_ lines: [RecognisedLine], on page: Raster, dpi: Resolution) throws(DossierError) -> [String] {
        let page = GreyPage(page)
        let frames = lines.map { TextFrame($0.quad) }
        var readings = try recogniser.read(frames, on: page, squeeze: Self.firstSqueeze)
        // A reading at full width may be the one that counts, or the one that counted.
        let open = lines.indices.filter { readings[$0].text != lines[$0].text }
        for (i, wide) in zip(open, try recogniser.read(open.map { frames[$0] }, on: page, squeeze: 1)) { readings[i] = wide }
        return readings.map(\.text)
    }

    private func read(_ frames: inout [TextFrame], on page: GreyPage) throws(DossierError) -> [LineReading] {
        var readings = try recogniser.read(frames, on: page, squeeze: Self.firstSqueeze)
        let doubtful = readings.indices.filter { readings[$0].confidence < Self.secondReadingBelow || readings[$0].text.isDense }
        let again = try recogniser.read(doubtful.map { frames[$0] }, on: page, squeeze: 1)
        for (i, reading) in zip(doubtful, again) where readings[i].yields(to: reading) { readings[i] = reading }
        try readLoneSignsUpright(&frames, &readings, on: page)
        try readPageNumbersWithDashes(&frames, &readings, on: page)
        return readings
    }

    private func readPageNumbersWithDashes(_ frames: inout [TextFrame], _ readings: inout [LineReading], on page: GreyPage) throws(DossierError) {
        let found = PageNumbers.candidates(frames, readings, height: page.height)
        for ((i, wide), reading) in zip(found, try recogniser.read(found.map(\.wide), on: page, squeeze: 1))
        where reading.confidence >= Self.leastCertainty && PageNumbers.isNumber(readings[i].text, withDashes: reading.text) {
            (frames[i], readings[i]) = (wide, reading)
        }
    }

    /// A sign by itself, such as the stroke in a cell left empty, is as high as two letters one above the other; where it is
    /// read better standing, it stands.
    private func readLoneSignsUpright(_ frames: inout [TextFrame], _ readings: inout [LineReading], on page: GreyPage) throws(DossierError) {
        let turned = frames.indices.filter { frames[$0].along.x == 0 && frames[$0].width < Self.highestLoneSign * frames[$0].height }
        let upright = turned.map { frames[$0].turnedClockwise().turnedHalf() }
        for (i, (frame, reading)) in zip(turned, zip(upright, try recogniser.read(upright, on: page, squeeze: 1))) {
            if reading.confidence > readings[i].confidence { (frames[i], readings[i]) = (frame, reading) }
        }
    }
}

extension String {
    /// Long numbers and rows of equal digits: in a narrowed line equal letters run together, and a lost zero shows in no
    /// confidence.
    var isDense: Bool {
        var (run, equal, last) = (0, 0, Character(" "))
        for letter in self where !letter.isWhitespace {
            run = letter.isASCII && (letter.isNumber || letter.isLetter) ? run + 1 : 0
            equal = letter == last ? equal + 1 : 1
            last = letter
            if run >= 8 || equal >= 3 { return true }
        }
        return false
    }
}

extension LineReading {
    /// The reading at full width counts where it is surer, and for dense text unless it is plainly less sure.
    func yields(to wide: LineReading) -> Bool {
        wide.confidence > confidence - (text.isDense || wide.text.isDense ? 0.05 : 0)
    }
}

extension RecognisedLine {
    init(_ reading: LineReading, in frame: TextFrame, cell: TableCell? = nil) {
        self.init(
            text: reading.text, quad: frame.quad, confidence: ConfidenceCurve.promised(reading.confidence), characterSpans: reading.spans, doubts: reading.doubts, cell: cell)
    }
}
