import DossierModel
import Foundation
import Imaging
import Testing

private let dpi = Resolution(x: 200, y: 200)

/// A page of text with one thing done to it.
private func page(seed: UInt64 = 4, _ mode: ColourMode = .grey, soft: Double = 0, ink: Ink = .black, _ change: (inout Sheet) -> Void = { _ in }) -> Raster {
    var sheet = Sheet(dpi: dpi, seed: seed)
    sheet.text(ink: ink, soft: soft)
    change(&sheet)
    return sheet.scanned(mode)
}

private func measures(_ raster: Raster) -> PageMeasures { PageExamination(raster, dpi: dpi).measures }

/// The same raster with every byte of some rows and columns set.
private func painted(_ raster: Raster, _ level: UInt8, where isPainted: (_ x: Int, _ y: Int) -> Bool) -> Raster {
    var raster = raster
    let channels = raster.mode == .colour ? 3 : 1
    for y in 0..<raster.height {
        for x in 0..<raster.width where isPainted(x, y) {
            for c in 0..<channels { raster.bytes[(y * raster.width + x) * channels + c] = level }
        }
    }
    return raster
}

@Suite struct QualityTests {
    @Test(arguments: ColourMode.allCases)
    func aGoodPageShowsNoFault(mode: ColourMode) {
        let found = measures(page(mode))
        #expect(found.paper > 200 && found.contrast ?? 0 > 0.5)
        #expect(found.streak == nil && found.fold == nil && found.ring == nil && found.showThrough < 0.1)
        #expect(found.rim.all.max()! < 1 && found.cut.all.max()! == 0)
        #expect(found.edgeWidth ?? 0 < 0.35 && (found.edgeWidth == nil) == (mode == .bitonal))
        #expect(found.inkShare > 0.01 && found.inkShare < 0.3)
    }

    @Test func blurWidensTheEdgesOfPrint() throws {
        let sharp = try #require(measures(page()).edgeWidth), soft = try #require(measures(page(soft: 0.5)).edgeWidth)
        #expect(soft > sharp + 0.12)
    }

    @Test func blurOfPalePrintIsMeasuredByPaleEdges() throws {
        let pale = Ink.black.faded(0.35)
        let sharp = try #require(measures(page(ink: pale)).edgeWidth), soft = try #require(measures(page(soft: 0.5, ink: pale)).edgeWidth)
        #expect(soft > sharp + 0.1)
    }

    @Test(arguments: [12, 200]) func edgesOfTheBedDoNotHideThatAPageIsWhiteAllOver(bed: UInt8) {
        let white = Raster(whiteWidth: 1654, height: 2339, mode: .grey)
        #expect(measures(painted(white, bed) { x, y in x < 20 + y / 80 || y > 2320 }).clipped == 1)
    }

    @Test func paleInkHasLittleContrast() throws {
        let strong = try #require(measures(page()).contrast), pale = try #require(measures(page(ink: Ink.black.faded(0.3))).contrast)
        #expect(strong > 0.6 && pale < 0.4)
    }

    @Test(arguments: [false, true])
    func aLineAlongTheFeedIsAStreak(isLevel: Bool) throws {
        let scan = page()
        let spoilt = painted(scan, 60) { x, y in isLevel ? (700...701).contains(y) : (500...501).contains(x) }
        let streak = try #require(measures(spoilt).streak)
        #expect(isLevel ? streak.place.width == scan.width / 1 && abs(streak.place.y - 700) < 6 : abs(streak.place.x - 500) < 6)
    }

    @Test func theFrameOfAFormIsNoStreak() {
        var sheet = Sheet(dpi: dpi, seed: 6)
        sheet.form(rows: 17)
        #expect(measures(sheet.scanned(.grey)).streak == nil)
    }

    @Test func aDarkBorderHasItsDepth() {
        let scan = page()
        let depth = Int(10 / 25.4 * dpi.x)
        let found = measures(painted(scan, 20) { x, _ in x < depth })
        #expect(abs(found.rim.left - 10) < 1 && found.rim.right < 1)
    }

    @Test func textThatRunsOverTheEdgeIsCut() {
        var sheet = Sheet(dpi: dpi, seed: 9)
        for row in 0..<20 { sheet.line(-3, 40 + Double(row) * 10, characters: 20) }
        let found = measures(sheet.scanned(.grey))
        #expect(found.cut.left >= 8 && found.cut.right == 0)
    }

    @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
    func aMissingCornerAndACreaseAreFolds(isRight: Bool, isBottom: Bool) {
        let scan = page()
        let leg = Int(20 / 25.4 * dpi.x)
        func place(_ x: Int, _ y: Int) -> Int { (isRight ? scan.width - 1 - x : x) + (isBottom ? scan.height - 1 - y : y) }
        let black = measures(painted(scan, 20) { place($0, $1) < leg }).fold
        let crease = measures(painted(scan, 110) { (leg..<leg + 4).contains(place($0, $1)) }).fold
        for fold in [black, crease] {
            guard let fold else { Issue.record("not found"); continue }
            #expect((fold.x > 0) == isRight && (fold.y > 0) == isBottom && abs(fold.width - leg) < 24)
        }
    }

    @Test func aSheetThatLiesAskewBeforeABlackBedHasNoFold() {
        let scan = page()
        #expect(measures(painted(scan, 20) { x, y in Double(x) < Double(scan.height - y) * 0.012 }).fold == nil)
    }

    @Test func aSealWithoutColourIsARing() throws {
        let grey = page(.grey) { $0.seal(120, 150, radius: 21, ink: .red) }
        let ring = try #require(measures(grey).ring)
        let centre = (x: Double(ring.place.x + ring.place.width / 2) / dpi.x * 25.4, y: Double(ring.place.y + ring.place.height / 2) / dpi.y * 25.4)
        #expect(abs(centre.x - 120) < 2 && abs(centre.y - 150) < 2 && ring.share > 0.7)
        #expect(measures(page(.colour) { $0.seal(120, 150, radius: 21, ink: .red) }).ring == nil, "in colour nothing is lost")
    }

    @Test func writingFromTheOtherSideIsToldFromWeakInk() {
        let strong = page { $0.text(lines: 20, from: 42, ink: Ink.black.faded(0.4), soft: 0.9) }
        #expect(measures(strong).showThrough > 0.15)
    }

    @Test func anEmptyPageIsMeasuredWithoutWriting() {
        let found = measures(Raster(whiteWidth: 1654, height: 2339, mode: .grey))
        #expect(found.ink == nil && found.edgeWidth == nil && found.paper == 255)
    }

    @Test func tinyAndBlackImagesAreMeasuredToo() {
        for (width, height) in [(1, 1), (3, 900), (900, 3), (30, 30)] {
            _ = measures(Raster(whiteWidth: width, height: height, mode: .grey))
            _ = measures(painted(Raster(whiteWidth: width, height: height, mode: .colour), 0) { _, _ in true })
        }
        #expect(measures(painted(Raster(whiteWidth: 900, height: 900, mode: .grey), 0) { _, _ in true }).paper == 0)
    }
}

@Suite struct PageLookTests {
    private func bits(_ seed: UInt64, tilt: Double = 0, noise: UInt64 = 1) throws -> UInt64 {
        var sheet = Sheet(dpi: dpi, seed: seed)
        sheet.tilt = tilt
        sheet.text()
        sheet.random = SplitMix64(seed: noise)
        let look = try #require(PageLook.bits(of: sheet.scanned(.grey)))
        return try #require(UInt64(look, radix: 16))
    }

    @Test func oneSheetLooksTheSameTwice() throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let distance = try (bits(seed) ^ bits(seed, tilt: 0.15, noise: 2)).nonzeroBitCount
            #expect(distance <= 12, "seed \(seed): \(distance)")
        }
    }

    @Test func otherTextLooksOtherwise() throws {
        let all = try (1...6).map { try bits($0) }
        for at in all.indices { for other in all.indices.dropFirst(at + 1) { #expect((all[at] ^ all[other]).nonzeroBitCount > 12) } }
    }

    @Test func anEmptyPageHasNoLook() { #expect(PageLook.bits(of: Raster(whiteWidth: 800, height: 1000, mode: .grey)) == nil) }
}
