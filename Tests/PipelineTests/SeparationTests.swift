import DossierModel
import Hashing
import Testing

@testable import Pipeline

/// What sheets do to the volumes of a case.
@Suite struct SeparationTests {
    private func image(_ number: Int, volume: Int = 1, kind: VolumeKind? = nil, batch: Int = 0) -> ScannedImage {
        let file = ScannerFile(name: "a.tif", digest: SHA256Digest(of: "a"), byteCount: 1)
        return ScannedImage(number: number, file: file, frame: number, slot: .init(number: volume, kind: kind, isLate: batch > 0), batch: batch, place: .journal(key: "\(number)"))
    }

    private func sheet(_ order: SeparatorOrder) -> SeparatorVerdict {
        .yes([SeparatorMark(order: order, symbology: .qr, payload: order.payload, isSheet: true)])
    }

    private let product = PageProduct(scanned: nil, clean: nil, recognised: nil)

    private func ids(_ separation: Separation, _ number: Int) -> [String] {
        separation.findings(of: separation.images[number - 1], isSheet: false, product).map(\.id)
    }

    @Test func withoutSheetsNothingChanges() {
        let images = (1...4).map { image($0, volume: $0 % 2 + 1) }
        let separation = Separation(images, verdicts: images.map { _ in .no }, caseNumber: "甲")
        #expect(separation.images.map(\.slot) == images.map(\.slot))
        #expect(separation.findings == [])
    }

    @Test func aVolumeHoldsToTheNextSheetTheNextFolderAndTheEndOfTheBatch() {
        let images = [image(1), image(2), image(3), image(4, volume: 2), image(5, volume: 2), image(6, volume: 2, batch: 1)]
        let verdicts: [SeparatorVerdict] = [sheet(.openVolume(number: 7, kind: .evidence)), .no, sheet(.openVolume(number: nil, kind: nil)), .no, .no, .no]
        let separation = Separation(images, verdicts: verdicts, caseNumber: "甲")
        // Late material comes behind all that was there.
        #expect(separation.images.map(\.slot.number) == [7, 7, 8, 2, 2, 9])
        #expect(separation.images.map(\.slot.kind) == [.evidence, .evidence, nil, nil, nil, nil])
    }

    @Test func lateMaterialNeverComesIntoAVolumeThatASheetOpened() {
        let images = [image(1), image(2), image(3), image(4, volume: 2, batch: 1), image(5, volume: 2, batch: 1)]
        let verdicts: [SeparatorVerdict] = [.no, sheet(.openVolume(number: nil, kind: nil)), .no, .no, .no]
        #expect(Separation(images, verdicts: verdicts, caseNumber: "甲").images.map(\.slot.number) == [1, 2, 2, 3, 3])
        // And what a later batch brings renumbers nothing that was there.
        #expect(Separation(Array(images.prefix(3)), verdicts: Array(verdicts.prefix(3)), caseNumber: "甲").images.map(\.slot.number) == [1, 2, 2])
    }

    @Test func aSheetOnTopOfTheFirstStackOpensThatOne() {
        let images = (1...4).map { image($0) }
        let verdicts: [SeparatorVerdict] = [sheet(.openVolume(number: nil, kind: .evidence)), .no, sheet(.openVolume(number: nil, kind: nil)), .no]
        #expect(Separation(images, verdicts: verdicts, caseNumber: "甲").images.map(\.slot.number) == [1, 1, 2, 2])
    }

    @Test func aLateSupplementaryVolumeNeverTakesTheNumberOfAnEarlierOne() {
        let images = [image(1), image(2, volume: 2, batch: 1), image(3, volume: 2, batch: 1)]
        let separation = Separation(images, verdicts: [.no, sheet(.openVolume(number: 1, kind: .supplementary)), .no], caseNumber: "甲")
        #expect(separation.images[2].slot.number == 3 && separation.findings.map(\.id) == ["volume.renumbered"])
    }

    @Test func sheetsWithinAnotherCaseDoNotSteerThisOne() {
        let images = (1...6).map { image($0) }
        let verdicts: [SeparatorVerdict] = [.no, sheet(.openCase("乙")), sheet(.openVolume(number: 3, kind: .evidence)), .no, sheet(.openCase("甲")), .no]
        let separation = Separation(images, verdicts: verdicts, caseNumber: "甲")
        #expect(separation.images[5].slot == .init(number: 1, kind: nil) && !separation.isAside(images[5]))
    }

    @Test func imagesAfterASheetOfAnotherCaseAreInNoVolumeAndSayWhy() {
        let images = (1...6).map { image($0) } + [image(7, batch: 1)]
        let verdicts: [SeparatorVerdict] = [.no, sheet(.openCase("乙")), .no, .no, sheet(.openCase(" 甲 ")), .no, .no]
        let separation = Separation(images, verdicts: verdicts, caseNumber: "甲")
        #expect(images.map(separation.isAside) == [false, true, true, true, false, false, false])
        #expect(ids(separation, 2) == ["separator.case.other"] && ids(separation, 3) == ["separator.case.aside"] && ids(separation, 6) == [])
        #expect(separation.disposition(of: images[1], otherwise: .page) == .separator)
        #expect(separation.disposition(of: images[2], otherwise: .page) == .rejected)
        #expect(separation.disposition(of: images[3], otherwise: .blank) == .blank)
    }

    @Test func anotherCaseEndsWithItsBatch() {
        let images = [image(1), image(2), image(3, batch: 1)]
        let separation = Separation(images, verdicts: [sheet(.openCase("乙")), .no, .no], caseNumber: "甲")
        #expect(images.map(separation.isAside) == [true, true, false])
    }

    @Test(arguments: ["海检刑诉受[2024]123号", "海检刑诉受〔２０２４〕123号", "海检刑诉受【2024】 123号"])
    func aCaseNumberIsTheSameInOtherBracketsAndWidths(number: String) {
        let images = [image(1), image(2)]
        let separation = Separation(images, verdicts: [sheet(.openCase(number)), .no], caseNumber: "海检刑诉受〔2024〕123号")
        #expect(!separation.isAside(images[1]))
    }

    @Test func aNumberInTwoStacksIsAsked() {
        let images = [image(1), image(2), image(3), image(4), image(5, volume: 2)]
        let verdicts: [SeparatorVerdict] = [sheet(.openVolume(number: 2, kind: nil)), .no, sheet(.openVolume(number: 3, kind: nil)), .no, .no]
        #expect(Separation(images, verdicts: verdicts, caseNumber: "甲").findings.map(\.id) == ["separator.volume.torn"])
    }

    @Test func anotherKindThanTheBatchSheetSaysIsTold() {
        let images = [image(1, volume: 2, kind: .evidence), image(2, volume: 2, kind: .evidence)]
        let separation = Separation(images, verdicts: [sheet(.openVolume(number: 2, kind: .loose)), .no], caseNumber: "甲")
        #expect(separation.findings.map(\.id) == ["separator.volume.kind"])
        #expect(separation.images[1].slot.kind == .loose)
    }

    @Test func whatAPersonCalledAPageIsNoSheet() {
        var images = [image(1), image(2)]
        images[0].isWritten = true
        let separation = Separation(images, verdicts: [sheet(.openCase("乙")), .no], caseNumber: "甲")
        #expect(!separation.isSheet(images[0]) && !separation.isAside(images[1]))
    }

    @Test func aDoubtfulSheetStaysAPageWithAFinding() {
        let separation = Separation([image(1)], verdicts: [.ask(reason: "its code could not be read")], caseNumber: "甲")
        #expect(!separation.isSheet(separation.images[0]))
        #expect(ids(separation, 1) == ["separator.ask"])
    }

    @Test(arguments: [("案件分隔页", Finding.Severity.block), ("分隔页", .warn)])
    func aSheetKnownByItsWordsSaysThatItsCodeIsLost(words: String, severity: Finding.Severity) {
        let separation = Separation([image(1)], verdicts: [.ask(reason: "its code could not be read")], caseNumber: "甲")
        var product = product
        let box = PixelRect(x: 0, y: 0, width: 9, height: 9)
        product.recognised = RecognisedPage(engine: "e", lines: [.init(text: words, quad: Quad(box), confidence: 1, characterSpans: [])], findings: [])
        product.barcodes = BarcodeReading(codes: [], unread: [box])
        let found = separation.findings(of: separation.images[0], isSheet: true, product)
        #expect(found.map(\.id) == ["separator.unread"] && found[0].severity == severity)
    }
}
