import DossierModel
import Foundation
import ImageCodecs
import Testing

@testable import Reader

@Suite struct LanguageTests {
    @Test(arguments: [
        ("", Language.chinese), ("en", .english), ("en-US,en;q=0.9", .english), ("fr,en;q=0.1", .english), ("zh;q=0.5,en;q=0.4", .chinese),
        ("en;q=0,zh", .chinese), ("de", .chinese), (";;;,q=", .chinese),
    ])
    func theFirstWishThatCanBeMetIsMet(header: String, language: Language) {
        #expect(Language(accepting: header) == language)
    }
}

@Suite struct LoopbackAddressTests {
    @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func addressesOfThisMachineAreTaken(host: String) throws {
        #expect(try LoopbackAddress(host).host == host)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.0.0.1.example.org", "127.0.0", "127.0.0.256", "", "localhost.example.org"])
    func allOthersAreRefusedWithTheReason(host: String) {
        #expect(throws: DossierError(.badUsage, "")) { try LoopbackAddress(host) }
    }
}

@Suite struct LineLayoutTests {
    private func box(_ text: String, _ range: Range<Int>, height: Double = 20) -> ShownBox {
        layout(text, height: height).box(of: range)
    }

    private func layout(_ text: String, height: Double = 20, advances: [Int]? = nil) -> LineLayout {
        LineLayout(
            text: text, box: ShownBox(x: 100, y: 50, width: 400, height: height), direction: WritingDirection(of: text, width: 400, height: height),
            places: advances.flatMap { CharacterPlaces($0, of: text) }, scale: 2)
    }

    @Test func recordedPlacesComeBeforeProportions() {
        let line = layout("甲1乙", advances: [-5, 40, 20, -60, 40])
        #expect(line.box(of: 1..<2) == ShownBox(x: 100 + 2 * 45, y: 50, width: 40, height: 20))
        #expect(line.box(of: 1..<9) == ShownBox(x: 100 + 2 * 45, y: 50, width: 2 * 120, height: 20))
        #expect(line.advances == [-10, 80, 40, -120, 80])
        #expect(layout("甲乙", height: 800, advances: [-5, 40, 40]).box(of: 1..<2) == ShownBox(x: 100, y: 50 + 2 * 45, width: 400, height: 80))
    }

    @Test func placesThatDoNotFitTheTextAreNotBelieved() {
        #expect(layout("甲乙", advances: [40]).box(of: 1..<2) == ShownBox(x: 300, y: 50, width: 200, height: 20))
    }

    @Test func fullWidthCharactersShareTheLineEvenly() {
        #expect(box("甲乙丙丁", 1..<3) == ShownBox(x: 200, y: 50, width: 200, height: 20))
    }

    @Test func lettersAndDigitsTakeHalf() {
        #expect(box("甲12乙丙", 1..<3) == ShownBox(x: 200, y: 50, width: 100, height: 20))
    }

    @Test func aStopAtTheEndTakesHalf() {
        #expect(box("甲乙丙丁，甲乙。", 0..<2).width == 400.0 / 7.5 * 2)
    }

    @Test func aTallLineIsWrittenDownwards() {
        #expect(box("甲乙", 1..<2, height: 800) == ShownBox(x: 100, y: 450, width: 400, height: 400))
    }

    @Test func aRangeBeyondTheLineIsCut() {
        #expect(box("甲乙", 1..<9) == ShownBox(x: 300, y: 50, width: 200, height: 20))
        #expect(box("", 0..<1).width == 0)
    }
}

@Suite struct RenditionTests {
    private func plan(_ width: Int, _ height: Int, turn: QuarterTurn = .none, skew: Double = 0) throws -> RenditionPlan {
        let json = """
            {"image":1,"file":"a","frame":1,"fileSHA256":"\(String(repeating: "a", count: 64))","rasterSHA256":"\(String(repeating: "b", count: 64))",
            "disposition":"page","rotation":\(turn.rawValue),"skew":\(skew),"size":[\(width),\(height)],"dpi":[300,300]}
            """
        return try #require(RenditionPlan(JSONDecoder().decode(PageTable.Entry.self, from: Data(json.utf8))))
    }

    @Test func anotherTurnTiltOrWidthHasAnotherName() throws {
        let names = try [plan(2480, 3508), plan(2480, 3508, turn: .half), plan(2480, 3508, skew: 0.5), plan(1654, 2339)].map(\.name)
        #expect(Set(names).count == 4)
    }

    @Test(arguments: [(2480, 1240), (1654, 1400), (4960, 1240), (800, 800), (3100, 1550)])
    func theWidthIsAWholeFractionWhereOneFits(scanned: Int, shown: Int) {
        #expect(RenditionPlan.width(of: PixelSize(width: scanned, height: 3508)) == shown)
    }

    @Test(arguments: [ColourMode.bitonal, .grey, .colour])
    func aNoisyPageStillFits(mode: ColourMode) throws {
        var raster = Raster(whiteWidth: 2480, height: 3508, mode: mode)
        var seed: UInt64 = 7
        for i in raster.bytes.indices {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1
            raster.bytes[i] = UInt8(seed >> 56)
        }
        let picture = try RenditionCoder.picture(of: raster, plan: plan(2480, 3508))
        #expect(picture.count <= RenditionCoder.limit)
    }

    @Test func aTurnedPageIsShownUpright() throws {
        var raster = Raster(whiteWidth: 1300, height: 2000, mode: .grey)
        for i in 0..<1300 * 100 { raster.bytes[i] = 0 }
        let picture = try RenditionCoder.picture(of: raster, plan: plan(1300, 2000, turn: .half))
        let path = NSTemporaryDirectory() + UUID().uuidString
        try Data(picture).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let shown = try ScannerFiles.pixels(path: path, name: "picture", frame: 1, settings: Settings().intake)
        #expect(shown.bytes[10 * shown.width * (shown.mode == .colour ? 3 : 1)] > 200)
        #expect(shown.bytes[shown.bytes.count - shown.bytesPerRow * 10] < 60)
    }
}
