import DossierModel
import Foundation
import Testing

@testable import Publishing

@Suite struct PublishedTextsTests {
    private func object(_ bytes: some Sequence<UInt8>) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func absentValuesAreWrittenAsNull() throws {
        let lines = Publisher.pagesJSONL(InventedCase.records).split(separator: 10)
        let rejected = try object(lines[11])
        for key in ["rasterSHA256", "dpi", "size", "mode", "volume", "document", "folio"] {
            #expect(rejected[key] is NSNull, "\(key)")
        }
        let index = text(Publisher.indexJSON(InventedCase.index))
        for key in ["documentNumber", "author", "date", "remark"] { #expect(index.contains("\"\(key)\":null"), "\(key)") }
    }

    @Test func keysAreSortedAndTheLastByteIsALineFeed() {
        let first = text(Publisher.pagesJSONL(Array(InventedCase.records.prefix(1))))
        let keys = [
            "disposition", "document", "dpi", "file", "fileSHA256", "findings", "folio", "frame", "image", "lines", "mode",
            "rasterSHA256", "rotation", "score", "size", "skew", "volume",
        ]
        let places = keys.map { first.range(of: "\"\($0)\":")?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(first.hasSuffix("}\n"))
    }

    @Test func numbersAreShort() {
        var record = InventedCase.records[1]
        (record.score, record.skew) = (0.1 + 0.2, -1.320_000_1)
        record.dpi = Resolution(x: 300, y: 299.999_6)
        record.lines[0].confidence = 1.0 / 3
        let line = text(Publisher.pagesJSONL([record]))
        for part in [#""score":0.3,"#, #""skew":-1.32,"#, #""dpi":[300,300]"#, #""confidence":0.3333,"#] {
            #expect(line.contains(part), "\(part) in \(line)")
        }
    }

    @Test func everyPublishedNumberHasItsDecimalsAndNoMore() {
        for step in stride(from: -20_000, through: 20_000, by: 7) {
            var record = InventedCase.records[0]
            record.skew = Double(step) / 1000 + 1e-9
            record.score = Double(abs(step)) / 20_000
            let line = text(Publisher.pagesJSONL([record]))
            let decimals = { (key: String) in line.firstMatch(of: try! Regex("\"\(key)\":-?[0-9]+(\\.([0-9]+))?[,}]"))?.output[2].substring?.count ?? 0 }
            #expect(line.firstMatch(of: try! Regex("\"skew\":-?[0-9.]+[,}]")) != nil && decimals("skew") <= 3, "\(line)")
            #expect(line.firstMatch(of: try! Regex("\"score\":[0-9.]+[,}]")) != nil && decimals("score") <= 4, "\(line)")
        }
    }

    @Test func aFigureThatIsNotANumberDoesNotStopACase() {
        var record = InventedCase.records[0]
        (record.skew, record.score) = (.nan, -.infinity)
        #expect(text(Publisher.pagesJSONL([record])).contains(#""skew":0,"#))
        record.skew = -0.000_01
        #expect(text(Publisher.pagesJSONL([record])).contains(#""skew":0,"#), "no -0")
    }

    @Test func whatIsWrittenReadsBackAndIsWrittenTheSameAgain() throws {
        let bytes = Publisher.pagesJSONL(InventedCase.records)
        let records = try bytes.split(separator: 10).map { try CanonicalJSON.decode(PageRecord.self, from: $0) }
        #expect(records.map(\.lines).map { $0.map(\.text) } == InventedCase.records.map(\.lines).map { $0.map(\.text) })
        #expect(records.map(\.findings) == InventedCase.records.map(\.findings))
        #expect(Publisher.pagesJSONL(records) == bytes)
        let index = try CanonicalJSON.decode(CaseIndex.self, from: Publisher.indexJSON(InventedCase.index))
        #expect(Publisher.indexJSON(index) == Publisher.indexJSON(InventedCase.index))
        let manifest = try CanonicalJSON.decode(Manifest.self, from: Publisher.manifestJSON(InventedCase.file, products: []))
        #expect(manifest == Manifest(InventedCase.file, products: []))
    }

    @Test func textIsPublishedAsRead() throws {
        let awkward = "a\u{0}b\u{1F}\"\\/\u{2028}e\u{301}é(Ⅳ)〇😀\r\n\u{FEFF}"
        var record = InventedCase.records[7]
        record.lines[0].text = awkward
        let bytes = Publisher.pagesJSONL([record])
        #expect(bytes.filter { $0 == 10 }.count == 1)
        let read = try CanonicalJSON.decode(PageRecord.self, from: bytes.dropLast()).lines[0].text
        #expect(Array(read.unicodeScalars) == Array(awkward.unicodeScalars))
    }

    @Test func theManifestCarriesCountsThatAddUpAndItsOwnDigest() throws {
        let manifest = Manifest(InventedCase.file, products: [])
        #expect(manifest.counts.addsUp)
        #expect(manifest.counts.inWords == "12 images = 8 pages + 2 blanks + 1 separators + 1 rejected (1 placeholders)")
        let bytes = text(Publisher.manifestJSON(InventedCase.file, products: []))
        let open = bytes.replacing(manifest.manifestSHA256.hex, with: String(repeating: "0", count: 64))
        #expect(InventedCase.digest(open) == manifest.manifestSHA256)
    }

    @Test func aLostImageShowsInTheCounts() {
        var file = InventedCase.file
        file.records.remove(at: 2)
        #expect(!file.reconciliation.addsUp)
        let batches = file.recordsByBatch().map { Reconciliation(images: $0.batch.imageCount, records: $0.records) }
        #expect(!batches[0].addsUp && batches[1].addsUp, "the loss is in the first delivery")
    }
}
