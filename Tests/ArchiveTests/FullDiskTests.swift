@testable import Archive
import DossierModel
import Foundation
import Testing

@Suite struct FullDiskTests {
    /// `/dev/full` refuses every write with ENOSPC (full(4)).
    @Test func aFullDiskIsOneClearErrorAndLeavesNothingBehind() throws {
        let scratch = try Scratch()
        let link = scratch.path + "/pending"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
        let error = failure {
            let file = try PendingFile(at: link)
            try file.write([1, 2, 3])
            try file.commit(as: scratch.path + "/done", mode: 0o644)
        }
        #expect(error?.code == .fileSystem)
        #expect(error?.message.contains("full") == true)
        #expect(listing(scratch.path) == [])
        #expect(FileManager.default.fileExists(atPath: "/dev/full"))
    }

    @Test func aFullDiskIsNamedAndTheStoreStaysSound() throws {
        let scratch = try Scratch()
        let disk = scratch.path + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        guard run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk) else {
            print("skipped: a small disk cannot be mounted here (needs root)")
            return
        }
        defer { _ = run("umount", "-l", disk) }
        try Workspace.initialise(at: disk + "/w")
        let workspace = try Workspace.open(at: disk + "/w", for: .writer)
        let small = try workspace.blobs.put([1, 2, 3])
        let error = failure { try workspace.blobs.put([UInt8](repeating: 5, count: 8 << 20)) }
        #expect(error?.code == .fileSystem)
        #expect(error?.message.contains(disk) == true)
        #expect(error?.message.contains("full") == true)
        #expect(try workspace.blobs.all() == [small])
        #expect(listing(disk + "/w/store/incoming") == [])
        #expect(failure { try workspace.journal.store(Data(count: 8 << 20), key: "big") }?.code == .fileSystem)
        #expect(try workspace.journal.product("big") == nil)
        try workspace.journal.store(Data([1]), key: "small")
    }

    private func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
