import DossierModel
import Foundation

/// Random lines of text, the same for the same seed.
struct RandomLines: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static let pieces = [
        "讯问笔录", "犯罪嫌疑人", "，", "。", "〔2024〕", "（", "）", "第", "号", "17", "A4", "Wi-Fi", "iPhone 15 Pro", " ", "  ",
        "\u{3000}", "\u{3000}\u{3000}", "\u{A0}", "，　", "：", "——", "…", "𠮷", "𫝆野", "\u{E000}", "\u{F8FF}", "👨‍👩‍👧", "e\u{301}", "é", "`", "´a",
        "x²", "①", "℃", "½", "ﬁ", "｡ｶﾞ", "\u{200B}", "-", "立 案 决 定 书", "3.14", "http://a.b/c?d=e", "\\(<>)/", "々〇",
    ]

    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...9, using: &self) { text += Self.pieces.randomElement(using: &self)! }
        return text
    }

    /// A page of 2,480 × 3,508 pixels: rows, table rows, lines anywhere, upright columns, tilted lines.
    mutating func page() -> [RecognisedLine] {
        var lines: [RecognisedLine] = []
        var top = 100.0
        while top < 3_300 {
            let height = [12.5, 30, 42, 50, 60, 90, 250].randomElement(using: &self)!
            switch Int.random(in: 0..<8, using: &self) {
            case 0: lines += row(top: top, height: height)
            case 1: lines.append(column(top: top, width: height))
            case 2: lines.append(tilted(top: top, height: height))
            case 3: lines.append(line(x: Double.random(in: -100...2_400, using: &self), y: Double.random(in: -50...3_500, using: &self), height: height))
            case 4:
                lines.append(line(x: 300, y: top, height: height))
                lines.append(line(x: 320, y: top + 3, height: height))
            default: lines.append(line(x: 300, y: top, height: height))
            }
            top += height * Double.random(in: 1.1...2, using: &self)
        }
        return lines
    }

    private mutating func row(top: Double, height: Double) -> [RecognisedLine] {
        var x = 200.0
        return (0..<Int.random(in: 2...5, using: &self)).map { _ in
            let cell = line(x: x, y: top + Double.random(in: -6...6, using: &self), height: height, width: 380)
            x += 400
            return cell
        }
    }

    private mutating func line(x: Double, y: Double, height: Double, width: Double? = nil) -> RecognisedLine {
        let text = text()
        let width = width ?? Double(text.count) * height * Double.random(in: 0.4...1.3, using: &self)
        let drop = Double.random(in: -4...4, using: &self)
        let quad = Quad(
            topLeft: PixelPoint(x: x, y: y), topRight: PixelPoint(x: x + width, y: y + drop),
            bottomRight: PixelPoint(x: x + width, y: y + height + drop), bottomLeft: PixelPoint(x: x, y: y + height))
        return RecognisedLine(text: text, quad: quad, confidence: 0.9, characterSpans: spans(text.count))
    }

    private mutating func column(top: Double, width: Double) -> RecognisedLine {
        let text = text()
        let x = Double.random(in: 100...2_300, using: &self)
        let length = Double(text.count) * width
        let quad = Quad(
            topLeft: PixelPoint(x: x + width, y: top), topRight: PixelPoint(x: x + width, y: top + length),
            bottomRight: PixelPoint(x: x, y: top + length), bottomLeft: PixelPoint(x: x, y: top))
        return RecognisedLine(text: text, quad: quad, confidence: 0.9, characterSpans: spans(text.count))
    }

    private mutating func tilted(top: Double, height: Double) -> RecognisedLine {
        let angle = Double.random(in: -0.7...0.7, using: &self)
        let flat = line(x: 600, y: top, height: height)
        let turned = flat.quad.map { point in
            let (dx, dy) = (point.x - 600, point.y - top)
            return PixelPoint(x: 600 + dx * cos(angle) - dy * sin(angle), y: top + dx * sin(angle) + dy * cos(angle))
        }
        return RecognisedLine(text: flat.text, quad: turned, confidence: 0.9, characterSpans: flat.characterSpans)
    }

    /// None, even ones, or ones with wide gaps in between.
    private mutating func spans(_ count: Int) -> [Double] {
        let kind = Int.random(in: 0..<3, using: &self)
        if kind == 0 { return [] }
        var ends = [0.0]
        for _ in 0..<(2 * count) { ends.append(ends.last! + (kind == 1 ? 1 : Double.random(in: 0...1, using: &self) < 0.1 ? 20 : 0.5)) }
        return ends.prefix(2 * count).map { $0 / ends.last! }
    }
}
