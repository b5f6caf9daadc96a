import DossierModel
import Foundation
import Testing

@testable import Imaging

/// Random pixels of odd sizes; spare bits 0.
func randomRaster(_ width: Int, _ height: Int, _ mode: ColourMode, seed: UInt64 = 1) -> Raster {
    var random = SplitMix64(seed: seed)
    var raster = Raster(whiteWidth: width, height: height, mode: mode)
    for i in raster.bytes.indices { raster.bytes[i] = UInt8(truncatingIfNeeded: random.next()) }
    if mode == .bitonal, width & 7 != 0 {
        for y in 0..<height { raster.bytes[(y + 1) * raster.bytesPerRow - 1] &= UInt8(truncatingIfNeeded: 0xFF00 >> (width & 7)) }
    }
    return raster
}

/// One pixel as numbers; bitonal 0 or 1.
func pixel(_ raster: Raster, _ x: Int, _ y: Int) -> [UInt8] {
    switch raster.mode {
    case .bitonal: [raster.bytes[y * raster.bytesPerRow + x >> 3] >> UInt8(7 - x & 7) & 1]
    case .grey: [raster.bytes[y * raster.width + x]]
    case .colour: Array(raster.bytes[(y * raster.width + x) * 3..<(y * raster.width + x) * 3 + 3])
    }
}

private let sizes = [(1, 1), (7, 3), (8, 8), (9, 5), (33, 2), (64, 65), (130, 47), (1, 40)]

struct TurningTests {
    @Test(arguments: ColourMode.allCases, sizes)
    func everyPixelGoesWherePageGeometrySays(_ mode: ColourMode, _ size: (Int, Int)) {
        let raster = randomRaster(size.0, size.1, mode)
        for turn in QuarterTurn.allCases {
            let turned = raster.turned(turn)
            let geometry = PageGeometry(source: PixelSize(width: size.0, height: size.1), rotation: turn)
            #expect(turned.width == geometry.upright.width && turned.height == geometry.upright.height)
            for y in 0..<size.1 {
                for x in 0..<size.0 {
                    let at = geometry.uprightPoint(ofSource: PixelPoint(x: Double(x) + 0.5, y: Double(y) + 0.5))
                    #expect(pixel(turned, Int(at.x), Int(at.y)) == pixel(raster, x, y))
                }
            }
            #expect(turned.turned(turn.inverse) == raster)
        }
    }

    @Test(arguments: ColourMode.allCases, sizes)
    func mirroringExchangesLeftAndRight(_ mode: ColourMode, _ size: (Int, Int)) {
        let raster = randomRaster(size.0, size.1, mode, seed: 2)
        let mirrored = raster.mirrored()
        for y in 0..<size.1 {
            for x in 0..<size.0 { #expect(pixel(mirrored, size.0 - 1 - x, y) == pixel(raster, x, y)) }
        }
        #expect(mirrored.mirrored() == raster)
    }

    @Test(arguments: ColourMode.allCases)
    func croppingTakesTheNamedPixels(_ mode: ColourMode) {
        let raster = randomRaster(61, 40, mode, seed: 3)
        for rect in [PixelRect(x: 5, y: 3, width: 17, height: 9), PixelRect(x: 8, y: 0, width: 53, height: 40), PixelRect(x: 60, y: 39, width: 1, height: 1)] {
            let cut = raster.cropped(to: rect)
            #expect(cut.width == rect.width && cut.height == rect.height)
            for y in 0..<rect.height {
                for x in 0..<rect.width { #expect(pixel(cut, x, y) == pixel(raster, rect.x + x, rect.y + y)) }
            }
        }
        #expect(raster.cropped(to: PixelRect(x: -5, y: -5, width: 500, height: 500)) == raster)
        #expect(raster.cropped(to: PixelRect(x: 90, y: 2, width: 5, height: 5)).width == 1)
    }

    /// The spare bits of the last byte would change the raster's digest.
    @Test func spareBitsOfBitonalRowsStayZero() {
        let black = Raster(width: 13, height: 3, mode: .bitonal, bytes: [0xFF, 0xF8, 0xFF, 0xF8, 0xFF, 0xF8])
        #expect(black.turned(.half) == black)
        #expect(black.mirrored() == black)
        #expect(black.cropped(to: PixelRect(x: 1, y: 0, width: 9, height: 1)).bytes == [0xFF, 0x80])
        #expect(black.turned(.clockwise90).bytes == [UInt8](repeating: 0xE0, count: 13))
    }
}

struct StraighteningTests {
    /// Dots on white; each must appear where PageGeometry maps it.
    @Test(arguments: ColourMode.allCases, [-15.0, -1.3, 0.4, 9])
    func dotsMoveAsPageGeometrySays(_ mode: ColourMode, _ skew: Double) {
        let size = PixelSize(width: 401, height: 300)
        var sheet = Sheet(millimetresWide: 401, high: 300, dpi: Resolution(x: 25.4, y: 25.4), seed: 1)
        let dots = [(200.0, 150.0), (90.0, 70.0), (320.0, 240.0), (100.0, 230.0)]
        for (x, y) in dots { sheet.stroke(x, y, x, y, thickness: 7, ink: .black) }
        let straight = sheet.scanned(mode, look: .init(noise: 0)).straightened(skew: skew).greyed()
        let geometry = PageGeometry(source: size, skew: skew)
        for (x, y) in dots {
            let expected = geometry.uprightPoint(ofSource: PixelPoint(x: x, y: y))
            let found = centreOfInk(straight, near: expected)
            // Cut to black and white twice, a dot of seven pixels is no rounder than this.
            let allowed = mode == .bitonal ? 0.45 : 0.25
            #expect(abs(found.x - expected.x) < allowed && abs(found.y - expected.y) < allowed, "\(expected) found at \(found)")
        }
    }

    private func centreOfInk(_ raster: Raster, near point: PixelPoint) -> PixelPoint {
        var (weight, x, y) = (0.0, 0.0, 0.0)
        for row in Int(point.y) - 9...Int(point.y) + 9 {
            for column in Int(point.x) - 9...Int(point.x) + 9 {
                let ink = max(0, 230 - Double(raster.bytes[row * raster.width + column]))
                weight += ink
                x += ink * (Double(column) + 0.5)
                y += ink * (Double(row) + 0.5)
            }
        }
        return PixelPoint(x: x / weight, y: y / weight)
    }

    @Test func cornersAreWhiteAndTheSizeStays() {
        for mode in ColourMode.allCases {
            let black = Raster(
                width: 200, height: 100, mode: mode,
                bytes: [UInt8](repeating: mode == .bitonal ? 0xFF : 0, count: 100 * Raster.bytesPerRow(width: 200, mode: mode)))
            let turned = black.straightened(skew: 10)
            #expect(turned.width == 200 && turned.height == 100 && turned.mode == mode)
            let white = pixel(Raster(whiteWidth: 1, height: 1, mode: mode), 0, 0)
            #expect(pixel(turned, 0, 0) == white && pixel(turned, 199, 99) == white)
            #expect(pixel(turned, 100, 50) != white)
        }
    }

    @Test func hairlinesOfBitonalPagesHoldTogether() {
        var page = Raster(whiteWidth: 600, height: 400, mode: .bitonal)
        for x in 0..<75 { page.bytes[200 * 75 + x] = 0xFF }
        for skew in [0.3, 1.7, 7.0, 14.0] {
            let turned = page.straightened(skew: skew)
            for x in 20..<580 {
                #expect((0..<400).contains { pixel(turned, x, $0) == [1] }, "gap at \(x), \(skew)°")
            }
        }
    }
}

struct ScalingTests {
    @Test func bitonalPagesShrinkToGrey() {
        var page = Raster(whiteWidth: 64, height: 64, mode: .bitonal)
        for i in page.bytes.indices { page.bytes[i] = 0xAA }
        let half = page.scaled(by: 0.5)
        #expect(half.mode == .grey && half.width == 32 && half.height == 32)
        #expect(half.bytes.allSatisfy { (120...135).contains($0) })
    }

    @Test(arguments: ColourMode.allCases, [0.1, 0.37, 0.5, 0.93, 1.5, 3])
    func sizesAreRounded(_ mode: ColourMode, _ factor: Double) {
        let scaled = randomRaster(123, 77, mode).scaled(by: factor)
        #expect(abs(Double(scaled.width) - 123 * factor) <= 1)
        #expect(abs(Double(scaled.height) - 77 * factor) <= 1)
    }

    @Test func meanBrightnessSurvivesReduction() {
        let raster = randomRaster(300, 200, .grey)
        func mean(_ r: Raster) -> Double { r.bytes.reduce(0.0) { $0 + Double($1) } / Double(r.bytes.count) }
        #expect(abs(mean(raster) - mean(raster.scaled(by: 0.41))) < 2)
    }
}

struct ColourDropOutTests {
    private func seen(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> (ocr: UInt8, red: UInt8) {
        let raster = Raster(width: 1, height: 1, mode: .colour, bytes: [r, g, b])
        return (raster.forRecognition().bytes[0], raster.redInk().bytes[0])
    }

    @Test func sealsDropOutAndInkStays() {
        #expect(seen(205, 45, 48).ocr > 225, "red ink on paper")
        #expect(seen(150, 30, 35).ocr > 190, "dark red ink paste")
        #expect(seen(70, 15, 18).ocr < 110, "black under a seal")
        #expect(Raster.withoutBlue(40, 65, 175, paper: 0) > 225, "blue ink on paper")
        #expect(Raster.withoutBlue(148, 155, 185, paper: -19) > 215, "pale blue ink on yellowed paper")
        #expect(Raster.withoutBlue(8, 14, 38, paper: 0) < 110, "black under a blue seal")
        #expect(seen(40, 55, 150).ocr < 60, "blue ballpoint")
        #expect(seen(140, 140, 142).ocr < 150, "pencil")
        #expect(seen(230, 205, 160).ocr > 225, "yellowed paper")
    }

    @Test func redTextIsReadableInTheSecondPass() {
        #expect(seen(205, 45, 48).red < 60)
        #expect(seen(40, 55, 150).red == 255)
        #expect(seen(30, 30, 32).red == 255)
        #expect(seen(246, 244, 240).red == 255)
        #expect(seen(230, 205, 160).red > 220)
    }

    /// Darkest value of a page around a place, millimetres.
    private func darkest(_ page: Raster, _ x: Double, _ y: Double, _ radius: Double) -> UInt8 {
        let (u, v, r) = (Int(x * 150 / 25.4), Int(y * 150 / 25.4), Int(radius * 150 / 25.4))
        return (v - r...v + r).flatMap { row in page.bytes[row * page.width + u - r...row * page.width + u + r] }.min()!
    }

    @Test func aRedLetterheadStaysWhileSealsFingersAndRulesDropOut() {
        let dpi = Resolution(x: 150, y: 150)
        var sheet = Sheet(dpi: dpi, seed: 5)
        sheet.line(50, 40, characters: 8, size: 12, ink: .red)
        sheet.stroke(28, 62, 184, 62, thickness: 0.7, ink: .red)
        sheet.seal(140, 200)
        sheet.fingerprint(60, 230)
        let page = sheet.scanned(.colour, look: Sheet.Look(falloff: 0, noise: 1)).forRecognition(dpi: dpi)
        #expect(darkest(page, 100, 46, 10) < 120, "letterhead")
        #expect(darkest(page, 100, 62, 2) > 190, "rule")
        #expect(darkest(page, 140, 200, 25) > 190, "seal")
        #expect(darkest(page, 60, 230, 12) > 190, "fingerprint")
    }

    /// A seal over print and one that is pale, beside everything else that is red.
    @Test(arguments: [Ink.red, .blue]) func roundSealsAreFoundAndNothingElseOfTheirColourIs(_ ink: Ink) {
        let dpi = Resolution(x: 200, y: 200)
        var sheet = Sheet(dpi: dpi, seed: 5)
        sheet.line(50, 40, characters: 8, size: 12, ink: ink)
        sheet.stroke(28, 62, 184, 62, thickness: 0.7, ink: ink)
        for side in [(100.0, 90.0, 142.0, 90.0), (142, 90, 142, 132), (142, 132, 100, 132), (100, 132, 100, 90)] {
            sheet.stroke(side.0, side.1, side.2, side.3, thickness: 1, ink: ink)
        }
        sheet.stroke(60, 110, 60.1, 110, thickness: 42, ink: ink)
        sheet.fingerprint(60, 230, ink: ink)
        let look = Sheet.Look(falloff: 0, noise: 1)
        #expect(sheet.scanned(.colour, look: look).withoutSeals(dpi: dpi).seals.isEmpty)
        for y in stride(from: 185.0, through: 215, by: 8) { sheet.line(110, y, characters: 12, size: 5, ink: .black) }
        sheet.seal(140, 200, ink: ink)
        let seals = sheet.scanned(.colour, look: look).withoutSeals(dpi: dpi).seals
        #expect(seals.count == 1)
        let middle = seals.first.map { (x: Double($0.box.x + $0.box.width / 2) * 25.4 / 200, y: Double($0.box.y + $0.box.height / 2) * 25.4 / 200) }
        #expect(middle.map { abs($0.x - 140) < 2 && abs($0.y - 200) < 2 } == true)
        #expect(sheet.scanned(.grey, look: look).withoutSeals(dpi: dpi).seals.isEmpty)
    }

    /// However the seal is turned, its legend comes out as one level run of ink with paper on both sides.
    @Test(arguments: [0.0, 90, 140, 260], [Ink.red, .blue]) func aLegendIsUnrolledFromItsGap(turn: Double, ink: Ink) throws {
        let dpi = Resolution(x: 200, y: 200)
        var sheet = Sheet(dpi: dpi, seed: 5)
        let (x, y, radius) = (140.0, 200.0, 20.0)
        sheet.ring(x, y, radius: radius, thickness: 1.2, ink: ink)
        for i in 0..<9 {
            let angle = turn * .pi / 180 + (Double(i) - 4) * 0.5
            sheet.stroke(x + 13 * sin(angle), y - 13 * cos(angle), x + 17 * sin(angle), y - 17 * cos(angle), thickness: 2.5, ink: ink)
        }
        let page = sheet.scanned(.colour, look: Sheet.Look(falloff: 0, noise: 1))
        let seal = try #require(page.withoutSeals(dpi: dpi).seals.first)
        let strip = try #require(page.sealLegend(in: seal.box, colour: seal.colour))
        #expect(strip.mode == .grey && strip.width > 5 * strip.height)
        let middle = strip.height / 2 * strip.width
        let inked = (0..<strip.width).filter { strip.bytes[middle + $0] < 128 }
        let runs = zip(inked, inked.dropFirst()).count { $1 > $0 + 1 } + 1
        #expect(runs == 9, "nine bars side by side")
        let (left, right) = (try #require(inked.first), strip.width - 1 - (try #require(inked.last)))
        #expect(abs(left - right) < strip.width / 20, "the line begins in the middle of the gap")
        #expect(page.sealLegend(in: PixelRect(x: 5, y: 5, width: 300, height: 300)) == nil, "paper has no legend")
        #expect(page.sealLegend(in: PixelRect(x: page.width - 50, y: 5, width: 300, height: 300)) == nil, "a box that leaves the page")
    }

    /// Blue is the colour of pens: strokes stay, but for those within the seal.
    @Test func aBlueSealDropsOutAndPrintUnderItAndPensBesideItStay() {
        let dpi = Resolution(x: 200, y: 200)
        var sheet = Sheet(dpi: dpi, seed: 5)
        sheet.handwriting(40, 100, length: 60, ink: .blue)
        let look = Sheet.Look(falloff: 0, noise: 1)
        let penned = sheet.scanned(.colour, look: look)
        let isKept = penned.forRecognition(dpi: dpi) == penned.forRecognition()
        #expect(isKept, "a page without a seal")
        for y in stride(from: 185.0, through: 215, by: 8) { sheet.line(110, y, characters: 12, size: 5, ink: .black) }
        let unsealed = sheet.scanned(.colour, look: look).forRecognition()
        sheet.seal(140, 200, ink: .blue)
        let (read, seals) = sheet.scanned(.colour, look: look).withoutSeals(dpi: dpi)
        #expect(seals.count == 1)
        // The noise differs from scan to scan.
        let differences = zip(read.bytes, unsealed.bytes).enumerated().filter { abs(Int($1.0) - Int($1.1)) > 60 }.map { $0.offset / read.width * 127 / 1_000 }
        #expect(differences.allSatisfy { $0 > 170 }, "what lies above the seal")
        #expect(differences.count * 2_000 < read.bytes.count, "\(differences.count) pixels differ from the page before it was sealed")
    }

    @Test func greyAndBitonalPagesAreUnchanged() {
        let grey = randomRaster(50, 40, .grey)
        #expect(grey.forRecognition() == grey)
        let bits = randomRaster(51, 40, .bitonal)
        #expect(bits.forRecognition() == bits.greyed())
        for y in 0..<40 { for x in 0..<51 { #expect(pixel(bits.greyed(), x, y) == (pixel(bits, x, y) == [1] ? [0] : [255])) } }
    }

    /// ITU-R BT.601: the primaries give 76, 150 and 29.
    @Test func greyIsLuminance() {
        let raster = Raster(width: 3, height: 1, mode: .colour, bytes: [255, 0, 0, 0, 255, 0, 0, 0, 255])
        #expect(raster.greyed().bytes == [76, 150, 29])
    }
}

struct OddInputTests {
    private static let sizes = [(1, 1), (1, 20000), (20000, 1), (20000, 300), (3, 3), (70000, 20)]
    private static let resolutions = [Resolution(x: 30, y: 30), Resolution(x: 300, y: 300), Resolution(x: 1200, y: 1200), Resolution(x: 0, y: .nan), Resolution(x: 204, y: 98)]

    @Test(arguments: ColourMode.allCases, sizes)
    func nothingCrashesAndNothingIsGuessed(_ mode: ColourMode, _ size: (Int, Int)) {
        let white = Raster(whiteWidth: size.0, height: size.1, mode: mode)
        var black = white
        for i in black.bytes.indices { black.bytes[i] = mode == .bitonal ? 0xFF : 0 }
        for raster in [white, black] {
            for dpi in Self.resolutions {
                let skew = Skew.measure(raster, dpi: dpi, maximum: 15)
                #expect(skew.verdict != .yes && skew.degrees == 0)
                let blank = Blankness.measure(raster, dpi: dpi)
                #expect(raster == white || blank.verdict != .yes)
            }
            #expect(raster.straightened(skew: 3).width == size.0)
            #expect(raster.turned(.clockwise90).turned(.clockwise270).width == size.0)
            #expect(raster.scaled(by: 0.5).height >= 1)
            #expect(raster.forRecognition().mode == .grey)
        }
    }

    @Test(arguments: ColourMode.allCases)
    func noiseIsNotTilted(_ mode: ColourMode) {
        let noise = randomRaster(1600, 2200, mode, seed: 9)
        #expect(Skew.measure(noise, dpi: Resolution(x: 200, y: 200), maximum: 15).verdict != .yes)
        #expect(Blankness.measure(noise, dpi: Resolution(x: 200, y: 200)).verdict != .yes)
    }
}
