import DossierModel
import Foundation
import Hashing
import Testing

@testable import Publishing

/// A published case in memory, which can be tampered with.
private struct Shelf {
    var products: [String: [UInt8]] = [:]
    var originals: [SHA256Digest: [UInt8]] = [:]
    var pages: [String: [StoredCase.Page]] = [:]
    var manifest: [UInt8] = []

    init(_ file: CaseFile = InventedCase.file) {
        for original in file.batches.flatMap(\.files) { originals[original.sha256] = Array(original.name.utf8) }
        for volume in file.boundVolumes {
            products[volume.pdf] = Array("%PDF \(volume.number)".utf8)
            let sheet = { (form: SHA256Digest) in StoredCase.Page(streams: [], content: InventedCase.digest("sheet"), form: form) }
            pages[volume.pdf] = volume.front.map(sheet) + volume.pages.map(InventedCase.found) + volume.back.map(sheet)
        }
        products["index.json"] = Publisher.indexJSON(file.index)
        products["catalogue.csv"] = Publisher.catalogueCSV(file.index)
        products["facts.json"] = Publisher.factsJSON(InventedFacts.sheet)
        products["digests.json"] = Publisher.digestsJSON(InventedCase.digests)
        products["pages.jsonl"] = Publisher.pagesJSONL(file.records)
        products["report.html"] = Publisher.report(file, thumbnails: [:])
        manifest = Publisher.manifestJSON(file, products: named)
        products["timings.html"] = [1]
        products["manifest.json"] = manifest
    }

    private var named: [Product] {
        products.sorted { $0.key < $1.key }.map { Product(name: $0.key, sha256: SHA256Digest(of: $0.value), bytes: $0.value.count) }
    }

    func differences() -> [Difference] { outcome().differences }

    func outcome() -> Verification.Outcome {
        let measure = { (bytes: [UInt8]) in StoredCase.Measure(sha256: SHA256Digest(of: bytes), bytes: bytes.count) }
        return Verification.check(
            manifest: manifest,
            of: StoredCase(
                fileNames: { Array(products.keys) }, product: { products[$0].map(measure) }, text: { products[$0] },
                original: { originals[$0].map(measure) }, pages: { pages[$0] }))
    }
}

@Suite struct VerificationTests {
    @Test func anUntouchedCaseHasNoDifference() { #expect(Shelf().differences() == []) }

    @Test(arguments: ["facts.json", "digests.json", "report.html"]) func aManifestThatLeavesATextOutIsFound(name: String) {
        let named = ["index.json", "catalogue.csv", "facts.json", "pages.jsonl", "digests.json", "report.html", "第1册.pdf", "第2册.pdf"].filter { $0 != name }
        var shelf = Shelf()
        shelf.manifest = Publisher.manifestJSON(
            InventedCase.file,
            products: named.map { Product(name: $0, sha256: SHA256Digest(of: shelf.products[$0]!), bytes: shelf.products[$0]!.count) })
        shelf.products[name] = nil
        #expect(shelf.differences().contains(Difference(.disagrees, "manifest.json", "it does not name the product \(name)")))
    }

    @Test func aPageIsFoundInThePartAndAtTheNumberWhereItIsBound() throws {
        var file = InventedCase.file
        var second = file.boundVolumes[0]
        (file.boundVolumes[0].pages, second.pages) = (Array(second.pages[..<2]), Array(second.pages[2...]))
        (second.pdf, second.front) = ("第1册第2分册.pdf", [InventedCase.digest("one sheet")])
        file.boundVolumes.insert(second, at: 1)
        let manifest = Manifest(file, products: [])
        let place = try #require(manifest.place(ofImage: 6))
        #expect(place.volume.pdf == "第1册第2分册.pdf" && place.page.image == 6 && place.number == 3)
        #expect(manifest.place(ofImage: 2)?.number == 3 && manifest.place(ofImage: 8)?.number == 1)
        #expect(manifest.place(ofImage: 3) == nil)
    }

    @Test func aDividedVolumeHasNoDifferenceAndAPageInTheWrongPartIsFound() {
        var file = InventedCase.file
        let whole = file.boundVolumes[0]
        var first = whole, second = whole
        (first.pages, second.pages) = (Array(whole.pages[..<2]), Array(whole.pages[2...]))
        second.pdf = "第1册第2分册.pdf"
        file.boundVolumes.replaceSubrange(0..<1, with: [first, second])
        file.index.volumes[0].parts = InventedCase.dividedIndex.volumes[0].parts
        #expect(Shelf(file).differences() == [])
        file.boundVolumes[0].pages.removeLast()
        #expect(Shelf(file).differences().contains { $0.message.contains("binds 4 images") })
        file.index.volumes[0].parts.removeLast()
        #expect(Shelf(file).differences().contains { $0.subject == "index.json" && $0.kind == .disagrees })
    }

    @Test func everyChangedByteOfAProductIsFound() {
        let whole = Shelf()
        for (name, bytes) in whole.products where !["timings.html", "manifest.json"].contains(name) {
            for place in bytes.indices where place % 3 == 0 || bytes.count < 500 {
                var shelf = whole
                shelf.products[name]![place] ^= UInt8(1 << (place % 8))
                let first = shelf.differences().first
                #expect(first?.kind == .changed && first?.subject == name, "\(name) byte \(place): \(String(describing: first))")
            }
        }
    }

    @Test func everyChangedByteOfTheManifestIsFound() {
        let whole = Shelf()
        for place in whole.manifest.indices {
            var shelf = whole
            shelf.manifest[place] ^= UInt8(1 << (place % 8))
            #expect(!shelf.differences().isEmpty, "byte \(place)")
        }
    }

    @Test func everyChangedByteOfAnOriginalIsFound() throws {
        let whole = Shelf()
        for (digest, bytes) in whole.originals {
            for place in bytes.indices {
                var shelf = whole
                shelf.originals[digest]![place] ^= 1
                let only = try #require(shelf.differences().first)
                #expect(only.kind == .changed && only.message.contains("SHA-256") && shelf.differences().count == 1)
            }
        }
    }

    @Test func aMissingOriginalIsNamedWithItsBatch() {
        var shelf = Shelf()
        shelf.originals[InventedCase.digest("0010.jpg")] = nil
        #expect(shelf.differences() == [Difference(.missing, "0010.jpg (2024-03-05 上午)", "the original is not in the store")])
    }

    @Test(arguments: ["第1册.pdf", "index.json", "catalogue.csv", "pages.jsonl"]) func aMissingProductIsNamed(name: String) {
        var shelf = Shelf()
        shelf.products[name] = nil
        #expect(shelf.differences().first == Difference(.missing, name, "the product is not there"))
    }

    @Test func aFileTheManifestDoesNotNameIsExtra() {
        var shelf = Shelf()
        shelf.products["第3册.pdf"] = [1]
        #expect(shelf.differences() == [Difference(.extra, "第3册.pdf", "the manifest does not name it")])
    }

    @Test func theFirstDifferenceComesFirst() {
        var shelf = Shelf()
        shelf.products["pages.jsonl"] = nil
        shelf.pages["第2册.pdf"]!.removeLast()
        shelf.originals[InventedCase.digest("0002.tif")]!.append(0)
        #expect(shelf.differences().map(\.subject) == ["0002.tif (2024-03-05 上午)", "pages.jsonl", "第2册.pdf"])
    }

    @Test func aPageTooFewAndAForeignImageInThePDFAreFound() {
        var shelf = Shelf()
        shelf.pages["第1册.pdf"]!.removeLast()
        shelf.pages["第1册.pdf"]![2].streams = [InventedCase.digest("another image")]
        #expect(
            shelf.differences() == [
                Difference(.disagrees, "第1册.pdf", "it has 7 pages, the manifest says 8"),
                Difference(.disagrees, "第1册.pdf page 3", "its image is not that of image 2"),
            ])
    }

    @Test func whatCannotBeReadIsADifferenceAndTheRestIsStillChecked() {
        let shelf = Shelf()
        let stored = StoredCase(
            fileNames: { Array(shelf.products.keys) }, product: { shelf.products[$0].map { .init(sha256: SHA256Digest(of: $0), bytes: $0.count) } },
            text: { shelf.products[$0] },
            original: { _ throws(DossierError) in throw DossierError(.fileSystem, "the disk is gone") }, pages: { shelf.pages[$0] })
        let differences = Verification.check(manifest: shelf.manifest, of: stored).differences
        #expect(differences.count == 4 && differences.allSatisfy { $0.kind == .unreadable && $0.message.contains("the disk is gone") })
    }

    @Test(arguments: ["", "{}", "[]", "\u{0}"]) func whatIsNoManifestIsSaidToBeNone(text: String) {
        var shelf = Shelf()
        shelf.manifest = Array(text.utf8)
        #expect(shelf.differences().map(\.kind) == [.unreadable])
    }

    @Test func aManifestOfAnotherFormatIsNotGuessedAt() {
        var manifest = Manifest(InventedCase.file, products: [])
        manifest.format = "dossier-manifest/9"
        manifest.manifestSHA256 = manifest.seal
        var shelf = Shelf()
        shelf.manifest = CanonicalJSON.line(manifest)
        #expect(shelf.differences().map(\.subject) == ["manifest.json"])
    }

    /// An earlier version has other keys, so it does not read; its name for itself is what a person needs.
    @Test func aManifestOfAnEarlierVersionIsCalledThat() {
        var shelf = Shelf()
        shelf.manifest = Array(#"{"format":"dossier-manifest/1","case":"甲"}"#.utf8)
        #expect(shelf.differences().map(\.message.isEmpty) == [false] && shelf.differences()[0].message.contains("dossier-manifest/1"))
        #expect(throws: DossierError(.unsupported, "")) { try PublishedText.manifest(Data(shelf.manifest)) }
        #expect(throws: DossierError(.integrity, "")) { try PublishedText.manifest(Data("{}".utf8)) }
    }

    // Cases that were published wrong: all digests fit, the texts do not.

    @Test(arguments: Tamper.all) func aCaseThatContradictsItselfIsFound(tamper: Tamper) throws {
        var file = InventedCase.file
        tamper.change(&file)
        let differences = Shelf(file).differences()
        #expect(differences.contains { $0.kind == .disagrees && $0.description.contains(tamper.says) }, "\(differences)")
    }

    @Test func blanksAndSeparatorSheetsMayBeBound() {
        var file = InventedCase.file
        file.boundVolumes[0].pages.insert(.init(image: 3, origin: .delivered, filters: [], streams: [], content: InventedCase.digest("content"), form: InventedCase.digest("form")), at: 1)
        #expect(Shelf(file).differences() == [])
        var disordered = file
        disordered.boundVolumes[0].pages.append(disordered.boundVolumes[0].pages.remove(at: 1))
        #expect(Shelf(disordered).differences().count == 1, "not out of order")
        file.boundVolumes[0].pages.insert(.init(image: 1, origin: .delivered, filters: [], streams: [], content: InventedCase.digest("content"), form: InventedCase.digest("form")), at: 0)
        #expect(Shelf(file).differences() == [])
        file.records[0].disposition = .rejected
        #expect(Shelf(file).differences().count == 1, "a refused image may not")
    }

    @Test func aPageThatIsShownOtherwiseIsNamed() {
        var shelf = Shelf()
        shelf.pages["第1册.pdf"]![4].form = InventedCase.digest("turned")
        shelf.pages["第2册.pdf"]![1].form = nil
        #expect(shelf.differences().map(\.subject) == ["第1册.pdf page 5", "第2册.pdf page 2"])
        #expect(shelf.differences().map(\.kind) == [.disagrees, .unreadable])
    }

    @Test func anSM3OfAStreamIsCalculatedAgain() {
        var shelf = Shelf()
        shelf.pages["第2册.pdf"]![1].streamsSM3 = [SM3Digest(of: [1])]
        #expect(shelf.differences().map(\.subject) == ["digests.json"])
    }

    @Test func ofEachPageItIsSaidWhatLiesBetweenItAndTheScannersFile() {
        let volumes = Shelf().outcome().volumes
        #expect(volumes.map(\.pdf) == ["第1册.pdf", "第2册.pdf"] && volumes.map { $0.pages.map(\.page) } == [[3, 4, 5, 6, 7], [1, 2, 3]])
        #expect(volumes[0].pages[0].words.contains("bit for bit") && volumes[0].pages[4].words.contains("placeholder"))
        #expect(volumes[0].root == Manifest(InventedCase.file, products: []).hashTree.volumes[0].root)
        var shelf = Shelf()
        shelf.pages["第1册.pdf"]![3].form = InventedCase.digest("x")
        #expect(shelf.outcome().volumes[0].pages.filter { !$0.isIntact }.map(\.page) == [4])
    }

    @Test func aPageOfWhichNothingIsRecordedDoesNotMoveTheOthers() {
        var file = InventedCase.file
        file.records.removeAll { $0.image == file.boundVolumes[0].pages[1].image }
        var shelf = Shelf()
        shelf.products["pages.jsonl"] = Publisher.pagesJSONL(file.records)
        let pages = shelf.outcome().volumes[0].pages
        #expect(pages.map(\.page) == [3, 5, 6, 7] && pages.allSatisfy(\.isIntact))
        #expect(shelf.differences().contains { $0.subject == "pages.jsonl" })
    }

    @Test func anEmptyCaseIsSound() {
        var file = InventedCase.file
        (file.batches, file.records, file.boundVolumes, file.index.volumes) = ([], [], [], [])
        #expect(Shelf(file).differences() == [])
    }
}

struct Tamper: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var says: String
    var change: @Sendable (inout CaseFile) -> Void

    static let all: [Tamper] = [
        .init(testDescription: "a record is lost", says: "it has 11 images, the originals have 12") { $0.records.removeLast() },
        .init(testDescription: "a lost record breaks the sum", says: "12 images came in, 11 are accounted for") { $0.records.removeLast() },
        .init(testDescription: "two records are swapped", says: "pages.jsonl line 5") { $0.records.swapAt(4, 5) },
        .init(testDescription: "a record names another file", says: "frame 2 of 0002.tif") { $0.records[1].file = "0003.tif" },
        .init(testDescription: "another case number", says: "its case is") { $0.index.case = "另案" },
        .init(testDescription: "a volume is not listed", says: "which index.json does not list") { $0.index.volumes.removeLast() },
        .init(testDescription: "a document is not listed", says: "it names document 2") { $0.index.volumes[0].documents.removeLast() },
        .init(testDescription: "a document without pages", says: "are none") { file in
            file.index.volumes[0].documents.append(InventedCase.document("空", nil, nil, nil, (nil, nil), (7, 7)))
        },
        .init(testDescription: "a range too short", says: "spans images 4–6") { $0.index.volumes[0].documents[1].lastImage = 6 },
        .init(testDescription: "a range too long", says: "spans images 2–4") { $0.index.volumes[0].documents[0].lastImage = 4 },
        .init(testDescription: "a wrong first folio", says: "its folios are 3–5, those of its pages 2–5") {
            $0.index.volumes[0].documents[1].firstFolio = "3"
        },
        .init(testDescription: "a wrong last folio", says: "those of its pages 2–5") { $0.index.volumes[0].documents[1].lastFolio = nil },
        .init(testDescription: "a page in no volume", says: "it is a page in no volume") { $0.records[8].volume = nil },
        .init(testDescription: "a page is not bound", says: "binds 4 images") { $0.boundVolumes[0].pages.remove(at: 2) },
        .init(testDescription: "a page is bound twice", says: "binds 6 images") { $0.boundVolumes[0].pages.append($0.boundVolumes[0].pages[4]) },
        .init(testDescription: "pages are bound in another order", says: "not the same") { $0.boundVolumes[0].pages.swapAt(0, 1) },
        .init(testDescription: "a PDF has another name", says: "its volumes are") { $0.index.volumes[0].pdf = "x.pdf" },
    ]
}
