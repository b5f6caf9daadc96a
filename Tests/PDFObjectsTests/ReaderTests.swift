import DossierModel
import Foundation
import Testing

@testable import PDFObjects

@Suite struct ReaderTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("reader-\(UUID().uuidString).pdf").path

    private func open(_ contents: String, image: String = "/ColorSpace /DeviceGray") throws -> PDFFile {
        let text =
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 270 "
            + "/MediaBox [0 0 72 36] /Resources << /XObject << /I 5 0 R >> >> >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
            + "4 0 obj\n<< /Length \(contents.utf8.count) >>\nstream\n\(contents)\nendstream\nendobj\n5 0 obj\n<< /Subtype /Image /Width 4 /Height 2 "
            + "/BitsPerComponent 8 \(image) /Filter /ASCIIHexDecode /Length 17 >>\nstream\n0102030405060708>\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try PDFFile(path: path)
    }

    @Test func soleImageComesWithPlacementAndSamples() throws {
        let file = try open("q 72 0 0 36 0 0 cm /I Do Q")
        let found = try file.soleImage(onPage: 1)
        let image = try #require(found)
        #expect(image.size == PixelSize(width: 4, height: 2))
        #expect(image.dpi == Resolution(x: 4, y: 4))
        #expect(image.turn == .clockwise270)
        #expect(image.filter == .other)
        #expect(try file.samplesOfSoleImage(onPage: 1, limit: 100) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(try file.samplesOfSoleImage(onPage: 1, limit: 3) == [1, 2, 3])
    }

    @Test func oddColourSpacesAndMasksAreLeftToDrawing() throws {
        for image in ["/ColorSpace /DeviceCMYK", "/ImageMask true", "/ColorSpace /DeviceGray /Mask [0 1]", "/ColorSpace [/Lab << >>]"] {
            let file = try open("q 72 0 0 36 0 0 cm /I Do Q", image: image)
            #expect(try file.soleImageSize(onPage: 1) == nil)
            #expect(try file.layout(ofPage: 1).reason.isEmpty == false)
        }
    }

    @Test func paletteIsFilledUpToItsLastEntry() throws {
        let file = try open("q 72 0 0 36 0 0 cm /I Do Q", image: "/ColorSpace [/Indexed /DeviceRGB 2 <010203040506>]")
        #expect(try file.soleImage(onPage: 1)?.palette == [1, 2, 3, 4, 5, 6, 0, 0, 0])
    }

    @Test func absentPagesAndFilesAreErrors() throws {
        let file = try open("")
        #expect(try file.layout(ofPage: 1).showsSoleImage == false)
        #expect(throws: DossierError(.notFound, "")) { try file.layout(ofPage: 2) }
        #expect(throws: DossierError(.fileSystem, "")) { _ = try PDFFile(path: "/nowhere/at/all.pdf") }
    }
}
