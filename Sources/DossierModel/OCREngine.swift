/// What made a text: goes into cache keys and provenance.
public struct EngineIdentity: Hashable, Sendable, Codable, CustomStringConvertible {
    /// `ppocr`, `tesseract`.
    public var name: String
    /// Version of the library.
    public var version: String
    /// Names and digests of the models, in a fixed order.
    public var models: [String]

    public init(name: String, version: String, models: [String]) {
        self.name = name
        self.version = version
        self.models = models
    }

    public var description: String { "\(name) \(version) [\(models.joined(separator: ", "))]" }
}

/// Which way up a page is.
public struct OrientationDecision: Hashable, Sendable, Codable {
    /// Turn that makes the page upright, clockwise.
    public var turn: QuarterTurn
    /// 0…1.
    public var score: Double
    /// `.yes`: turn it; `.no`: it is upright; `.ask`: too little text to say, and `turn` is `.none`.
    public var verdict: Verdict

    public init(turn: QuarterTurn, score: Double, verdict: Verdict) {
        self.turn = turn
        self.score = score
        self.verdict = verdict
    }
}

/// A text recogniser. One session lives in one worker process and is used from one thread at a time.
public protocol OCREngine: AnyObject {
    var identity: EngineIdentity { get }

    /// Readings with less confidence are no text to rely on, 0…1. They are left out of the page, with a finding.
    var leastConfidence: Double { get }

    /// Of text on its side or on its head hardly a line is read with confidence, so that reading a page in each direction tells
    /// which way up it is.
    var isSureOfUprightTextOnly: Bool { get }

    /// Tells which of the four directions is up, from the text on the page. `dpi` is that of `page`.
    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision

    /// Reads an upright, straightened page. Lines come in reading order, in pixels of `page`.
    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine]

    /// What stands, by this engine, at the places of `lines` on another picture of the page they were read on; one text
    /// per line, empty where nothing is read any more.
    func reread(_ lines: [RecognisedLine], on page: Raster, dpi: Resolution) throws(DossierError) -> [String]

    /// What else is to be said of a page whose `lines` this engine read: of a second reading, for example.
    func remarks(on lines: [RecognisedLine], of page: Raster, dpi: Resolution) throws(DossierError) -> [Finding]
}

extension OCREngine {
    /// Every reading counts.
    public var leastConfidence: Double { 0 }

    /// Not known of it.
    public var isSureOfUprightTextOnly: Bool { false }

    /// The whole page is read; a line that was read as before is that line.
    public func reread(_ lines: [RecognisedLine], on page: Raster, dpi: Resolution) throws(DossierError) -> [String] {
        var left = try recognise(page, dpi: dpi).map(\.text)
        return lines.map { line in
            guard let match = left.firstIndex(of: line.text) else { return "" }
            return left.remove(at: match)
        }
    }

    /// Nothing.
    public func remarks(on lines: [RecognisedLine], of page: Raster, dpi: Resolution) throws(DossierError) -> [Finding] { [] }
}
