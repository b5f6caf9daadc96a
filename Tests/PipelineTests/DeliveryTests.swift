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

    @Test func aLinkToAFolderIsRefusedRatherThanLeftOut() throws {
        try put("1.tif")
        try FileManager.default.createSymbolicLink(atPath: folder + "/more", withDestinationPath: "/usr")
        #expect(throws: DossierError(.badUsage, "")) { try Delivery(of: [folder]) }
    }

    @Test func aLinkToAFileIsFollowedAndABrokenOneIsNamed() throws {
        try put("1.tif", "other/2.tif")
        try FileManager.default.createSymbolicLink(atPath: folder + "/3.tif", withDestinationPath: folder + "/other/2.tif")
        #expect(try Delivery(of: [folder]).files.count == 3)
        try FileManager.default.createSymbolicLink(atPath: folder + "/4.tif", withDestinationPath: folder + "/nowhere")
        #expect(throws: DossierError(.notFound, "")) { try Delivery(of: [folder]) }
    }
}
