internal import DossierModel
import Foundation
internal import Hashing
internal import Installation

/// PP-OCR on OpenVINO: detection of lines, recognition of each.
final class PPOCREngine: OCREngine {
    /// Lines read with less confidence are specks and rules taken for letters; anything a person could read stays far above.
    static let noiseConfidence = 0.2

    let identity: EngineIdentity
    private let settings: Settings.Recognise
    let detector: TextDetector
    let recogniser: LineRecogniser

    init(settings: Settings.Recognise, threads: Int) throws(DossierError) {
        let files = try PPOCRFiles()
        identity = try files.identity(settings)
        self.settings = settings
        detector = try TextDetector(model: files.detection, threads: threads)
        recogniser = try LineRecogniser(model: files.recognition, threads: threads)
    }

    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        OrientationDecision(turn: .none, score: 0, verdict: .ask)
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        let page = GreyPage(page)
        let frames = try detector.frames(on: page, longestSide: settings.detectionSide)
        let readings = try recogniser.read(frames, on: page, squeeze: PPOCREngine.squeeze)
        return ReadingOrder.indices(of: frames).compactMap { i in
            readings[i].confidence < Self.noiseConfidence ? nil : RecognisedLine(readings[i], in: frames[i])
        }
    }
    static let squeeze = Double(ProcessInfo.processInfo.environment["SQ"] ?? "1")!
}

extension RecognisedLine {
    init(_ reading: LineReading, in frame: TextFrame) {
        self.init(text: reading.text, quad: frame.quad, confidence: reading.confidence, characterSpans: reading.spans)
    }
}
