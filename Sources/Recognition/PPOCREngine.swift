internal import DossierModel

/// PP-OCR on OpenVINO: finds the lines of a page, then reads each.
final class PPOCREngine: OCREngine {
    /// Lines read with less confidence are dropped as specks and rules taken for letters. Chosen low, not measured: to read
    /// noise is better than to lose a line.
    static let noiseConfidence = 0.2
    /// Lines are first read narrowed to this share of their true proportions, which takes as much less time …
    static let firstSqueeze = 0.6
    /// … and those read with less confidence than this once more at full width; the more confident reading counts.
    static let secondReadingBelow = 0.9

    let identity: EngineIdentity
    private let settings: Settings.Recognise
    private let detector: TextDetector
    private let recogniser: LineRecogniser
    private let classifier: DirectionClassifier

    /// #### Errors
    /// `missingComponent` when the runtime or a model is not installed or damaged, or the processor is too old.
    init(files: PPOCRFiles, settings: Settings.Recognise, threads: Int) throws(DossierError) {
        identity = try files.identity()
        self.settings = settings
        detector = try TextDetector(model: files.detection, threads: threads)
        recogniser = try LineRecogniser(model: files.recognition, threads: threads)
        classifier = try DirectionClassifier(model: files.direction)
    }

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        try PageOrientation(page: GreyPage(page), detector: detector, recogniser: recogniser, classifier: classifier).decision()
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        let page = GreyPage(page)
        let found = try detector.frames(on: page, longestSide: settings.detectionSide)
        let frames = LineJoining(page: page).joined(found)
        let readings = try read(frames, on: page)
        return ReadingOrder.indices(of: frames).compactMap { i in
            readings[i].confidence < Self.noiseConfidence ? nil : RecognisedLine(readings[i], in: frames[i])
        }
    }

    private func read(_ frames: [TextFrame], on page: GreyPage) throws(DossierError) -> [LineReading] {
        var readings = try recogniser.read(frames, on: page, squeeze: Self.firstSqueeze)
        let doubtful = readings.indices.filter { readings[$0].confidence < Self.secondReadingBelow }
        let again = try recogniser.read(doubtful.map { frames[$0] }, on: page, squeeze: 1)
        for (i, reading) in zip(doubtful, again) where reading.confidence > readings[i].confidence { readings[i] = reading }
        return readings
    }
}

extension RecognisedLine {
    init(_ reading: LineReading, in frame: TextFrame) {
        self.init(text: reading.text, quad: frame.quad, confidence: reading.confidence, characterSpans: reading.spans)
    }
}
