import Archive
import DossierModel
import Foundation
import Hashing
import Testing

@Suite struct CacheFolderTests {
    private func key(_ number: Int) -> SHA256Digest { SHA256Digest(of: "\(number)") }

    @Test func whatIsPutIsThereAndLeavesNothingHalfWritten() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let cache = try Workspace.open(at: scratch.workspace, for: .readOnly).cache("pictures", limit: 1000)
        #expect(cache.bytes(for: key(1)) == nil)
        try cache.put([1, 2, 3], for: key(1))
        #expect(cache.bytes(for: key(1)) == Data([1, 2, 3]))
        #expect(!listing(scratch.workspace + "/cache").contains { $0.hasSuffix(".partial") })
    }

    @Test func itKeepsToItsSizeAndDropsWhatWasUsedLeastRecently() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let cache = try Workspace.open(at: scratch.workspace, for: .readOnly).cache("pictures", limit: 1000)
        for number in 1...9 {
            try cache.put([UInt8](repeating: 0, count: 100), for: key(number))
            try age(scratch.workspace + "/cache/pictures", key(number), seconds: 100 - number)
        }
        _ = cache.bytes(for: key(1))
        for number in 10...11 { try cache.put([UInt8](repeating: 0, count: 100), for: key(number)) }
        #expect(cache.contains(key(1)))
        #expect(!cache.contains(key(2)))
        #expect(cache.contains(key(11)))
        #expect((1...11).filter { cache.contains(key($0)) }.count <= 10)
    }

    @Test func aFolderThatCannotBeWrittenIsAnErrorWithARemedy() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        try scratch.write("in the way", to: "workspace/cache")
        let cache = try Workspace.open(at: scratch.workspace, for: .readOnly).cache("pictures", limit: 1000)
        #expect(failure { try cache.put([1], for: key(1)) }?.code == .fileSystem)
        #expect(cache.bytes(for: key(1)) == nil)
    }

    private func age(_ folder: String, _ key: SHA256Digest, seconds: Int) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -Double(seconds))], ofItemAtPath: "\(folder)/\(key.hex.prefix(2))/\(key.hex)")
    }
}
