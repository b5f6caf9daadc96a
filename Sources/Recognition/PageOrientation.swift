internal import DossierModel

/// Tells which way up a page is: the lie of its lines gives two of the four directions, a small network sees which
/// end is up, and wherever that leaves a doubt, or a page would have to be turned, the lines are read to decide.
struct PageOrientation {
    /// Longest side of the image in which lines are looked for: enough to see how they lie.
    static let detectionSide = 736
    /// Lines that are looked at more closely.
    static let sampleSize = 12
    static let sampleSizeForReading = 6
    /// With fewer lines a person has to say.
    static let fewestLines = 3
    /// The share of line length in one direction above which the other direction is not considered.
    static let clearShare = 0.8
    /// Mean vote of the small network for “upright” above which nothing is read.
    static let clearVote = 0.9
    /// The best direction has to be read this much better than the next, relative to its own confidence.
    static let leastMargin = 0.2

    /// The rows looked at first, as shares of the height: where most pages have print.
    static let firstLook = (top: 0.15, bottom: 0.65)
    /// Level lines there with which the rest of the page need not be looked at.
    static let linesForFirstLook = 5

    let page: GreyPage
    let detector: TextDetector
    let recogniser: LineRecogniser
    let classifier: DirectionClassifier

    func decision() throws(DossierError) -> OrientationDecision {
        if let vote = try firstVote() { return Self.upright(vote) }
        let lines = try lines(on: page, longestSide: Self.detectionSide)
        guard lines.count >= Self.fewestLines else { return Self.unsure(0) }
        if let vote = try clearlyUpright(lines, on: page, fewest: Self.fewestLines) { return Self.upright(vote) }
        return try decideByReading(lines.filter(\.liesLevel), lines.filter { !$0.liesLevel }, share: Self.levelShare(of: lines))
    }

    /// The vote of the middle of the page, at the scale of the whole, where that leaves no doubt.
    private func firstVote() throws(DossierError) -> Double? {
        guard page.height >= Self.detectionSide else { return nil }
        let height = Double(page.height)
        let part = page.rows(Int(height * Self.firstLook.top)..<Int(height * Self.firstLook.bottom))
        let scale = Double(Self.detectionSide) / Double(max(page.width, page.height))
        let found = try lines(on: part, longestSide: Int(Double(max(part.width, part.height)) * scale))
        return try clearlyUpright(found, on: part, fewest: Self.linesForFirstLook)
    }

    /// Lines worth looking at, the longest first.
    private func lines(on page: GreyPage, longestSide: Int) throws(DossierError) -> [TextFrame] {
        try detector.frames(on: page, longestSide: longestSide)
            .map { $0.readAlongLongerSide() }
            .filter { $0.width >= 2 * $0.height }
            .sorted { ($0.width, $1.top, $1.left) > ($1.width, $0.top, $0.left) }
    }

    /// The small network's vote, where it and the lie of the lines leave no doubt.
    private func clearlyUpright(_ lines: [TextFrame], on page: GreyPage, fewest: Int) throws(DossierError) -> Double? {
        let level = lines.filter(\.liesLevel)
        guard level.count >= fewest, Self.levelShare(of: lines) >= Self.clearShare else { return nil }
        let vote = try classifier.uprightVote(level.prefix(Self.sampleSize).map { $0.middle(ratio: 4) }, on: page)
        return vote >= Self.clearVote ? vote : nil
    }

    private static func levelShare(of lines: [TextFrame]) -> Double { length(lines.filter(\.liesLevel)) / length(lines) }

    private static func upright(_ vote: Double) -> OrientationDecision { OrientationDecision(turn: .none, score: vote, verdict: .no) }

    private func decideByReading(_ level: [TextFrame], _ standing: [TextFrame], share: Double) throws(DossierError)
        -> OrientationDecision
    {
        var scores: [(turn: QuarterTurn, score: Double)] = []
        if share > 1 - Self.clearShare {
            scores.append((.none, try confidence(level) * share))
            scores.append((.half, try confidence(level.map { $0.turnedHalf() }) * share))
        }
        if share < Self.clearShare {
            // Lines that run down the page have been turned clockwise, and have to be turned on to 360°.
            scores.append((.clockwise270, try confidence(standing) * (1 - share)))
            scores.append((.clockwise90, try confidence(standing.map { $0.turnedHalf() }) * (1 - share)))
        }
        scores.sort { $0.score > $1.score }
        let (best, next) = (scores[0], scores[1])
        let score = best.score > 0 ? best.score / (best.score + next.score) : 0
        guard best.score - next.score >= Self.leastMargin * best.score, best.score > 0 else { return Self.unsure(score) }
        return OrientationDecision(turn: best.turn, score: score, verdict: best.turn == .none ? .no : .yes)
    }

    /// Mean confidence of the readings; a line in which nothing is found counts as 0.
    private func confidence(_ lines: [TextFrame]) throws(DossierError) -> Double {
        let sample = lines.prefix(Self.sampleSizeForReading).map { $0.middle(ratio: 8) }
        guard !sample.isEmpty else { return 0 }
        let readings = try recogniser.read(Array(sample), on: page, squeeze: PPOCREngine.firstSqueeze)
        return readings.reduce(0) { $0 + $1.confidence } / Double(readings.count)
    }

    private static func unsure(_ score: Double) -> OrientationDecision {
        OrientationDecision(turn: .none, score: score, verdict: .ask)
    }

    private static func length(_ lines: [TextFrame]) -> Double { lines.reduce(0) { $0 + $1.width } }
}

extension TextFrame {
    fileprivate var liesLevel: Bool { abs(along.x) > abs(along.y) }

    /// The middle part, no longer than `ratio` times its height.
    func middle(ratio: Double) -> TextFrame {
        var frame = self
        frame.width = min(width, ratio * height)
        return frame
    }
}

/// PP-OCR's small network that tells a line from one upside down.
final class DirectionClassifier {
    /// The network's input, pixels.
    private static let columns = 192
    private static let rows = 48

    private let request: InferRequest

    init(model path: String, precision: Precision, clock: InferenceClock) throws(DossierError) {
        request = try CompiledModel(contentsOfFile: path, precision: precision, threads: 1, requests: 1, clock: clock).makeRequest()
    }

    /// Mean probability that the frames are read the right way round, 0…1.
    func uprightVote(_ frames: [TextFrame], on page: GreyPage) throws(DossierError) -> Double {
        var sum = 0.0
        for frame in frames {
            try start(frame, on: page)
            sum += try unsafe request.finish { values, _ in unsafe Double(values[0]) }
        }
        return frames.isEmpty ? 0 : sum / Double(frames.count)
    }

    private func start(_ frame: TextFrame, on page: GreyPage) throws(DossierError) {
        let used = min(Self.columns, max(8, Int((Double(Self.rows) * frame.width / max(frame.height, 1)).rounded(.up))))
        try unsafe request.start(shape: [1, 3, Self.rows, Self.columns]) { values in
            unsafe page.writeCrop(frame, used: used, columns: Self.columns, rows: Self.rows, into: values)
        }
    }
}
