import DossierModel
import Foundation
import Testing

@testable import Imaging

/// A page with a known tilt.
struct TiltedPage {
    var raster: Raster
    var dpi: Resolution
    var tilt: Double

    init(seed: UInt64, tilt: Double?, dpi given: Resolution? = nil) {
        var random = SplitMix64(seed: seed)
        dpi = given ?? [Resolution(x: 200, y: 200), Resolution(x: 300, y: 300), Resolution(x: 200, y: 200)][Int(seed % 3)]
        self.tilt = tilt ?? random.real(-15...15)
        var sheet = Sheet(dpi: dpi, seed: seed)
        sheet.tilt = self.tilt
        switch seed % 4 {
        case 0: sheet.text(lines: random.whole(8...22))
        case 1: sheet.form()
        case 2:
            sheet.text(lines: 10)
            sheet.form(rows: 6)
        default: sheet.text(lines: 22, ink: random.chance(0.5) ? .blue : .black)
        }
        if random.chance(0.4) { sheet.seal(140, 200) }
        if random.chance(0.3) { sheet.fingerprint(60, 150) }
        if random.chance(0.4) { sheet.punchHoles() }
        if random.chance(0.4) { sheet.blackEdges(random.real(0.5...6), slant: random.chance(0.5) ? random.real(-4...4) : 0) }
        if random.chance(0.5) { sheet.dust(random.whole(20...300)) }
        let look = Sheet.Look(falloff: random.real(0...0.35), noise: random.real(1...9))
        raster = sheet.scanned(ColourMode.allCases[random.whole(0...2)], look: look)
    }
}

struct SkewTests {
    @Test func tiltsAreMeasuredToATenthOfADegree() {
        var errors: [Double] = []
        var unmeasured = 0
        for seed in 0..<120 as Range<UInt64> {
            let page = TiltedPage(seed: seed, tilt: nil)
            let measure = Skew.measure(page.raster, dpi: page.dpi, maximum: 15)
            if measure.verdict == .yes { errors.append(abs(measure.degrees - page.tilt)) } else { unmeasured += 1 }
            if measure.verdict != .yes || abs(measure.degrees - page.tilt) > 0.15 {
                print("seed \(seed) \(page.raster.mode) tilt \(page.tilt): \(measure)")
            }
        }
        errors.sort()
        let (median, high) = (errors[errors.count / 2], errors[errors.count * 95 / 100])
        print("skew over ±15°: median \(median), 95 % \(high), largest \(errors.last!), unmeasured \(unmeasured) of 120")
        #expect(median <= 0.1)
        #expect(high <= 0.2)
        #expect(unmeasured <= 6)
    }

    @Test func levelPagesStayLevel() {
        var tilts: [Double] = []
        for seed in 200..<230 as Range<UInt64> {
            let page = TiltedPage(seed: seed, tilt: 0)
            let measure = Skew.measure(page.raster, dpi: page.dpi, maximum: 15)
            tilts.append(abs(measure.degrees))
        }
        tilts.sort()
        print("level pages: median \(tilts[15]), largest \(tilts[29])")
        #expect(tilts[15] < 0.01)
        #expect(tilts[29] < 0.1)
    }

    @Test func pagesUpsideDownMeasureTheSame() {
        let page = TiltedPage(seed: 3, tilt: 2.3)
        let measure = Skew.measure(page.raster.turned(.half), dpi: page.dpi, maximum: 15)
        #expect(measure.verdict == .yes)
        #expect(abs(measure.degrees - 2.3) < 0.1)
    }

    @Test func faxResolutionIsMeasuredInPixels() {
        for tilt in [-4.0, 1.5] {
            let page = TiltedPage(seed: 8, tilt: tilt, dpi: Resolution(x: 204, y: 98))
            let measure = Skew.measure(page.raster, dpi: page.dpi, maximum: 15)
            #expect(measure.verdict == .yes)
            #expect(abs(measure.degrees - tilt) < 0.2)
        }
    }

    @Test func straighteningUndoesTheMeasuredTilt() {
        for seed in 300..<306 as Range<UInt64> {
            let page = TiltedPage(seed: seed, tilt: nil)
            let measure = Skew.measure(page.raster, dpi: page.dpi, maximum: 15)
            let again = Skew.measure(page.raster.straightened(skew: measure.degrees), dpi: page.dpi, maximum: 15)
            #expect(abs(again.degrees) < 0.1, "seed \(seed): \(measure.degrees), left \(again.degrees)")
        }
    }

    @Test(arguments: ["seal", "fingerprint", "one line", "nothing", "scribble", "dust"])
    func tooLittleStructureIsNotGuessed(_ content: String) {
        for seed in 0..<6 as Range<UInt64> {
            var sheet = Sheet(dpi: Resolution(x: 200, y: 200), seed: seed)
            sheet.tilt = 3
            switch content {
            case "seal": sheet.seal(120, 180)
            case "fingerprint": sheet.fingerprint(100, 150)
            case "one line": sheet.line(40, 100, characters: 9)
            case "scribble": sheet.handwriting(50, 80, length: 60, ink: .blue)
            case "dust": sheet.dust(400)
            default: break
            }
            let measure = Skew.measure(sheet.scanned(.colour), dpi: sheet.dpi, maximum: 15)
            #expect(measure.verdict != .yes, "\(content) \(seed): \(measure)")
            #expect(measure.degrees == 0)
        }
    }

    @Test func threeLinesAreEnoughWhereTheirEdgesAgree() {
        for seed in 400..<406 as Range<UInt64> {
            var sheet = Sheet(dpi: Resolution(x: 200, y: 200), seed: seed)
            sheet.tilt = Double(seed % 6) - 2.5
            for row in 0..<3 { sheet.line(28, 40 + 12 * Double(row), characters: 26) }
            let measure = Skew.measure(sheet.scanned(.grey), dpi: sheet.dpi, maximum: 15)
            #expect(measure.verdict == .yes, "\(measure)")
            #expect(abs(measure.bestGuess - sheet.tilt) <= 0.2)
        }
    }
}
