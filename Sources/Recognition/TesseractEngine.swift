internal import DossierModel

/// Tesseract with its model for simplified Chinese: slower and less exact than PP-OCR, but there on every machine.
final class TesseractEngine: OCREngine {
    /// Longest side of the image in which directions are compared: print of 10 points is still 17 pixels high.
    static let orientationSide = 1400
    /// Side of the part of that image, the one with the most ink, that is read.
    static let orientationWindow = 700
    /// An upright page read this well is not turned to try.
    static let clearConfidence = 0.85
    /// With fewer letters a person has to say: a table on its side gives a dozen, all read with confidence.
    static let fewestLetters = 40
    /// The best direction has to be read this much better than the next, relative to its own score.
    static let leastMargin = 0.2

    let identity: EngineIdentity
    private let session: TesseractSession
    private let pageTimeout: Double

    /// - Parameter pageTimeout: seconds after which a page is given up, 0: never.
    ///
    /// #### Errors
    /// `missingComponent` when a language model is damaged.
    init(languages: TesseractLanguages, pageTimeout: Double = 0) throws(DossierError) {
        identity = try languages.identity()
        session = try TesseractSession(languages)
        self.pageTimeout = pageTimeout
    }

    func recognise(_ page: Raster, dpi: Resolution) throws(DossierError) -> [RecognisedLine] {
        let symbols = try session.symbols(on: GreyPage(page), dpi: dpi.y, timeout: pageTimeout)
        return TesseractLines(symbols).lines
    }

    /// Tesseract's own detection of orientation is hardly ever sure of Chinese, so a part of the page is read in every direction.
    func orientation(of page: Raster, dpi: Resolution) throws(DossierError) -> OrientationDecision {
        let (reduced, scale) = GreyPage(page).reduced(longestSide: Self.orientationSide)
        let part = reduced.mostInked(side: Self.orientationWindow)
        var best: (turn: QuarterTurn, score: Double) = (.none, 0)
        var next = 0.0
        for turn in QuarterTurn.allCases {
            let symbols = try session.symbols(on: part.turned(turn), dpi: dpi.y * scale, layout: .block, timeout: pageTimeout).filter { $0.text.isHan }
            let sum = symbols.reduce(0) { $0 + $1.confidence }
            let enough = symbols.count >= Self.fewestLetters
            if turn == .none, enough, sum >= Self.clearConfidence * Double(symbols.count) {
                return OrientationDecision(turn: .none, score: sum / Double(symbols.count), verdict: .no)
            }
            let score = enough ? sum * sum / Double(symbols.count) : 0
            if score > best.score { (best, next) = ((turn, score), best.score) } else { next = max(next, score) }
        }
        return Self.decision(best.turn, best.score, next)
    }

    private static func decision(_ turn: QuarterTurn, _ best: Double, _ next: Double) -> OrientationDecision {
        let score = best > 0 ? best / (best + next) : 0
        guard best > 0, best - next >= leastMargin * best else { return OrientationDecision(turn: .none, score: score, verdict: .ask) }
        return OrientationDecision(turn: turn, score: score, verdict: turn == .none ? .no : .yes)
    }
}

/// Tesseract's symbols as lines of text.
struct TesseractLines {
    private(set) var lines: [RecognisedLine] = []

    init(_ symbols: [TesseractSession.Symbol]) {
        var current: [TesseractSession.Symbol] = []
        for symbol in symbols {
            if symbol.startsLine { finish(&current) }
            current.append(symbol)
        }
        finish(&current)
    }

    private mutating func finish(_ symbols: inout [TesseractSession.Symbol]) {
        defer { symbols = [] }
        guard let frame = Self.box(around: symbols) else { return }
        let confidence = symbols.reduce(0) { $0 + $1.confidence } / Double(symbols.count)
        let pieces = Self.pieces(of: symbols, height: frame.height)
        lines.append(
            RecognisedLine(
                text: pieces.map(\.text).joined(), quad: Quad(frame), confidence: confidence,
                characterSpans: Self.spans(of: pieces, in: frame)))
    }

    /// A stretch of a line without wide gaps, pixels of the page.
    private struct Piece {
        var text: String
        var left: Int
        var right: Int
    }

    /// Room this many times the line's height parts two cells of a table.
    private static let widestGap = 1.5

    private static func pieces(of symbols: [TesseractSession.Symbol], height: Int) -> [Piece] {
        var pieces: [Piece] = []
        for (i, symbol) in symbols.enumerated() {
            let space = i > 0 && symbol.startsWord && needsSpace(symbols[i - 1].text, symbol.text) ? " " : ""
            let (left, right) = (symbol.box.x, symbol.box.x + symbol.box.width)
            if let last = pieces.last, Double(left - last.right) < widestGap * Double(height) {
                pieces[pieces.count - 1].text += space + symbol.text
                pieces[pieces.count - 1].right = max(last.right, right)
            } else {
                if !pieces.isEmpty { pieces[pieces.count - 1].text += space }
                pieces.append(Piece(text: symbol.text, left: left, right: right))
            }
        }
        return pieces
    }

    /// Tesseract's network keeps no track of where in a line it saw a letter: its boxes are off by half a letter on
    /// average, by several at times. Letters that share their piece by their natural widths are nearer to the truth.
    private static func spans(of pieces: [Piece], in frame: PixelRect) -> [Double] {
        pieces.flatMap { piece in
            let widths = widths(of: piece.text)
            let unit = Double(piece.right - piece.left) / widths.reduce(0, +)
            var place = Double(piece.left - frame.x)
            return widths.flatMap { width in
                let start = place
                place += width * unit
                return [start, place].map { min(1, max(0, $0 / Double(max(1, frame.width)))) }
            }
        }
    }

    /// A mark after a Chinese character was set full-width, however Tesseract spells it.
    private static func widths(of text: String) -> [Double] {
        var last: Character = " "
        return text.map { character in
            defer { last = character }
            return String(last).isChinese && character.isASCII && character.isPunctuation ? 1 : character.naturalWidth
        }
    }

    /// Tesseract parts Chinese into words; only where neither side is Chinese is the gap a space.
    private static func needsSpace(_ before: String, _ after: String) -> Bool {
        !before.isChinese && !after.isChinese
    }

    private static func box(around symbols: [TesseractSession.Symbol]) -> PixelRect? {
        guard let left = symbols.map(\.box.x).min(), let top = symbols.map(\.box.y).min() else { return nil }
        let right = symbols.map { $0.box.x + $0.box.width }.max()!
        let bottom = symbols.map { $0.box.y + $0.box.height }.max()!
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension String {
    /// A Han character (Unicode blocks CJK Unified Ideographs and Extension A).
    var isHan: Bool { unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) } }

    /// A Han character or the punctuation and full-width forms set with it (General Punctuation quotes, CJK Symbols, Fullwidth Forms).
    var isChinese: Bool {
        isHan || unicodeScalars.contains { (0x2014...0x2026).contains($0.value) || (0x3000...0x303F).contains($0.value) || (0xFF00...0xFFEF).contains($0.value) }
    }
}
