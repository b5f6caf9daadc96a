import DossierModel
import Testing

struct InspectionTests {
    private static let documents = 45

    private let index = CaseIndex(
        case: "甲",
        volumes: [
            .init(number: 1, kind: .proceedings, pdf: "1.pdf", documents: [document(at: 1)]),
            .init(number: 2, kind: .evidence, pdf: "2.pdf", documents: (0..<documents).map { document(at: 3 + 2 * $0) }),
        ])

    private static func document(at image: Int) -> CaseIndex.Document {
        CaseIndex.Document(
            title: "证据\(image)", documentNumber: nil, author: nil, date: nil, firstFolio: "1", lastFolio: "2", firstImage: image, lastImage: image + 1,
            score: 1, remark: nil)
    }

    private var records: [PageRecord] {
        (1...(2 + 2 * Self.documents)).map { image in
            PageRecord(
                image: image, file: "a.tif", frame: image, fileSHA256: SHA256Digest(hex: String(repeating: "0", count: 64))!, rasterSHA256: nil,
                disposition: .page, score: 1, rotation: .none, skew: 0, dpi: nil, size: nil, mode: nil, volume: image < 3 ? 1 : 2, document: nil,
                folio: "\(image)", lines: [], findings: [])
        }
    }

    private func items(_ percent: Double, seed: UInt64 = 7) -> [Inspection.Item] {
        Inspection.items(of: index, records, percent: percent, seed: seed)
    }

    private func inspection(_ items: [Inspection.Item]) -> Inspection {
        Inspection(seed: 7, percent: 5, manifest: SHA256Digest(hex: String(repeating: "0", count: 64))!, items: items, drawnBy: "王某", drawnAt: "")
    }

    @Test func atLeastFiveInAHundredDocumentsOfEveryVolumeAreDrawnWithAllTheirPages() {
        let rows = items(5).filter { $0.subject == .catalogue }
        #expect(rows.filter { $0.volume == 1 }.count == 1)
        #expect(rows.filter { $0.volume == 2 }.count == 3)
        #expect(items(5).filter { $0.subject == .page }.count == 8)
        #expect(items(100).filter { $0.subject == .catalogue }.count == 1 + Self.documents)
    }

    @Test func whatIsBoundAroundTheDocumentsIsNotDrawn() {
        let drawn = Inspection.items(of: index, records, percent: 100, seed: 7, wrappers: ["证据1", "证据3"])
        #expect(!drawn.isEmpty && !drawn.contains { ["证据1", "证据3"].contains($0.title) })
    }

    @Test func theSeedAloneDecidesTheSample() {
        #expect(items(20) == items(20))
        #expect(Set((1...20).map { items(5, seed: $0).map(\.image) }).count > 10)
    }

    @Test func oneWrongRowFailsAndFivePagesInAHundredMayBeWrong() {
        var all = items(100)
        #expect(inspection(all).outcome == .open)
        for i in all.indices { all[i].isRight = true }
        #expect(inspection(all).outcome == .passed)
        let pages = all.indices.filter { all[$0].subject == .page }
        for page in pages.prefix(pages.count / 20) { all[page].isRight = false }
        #expect(inspection(all).outcome == .passed)
        all[pages.last!].isRight = false
        #expect(inspection(all).outcome == .failed)
        for page in pages { all[page].isRight = true }
        all[all.indices.first { all[$0].subject == .catalogue }!].isRight = false
        #expect(inspection(all).outcome == .failed)
    }
}
