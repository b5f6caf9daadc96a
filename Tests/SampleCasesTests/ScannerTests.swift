import DossierModel
import Testing
import Typesetting

@testable import SampleCases

/// A page of plain text, nothing else.
private var textPage: DraftPage {
    let text = String(repeating: "经依法审查查明，犯罪嫌疑人张某甲于当日到案，对上述事实供认不讳。", count: 6)
    return DraftPage(layout: PageLayout(elements: TextGrid.official.pages(of: [Paragraph(text), Paragraph(text)])[0].map { .text($0) }))
}

private func isBlack(_ raster: Raster, _ x: Int, _ y: Int) -> Bool {
    raster.bytes[y * raster.bytesPerRow + x / 8] & (0x80 >> UInt8(x % 8)) != 0
}

private func black(_ raster: Raster, in box: PixelRect) -> Int {
    (box.y..<box.y + box.height).reduce(0) { sum, y in
        sum + (box.x..<box.x + box.width).reduce(0) { $0 + (isBlack(raster, $1, y) ? 1 : 0) }
    }
}

private func scanned(_ condition: Condition, folio: Int? = 12) throws -> Scan {
    var scanner = try Scanner()
    var random = SplitMix64(seed: 3)
    return try scanner.scan(Side(page: textPage, folio: folio), condition, random: &random)
}

private func condition(_ rotation: QuarterTurn, _ skew: Double, _ shift: (x: Double, y: Double) = (0, 0)) -> Condition {
    var condition = Condition()
    (condition.dpi, condition.rotation, condition.skew, condition.shift) = (200, rotation, skew, shift)
    return condition
}

@Test(arguments: QuarterTurn.allCases, [-2.4, 0, 1.3])
func truthBoxesHoldAllTheInk(rotation: QuarterTurn, skew: Double) throws {
    let scan = try scanned(condition(rotation, skew, (1.5, -2)))
    let (width, height) = (scan.raster.width, scan.raster.height)
    #expect((width > height) == rotation.swapsSides)
    let all = scan.raster.bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    var union = Raster(whiteWidth: width, height: height, mode: .bitonal)
    for line in scan.lines {
        let box = line.box
        #expect(black(scan.raster, in: box) > 0, "no ink in the box of “\(line.text)”")
        for y in box.y..<box.y + box.height {
            for x in box.x..<box.x + box.width { union.bytes[y * union.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
        }
    }
    let inside = zip(scan.raster.bytes, union.bytes).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
    #expect(Double(inside) > Double(all) * 0.999)
    if skew == 0 { #expect(union.bytes.reduce(0) { $0 + $1.nonzeroBitCount } < all * 8, "the boxes are loose") }
}

/// Row profile of the page after undoing a turn and a tilt: its unevenness is greatest when lines are level.
private func unevenness(_ scan: Scan, _ geometry: PageGeometry) -> Double {
    var rows = [Double](repeating: 0, count: geometry.upright.height)
    for y in 0..<scan.raster.height {
        for x in 0..<scan.raster.width where isBlack(scan.raster, x, y) {
            let point = geometry.uprightPoint(ofSource: PixelPoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
            let row = Int(point.y)
            if rows.indices.contains(row) { rows[row] += 1 }
        }
    }
    return rows.reduce(0) { $0 + $1 * $1 }
}

@Test(arguments: QuarterTurn.allCases)
func undoingRotationAndSkewLevelsTheLines(rotation: QuarterTurn) throws {
    let scan = try scanned(condition(rotation, 1.7))
    let source = PixelSize(width: scan.raster.width, height: scan.raster.height)
    func level(_ turn: QuarterTurn, _ skew: Double) -> Double {
        unevenness(scan, PageGeometry(source: source, rotation: turn, skew: skew))
    }
    let right = level(rotation, 1.7)
    for wrong in [-1.7, 0, 1.4, 2.0] { #expect(right > level(rotation, wrong) * 1.02) }
    #expect(right > level(rotation + .clockwise90, 1.7) * 1.05)
}

@Test(arguments: QuarterTurn.allCases)
func theStampedFolioIsAtTheUpperRightOnceUpright(rotation: QuarterTurn) throws {
    let scan = try scanned(condition(rotation, -2))
    let folio = try #require(scan.lines.first)
    #expect(folio.text == "12")
    let geometry = PageGeometry(source: PixelSize(width: scan.raster.width, height: scan.raster.height), rotation: rotation, skew: -2)
    let centre = PixelPoint(x: Double(folio.box.x) + Double(folio.box.width) / 2, y: Double(folio.box.y) + Double(folio.box.height) / 2)
    let upright = geometry.uprightPoint(ofSource: centre)
    #expect(upright.x > 0.85 * Double(geometry.upright.width) && upright.y < 0.08 * Double(geometry.upright.height))
}

@Test func redSealsStayRedAndPrintShinesThrough() throws {
    var page = textPage
    page.marks = [.seal(organ: "海澜市公安局", centre: PaperPoint(105, 90), tilt: 5)]
    var colour = condition(.none, 0)
    colour.mode = .colour
    var scanner = try Scanner()
    var random = SplitMix64(seed: 8)
    let scan = try scanner.scan(Side(page: page), colour, random: &random)
    var red = 0
    var dark = 0
    let box = try #require(scan.marks.first).box
    for y in box.y..<box.y + box.height {
        for x in box.x..<box.x + box.width {
            let at = (y * scan.raster.width + x) * 3
            let (r, g) = (Int(scan.raster.bytes[at]), Int(scan.raster.bytes[at + 1]))
            if r - g > 60 { red += 1 }
            if r < 90 { dark += 1 }
        }
    }
    let area = Double(box.width * box.height)
    #expect(Double(red) / area > 0.05 && Double(red) / area < 0.5)
    #expect(Double(dark) / area > 0.03)
}

@Test func aBlankBackShowsTheFrontMirroredAndNoTruthText() throws {
    var shining = condition(.none, 0)
    (shining.mode, shining.showThrough, shining.noise) = (.grey, 0.12, 0)
    var scanner = try Scanner()
    var random = SplitMix64(seed: 8)
    let scan = try scanner.scan(Side(back: textPage, isBack: true), shining, random: &random)
    #expect(scan.lines.isEmpty)
    let darkest = try #require(scan.raster.bytes.min())
    #expect(darkest > 190 && darkest < 240)
}
