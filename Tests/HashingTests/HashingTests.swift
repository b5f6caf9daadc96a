import DossierModel
import Foundation
import Hashing
import Testing

@Suite struct HashingTests {
    /// FIPS 180-4 examples, as published by NIST.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func agreesWithThePublishedExamples(text: String, hex: String) {
        #expect(SHA256Digest(of: text).hex == hex)
    }

    @Test func aRasterIsHashedAsARawNetpbmFile() {
        let raster = Raster(width: 9, height: 1, mode: .bitonal, bytes: [0xFF, 0x80])
        #expect(SHA256Digest(of: raster) == SHA256Digest(of: Array("P4\n9 1\n".utf8) + [0xFF, 0x80]))
    }

    @Test func anUnreadableFileIsNamed() {
        do {
            _ = try SHA256Digest(ofFileAt: "/nonexistent/file")
            Issue.record("read a file that does not exist")
        } catch {
            #expect(error.code == .fileSystem)
            #expect(error.location == "/nonexistent/file")
        }
    }
}

@Suite struct SM3Tests {
    @Test func digestsAreThoseOfTheStandardsExamples() {
        // GB/T 32905-2016 appendix A.
        #expect(SM3Digest(of: Array("abc".utf8)).hex == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        let long = String(repeating: "abcd", count: 16)
        #expect(SM3Digest(of: Array(long.utf8)).hex == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test func aFileAndARasterHaveTheDigestOfTheirBytes() throws {
        let raster = Raster(width: 3, height: 2, mode: .grey, bytes: [1, 2, 3, 4, 5, 6])
        let bytes = Array(raster.netpbmHeader.utf8) + raster.bytes
        #expect(SM3Digest(of: raster) == SM3Digest(of: bytes))
        let path = NSTemporaryDirectory() + "sm3-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try SM3Digest(ofFileAt: path) == SM3Digest(of: bytes))
        #expect(throws: DossierError(.fileSystem, "")) { try SM3Digest(ofFileAt: path + "-none") }
    }
}
