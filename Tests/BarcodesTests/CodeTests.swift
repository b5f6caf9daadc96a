@testable import Barcodes
import DossierModel
import Imaging
import Testing

/// Bars drawn as modules on white paper.
func drawn(_ widths: [Double], module: Int, height: Int, margin: Int = 80) -> Raster {
    let width = Int(widths.reduce(0, +) * Double(module)) + 2 * margin
    var page = Raster(whiteWidth: width, height: height + 2 * margin, mode: .grey)
    var x = Double(margin)
    for (index, modules) in widths.enumerated() {
        let next = x + modules * Double(module)
        if index.isMultiple(of: 2) {
            for y in margin..<margin + height { for column in Int(x.rounded())..<Int(next.rounded()) { page.bytes[y * width + column] = 0 } }
        }
        x = next
    }
    return page
}

@Suite struct CodeTests {
    private let dpi = Resolution(x: 150, y: 150)

    @Test func everyPrintableCharacterSurvivesCode128() throws {
        let all = String((32...126).map { Character(Unicode.Scalar($0)!) })
        for start in stride(from: 0, to: all.count, by: 19) {
            let text = "A" + String(all.dropFirst(start).prefix(19)) + "Z"
            let widths = try #require(Code128.widths(of: text))
            #expect(BarcodeReader.read(drawn(widths.map(Double.init), module: 4, height: 200), dpi: dpi).codes.map(\.payload) == [text])
        }
    }

    @Test func everyCharacterSurvivesCode39() throws {
        for text in ["0123456789", "ABCDEFGHIJKLM", "NOPQRSTUVWXYZ", "-. $/+%A"] {
            let widths = try #require(Code39.widths(of: text))
            let codes = BarcodeReader.read(drawn(widths, module: 4, height: 200), dpi: dpi).codes
            #expect(codes.map(\.payload) == [text])
            #expect(codes.map(\.symbology) == [.code39])
        }
    }

    /// PATCHT of which a share of the width is hidden from one side.
    private func torn(_ text: String, from left: Bool, share: Double, level: UInt8) throws -> Raster {
        var page = drawn(try #require(Code39.widths(of: text)), module: 6, height: 260)
        let hidden = Int(Double(page.width - 160) * share) + 80
        for y in 0..<page.height {
            for x in 0..<hidden { page.bytes[y * page.width + (left ? x : page.width - 1 - x)] = level }
        }
        return page
    }

    @Test(arguments: [0.1, 0.3, 0.5], [true, false])
    func whatIsLeftOfAPATCHTIsEnough(share: Double, left: Bool) throws {
        for level in [255, 20] as [UInt8] {
            let page = try torn("PATCHT", from: left, share: share, level: level)
            #expect(BarcodeReader.read(page, dpi: dpi).codes.map(\.payload) == ["PATCHT"], "\(level)")
            let half = BarcodeReader.read(page.turned(.half), dpi: dpi).codes
            #expect(half.map(\.payload) == ["PATCHT"] && half.map(\.turn) == [.half], "\(level)")
        }
    }

    @Test func tooLittleOfAPATCHTAndPartsOfOtherTextsAreAskedAbout() throws {
        let pages = [
            try torn("PATCHT", from: true, share: 0.62, level: 255), try torn("PATCHWORK", from: false, share: 0.2, level: 255),
            try torn("DISPATCH", from: true, share: 0.2, level: 20), try torn("0PATCHT", from: false, share: 0.2, level: 255),
        ]
        for page in pages {
            let reading = BarcodeReader.read(page, dpi: dpi)
            #expect(reading.codes.isEmpty && !reading.unread.isEmpty, "\(reading)")
        }
    }

    @Test func codesRefuseCharactersTheyDoNotHave() {
        #expect(Code128.widths(of: "分隔") == nil)
        #expect(Code128.widths(of: "") == nil)
        #expect(Code39.widths(of: "a") == nil)
    }

    @Test func aTextTooLongForAnyQRCodeIsAnError() {
        #expect(throws: DossierError(.limitExceeded, "")) { try QRCode(String(repeating: "x", count: 5000)) }
    }

    @Test func patchCodesAreTheSixOrdersOfTwoWideAndTwoNarrowBars() {
        #expect(Set(PatchCode.allCases.map(\.isWide)).count == 6)
        for code in PatchCode.allCases {
            #expect(code.isWide.count(where: \.self) == 2)
            // Kodak A-61599: 0.80 inch from the first bar's edge to the last one's.
            #expect(abs(code.widths.reduce(0, +) - 0.8 * 25.4) < 0.001)
        }
    }

    @Test(arguments: PatchCode.allCases, [60, 82, 140])
    func patchBarsAreReadInAnySizeTheyArePrinted(code: PatchCode, percent: Int) {
        let runs = [100] + code.widths.map { Int(($0 * Double(percent) / 100 / 25.4 * 300).rounded()) } + [100]
        #expect(PatchCode.code(in: runs, dpi: 300) == code)
    }

    @Test func barsOfOtherWidthsAreNoPatchCode() {
        // Four bars alike; three; five; a gap as wide as a wide bar; no paper before them.
        for runs in [[100, 24, 24, 24, 24, 24, 24, 24, 100], [100, 60, 24, 24, 24, 60, 100], [100, 60, 24, 24, 60, 60, 24, 24, 100], [50, 60, 24, 60, 24, 24, 24, 24, 100]] {
            #expect(PatchCode.code(in: runs, dpi: 300) == nil, "\(runs)")
        }
    }

    @Test func fourBarsOfABarCodeAreNoPatchCode() {
        let patch = PatchCode.transfer.widths.map { Int(($0 / 25.4 * 300).rounded()) }
        #expect(PatchCode.code(in: [100] + patch + [100, 24, 100], dpi: 300) == .transfer, "the edge of the sheet")
        #expect(PatchCode.code(in: [100] + patch + [100] + patch + [100], dpi: 300) == nil)
    }

    @Test func codesOfOneDirectionInTheMiddleOfASheetAreNotGuessed() {
        #expect(PatchCode.transfer.seen(fromFarEdge: 0.5) == nil)
        #expect(PatchCode.transfer.seen(fromFarEdge: 0.1) == .transfer)
        #expect(PatchCode.transfer.seen(fromFarEdge: 0.9) == .three)
        #expect(PatchCode.two.seen(fromFarEdge: 0.5) == .two)
    }
}
