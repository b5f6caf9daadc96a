import DossierModel
import Hashing
import Testing

@testable import Publishing

/// `digests.json` beside the manifest.
@Suite struct DigestTableTests {
    private let table = InventedCase.digests

    private func differences(_ table: DigestTable, originalSM3: ((SHA256Digest) -> SM3Digest?)? = nil) -> [Difference] {
        let bytes = Publisher.digestsJSON(table)
        let product = Product(name: "digests.json", sha256: SHA256Digest(of: bytes), bytes: bytes.count)
        let manifest = Manifest(InventedCase.file, products: [product])
        var stored = StoredCase(
            fileNames: { [] }, product: { _ in nil }, text: { $0 == "digests.json" ? bytes : nil }, original: nil, pages: { _ in nil })
        stored.originalSM3 = originalSM3
        var differences = Differences()
        differences.checkDigestTable(of: manifest, InventedCase.records, streams: [:], stored)
        return differences.list
    }

    @Test func aTableThatNamesEverythingAgrees() {
        #expect(differences(table) == [])
        #expect(differences(table, originalSM3: { SM3Digest(of: Array($0.hex.utf8)) }) == [])
    }

    @Test func everyMissingEntryIsNamed() {
        for index in table.entries.indices {
            var other = table
            other.entries.remove(at: index)
            #expect(differences(other).first?.message.contains("no SM3 for the \(table.entries[index].kind.rawValue)") == true)
        }
    }

    @Test func anOriginalWithAnotherSM3IsFound() {
        let found = differences(table, originalSM3: { SM3Digest(of: Array(($0.hex + "x").utf8)) })
        #expect(found.count == 4 && found.allSatisfy { $0.kind == .changed })
    }

    @Test func aDigestStandsOnceForEachKind() {
        let twice = DigestTable(case: "1", entries: table.entries + table.entries)
        #expect(twice.entries == table.entries)
    }
}
