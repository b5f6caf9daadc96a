@testable import Barcodes
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import SeparatorSheets
import Testing
import Typesetting

/// Printed sheets as scanners and offices hand them back.
@Suite struct SheetTests {
    static let sheets: [(sheet: SeparatorSheet, payload: String)] = [
        (.order(.openCase("海检刑诉受〔2024〕123号")), SeparatorOrder.openCase("海检刑诉受〔2024〕123号").payload),
        (.order(.openVolume(number: 2, kind: .evidence)), "DOSSIER:VOL:2:evidence"),
        (.order(.openDocument(title: "A009")), "DOSSIER:DOC:A009"),
        (.patch(.transfer), "T"), (.patch(.one), "1"), (.patch(.four), "4"), (.patchT, "PATCHT"),
    ]

    private static func scanned(_ sheet: SeparatorSheet, dpi: Double = 200) throws -> Raster {
        var typesetter = try Typesetter()
        return try typesetter.draw(sheet.layout(), dpi: dpi, mode: .grey).raster
    }

    private func payloads(_ page: Raster, _ dpi: Resolution = Resolution(x: 200, y: 200)) -> Set<String> {
        Set(BarcodeReader.read(page, dpi: dpi).codes.map(\.payload))
    }

    @Test(arguments: sheets.indices) func sheetsAreReadHoweverTheyLie(index: Int) throws {
        let (sheet, payload) = Self.sheets[index]
        let page = try Self.scanned(sheet)
        for turn in QuarterTurn.allCases { #expect(payloads(page.turned(turn)) == [payload], "\(turn)") }
    }

    @Test(arguments: sheets.indices, [-15.0, -7, 4, 15]) func tiltedSheetsAreRead(index: Int, degrees: Double) throws {
        let (sheet, payload) = Self.sheets[index]
        #expect(payloads(try Self.scanned(sheet).straightenedToGrey(skew: degrees)) == [payload])
    }

    @Test(arguments: sheets.indices) func faxedSheetsAreRead(index: Int) throws {
        let (sheet, payload) = Self.sheets[index]
        let page = try Self.scanned(sheet, dpi: 204)
        var fax = Raster(whiteWidth: page.width, height: page.height / 2, mode: .bitonal)
        for y in 0..<fax.height {
            for x in 0..<fax.width where page.bytes[2 * y * page.width + x] < 128 { fax.bytes[y * fax.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
        }
        #expect(payloads(fax, Resolution(x: 204, y: 98)) == [payload])
    }

    @Test(arguments: sheets.indices.filter { if case .order = SheetTests.sheets[$0].sheet { true } else { false } }, 0...3)
    func halfASheetIsEnough(index: Int, side: Int) throws {
        let (sheet, payload) = Self.sheets[index]
        var page = try Self.scanned(sheet)
        let (w, h) = (page.width, page.height)
        for y in 0..<h {
            for x in 0..<w where [x < w / 2, x >= w / 2, y < h / 2, y >= h / 2][side] { page.bytes[y * w + x] = 230 }
        }
        #expect(payloads(page) == [payload])
    }

    @Test func faintAndNoisySheetsAreRead() throws {
        var page = try Self.scanned(.patchT)
        var state: UInt64 = 7
        for at in page.bytes.indices {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            page.bytes[at] = UInt8(clamping: 160 + Int(page.bytes[at]) / 4 + Int(state >> 59) - 16)
        }
        #expect(payloads(page) == ["PATCHT"])
    }

    @Test(arguments: [SeparatorSheet.patch(.six), .patch(.two), .patchT]) func sheetsThatLostFourFifthsOfTheirInkAreRead(sheet: SeparatorSheet) throws {
        var page = try Self.scanned(sheet)
        let payloads = payloads(page)
        for at in page.bytes.indices { page.bytes[at] = UInt8(218 + Int(page.bytes[at]) * 37 / 255) }
        #expect(payloads.count == 1 && self.payloads(page) == payloads)
    }

    @Test func barsThatCannotBeReadAreReportedAndNotGuessed() throws {
        var page = try Self.scanned(.patchT)
        // Two stripes through every bar code, as of a pen, from top to bottom: no piece is long enough.
        for stripe in [41, 59] {
            let middle = page.width * stripe / 100
            for y in 0..<page.height { for x in middle - 30..<middle + 30 { page.bytes[y * page.width + x] = 128 } }
        }
        let reading = BarcodeReader.read(page, dpi: Resolution(x: 200, y: 200))
        #expect(reading.codes == [])
        #expect(!reading.unread.isEmpty)
        #expect(try SeparatorRules(Settings.Separate()).verdict(on: reading, glyphs: 20) != .no)
    }

    @Test func boxesLieInTheImageAsItWasGiven() throws {
        let page = try Self.scanned(.order(.openDocument(title: "A009")), dpi: 300)
        for code in BarcodeReader.read(page, dpi: Resolution(x: 300, y: 300)).codes where code.symbology == .qr {
            // 22 to 84 mm or 126 to 188 mm across.
            let left = Double(code.box.x) / 300 * 25.4, right = Double(code.box.x + code.box.width) / 300 * 25.4
            #expect(abs(left - 22) < 2 && abs(right - 84) < 2 || abs(left - 126) < 2 && abs(right - 188) < 2)
        }
    }

    @Test func aWhitePageAndATinyOneHaveNoCodes() {
        #expect(BarcodeReader.read(Raster(whiteWidth: 1654, height: 2339, mode: .bitonal), dpi: Resolution(x: 200, y: 200)) == .nothing)
        #expect(BarcodeReader.read(Raster(whiteWidth: 1, height: 1, mode: .colour), dpi: Resolution(x: 0, y: .infinity)) == .nothing)
    }
}
