import Archive
import DossierModel
import Foundation
import Testing

@testable import Pipeline

/// What is seen of a folder before anything is read.
@Suite struct DeliveryTests {
    private let folder = NSTemporaryDirectory() + "delivery-\(UUID().uuidString)"

    private func put(_ names: String...) throws {
        for name in names {
            let path = folder + "/" + name
            let parent = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try Data(name.utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    @Test func filesOfAllFoldersComeInNaturalOrder() throws {
        try put("卷2/1.tif", "卷1/10.tif", "卷1/2.tif", "封面.tif", "卷1/附/1.jpg")
        let delivery = try Delivery(of: [folder])
        #expect(Set(delivery.files.map(\.name)) == ["卷1/2.tif", "卷1/10.tif", "卷1/附/1.jpg", "卷2/1.tif", "封面.tif"])
        let names = delivery.files.map(\.name).filter { $0.hasSuffix(".tif") && $0.hasPrefix("卷1") }
        #expect(names == ["卷1/2.tif", "卷1/10.tif"])
    }

    @Test func whatIsNoScanByItsNameIsNamed() throws {
        try put("1.tif", ".hidden", "Thumbs.db", "卷1/desktop.ini", ".cache/2.tif")
        let delivery = try Delivery(of: [folder])
        #expect(delivery.files.map(\.name) == ["1.tif"])
        #expect(delivery.ignored == [".cache", ".hidden", "Thumbs.db", "卷1/desktop.ini"])
    }

    @Test func whatCannotBeTakenIsToldAndTheRestIsListed() throws {
        try put("1.tif", "other/2.tif")
        let links = ["3.tif": folder + "/other/2.tif", "4.tif": folder + "/nowhere", "5.tif": folder + "/5.tif", "more": "/usr"]
        for (name, target) in links { try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: target) }
        try #require(mkfifo(folder + "/other/pipe.tif", 0o600) == 0)
        try socket(at: folder + "/s.tif")
        let delivery = try Delivery(of: [folder])
        #expect(delivery.files.map(\.name) == ["1.tif", "3.tif", "other/2.tif"], "a link to a file is followed")
        #expect(
            delivery.refusals.map { "\($0.id) \($0.message.prefix { $0 != ":" })" } == [
                "file.link-broken 4.tif", "file.link-broken 5.tif", "folder.link more", "file.irregular other/pipe.tif", "file.irregular s.tif",
            ])
        #expect(delivery.refusals.allSatisfy { !$0.message.contains(folder) }, "no path of this machine")
    }

    @Test func aBatchSheetThatIsAPipeIsNotWaitedFor() throws {
        try put("1.tif")
        try #require(mkfifo(folder + "/batch.yaml", 0o600) == 0)
        #expect(throws: DossierError(.unusableInput, "")) { try Delivery(of: [folder]) }
    }

    @Test func aFileThatVanishesBeforeItIsReadIsToldAndTheOthersAreTaken() throws {
        try put("1.tif", "2.tif", "3.tif")
        let delivery = try Delivery(of: [folder])
        try FileManager.default.removeItem(atPath: folder + "/2.tif")
        try FileManager.default.removeItem(atPath: folder + "/3.tif")
        try #require(mkfifo(folder + "/3.tif", 0o600) == 0)
        try Workspace.initialise(at: folder + "-w")
        let taker = OriginalsTaker(workspace: try Workspace.open(at: folder + "-w", for: .writer), report: { _ in })
        let (taken, refusals) = try taker.take(delivery.files, cancellation: Cancellation())
        #expect(taken.map(\.name) == ["1.tif"] && refusals.map(\.id) == ["file.vanished", "file.irregular"])
    }

    /// A disk or share that fails may answer the next time: no page is given up for that.
    @Test(arguments: [EIO, ESTALE, EMFILE]) func aFailingShareStopsTheRunAndIsNoFinding(number: Int32) throws {
        let file = Delivery.File(path: folder + "/1.tif", name: "1.tif")
        let cause = { (number: Int32) in DossierError(.fileSystem, "cannot read the file", cause: String(cString: strerror(number)), location: file.path) }
        #expect(Finding.untaken(cause(number), file) == nil)
        #expect(Finding.untaken(cause(EACCES), file)?.id == "file.unreadable" && Finding.untaken(cause(EPERM), file)?.id == "file.unreadable")
    }

    @Test func aFileWhoseFolderIsNoneStopsTheListing() throws {
        try put("1.tif")
        #expect(throws: DossierError(.fileSystem, "")) { _ = try FolderEntry(at: folder + "/1.tif/2.tif", name: "1.tif/2.tif") }
        guard case .refused(let finding) = try FolderEntry(at: folder + "/3.tif", name: "3.tif") else { Issue.record("nothing is there"); return }
        #expect(finding.id == "file.vanished" && finding.isLacking("3.tif") && !finding.isLacking("3.tiff"))
    }

    private func socket(at path: String) throws {
        let descriptor = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(status == 0)
    }
}
