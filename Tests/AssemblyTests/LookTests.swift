@testable import Assembly
import DossierModel
import Foundation
import TestTools
import Testing

/// Where the picture and the text lie, measured in what poppler draws.
@Suite struct LookTests {
    let parts: SampleParts
    init() throws { parts = try SampleParts() }

    /// Black blocks of 60 × 60 pixels in a row, as characters of a line; a long bar under them marks the foot of the page.
    private static let blocks = (0..<6).map { PixelRect(x: 150 + 100 * $0, y: 200, width: 60, height: 60) }
    private static let bar = PixelRect(x: 100, y: 1_000, width: 600, height: 30)
    private static let upright = PixelSize(width: 800, height: 1_100)

    private static func isBlack(_ p: PixelPoint) -> Bool {
        (blocks + [bar]).contains { rect in
            p.x >= Double(rect.x) && p.x < Double(rect.x + rect.width) && p.y >= Double(rect.y) && p.y < Double(rect.y + rect.height)
        }
    }

    /// The page as a scanner gave it: turned and tilted so that `geometry` makes it upright again.
    private func page(_ turn: QuarterTurn, skew: Double) -> VolumePlan.Page {
        let size = turn.swapsSides ? PixelSize(width: 1_100, height: 800) : Self.upright
        let geometry = PageGeometry(source: size, rotation: turn, skew: skew)
        let part = parts.bitonal(size.width, size.height) { x, y in
            Self.isBlack(geometry.uprightPoint(ofSource: PixelPoint(x: Double(x) + 0.5, y: Double(y) + 0.5)))
        }
        let spans = Self.blocks.flatMap { [Double($0.x - 150) / 560, Double($0.x - 150 + 60) / 560] }
        let line = RecognisedLine(
            text: "立案决定书A", quad: Quad(PixelRect(x: 150, y: 200, width: 560, height: 60)), confidence: 1, characterSpans: spans)
        return parts.page([part], rotation: turn, skew: skew, dpi: Resolution(x: 72, y: 72), lines: [line])
    }

    private static let cases: [(QuarterTurn, Double)] = QuarterTurn.allCases.flatMap { [($0, 0), ($0, 3.5)] } + [(.none, -2)]

    @Test func turnedAndTiltedImagesAreDrawnUpright() throws {
        let path = try parts.write(parts.plan(Self.cases.map(page)))
        guard try Tool.run("pdftoppm", ["-r", "72", "-gray", path, parts.file("look")]) != nil else { return }
        for index in Self.cases.indices {
            let data = try Data(contentsOf: URL(fileURLWithPath: parts.file("look-\(index + 1).pgm")))
            let pixels = [UInt8](data.suffix(800 * 1_100))
            func dark(_ x: Int, _ y: Int) -> Bool { pixels[y * 800 + x] < 128 }
            for block in Self.blocks {
                #expect(dark(block.x + 30, block.y + 30), "page \(index)")
                #expect(!dark(block.x + 80, block.y + 30), "page \(index)")
            }
            #expect(dark(120, 1_015) && dark(680, 1_015) && !dark(400, 100), "page \(index)")
        }
    }

    /// Middle of the page's words and characters by `pdftotext -bbox`, against the blocks.
    @Test func textLiesOverThePicture() throws {
        let path = try parts.write(parts.plan([page(.clockwise90, skew: 1)]))
        guard let boxes = try Tool.run("pdftotext", ["-bbox", path, "-"]) else { return }
        let word = boxes.output.split(separator: "\n").first { $0.contains("<word") } ?? ""
        let numbers = word.split(separator: "\"").compactMap { Double($0) }
        #expect(word.contains("立案决定书A") && numbers.count == 4)
        for (found, wanted) in zip(numbers, [150.0, 200, 710, 260]) { #expect(abs(found - wanted) < 2) }
    }

    /// Shows the characters' frames in red: each lies over its block and not over its neighbour's.
    @Test func charactersLieOverTheirBlocks() throws {
        let path = try parts.write(parts.plan([page(.none, skew: 0)]), showingText: true)
        guard try Tool.run("pdftoppm", ["-r", "72", path, parts.file("shown")]) != nil else { return }
        let data = try Data(contentsOf: URL(fileURLWithPath: parts.file("shown-1.ppm")))
        let pixels = [UInt8](data.suffix(800 * 1_100 * 3))
        let red = (0..<800).filter { x in
            let start = (190 * 800 + x) * 3, inside = (230 * 800 + x) * 3
            return [start, inside].contains { Int(pixels[$0]) > Int(pixels[$0 + 1]) + 30 }
        }
        // Between two blocks stands the frame of the cell on either side.
        for block in Self.blocks.dropLast() { #expect(red.contains { $0 > block.x + 60 && $0 < block.x + 100 }) }
    }
}
