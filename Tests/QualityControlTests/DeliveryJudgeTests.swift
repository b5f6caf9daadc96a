import DossierModel
import QualityControl
import Testing

@Suite struct DeliveryJudgeTests {
    @Test func fewerImagesThanCountedBlockAndMoreWarn() {
        let sheet = BatchSheet(caseNumber: "甲", expectedImages: 40)
        #expect(DeliveryJudge.count("一", images: 39, sheet: sheet)?.severity == .block)
        #expect(DeliveryJudge.count("一", images: 40, sheet: sheet) == nil)
        #expect(DeliveryJudge.count("一", images: 41, sheet: sheet)?.severity == .warn)
        #expect(DeliveryJudge.count("一", images: 3, sheet: BatchSheet(caseNumber: "甲")) == nil)
    }

    private func volume(_ folios: [String?]) -> VolumeCatalogue {
        VolumeCatalogue(
            number: 2, kind: .evidence, documents: [],
            pages: folios.enumerated().map { .init(image: $0 + 1, disposition: .page, document: nil, folio: $1) })
    }

    @Test func onlyNumberedPagesAreCounted() {
        #expect(DeliveryJudge.pages(of: volume([nil, "1", "2", nil]), expected: 2) == nil)
        #expect(DeliveryJudge.pages(of: volume([nil, "1", "2", nil]), expected: 3)?.severity == .block)
        #expect(DeliveryJudge.pages(of: volume([nil, "1"]), expected: nil) == nil)
    }

    /// Fronts right, backs left, every third without a number.
    private func sides(_ count: Int, without missing: Int? = nil) -> [(image: Int, isLeft: Bool?)] {
        (0..<count).filter { $0 != missing }.map { place in
            let isLeft: Bool? = place % 3 == 2 ? nil : place % 2 == 1
            return (image: place + 1, isLeft: isLeft)
        }
    }

    @Test func sidesThatAreAllThereSayNothing() { #expect(DeliveryJudge.parity(1, sides: sides(20)).isEmpty) }

    @Test func aMissingSideIsToldByTheSidesAfterIt() throws {
        let found = DeliveryJudge.parity(1, sides: sides(20, without: 7))
        #expect(found.map(\.id) == ["batch.parity"])
        #expect(try #require(found.first).message.contains("image 10 "), "the first numbered image after the missing eighth")
    }

    @Test func anOddNumberIsToldWhereNoNumbersHelp() {
        let bare = (1...7).map { (image: $0, isLeft: nil as Bool?) }
        #expect(DeliveryJudge.parity(1, sides: bare).map(\.id) == ["batch.parity"])
    }
}
