import DossierModel
import Foundation
import Hashing
import TestTools
import Testing

@testable import Publishing

/// A volume alone on a disc: its own record, and a manifest beside it.
@Suite struct VolumeVerificationTests {
    private let file = InventedCase.file
    private var volume: CaseFile.BoundVolume { file.boundVolumes[0] }
    private var record: VolumeRecord { VolumeRecord(volume, of: file) }
    private var found: [StoredCase.Page] {
        let sheet = { (content: SHA256Digest) in StoredCase.Page(streams: [], content: content) }
        return volume.front.map(sheet) + volume.pages.map { .init(streams: $0.streams, content: $0.content) } + volume.back.map(sheet)
    }

    private func check(_ pages: [StoredCase.Page], record bytes: [UInt8]? = nil) -> VolumeVerification {
        VolumeVerification(record: bytes ?? record.bytes, pages: pages, name: "册.pdf")
    }

    @Test func anIntactVolumeTellsWhereEveryPageComesFrom() {
        let result = check(found)
        #expect(result.differences == [] && result.pages.map(\.page) == [3, 4, 5, 6, 7])
        #expect(result.pages[0].file == "0002.tif" && result.pages[0].frame == 2 && result.pages[0].folio == "1")
        #expect(result.pages[0].words.contains("bit for bit") && result.pages[0].words.contains("转正 90°"))
        #expect(result.pages[4].words.contains("placeholder"))
    }

    @Test func aChangedPictureTextOrSheetNamesItsPage() {
        let changes: [(at: Int, change: (inout StoredCase.Page) -> Void)] = [
            (0, { $0.content = InventedCase.digest("x") }), (1, { $0.streams = [InventedCase.digest("x")] }),
            (3, { $0.streams[0] = InventedCase.digest("x") }), (5, { $0.content = InventedCase.digest("x") }),
            (7, { $0.content = InventedCase.digest("x") }),
        ]
        for (at, change) in changes {
            var pages = found
            change(&pages[at])
            let result = check(pages)
            #expect(result.differences.map(\.subject) == ["册.pdf page \(at + 1)"])
            #expect(result.pages.filter { !$0.isIntact }.map(\.page) == ((3...7).contains(at + 1) ? [at + 1] : []))
        }
    }

    @Test func missingExtraAndSwappedPagesAreFound() {
        var pages = found
        pages.remove(at: 3)
        #expect(check(pages).differences.first?.message.contains("it has 7 pages, the manifest says 8") == true)
        #expect(!check(found + [found[0]]).differences.isEmpty)
        pages = found
        pages.swapAt(3, 4)
        #expect(check(pages).differences.map(\.subject).contains("册.pdf page 4"))
    }

    @Test func aRecordThatWasMendedToFitHasAnotherRoot() {
        var other = record
        other.pages[1].fileSHA256 = InventedCase.digest("another file")
        #expect(check(found, record: other.bytes).differences.map(\.message) == ["the root in its record is not that of its pages"])
        other.root = other.recalculatedRoot
        var result = check(found, record: other.bytes)
        #expect(result.differences == [], "alone it cannot be told")
        let manifest = Manifest(file, products: [])
        result.compare(with: manifest, measure: .init(sha256: InventedCase.digest("pdf"), bytes: 3), name: "册.pdf")
        #expect(result.differences.first?.message.contains("the manifest's") == true)
    }

    @Test func theManifestSeesWhatBelongsToNoPage() {
        let manifest = Manifest(file, products: [.init(name: volume.pdf, sha256: InventedCase.digest("pdf"), bytes: 3)])
        var result = check(found)
        result.compare(with: manifest, measure: .init(sha256: InventedCase.digest("pdf"), bytes: 3), name: "册.pdf")
        #expect(result.differences == [])
        result.compare(with: manifest, measure: .init(sha256: InventedCase.digest("other"), bytes: 3), name: "册.pdf")
        #expect(result.differences.first?.message.contains("outline, tags, fonts or metadata") == true)
        var foreign = check(found)
        var other = manifest
        other.case = "另案"
        foreign.compare(with: other, measure: .init(sha256: InventedCase.digest("pdf"), bytes: 3), name: "册.pdf")
        #expect(foreign.differences.first?.message.contains("another case") == true)
    }

    @Test func garbageIsNoRecord() {
        #expect(check(found, record: []).differences.first?.kind == .unreadable)
        #expect(check(found, record: Array("{}".utf8)).differences.first?.kind == .unreadable)
        #expect(check(found, record: record.bytes + [32]).differences.contains { $0.kind == .changed })
    }

    @Test func aManifestOneByteOffIsNotIntact() {
        let bytes = Publisher.manifestJSON(file, products: [])
        #expect(Manifest.intact(bytes)?.case == file.caseNumber)
        for place in stride(from: 0, to: bytes.count, by: 37) {
            var other = bytes
            other[place] ^= 1
            #expect(Manifest.intact(other) == nil)
        }
    }
}
