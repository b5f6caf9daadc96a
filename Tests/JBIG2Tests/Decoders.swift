import DossierModel
import Foundation
import TestTools

@testable import JBIG2

/// Streams, decoded by the programs that people have.
struct Decoders: ~Copyable {
    private let folder = NSTemporaryDirectory() + "dossier-jbig2-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// jbig2dec, page by page; nil where it is not installed.
    func jbig2dec(_ streams: [JBIG2Stream]) throws -> [Raster?]? {
        try streams.enumerated().map { index, stream -> Raster?? in
            let coded = file("\(index).jb2"), decoded = file("\(index).pbm")
            try Data(stream.bytes).write(to: URL(fileURLWithPath: coded))
            guard let run = try Tool.run("jbig2dec", ["--embedded", "-q", "-o", decoded, coded]) else { return nil }
            return .some(run.status == 0 ? raster(decoded) : nil)
        }.allThere()
    }

    /// poppler, through pdfimages; nil where it is not installed.
    func poppler(_ streams: [JBIG2Stream], of bitmaps: [Bitmap]) throws -> [Raster?]? {
        guard try Tool.run("pdfimages", [pdf(streams, of: bitmaps), file("poppler")]) != nil else { return nil }
        return streams.indices.map { raster(file("poppler-" + number($0, digits: 3) + ".pbm")) }
    }

    /// MuPDF, drawing a page of one point per pixel; nil where it is not installed.
    func mupdf(_ streams: [JBIG2Stream], of bitmaps: [Bitmap]) throws -> [Raster?]? {
        let arguments = ["draw", "-q", "-A", "0", "-r", "72", "-F", "pbm", "-o", file("mupdf-%d.pbm"), try pdf(streams, of: bitmaps)]
        guard try Tool.run("mutool", arguments) != nil else { return nil }
        return streams.indices.map { raster(file("mupdf-\($0 + 1).pbm")) }
    }

    private func file(_ name: String) -> String { folder + "/" + name }

    private func number(_ value: Int, digits: Int) -> String {
        String(repeating: "0", count: max(0, digits - "\(value)".count)) + "\(value)"
    }

    private func pdf(_ streams: [JBIG2Stream], of bitmaps: [Bitmap]) throws -> String {
        try Data(JBIG2PDF.bytes(streams, of: bitmaps)).write(to: URL(fileURLWithPath: file("pages.pdf")))
        return file("pages.pdf")
    }

    /// A raw PBM file.
    private func raster(_ path: String) -> Raster? {
        guard let data = FileManager.default.contents(atPath: path), data.starts(with: Array("P4".utf8)) else { return nil }
        var at = 2, numbers: [Int] = []
        while numbers.count < 2 {
            while at < data.count, !isDigit(data[at]) { at = data[at] == UInt8(ascii: "#") ? (data[at...].firstIndex(of: 10) ?? data.count) : at + 1 }
            var value = 0
            while at < data.count, isDigit(data[at]) {
                value = value * 10 + Int(data[at] - 48)
                at += 1
            }
            numbers.append(value)
        }
        let bytes = [UInt8](data[(at + 1)...])
        guard bytes.count == numbers[1] * ((numbers[0] + 7) / 8) else { return nil }
        var raster = Raster(width: numbers[0], height: numbers[1], mode: .bitonal, bytes: bytes)
        let spare = raster.bytesPerRow * 8 - raster.width
        for end in stride(from: raster.bytesPerRow - 1, to: bytes.count, by: raster.bytesPerRow) { raster.bytes[end] &= 0xFF << UInt8(spare) }
        return raster
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension [Raster??] {
    /// nil when one is missing.
    fileprivate func allThere() -> [Raster?]? { contains { $0 == nil } ? nil : map { $0! } }
}

/// A PDF of pages of one point per pixel, each one JBIG2 image.
enum JBIG2PDF {
    static func bytes(_ streams: [JBIG2Stream], of bitmaps: [Bitmap]) -> [UInt8] {
        let kids = streams.indices.map { "\(3 + 3 * $0) 0 R" }.joined(separator: " ")
        var objects = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Array("<< /Type /Pages /Count \(streams.count) /Kids [\(kids)] >>".utf8),
        ]
        for (index, pair) in zip(streams, bitmaps).enumerated() {
            objects += page(pair.0, pair.1.raster, first: 3 + 3 * index)
        }
        return file(objects)
    }

    private static func page(_ stream: JBIG2Stream, _ raster: Raster, first: Int) -> [[UInt8]] {
        let size = "\(raster.width) \(raster.height)"
        let names = "/Contents \(first + 1) 0 R /Resources << /XObject << /I \(first + 2) 0 R >> >>"
        return [
            Array("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(size)] \(names) >>".utf8),
            body("", Array("\(raster.width) 0 0 \(raster.height) 0 0 cm /I Do".utf8)),
            body(
                "/Type /XObject /Subtype /Image /Width \(raster.width) /Height \(raster.height) /BitsPerComponent 1 "
                    + "/ColorSpace /DeviceGray /Filter /JBIG2Decode ", stream.bytes),
        ]
    }

    private static func body(_ dictionary: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<< \(dictionary)/Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
    }

    private static func file(_ objects: [[UInt8]]) -> [UInt8] {
        var file = Array("%PDF-1.7\n".utf8), table = ""
        for (index, object) in objects.enumerated() {
            let place = "\(file.count)"
            table += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let count = objects.count + 1, start = file.count
        let head = "xref\n0 \(count)\n0000000000 65535 f \n"
        return file + Array("\(head)\(table)trailer\n<< /Size \(count) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    }
}
