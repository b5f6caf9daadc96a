import DossierModel
import Foundation
import Hashing
import Testing

@testable import Publishing

@Suite struct HashTreeTests {
    private func data(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 97 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    @Test func rootsAreThoseOfTheKnownCertificateTransparencyTree() {
        // The eight leaves and the roots over the first 1…8 of them in the tests of Certificate Transparency logs.
        let leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(data)
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        for (count, root) in roots.enumerated() { #expect(Merkle.root(Array(leaves[...count])).hex == root, "\(count + 1) leaves") }
        #expect(Merkle.root([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    private var tree: HashTree { HashTree(InventedCase.bound, records: InventedCase.file.records) }

    @Test func thereIsALeafForEveryBoundPageAndARootForEveryDocument() {
        #expect(tree.volumes.map(\.pages.count) == [5, 3])
        #expect(tree.volumes.map { $0.documents.map(\.number) } == [[1, 2], [1, 2]])
        // The first document of the first volume is one page: its root is the page's leaf.
        #expect(tree.volumes[0].documents[0].root == tree.volumes[0].pages[0])
    }

    @Test func aVolumeOfOnePageHasThatLeafAsItsRoot() {
        var volume = InventedCase.bound[0]
        volume.pages = [volume.pages[0]]
        let small = HashTree([volume], records: InventedCase.file.records)
        #expect(small.volumes[0].root == tree.volumes[0].pages[0])
    }

    @Test func everyFactOfAPageChangesItsLeafAndTheRootsAboveOnly() throws {
        let records = InventedCase.file.records
        let changes: [(inout PageRecord) -> Void] = [
            { $0.fileSHA256 = InventedCase.digest("x") }, { $0.frame += 1 }, { $0.rasterSHA256 = InventedCase.digest("x") },
            { $0.file = "x.tif" }, { $0.folio = "9" }, { $0.rotation = .half }, { $0.skew += 1 },
        ]
        let at = try #require(records.firstIndex { $0.image == 5 })
        for change in changes {
            var other = records
            change(&other[at])
            let changed = HashTree(InventedCase.bound, records: other)
            #expect(zip(changed.volumes[0].pages, tree.volumes[0].pages).map(==) == [true, true, false, true, true])
            #expect(changed.volumes[0].documents[0] == tree.volumes[0].documents[0])
            #expect(changed.volumes[0].root != tree.volumes[0].root && changed.volumes[1] == tree.volumes[1] && changed.root != tree.root)
        }
    }

    @Test func everythingThatIsSaidOfABoundPageChangesItsLeaf() {
        let changes: [(inout CaseFile.BoundPage) -> Void] = [
            { $0.form = InventedCase.digest("x") }, { $0.content = InventedCase.digest("x") }, { $0.streams = [] }, { $0.filters = [] },
            { $0.origin = .recoded }, { $0.image += 1 },
        ]
        for change in changes {
            var volumes = InventedCase.bound
            change(&volumes[1].pages[1])
            let changed = HashTree(volumes, records: InventedCase.file.records)
            #expect(zip(changed.volumes[1].pages, tree.volumes[1].pages).map(==) == [true, false, true])
        }
    }

    /// As docs/hash-tree.md says, with nothing of ours but the record's line.
    @Test func anybodyCanCalculateALeafFromTheRecord() throws {
        let record = VolumeRecord(InventedCase.bound[0], of: InventedCase.file)
        let line = String(decoding: record.bytes, as: UTF8.self)
        let start = try #require(line.range(of: #"{"bound":"#)), end = try #require(line.range(of: #"},{"bound":"#))
        let entry = line[start.lowerBound..<end.lowerBound] + "}"
        let data = "\u{0}dossier-page/3\n\(entry)\n"
        #expect(SHA256Digest(of: data) == tree.volumes[0].pages[0])
    }

    @Test func swappedPagesChangeTheRoot() {
        var volumes = InventedCase.bound
        volumes[1].pages.swapAt(0, 1)
        let swapped = HashTree(volumes, records: InventedCase.file.records)
        #expect(swapped.volumes[1].root != tree.volumes[1].root && swapped.root != tree.root)
    }
}
