import DossierModel
import Foundation
import PDFObjects
import Testing

@Suite struct WriterTests {
    private let folder = NSTemporaryDirectory() + "writer-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    /// A page that shows one image of 4 × 4 grey pixels, kept in the middle of a file.
    private func write(to name: String, image: [UInt8], linearized: Bool = true) throws -> String {
        let store = folder + "/store", path = folder + "/" + name
        try Data([UInt8](repeating: 9, count: 7) + image + [9, 9]).write(to: URL(fileURLWithPath: store))
        let builder = try PDFBuilder()
        let tree = try builder.reserve()
        let stream = try builder.addStream(
            "<< /Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /RunLengthDecode >>",
            file: .init(path: store, offset: 7, length: image.count))
        let content = try builder.addDeflatedStream("<< >>", bytes: Array("q 10 0 0 10 0 0 cm /I0 Do Q".utf8))
        let page = try builder.add(
            "<< /Type /Page /Parent \(tree) /MediaBox [0 0 10 10] /Contents \(content) /Resources << /XObject << /I0 \(stream) >> >> >>")
        try builder.set(tree, to: "<< /Type /Pages /Count 1 /Kids [\(page)] >>")
        try builder.setInfo(builder.add("<< /Title (T) >>"))
        try builder.setRoot(builder.add("<< /Type /Catalog /Pages \(tree) >>"))
        try builder.write(to: path, linearized: linearized)
        return path
    }

    /// Run-length: fifteen further copies of the byte would be 241; this way of coding no coder would choose.
    private let odd: [UInt8] = [0, 50, 0, 50, 243, 50, 128]

    @Test(arguments: [true, false]) func codedBytesStayAsTheyAre(_ linearized: Bool) throws {
        let streams = try PDFInspector(path: write(to: "a.pdf", image: odd, linearized: linearized))
        #expect(streams.pageCount == 1)
        #expect(try streams.imageCount(page: 0) == 1)
        #expect(try streams.image(page: 0, index: 0) == odd)
    }

    @Test func theSameObjectsGiveTheSameBytes() throws {
        let first = try Data(contentsOf: URL(fileURLWithPath: write(to: "a.pdf", image: odd)))
        let second = try Data(contentsOf: URL(fileURLWithPath: write(to: "b.pdf", image: odd)))
        #expect(first == second)
        #expect(first.starts(with: Array("%PDF-1.7".utf8)))
        #expect(first.range(of: Data("/Linearized".utf8)) != nil)
    }

    @Test func whatIsNotPDFSyntaxIsRefused() throws {
        let builder = try PDFBuilder()
        #expect(throws: DossierError(.library, "")) { try builder.add("<< /Half") }
        _ = try builder.add("<< /Whole true >>")
    }

    @Test func aStreamFileThatIsTooShortIsAFileError() throws {
        let builder = try PDFBuilder()
        let store = folder + "/short", path = folder + "/short.pdf"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: store))
        let stream = try builder.addStream("<< >>", file: .init(path: store, length: 4))
        let tree = try builder.add("<< /Type /Pages /Count 0 /Kids [] >>")
        try builder.setRoot(builder.add("<< /Type /Catalog /Pages \(tree) /Extra \(stream) >>"))
        #expect(throws: DossierError(.fileSystem, "")) { try builder.write(to: path, linearized: false) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aPathThatCannotBeWrittenIsAFileError() throws {
        #expect(throws: DossierError(.fileSystem, "")) { try write(to: "nowhere/a.pdf", image: odd) }
    }

    @Test func askingForAnImageThatIsNotThereIsAnError() throws {
        let streams = try PDFInspector(path: write(to: "a.pdf", image: odd))
        #expect(throws: DossierError.self) { try streams.image(page: 0, index: 1) }
        #expect(throws: DossierError.self) { try streams.imageCount(page: 1) }
    }
}
