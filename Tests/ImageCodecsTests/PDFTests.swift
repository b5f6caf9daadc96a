import DossierModel
import Foundation
import Hashing
import PDFObjects
import Testing

@testable import ImageCodecs

@Suite struct PDFTests {
    let scratch = Scratch()

    /// A page around one coded image, with more content, a rotation and the placement given.
    private func pdf(_ frame: DecodedFrame, contents: String, page: String = "", extra: String = "") -> String {
        let part = frame.page.image.parts[0], data = frame.parts[part.digest]!
        var bytes = Array(
            ("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 "
                + "/Resources << /XObject << /I 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"
                + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 203 117] /Contents 4 0 R \(page) >>\nendobj\n"
                + "4 0 obj\n<< /Length \(contents.utf8.count) >>\nstream\n\(contents)\nendstream\nendobj\n"
                + "5 0 obj\n<< \(SinglePagePDF.dictionary(part, globals: nil)) \(extra) /Length \(data.count) >>\nstream\n").utf8)
        bytes += data + Array("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 6 >>\n".utf8)
        return scratch.file(bytes, "scan.pdf")
    }

    private func delivered(_ mode: ColourMode) throws -> DecodedFrame {
        switch mode {
        case .bitonal: try decode(scratch.tiff { try $0.append(.sample(.bitonal), dpi: nil, compression: .group4) })
        case .grey: try decode(scratch.file(PNGCodec.encode(.sample(.grey), dpi: nil)))
        case .colour: try decode(scratch.file(JPEGCodec.encode(.sample(.colour), quality: 90)))
        }
    }

    private static let place = "q 203 0 0 117 0 0 cm /I Do Q"

    @Test(arguments: ColourMode.allCases)
    func oneImageIsTakenFromTheRawStream(_ mode: ColourMode) throws {
        let source = try delivered(mode)
        let frame = try decode(pdf(source, contents: Self.place + " BT /F 9 Tf 3 Tr (hidden) Tj ET"))
        #expect(frame.raster == source.raster)
        #expect(frame.page.image.origin == .delivered)
        #expect(frame.page.image.parts[0].digest == source.page.image.parts[0].digest)
        #expect(frame.page.dpi == Resolution(x: 72, y: 72))
        #expect(try frame.drawnImage() == frame.raster)
    }

    @Test func placementGivesResolutionAndTurn() throws {
        let source = try delivered(.grey)
        let half = try decode(pdf(source, contents: "q 101.5 0 0 58.5 0 0 cm /I Do Q", page: "/UserUnit 0.5 /Rotate 90"))
        #expect(half.page.dpi == Resolution(x: 288, y: 288))
        #expect(half.page.declaredTurn == .clockwise90)
        let turned = try decode(pdf(source, contents: "q 0 -117 100 0 0 117 cm /I Do Q"))
        #expect(turned.page.declaredTurn == .clockwise90)
        let halfTurn = try decode(pdf(source, contents: "q -203 0 0 -117 203 117 cm /I Do Q"))
        #expect(halfTurn.page.declaredTurn == .half)
    }

    @Test(arguments: [
        place + " BT /F 9 Tf (seen) Tj ET", place + " 0 0 9 9 re f", "q 203 20 0 117 0 0 cm /I Do Q", "q -203 0 0 117 203 0 cm /I Do Q",
        "20 20 50 50 re W n " + place, place + place, "q 0 0 203 117 re 1 1 m 9 9 l 5 1 l W n 203 0 0 117 0 0 cm /I Do Q",
    ])
    func whateverIsMoreThanAnImageIsDrawn(_ contents: String) throws {
        let frame = try decode(pdf(delivered(.grey), contents: contents))
        #expect(frame.page.image.origin == .rendered)
        #expect(frame.page.findings.contains { $0.id == "frame.drawn" })
        #expect(frame.page.declaredTurn == QuarterTurn.none)
        #expect(try frame.drawnImage() == frame.raster)
    }

    /// A mail program may have written the picture as hexadecimal digits.
    @Test func underAnOuterFilterTheBytesAreNotThoseOfTheFile() throws {
        let source = try delivered(.colour), digest = source.page.image.parts[0].digest
        var text = Data(try [UInt8](Data(contentsOf: URL(fileURLWithPath: pdf(source, contents: Self.place)))))
        let data = Data(try #require(source.parts[digest])), digits = Data(Hex.text(Array(data)).utf8) + Data(">".utf8)
        text.replaceSubrange(try #require(text.range(of: data)), with: digits)
        text.replaceSubrange(try #require(text.range(of: Data("/Length \(data.count)".utf8))), with: Data("/Length \(digits.count)".utf8))
        text.replaceSubrange(try #require(text.range(of: Data("/Filter /DCTDecode".utf8))), with: Data("/Filter [/ASCIIHexDecode /DCTDecode]".utf8))
        let frame = try decode(scratch.file(Array(text), "hex.pdf"))
        #expect(frame.page.image.origin == .rewrapped && frame.page.image.parts.map(\.digest) == [digest])
    }

    @Test func croppedAndAnnotatedPagesAreDrawn() throws {
        let source = try delivered(.grey)
        #expect(try decode(pdf(source, contents: Self.place, page: "/CropBox [20 20 100 100]")).page.image.origin == .rendered)
        #expect(try decode(pdf(source, contents: Self.place, page: "/Annots [<< /Subtype /Stamp /Rect [0 0 9 9] >>]")).page.image.origin == .rendered)
        #expect(try decode(pdf(source, contents: Self.place, page: "/Annots [<< /Subtype /Link /Rect [0 0 9 9] >>]")).page.image.origin == .delivered)
    }

    @Test(.enabled(if: Corpus.isPresent, "the shared corpus is not here"))
    func scansOfOthersDrawAlike() throws {
        let expected = [
            "ccitt.pdf": "JBIG2Decode", "jbig2.pdf": "JBIG2Decode", "skew.pdf": nil, "cardinal.pdf": nil, "palette.pdf": nil,
            "aspect.pdf": nil, "2400dpi.pdf": nil, "blank.pdf": nil, "linn.pdf": nil, "rotated_skew.pdf": nil, "lichtenstein.pdf": nil,
        ]
        for (name, filter) in expected.sorted(by: { $0.key < $1.key }) {
            let path = Corpus.folder + "/scans/" + name
            for found in survey(path).frames {
                let frame = try decode(path, frame: found.frame)
                #expect(found.size == frame.page.size, "\(name)")
                if let filter { #expect(frame.page.image.parts[0].filter == filter) }
                let image = frame.page.image
                if image.size.width <= 6000 { #expect(try frame.drawnImage() == frame.raster, "\(name)") }
            }
        }
        #expect(survey(Corpus.folder + "/scans/invalid.pdf").findings.first?.severity == .block)
    }
}
