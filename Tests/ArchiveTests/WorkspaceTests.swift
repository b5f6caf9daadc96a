@testable import Archive
import DossierModel
import Foundation
import Testing

@Suite struct WorkspaceTests {
    @Test func initialisingCreatesTheLayoutAndMayBeRepeated() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let first = listing(scratch.workspace)
        for name in ["inbox", "store", "cases", "dossier.yaml", "dossier.sqlite"] { #expect(first.contains(name)) }
        try "clean:\n  straighten: false\n".write(toFile: scratch.workspace + "/dossier.yaml", atomically: true, encoding: .utf8)
        try Workspace.initialise(at: scratch.workspace)
        #expect(text(at: scratch.workspace + "/dossier.yaml") == "clean:\n  straighten: false\n")
        #expect(try Workspace.open(at: scratch.workspace, for: .readOnly).settings.clean.straighten == false)
    }

    @Test func onlyTheWriterKeepsEdits() throws {
        let scratch = try Scratch()
        let writer = try scratch.writer()
        try writer.keepEdits(Array("edits: []\n".utf8), ofCase: "甲/1")
        let path = try writer.editsPath(ofCase: "甲/1")
        #expect(text(at: path) == "edits: []\n")
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(failure { try reader.keepEdits([], ofCase: "甲/1") }?.code == .badUsage)
        #expect(text(at: path) == "edits: []\n")
    }

    @Test func aFolderThatIsNoWorkspaceIsNotFoundWithTheRemedy() throws {
        let scratch = try Scratch()
        let error = failure { _ = try Workspace.open(at: scratch.path, for: .readOnly) }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("dossier init") == true)
        #expect(listing(scratch.path) == [])
    }

    @Test func aSecondWriterIsToldWhoHoldsTheWorkspace() throws {
        let scratch = try Scratch()
        var first: Workspace? = try scratch.writer()
        let error = failure { _ = try Workspace.open(at: scratch.workspace, for: .writer) }
        #expect(error?.code == .busy)
        #expect(error?.message.contains("process \(getpid()) on \(ProcessInfo.processInfo.hostName), since 2") == true)
        _ = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(first?.path == scratch.workspace)
        first = nil
        _ = try Workspace.open(at: scratch.workspace, for: .writer)
    }

    @Test func theRightToWriteLastsAsLongAsTheBlobs() throws {
        let scratch = try Scratch()
        let blobs = try scratch.writer().blobs
        #expect(failure { _ = try Workspace.open(at: scratch.workspace, for: .writer) }?.code == .busy)
        try blobs.put([1])
    }

    @Test func theLockOfAKilledProcessIsNoObstacle() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let holder = try lockHolder(scratch.workspace + "/.lock")
        #expect(failure { _ = try Workspace.open(at: scratch.workspace, for: .writer) }?.code == .busy)
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(text(at: scratch.workspace + "/.lock")?.contains("process 4711") == true)
        _ = try Workspace.open(at: scratch.workspace, for: .writer)
    }

    @Test func aChildProcessDoesNotKeepTheWorkspaceLocked() throws {
        let scratch = try Scratch()
        var workspace: Workspace? = try scratch.writer()
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/sleep")
        child.arguments = ["60"]
        try child.run()
        defer { child.terminate() }
        #expect(workspace?.path == scratch.workspace)
        workspace = nil
        _ = try Workspace.open(at: scratch.workspace, for: .writer)
    }

    @Test func aProductIsPublishedWholeAndReplaced() throws {
        let scratch = try Scratch()
        let workspace = try scratch.writer()
        let number = "京朝检刑诉〔2024〕123号"
        try workspace.publish(Array("first".utf8), as: "index.json", of: number)
        let temporary = try workspace.temporaryFolder() + "/new.json"
        try Data("second".utf8).write(to: URL(fileURLWithPath: temporary))
        chmod(temporary, 0o600)
        try workspace.publish(fileAt: temporary, as: "index.json", of: number)
        let folder = try workspace.caseFolder(number)
        #expect(folder == scratch.workspace + "/cases/" + number)
        #expect(text(at: folder + "/index.json") == "second")
        #expect(listing(folder) == ["index.json"])
        #expect(!FileManager.default.fileExists(atPath: temporary))
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/index.json")[.posixPermissions] as? Int
        #expect(mode == 0o644)
        try workspace.withdraw("index.json", of: number)
        try workspace.withdraw("index.json", of: number)
        #expect(try workspace.products(of: number) == [])
    }

    @Test func aProductMayBeFinishedOnAnotherDisk() throws {
        let scratch = try Scratch()
        let workspace = try scratch.writer()
        let elsewhere = "/dev/shm/dossier-" + UUID().uuidString
        try Data("volume".utf8).write(to: URL(fileURLWithPath: elsewhere))
        try workspace.publish(fileAt: elsewhere, as: "1.pdf", of: "A")
        #expect(text(at: try workspace.caseFolder("A") + "/1.pdf") == "volume")
        #expect(!FileManager.default.fileExists(atPath: elsewhere))
    }

    @Test(arguments: ["", ".hidden", "../escape", "a/b", "..", "nul\0"])
    func aProductNameCannotLeaveTheFolder(_ name: String) throws {
        let scratch = try Scratch()
        let workspace = try scratch.writer()
        #expect(failure { try workspace.publish([1], as: name, of: "A") }?.code == .badUsage)
        #expect(listing(scratch.workspace + "/cases") == [])
    }

    @Test func aReaderCannotPublish() throws {
        let scratch = try Scratch()
        try Workspace.initialise(at: scratch.workspace)
        let reader = try Workspace.open(at: scratch.workspace, for: .readOnly)
        #expect(failure { try reader.publish([1], as: "a", of: "A") }?.code == .badUsage)
        #expect(failure { _ = try reader.temporaryFolder() }?.code == .badUsage)
    }

    @Test(arguments: [
        ("京朝检刑诉〔2024〕123号", "京朝检刑诉〔2024〕123号"),
        ("A 12.b", "A 12.b"),
        ("2024/17", "2024%2F17"),
        ("50%", "50%25"),
        ("a\nb\0", "a%0Ab%00"),
        (".hidden", "%2Ehidden"),
        ("...", "%2E.."),
        ("号\u{202E}", "号%E2%80%AE"),
        ("𠮷野", "𠮷野"),
    ])
    func aCaseFolderNameIsSafeAndReversible(_ number: String, _ name: String) throws {
        #expect(try CaseFolderName.encoded(number) == name)
        #expect(CaseFolderName.decoded(name) == number)
    }

    @Test func numbersThatCannotNameAFolderAreRefused() {
        for number in ["", " ", "\n", ".", "..", String(repeating: "号", count: 67)] {
            #expect(failure { _ = try CaseFolderName.encoded(number) }?.code == .badUsage)
        }
        #expect(CaseFolderName.decoded("50%") == nil)
        #expect(CaseFolderName.decoded("%41") == nil)
    }

    /// A process that holds the lock and calls itself 4711.
    private func lockHolder(_ path: String) throws -> Process {
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/bin/sh")
        holder.arguments = ["-c", "exec 9<>\"$0\"; flock 9; echo 'process 4711 on elsewhere' >&9; echo; exec sleep 60", path]
        let ready = Pipe()
        holder.standardOutput = ready
        try holder.run()
        _ = try ready.fileHandleForReading.read(upToCount: 1)
        return holder
    }
}
