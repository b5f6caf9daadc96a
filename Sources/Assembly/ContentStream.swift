import Foundation
import Typesetting

/// A page's content (ISO 32000-1 §8 and §9), written operator by operator. Positions come in millimetres from the
/// page's upper left corner and leave in points from its lower left one.
struct ContentStream {
    private(set) var bytes: [UInt8] = []
    /// Millimetres.
    private let height: Double
    private var strokeInk: Ink?
    private var fillInk: Ink?

    init(height: Double) { self.height = height }

    private static let pointsPerMillimetre = 72 / 25.4

    private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Operators that leave the graphics state alone, each line ended.
    mutating func append(_ operators: String) { write(operators) }

    /// At most three places: a third of a micrometre. Digit by digit: a page holds thousands of numbers.
    private mutating func write(_ value: Double) {
        let scaled = Int((value * 1000).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        write(whole: scaled.magnitude / 1000)
        var part = scaled.magnitude % 1000
        if part > 0 { bytes.append(UInt8(ascii: ".")) }
        while part > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(part / 100))
            part = part % 100 * 10
        }
        bytes.append(UInt8(ascii: " "))
    }

    private mutating func write(whole number: UInt) {
        if number > 9 { write(whole: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private mutating func write(code: UInt16) {
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(code >> shift & 15)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
        }
    }

    private mutating func write(_ point: PaperPoint) {
        write(point.x * Self.pointsPerMillimetre)
        write((height - point.y) * Self.pointsPerMillimetre)
    }

    // MARK: Ink

    private static func colour(_ ink: Ink) -> String {
        // A printer would screen the slightly grey black that stands for ink in pictures of paper.
        ink == .black ? "0 0 0" : PDFSyntax.numbers([ink.red, ink.green, ink.blue])
    }

    private mutating func fill(with ink: Ink) {
        guard fillInk != ink else { return }
        write(Self.colour(ink) + " rg\n")
        fillInk = ink
    }

    private mutating func stroke(with ink: Ink) {
        guard strokeInk != ink else { return }
        write(Self.colour(ink) + " RG\n")
        strokeInk = ink
    }

    // MARK: Shapes

    mutating func draw(_ stroke: Stroke) {
        self.stroke(with: stroke.ink)
        write(stroke.width * Self.pointsPerMillimetre)
        // Round ends; joints as the shape has them.
        write("w 1 J \(stroke.shape.isCurve ? 1 : 0) j ")
        trace(stroke.shape)
        write("S\n")
    }

    mutating func fill(_ shape: Shape, with ink: Ink) {
        fill(with: ink)
        trace(shape)
        write("f\n")
    }

    private mutating func trace(_ shape: Shape) {
        for step in shape.path {
            switch step {
            case .move(let to): write([to], "m ")
            case .line(let to): write([to], "l ")
            case .curve(let a, let b, let to): write([a, b, to], "c ")
            case .close: write("h ")
            }
        }
    }

    private mutating func write(_ points: [PaperPoint], _ path: String) {
        for point in points { write(point) }
        write(path)
    }

    // MARK: Text

    /// - Parameters:
    ///   - font: Name of the font in the page's resources.
    ///   - subset: The font.
    ///   - texts: What a reader takes each code for; a glyph that says something else is marked with its own text.
    mutating func show(_ run: GlyphRun, font: String, subset: FontSubset, texts: [UInt16: String]) {
        guard let first = run.glyphs.first else { return }
        fill(with: run.ink)
        write("BT /\(font) ")
        write(run.size * Self.pointsPerMillimetre)
        write("Tf ")
        write(run.squeeze * 100)
        write("Tz ")
        setMatrix(at: first, angle: run.angle)
        showGlyphs(run, subset: subset, texts: texts)
        write("ET\n")
    }

    private mutating func setMatrix(at glyph: GlyphRun.Glyph, angle: Double) {
        let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
        for value in [cosine, -sine, sine, cosine] {
            write(PDFSyntax.number(value, decimals: 6))
            bytes.append(0x20)
        }
        write(PaperPoint(glyph.x, glyph.baseline))
        write("Tm ")
    }

    /// One TJ, interrupted where a glyph's text must be told. Corrections are reckoned from where the reader's pen
    /// stands, so that rounding never adds up.
    private mutating func showGlyphs(_ run: GlyphRun, subset: FontSubset, texts: [UInt16: String]) {
        // Millimetres of a thousandth of an em.
        let unit = run.size * run.squeeze / 1000
        var pen = run.glyphs[0].x
        write("[<")
        for glyph in run.glyphs {
            let correction = ((pen - glyph.x) / unit).rounded()
            if correction != 0 {
                write(">\(Int(correction))<")
                pen -= correction * unit
            }
            let isTold = texts[glyph.code] != glyph.text || PageText.needsActualText(glyph.text)
            if isTold { write(">]TJ /Span <</ActualText \(PDFSyntax.text(glyph.text))>> BDC [<") }
            write(code: glyph.code)
            if isTold { write(">]TJ EMC [<") }
            pen += Double(subset.widths[glyph.code] ?? 0) * unit
        }
        write(">]TJ ")
    }
}
