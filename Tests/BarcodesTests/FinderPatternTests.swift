@testable import Barcodes
import DossierModel
import Imaging
import SeparatorSheets
import Testing
import Typesetting

@Suite struct FinderPatternTests {
    private func sheet() throws -> Raster {
        var typesetter = try Typesetter()
        return try typesetter.draw(SeparatorSheet.order(.openCase("海检刑诉受〔2029〕255号")).layout(), dpi: 100, mode: .grey).raster
    }

    /// Grains of noise with as many levels to either side.
    private func noisy(_ page: Raster, _ levels: Int) -> Raster {
        var (page, state) = (page, UInt64(11))
        for at in page.bytes.indices {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            page.bytes[at] = UInt8(clamping: Int(page.bytes[at]) + Int(state >> 33) % (2 * levels + 1) - levels)
        }
        return page
    }

    @Test(arguments: [0, 20, 60]) func bothCodesOfASheetAreSeenThroughNoise(levels: Int) throws {
        let found = FinderPatterns(in: noisy(try sheet(), levels)).codes
        #expect(found.count == 2)
        // 22 to 84 mm across, 64 to 126 mm down.
        let first = try #require(found.min { $0.y < $1.y })
        #expect(abs(Double(first.x) - 22 / 25.4 * 100) < 8 && abs(Double(first.width) - 62 / 25.4 * 100) < 16)
    }

    @Test(arguments: [-14.0, 9]) func tiltedCodesAreSeen(degrees: Double) throws {
        #expect(FinderPatterns(in: try sheet().straightenedToGrey(skew: degrees)).codes.count == 2)
    }

    @Test func aCodeThatCannotBeReadIsAskedAbout() throws {
        var page = try sheet()
        // Half of the modules between the squares painted over, on both codes.
        for (left, top) in [(22.0, 64.0), (126, 186)] {
            for y in Int((top + 20) / 25.4 * 100)..<Int((top + 40) / 25.4 * 100) { for x in Int((left + 2) / 25.4 * 100)..<Int((left + 60) / 25.4 * 100) { page.bytes[y * page.width + x] = 140 } }
        }
        let reading = BarcodeReader.read(page, dpi: Resolution(x: 100, y: 100))
        #expect(reading.codes.isEmpty && !reading.unread.isEmpty)
    }

    @Test func printHasNone() throws {
        var page = Raster(whiteWidth: 800, height: 1100, mode: .grey)
        for y in 0..<1100 where (y / 12) % 2 == 0 { for x in 0..<800 where (x &* 7 &+ y / 12 &* 13) % 11 < 5 { page.bytes[y * 800 + x] = 20 } }
        #expect(FinderPatterns(in: page).codes.isEmpty)
    }
}
