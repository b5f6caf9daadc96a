import DossierModel
import Foundation
import ImageCodecs
import Imaging
@testable import Layering
import Testing

@Suite struct PageLayererTests {
    private func layered(_ frame: DecodedFrame, lines: [PixelRect] = [], _ profile: ImageProfile = .balanced) throws -> PageLayerer.Output {
        try #require(try PageLayerer(profile: profile).layered(frame, lines: lines.map { Quad($0) }))
    }

    private func sealedPage() throws -> (frame: DecodedFrame, lines: [PixelRect], seal: PixelRect) {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        let seal = sheet.seal(x: 800, y: 700)
        return (try sheet.scanned(), lines, seal)
    }

    @Test func aPrintedPageWithASealBecomesAFifthOfItself() throws {
        let (frame, lines, _) = try sealedPage()
        let output = try layered(frame, lines: lines)
        let image = try #require(output.page.image)
        #expect(output.page.layering.outcome == .layered)
        #expect(image.origin == .layered && image.size == frame.page.size)
        #expect(image.byteCount * 4 < frame.page.image.byteCount)
        #expect(output.page.layering.bytesLayered == image.byteCount)
        #expect(Set(image.parts.map(\.digest)) == Set(output.parts.keys))
        #expect(image.parts.first?.layer?.role == .background)
    }

    @Test func aSealIsKeptInTheScannersOwnCoefficients() throws {
        let (frame, lines, seal) = try sealedPage()
        let output = try layered(frame, lines: lines)
        let region = try #require(output.page.layering.regions.first { $0.cause == .ink })
        #expect(region.box.x <= seal.x && region.box.y <= seal.y)
        #expect(region.box.x + region.box.width >= seal.x + seal.width && region.box.y + region.box.height >= seal.y + seal.height)
        #expect(region.quality == nil && region.similarity > 0.999)
        // The corners around a round seal are not kept.
        let inner = PixelRect(x: seal.x + 40, y: seal.y + 40, width: seal.width - 80, height: seal.height - 80)
        let isSame = try #require(output.shown).pixels(in: inner).bytes == ShownPageTests.cut(frame.raster, inner).bytes
        #expect(isSame)
    }

    @Test func aSealOnARawPageIsAtLeastAsGoodAsAsked() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        _ = sheet.seal(x: 800, y: 700)
        let output = try layered(sheet.scanned(as: "page.png"), lines: lines)
        #expect(output.page.layering.outcome == .layered)
        #expect(!output.page.layering.regions.isEmpty && output.page.layering.regions.allSatisfy { $0.similarity >= 0.98 })
    }

    @Test func popplerDrawsWhatThePageWasJudgedBy() throws {
        let (frame, lines, _) = try sealedPage()
        let output = try layered(frame, lines: lines)
        let drawn = try #require(output.page.image).drawn(output.parts)
        let shown = try #require(output.shown).raster
        #expect(StructuralSimilarity.least(drawn, shown) > 0.97)
        #expect(StructuralSimilarity.least(drawn, frame.raster) > 0.5)
    }

    @Test func printOfSeveralInksKeepsItsColours() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 5) + sheet.print(rows: 5, from: 600, colour: [30, 110, 60])
        let output = try layered(sheet.scanned(), lines: lines)
        let image = try #require(output.page.image)
        let drawn = try image.drawn(output.parts)
        let at = ((600 + 20) * drawn.width + 101) * 3
        #expect(drawn.bytes[at + 1] > drawn.bytes[at] + 40, "green print stays green")
    }

    @Test func paleLinesAreNeverSwallowedByThePaper() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10) + sheet.print(rows: 2, from: 1000, colour: [205, 200, 188])
        let output = try layered(sheet.scanned(quality: 90), lines: lines)
        // Either they are told to differ, or they stand in the layers as dark against their paper as on the scan.
        guard let image = output.page.image else { return #expect(output.page.layering.outcome == .textDiffers && output.parts.isEmpty) }
        let drawn = try image.drawn(output.parts), scan = try sheet.scanned(quality: 90).raster
        #expect(spread(drawn, lines[10]) * 10 >= spread(scan, lines[10]) * 8)
    }

    /// Between the lightest and the darkest tenth of the pixels, levels.
    private func spread(_ raster: Raster, _ box: PixelRect) -> Int {
        let values = (box.y..<box.y + box.height).flatMap { y in
            (box.x..<box.x + box.width).map { Int(raster.bytes[(y * raster.width + $0) * 3]) }
        }.sorted()
        return values[values.count * 9 / 10] - values[values.count / 10]
    }

    @Test func faintMarksThatNobodyReadGrowNoFainter() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        let faint = sheet.print(rows: 2, from: 1000, colour: [205, 200, 188])[0]
        let frame = try sheet.scanned(quality: 90)
        let output = try layered(frame, lines: lines)
        let image = try #require(output.page.image, "\(output.page.layering.outcome)")
        #expect(spread(try image.drawn(output.parts), faint) * 10 >= spread(frame.raster, faint) * 8)
    }

    @Test func whatIsToBeKeptIsARegionInTheScannersPixels() throws {
        let (frame, lines, _) = try sealedPage()
        let output = try #require(try PageLayerer(profile: .balanced).layered(frame, lines: lines.map { Quad($0) }, keeping: [lines[3]]))
        let region = try #require(output.page.layering.regions.first { $0.cause == .text })
        #expect(region.box.x <= lines[3].x && region.box.x + region.box.width >= lines[3].x + lines[3].width)
        #expect(region.box.x % 16 == 0 && region.box.y % 16 == 0)
        let inner = PixelRect(x: lines[3].x + 16, y: lines[3].y + 8, width: 64, height: 16)
        #expect(try #require(output.shown).pixels(in: inner).bytes == ShownPageTests.cut(frame.raster, inner).bytes)
    }

    @Test func whatIsKeptIsDrawnWhereItIsKeptOnly() throws {
        let (frame, lines, seal) = try sealedPage()
        let output = try layered(frame, lines: lines)
        let image = try #require(output.page.image)
        let region = try #require(image.parts.firstIndex { $0.layer?.role == .region })
        #expect(image.parts[region + 1].layer?.role == .mask)
        let drawn = try image.drawn(output.parts), shown = try #require(output.shown).raster
        // The corner of the seal's box shows paper, neither the grey nor the black of a square that was dropped.
        let corner = PixelRect(x: seal.x + seal.width - 24, y: seal.y + seal.height - 24, width: 24, height: 14)
        let darkest = (corner.y..<corner.y + corner.height).flatMap { y in
            (corner.x..<corner.x + corner.width).map { drawn.bytes[(y * drawn.width + $0) * 3] }
        }.min()!
        #expect(darkest > 200)
        let middle = (seal.y + 118) * drawn.width + seal.x + 118
        #expect(drawn.bytes[middle * 3..<middle * 3 + 3].elementsEqual(shown.bytes[middle * 3..<middle * 3 + 3]))
    }

    @Test func theRecordMakesTheSameLayersAgain() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        _ = sheet.seal(x: 800, y: 700)
        let frame = try sheet.scanned()
        let output = try #require(
            try PageLayerer(profile: .balanced).layered(frame, lines: lines.map { Quad($0) }, keeping: [lines[2], lines[4]]))
        #expect(output.page.layering.regions.contains { $0.cause == .text } && output.page.layering.regions.contains { $0.cause == .ink })
        let again = try #require(try PageLayerer(profile: .balanced).layered(frame, asIn: output.page.layering))
        #expect(again.page.image == output.page.image)
    }

    @Test func onlyLinesWithOtherPixelsThanTheScansAreReadAgain() throws {
        let (frame, lines, _) = try sealedPage()
        let around = PixelRect(x: lines[2].x - 8, y: lines[2].y - 8, width: lines[2].width + 16, height: lines[2].height + 16)
        var asked: [[Int]] = []
        let output = try #require(
            try PageLayerer(profile: .balanced).layered(frame, lines: lines.map { Quad($0) }, keeping: [around]) { _, open in
                asked.append(open)
                return asked.count == 1 ? [5] : []
            })
        #expect(asked.count == 2 && !asked[0].contains(2) && asked[0].contains(5) && !asked[1].contains(5))
        #expect(output.page.layering.regions.contains { $0.cause == .text && $0.box.y <= lines[5].y && $0.box.y + $0.box.height >= lines[5].y + lines[5].height })
        #expect(output.page.layering.textGuard?.reread == lines.count)
    }

    /// A raw page: what is kept of it is coded with loss and may read otherwise still.
    @Test func aPageThatReadsOtherwiseWhateverIsKeptStaysAsDelivered() throws {
        var sheet = SheetOfPaper(isSmooth: true)
        let lines = sheet.print(rows: 10)
        var asked: [[Int]] = []
        let output = try #require(
            try PageLayerer(profile: .balanced).layered(sheet.scanned(as: "page.png"), lines: lines.map { Quad($0) }) { _, open in
                asked.append(open)
                return open.filter { $0 == 4 }
            })
        #expect(asked.count == 3 && asked[1].contains(4) && asked[2] == [4])
        #expect(output.page.layering.outcome == .readsDifferently && output.page.image == nil && output.parts.isEmpty)
    }

    /// Keeping it once more changes nothing.
    @Test func aLineInWhatIsKeptAlreadyMayNotReadOtherwise() throws {
        var sheet = SheetOfPaper(isSmooth: true)
        let lines = sheet.print(rows: 10)
        var asked = 0
        let output = try #require(
            try PageLayerer(profile: .balanced).layered(sheet.scanned(as: "page.png"), lines: lines.map { Quad($0) }, keeping: [lines[4]]) { _, open in
                asked += open.contains(4) ? 1 : 0
                return open.filter { $0 == 4 }
            })
        #expect(asked == 3 && output.page.layering.outcome == .readsDifferently && output.page.image == nil)
    }

    @Test(arguments: ["page.jpg", "page.png"]) func aRedTickAmongBlackPrintStaysRed(_ name: String) throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        let tick = PixelRect(x: 1130, y: 500, width: 34, height: 4)
        sheet.fill(tick, [200, 30, 40])
        let frame = try sheet.scanned(as: name)
        let drawn = try #require(try layered(frame, lines: lines).page.image).drawn(layered(frame, lines: lines).parts)
        for x in stride(from: tick.x + 4, to: tick.x + tick.width - 4, by: 4) {
            let at = ((tick.y + 2) * drawn.width + x) * 3
            #expect(drawn.bytes[at] > drawn.bytes[at + 1] + 90)
        }
    }

    @Test func printUnderAFlatRedStampStaysBlackAndTheStampRed() throws {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 10)
        // A frame of 45 by 12 mm, with strokes in it, stamped over two rows of print.
        let stamp = PixelRect(x: 300, y: 420, width: 530, height: 140)
        for y in stamp.y..<stamp.y + stamp.height {
            for x in stamp.x..<stamp.x + stamp.width where min(x - stamp.x, stamp.x + stamp.width - 1 - x, y - stamp.y, stamp.y + stamp.height - 1 - y) < 6 || x % 48 < 7 {
                let under = sheet.raster.bytes[(y * sheet.raster.width + x) * 3]
                sheet.put(x, y, under < 100 ? [40, 16, 18] : [205, 50, 56])
            }
        }
        let frame = try sheet.scanned(quality: 90)
        let output = try layered(frame, lines: lines)
        let drawn = try #require(output.page.image).drawn(output.parts)
        #expect(StrayColours.found(frame.raster, drawn, outside: KeptBlocks(of: frame.page.size)).isEmpty)
    }

    @Test func aPictureThatFillsThePageStaysAsDelivered() throws {
        var sheet = SheetOfPaper()
        for y in 0..<1200 { for x in 0..<1200 { sheet.put(x, y, [UInt8(x * 7 % 256), UInt8((x ^ y) % 256), UInt8(y * 5 % 256)]) } }
        let output = try layered(sheet.scanned())
        #expect([.pictureFillsPage, .notSmaller].contains(output.page.layering.outcome) && output.page.image == nil)
    }

    @Test func layersAreNeverLargerThanWhatTheScannerDelivered() throws {
        for quality in [1, 5, 30] {
            var sheet = SheetOfPaper(paper: [255, 255, 255])
            let lines = sheet.print(rows: min(quality, 10))
            let frame = try sheet.scanned(quality: quality)
            let output = try layered(frame, lines: lines)
            if let image = output.page.image { #expect(image.byteCount < frame.page.image.byteCount) } else { #expect(output.parts.isEmpty) }
        }
    }

    @Test func faithfulAndBitonalAndTinyPagesHaveNoLayers() throws {
        let frame = try sealedPage().frame
        #expect(try PageLayerer(profile: .faithful).layered(frame, lines: []) == nil)
        #expect(try PageLayerer(profile: .balanced).layered(SheetOfPaper(width: 200, height: 200).scanned(), lines: []) == nil)
    }

    @Test func theSamePageGivesTheSameBytes() throws {
        let (frame, lines, _) = try sealedPage()
        #expect(try layered(frame, lines: lines).page == layered(frame, lines: lines).page)
    }

    @Test func compactIsNoLargerThanBalanced() throws {
        let (frame, lines, _) = try sealedPage()
        let balanced = try #require(try layered(frame, lines: lines).page.image).byteCount
        let compact = try #require(try layered(frame, lines: lines, .compact).page.image).byteCount
        #expect(compact <= balanced, "\(compact) and \(balanced)")
    }
}

@Suite struct ShownPageTests {
    static func cut(_ raster: Raster, _ box: PixelRect) -> Raster {
        var bytes: [UInt8] = []
        for y in box.y..<box.y + box.height { bytes += raster.bytes[(y * raster.width + box.x) * 3..<(y * raster.width + box.x + box.width) * 3] }
        return Raster(width: box.width, height: box.height, mode: .colour, bytes: bytes)
    }

    @Test func aPictureIsLikeItself() {
        let raster = SheetOfPaper(width: 64, height: 64).raster
        #expect(StructuralSimilarity.least(raster, raster) > 0.9999)
        #expect(StructuralSimilarity.least(raster, Raster(whiteWidth: 64, height: 64, mode: .colour)) < 0.9)
    }
}
