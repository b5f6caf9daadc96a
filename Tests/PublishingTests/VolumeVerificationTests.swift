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
        let sheet = { (form: SHA256Digest) in StoredCase.Page(streams: [], content: InventedCase.digest("sheet"), form: form) }
        return volume.front.map(sheet) + volume.pages.map(InventedCase.found) + volume.back.map(sheet)
    }

    private func check(_ pages: [StoredCase.Page], record bytes: [UInt8]? = nil) -> VolumeVerification {
        VolumeVerification(record: bytes ?? record.bytes, pages: pages, binding: volume.binding, name: "册.pdf")
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
            (0, { $0.form = InventedCase.digest("x") }), (1, { $0.form = nil }), (3, { $0.streams = [InventedCase.digest("x")] }),
            (5, { $0.content = InventedCase.digest("x") }), (4, { $0.form = InventedCase.digest("x") }), (6, { $0.form = nil }),
            (4, { $0.streams = nil }), (5, { $0.content = nil }), (7, { $0.form = InventedCase.digest("x") }),
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
        result.compare(with: Manifest(file, products: []), measure: nil, name: "册.pdf")
        #expect(result.differences.map(\.subject) == ["册.pdf page 4", "册.pdf"] && result.differences[1].message.contains("the manifest's"))
        #expect(result.pages.filter { !$0.isIntact }.map(\.page) == [4], "what is said of the page is nothing that was signed")
    }

    /// Whoever writes a record anew, root and all, cannot say anything else than the manifest does.
    @Test func whateverARecordSaysIsWhatTheManifestVouchesFor() {
        let changes: [(subjects: [String], change: (inout VolumeRecord) -> Void)] = [
            (["册.pdf page 3", "册.pdf"], { $0.pages[0].folio = "9" }), (["册.pdf page 4", "册.pdf"], { $0.pages[1].rotation = .half }),
            (["册.pdf page 5", "册.pdf"], { $0.pages[2].skew = 0.5 }), (["册.pdf page 6", "册.pdf"], { $0.pages[3].file = "x.tif" }),
            (["册.pdf", "册.pdf page 7", "册.pdf"], { $0.pages[4].bound.origin = .delivered }),
            (["册.pdf page 4", "册.pdf", "册.pdf page 4", "册.pdf"], { $0.pages[1].bound.filters = ["DCTDecode d1\nstream JBIG2Decode"] }),
            (["册.pdf page 4", "册.pdf", "册.pdf page 4", "册.pdf"], { $0.pages[1].bound.filters = [] }),
            (["册.pdf page 2", "册.pdf page 2", "册.pdf"], { $0.front[1] = InventedCase.digest("x") }),
            (["册.pdf page 8", "册.pdf page 8", "册.pdf"], { $0.back[0] = InventedCase.digest("x") }),
            (["册.pdf", "册.pdf"], { $0.binding = InventedCase.digest("x") }), (["册.pdf", "册.pdf"], { $0.binding = nil }),
            (["册.pdf"], { $0.number = 7 }),
        ]
        for (place, (subjects, change)) in changes.enumerated() {
            var other = record
            change(&other)
            other.root = other.recalculatedRoot
            var result = check(found, record: other.bytes)
            result.compare(with: Manifest(file, products: []), measure: nil, name: "册.pdf")
            #expect(result.differences.map(\.subject) == subjects, "change \(place)")
        }
    }

    @Test func filesThatTheManifestDoesNotNameOrNamesOtherwiseAreFoundInACopy() {
        let index = Product(name: "index.json", sha256: InventedCase.digest("index"), bytes: 5)
        let manifest = Manifest(file, products: [index])
        func differences(_ files: [String: SHA256Digest]) -> [Difference.Kind] {
            var result = check(found)
            result.compare(with: manifest, measure: nil, name: "册.pdf")
            result.compare(attached: files, with: manifest, name: "册.pdf")
            return result.differences.map(\.kind)
        }
        let own = ["manifest.json": InventedCase.digest("m"), "manifest.json.sig": InventedCase.digest("s")]
        #expect(differences(own) == [] && differences(own.merging(["index.json": index.sha256]) { $1 }) == [])
        #expect(differences(["index.json": InventedCase.digest("x")]) == [.changed])
        #expect(differences(["更正说明.pdf": InventedCase.digest("x")]) == [.extra])
    }

    @Test func theManifestSeesWhatBelongsToNoPage() {
        let manifest = Manifest(file, products: [.init(name: volume.pdf, sha256: InventedCase.digest("pdf"), bytes: 3)])
        var result = check(found)
        result.compare(with: manifest, measure: .init(sha256: InventedCase.digest("pdf"), bytes: 3), name: "册.pdf")
        #expect(result.differences == [])
        result.compare(with: manifest, measure: .init(sha256: InventedCase.digest("other"), bytes: 3), name: "册.pdf")
        #expect(result.differences.first?.message.contains("the file as a whole is not") == true)
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
        let damaged = VolumeVerification(record: nil, pages: found, binding: volume.binding, name: "册.pdf")
        #expect(damaged.differences.map(\.subject) == ["册.pdf: its record"])
        let earlier = check(found, record: Array(#"{"format":"dossier-volume/1"}"#.utf8)).differences
        #expect(earlier.count == 1 && earlier[0].message.contains("verify it with the version that wrote it"))
        let without = VolumeVerification(record: record.bytes, pages: found, binding: nil, name: "册.pdf")
        #expect(without.differences.map(\.kind) == [.disagrees])
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
