import Archive
import DossierModel
import Foundation
import Hashing
import Testing

@Suite struct BlobStoreTests {
    @Test func storedBytesComeBackFromUnderTheirDigestReadOnly() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let bytes = Array("起诉意见书".utf8)
        let digest = try blobs.put(bytes)
        #expect(digest == SHA256Digest(of: bytes))
        #expect(try blobs.read(digest) == bytes)
        #expect(blobs.path(of: digest).hasSuffix("/store/\(digest.hex.prefix(2))/\(digest.hex)"))
        let mode = try FileManager.default.attributesOfItem(atPath: blobs.path(of: digest))[.posixPermissions] as? Int
        #expect(mode == 0o444)
    }

    @Test func storingTheSameBytesAgainChangesNothing() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let first = try blobs.put([1, 2, 3])
        let fileNumber = try inode(blobs.path(of: first))
        #expect(try blobs.put([1, 2, 3]) == first)
        #expect(try inode(blobs.path(of: first)) == fileNumber)
        #expect(try blobs.all() == [first])
    }

    @Test func anEmptyFileIsABlobToo() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let digest = try blobs.put([])
        #expect(try blobs.read(digest) == [])
        try blobs.verify(digest)
    }

    @Test func takingACopyLeavesTheScannersFileAlone() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let source = try scratch.write(String(repeating: "扫描", count: 700_000), to: "scans/0001.tif")
        chmod(source, 0o640)
        let before = try FileManager.default.attributesOfItem(atPath: source) as NSDictionary
        let file = try blobs.take(copyOf: source, as: "scans/0001.tif")
        #expect(file.name == "scans/0001.tif")
        #expect(file.byteCount == 4_200_000)
        #expect(file.digest == (try SHA256Digest(ofFileAt: source)))
        #expect(try FileManager.default.attributesOfItem(atPath: source) as NSDictionary == before)
        #expect(try inode(source) != inode(blobs.path(of: file.digest)))
        try blobs.verify(file.digest)
    }

    @Test func adoptingMovesATemporaryFile() throws {
        let scratch = try Scratch()
        let workspace = try scratch.writer()
        let temporary = try workspace.temporaryFolder() + "/part.jp2"
        try Data([9, 9]).write(to: URL(fileURLWithPath: temporary))
        let digest = try workspace.blobs.adopt(fileAt: temporary)
        #expect(try workspace.blobs.read(digest) == [9, 9])
        #expect(!FileManager.default.fileExists(atPath: temporary))
    }

    @Test func adoptingFromAnotherDiskWorksToo() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let elsewhere = "/dev/shm/dossier-" + UUID().uuidString
        try Data([7]).write(to: URL(fileURLWithPath: elsewhere))
        let digest = try blobs.adopt(fileAt: elsewhere)
        #expect(try blobs.read(digest) == [7])
        #expect(!FileManager.default.fileExists(atPath: elsewhere))
    }

    @Test func aTamperedBlobIsFoundOnReadingAndHealedByTheOriginal() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        let digest = try blobs.put(Array("血样提取笔录".utf8))
        try overwrite(blobs.path(of: digest), with: "血样提取笔彔")
        #expect(failure { _ = try blobs.read(digest) }?.code == .integrity)
        #expect(failure { try blobs.verify(digest) }?.code == .integrity)
        try blobs.put(Array("血样提取笔录".utf8))
        try blobs.verify(digest)
    }

    @Test func anAbsentBlobIsNotFound() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        #expect(failure { _ = try blobs.read(SHA256Digest(of: "nothing")) }?.code == .notFound)
        #expect(!blobs.contains(SHA256Digest(of: "nothing")))
    }

    @Test func whatAKilledWriterLeftIsNeverVisibleAndGoesWithTheNextWriter() throws {
        let scratch = try Scratch()
        let kept = try scratch.writer().blobs.put([1])
        let half = try scratch.write("half a blob", to: "workspace/store/incoming/half")
        let page = try scratch.write("half a page", to: "workspace/tmp/w1/page.png")
        let partial = try scratch.write("half a volume", to: "workspace/cases/A/.1.pdf.partial")
        let product = try scratch.write("a volume", to: "workspace/cases/A/1.pdf")

        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(try reader.blobs.all() == [kept])
        #expect(try reader.products(of: "A") == ["1.pdf"])
        #expect(FileManager.default.fileExists(atPath: half), "a reader removes nothing")

        let writer = try Workspace.open(at: scratch.workspace, for: .writer)
        for gone in [half, page, partial] { #expect(!FileManager.default.fileExists(atPath: gone)) }
        #expect(text(at: product) == "a volume")
        #expect(try writer.blobs.all() == [kept])
    }

    @Test func foldersAndPipesAreRefusedWithoutHanging() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        mkfifo(scratch.path + "/pipe", 0o600)
        #expect(failure { _ = try blobs.take(copyOf: scratch.path + "/pipe", as: "pipe") }?.code == .unusableInput)
        #expect(failure { _ = try blobs.take(copyOf: scratch.path, as: "folder") }?.code == .unusableInput)
        #expect(failure { _ = try blobs.take(copyOf: scratch.path + "/no.tif", as: "no.tif") }?.code == .notFound)
        #expect(try blobs.all() == [])
    }

    @Test func aStoreOpenedForReadingRefusesToWrite() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        let before = listing(scratch.workspace + "/store")
        #expect(failure { try reader.blobs.put([1]) }?.code == .badUsage)
        #expect(listing(scratch.workspace + "/store") == before)
    }

    @Test func manyThreadsMayStoreTheSameBytes() async throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 { group.addTask { try blobs.put([UInt8](repeating: UInt8(number % 4), count: 50_000)) } }
            try await group.waitForAll()
        }
        #expect(try blobs.all().count == 4)
        for digest in try blobs.all() { try blobs.verify(digest) }
        #expect(listing(scratch.workspace + "/store/incoming") == [])
    }

    private func inode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }

    private func overwrite(_ path: String, with text: String) throws {
        chmod(path, 0o644)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        chmod(path, 0o444)
    }
}
