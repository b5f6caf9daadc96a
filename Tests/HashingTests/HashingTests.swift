import DossierModel
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
