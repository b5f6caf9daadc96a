import DossierModel
import Foundation
import TestTools
import Testing

@testable import Assembly

/// The seal over a whole volume.
@Suite struct FileSealTests {
    private let parts: SampleParts
    init() throws { parts = try SampleParts() }

    private func volume(_ name: String) throws -> String { try parts.write(parts.plan([parts.page([parts.jpeg()])]), name) }

    @Test func anyByteThatChangesIsSeen() throws {
        let path = try volume("sealed.pdf")
        #expect(try FileSeal.fits(path) == true)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let head = Array("/Type /DOSS_Seal /Length 64 >>\nstream\n".utf8)
        let seal = try #require(bytes.firstRange(of: head))
        // All of the seal and around it, and a hundred bytes all over the file.
        let places = Array(seal.lowerBound - 20..<seal.upperBound + 80) + Array(stride(from: 0, to: bytes.count, by: max(1, bytes.count / 100)))
        for place in places {
            var changed = bytes
            changed[place] ^= 0x10
            try Data(changed).write(to: URL(fileURLWithPath: parts.file("changed.pdf")))
            #expect(try FileSeal.fits(parts.file("changed.pdf")) != true, "byte \(place)")
        }
        try Data(bytes + [10]).write(to: URL(fileURLWithPath: parts.file("changed.pdf")))
        #expect(try FileSeal.fits(parts.file("changed.pdf")) == false, "a byte more")
    }

    @Test func aChangeOfTheSealsOwnHeadIsNoMissingSeal() throws {
        let path = try volume("head.pdf")
        var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try VolumeInspector.seal(path) == .intact)
        let head = try #require(bytes.firstRange(of: Array("/Type /DOSS_Seal".utf8)))
        bytes[head.upperBound - 1] = UInt8(ascii: "m")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try VolumeInspector.seal(path) == .broken)
    }

    /// Other programs leave out entries that they do not know.
    @Test func aVolumeWhoseSealWasTakenOutIsNoEarlierVolume() throws {
        func withoutSeal(_ stages: String) throws -> VolumeInspector.Seal {
            var plan = parts.plan([parts.page([parts.jpeg()])])
            plan.provenance.append(.init(name: "stages", value: stages, description: "Stages of the pipeline with their versions"))
            let path = try parts.write(plan, "\(stages.count).pdf")
            var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
            while let found = bytes.firstRange(of: Array("DOSS_Seal".utf8)) { bytes.replaceSubrange(found, with: Array("DOSS_Gone".utf8)) }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            return try VolumeInspector.seal(path)
        }
        #expect(try withoutSeal("intake/3 assemble/5 publish/9") == .broken)
        #expect(try withoutSeal("intake/3 assemble/12 publish/19") == .broken)
        #expect(try withoutSeal("intake/3 assemble/4") == .none, "an earlier version wrote it")
    }

    @Test func theSameVolumeIsSealedAlikeAndACopyWithAttachmentsAnew() throws {
        let (one, two) = (try volume("one.pdf"), try volume("two.pdf"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: one)) == Data(contentsOf: URL(fileURLWithPath: two)))
        let copy = parts.file("copy.pdf")
        try VolumeAttachments.attach([("index.json", "目录", Array("{}".utf8))], to: one, writing: copy)
        #expect(try VolumeInspector.seal(copy) == .intact)
        if let check = try Tool.run("qpdf", ["--check", one]) { #expect(check.status == 0, "\(check.output)") }
    }
}
