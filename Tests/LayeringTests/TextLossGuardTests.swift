import DossierModel
import ImageCodecs
import Imaging
import Testing

@testable import Layering

/// The only pages that are shown otherwise than they were scanned are those taken apart into layers; what OCR reads from is
/// shown to nobody. Nothing larger than a full stop may be lost between the two.
@Suite struct TextLossGuardTests {
    /// A page of print with a mark somewhere, or without it.
    private static func sheet(_ mark: PixelRect?, _ colour: [UInt8]) -> (SheetOfPaper, lines: [PixelRect]) {
        var sheet = SheetOfPaper()
        let lines = sheet.print(rows: 8)
        if let mark { sheet.fill(mark, colour) }
        return (sheet, lines)
    }

    private static let scales = [7, 12, 24]
    private static let inks: [[UInt8]] = [[20, 20, 24], [150, 148, 140], [200, 60, 60]]

    /// What a clean-up that takes a mark for a speck would show: the layers of the same page without it.
    @Test(arguments: scales, inks)
    func aMarkThatVanishedIsSeenWhereverItStood(side: Int, ink: [UInt8]) throws {
        let (bare, lines) = Self.sheet(nil, ink)
        let output = try #require(try PageLayerer(profile: .balanced).layered(bare.scanned(), lines: lines.map { Quad($0) }))
        let shown = try #require(output.shown)
        for at in [(300, 900), (333, 917), (480, 960), (700, 1100)] {
            let mark = PixelRect(x: at.0, y: at.1, width: side, height: side)
            let scan = try Self.sheet(mark, ink).0.scanned().raster
            let lost = FadedTiles.found(scan.greyed(), shown.raster.greyed(), outside: KeptBlocks(of: PixelSize(width: scan.width, height: scan.height)), areWhole: true)
            #expect(lost.contains { $0.overlaps(mark) }, "\(side) pixels at \(at)")
        }
    }

    @Test(arguments: scales, inks)
    func aMarkIsShownAtLeastAsDarkAsItWasScanned(side: Int, ink: [UInt8]) throws {
        let mark = PixelRect(x: 333, y: 917, width: side, height: side)
        let (sheet, lines) = Self.sheet(mark, ink)
        let frame = try sheet.scanned()
        let output = try #require(try PageLayerer(profile: .balanced).layered(frame, lines: lines.map { Quad($0) }))
        guard let shown = output.shown else { return #expect(output.page.image == nil, "the page stays as it was delivered") }
        let middle = ((mark.y + side / 2) * frame.raster.width + mark.x + side / 2) * 3
        let (scanned, drawn) = (frame.raster.bytes[middle + 1], shown.raster.bytes[middle + 1])
        #expect(Int(drawn) - Int(scanned) < 40, "\(scanned) became \(drawn)")
    }

    /// 1210 pixels are 25 tiles of 48 and ten pixels more.
    @Test(arguments: [PixelRect(x: 1201, y: 600, width: 8, height: 24), PixelRect(x: 600, y: 1201, width: 24, height: 8), PixelRect(x: 1201, y: 1201, width: 8, height: 8)])
    func aMarkThatVanishedAtTheVeryEdgeIsSeen(mark: PixelRect) throws {
        let bare = SheetOfPaper(width: 1210, height: 1210)
        var marked = bare
        marked.fill(mark, [150, 148, 140])
        let (scan, shown) = (marked.raster.greyed(), bare.raster.greyed())
        let nothing = KeptBlocks(of: PixelSize(width: 1210, height: 1210))
        for areWhole in [false, true] {
            #expect(FadedTiles.found(scan, shown, outside: nothing, areWhole: areWhole).contains { $0.overlaps(mark) })
        }
        #expect(FadedTiles.found(shown, shown, outside: nothing, areWhole: true).isEmpty)
    }

    /// What is over when a page is divided by four is looked at, too.
    @Test(arguments: [1208, 1209, 1210, 1211], [false, true])
    func aMarkOnTheLastThreePixelsIsSeen(side: Int, isAtTheFoot: Bool) throws {
        let over = side % 4 == 0 ? 3 : side % 4
        let mark = isAtTheFoot ? PixelRect(x: 600, y: side - over, width: 30, height: over) : PixelRect(x: side - over, y: 600, width: over, height: 30)
        let bare = SheetOfPaper(width: side, height: side)
        var marked = bare
        marked.fill(mark, [20, 20, 24])
        let (scan, shown) = (marked.raster.greyed(), bare.raster.greyed())
        let nothing = KeptBlocks(of: PixelSize(width: side, height: side))
        for areWhole in [false, true] {
            #expect(FadedTiles.found(scan, shown, outside: nothing, areWhole: areWhole).contains { $0.overlaps(mark) }, "\(side) \(areWhole)")
        }
    }
}
