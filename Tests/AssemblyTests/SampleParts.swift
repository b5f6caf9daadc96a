@testable import Assembly
import DossierModel
import Foundation
import Hashing

/// Coded image parts in a folder of their own, named by digest; removed at the end.
final class SampleParts {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "assembly-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ digest: SHA256Digest) -> String { folder + "/" + digest.hex }

    func file(_ name: String) -> String { folder + "/" + name }

    func keep(_ bytes: [UInt8]) -> (digest: SHA256Digest, byteCount: Int) {
        let digest = SHA256Digest(of: bytes)
        _ = FileManager.default.createFile(atPath: path(digest), contents: Data(bytes))
        return (digest, bytes.count)
    }

    func write(_ plan: VolumePlan, _ name: String = "volume.pdf", showingText: Bool = false) throws -> String {
        let store = folder
        try VolumeWriter.write(plan, to: file(name), showingText: showingText) { digest throws(DossierError) in store + "/" + digest.hex }
        return file(name)
    }

    // Images of each kind

    /// `black` says of every pixel whether it is black. Stored-deflate, one bit a pixel, 0 is black.
    func bitonal(_ width: Int, _ height: Int, black: (Int, Int) -> Bool) -> PageImage.Part {
        var rows: [UInt8] = []
        for y in 0..<height {
            var row = [UInt8](repeating: 0xFF, count: (width + 7) / 8)
            for x in 0..<width where black(x, y) { row[x / 8] &= ~(0x80 >> UInt8(x % 8)) }
            rows += row
        }
        let kept = keep(Zlib.stored(rows))
        return PageImage.Part(
            width: width, height: height, filter: "FlateDecode", colourSpace: "/DeviceGray", bitsPerComponent: 1,
            digest: kept.digest, byteCount: kept.byteCount)
    }

    /// A colour ramp coded with PNG's “Sub” predictor.
    func predicted(_ width: Int, _ height: Int) -> PageImage.Part {
        let row: [UInt8] = [1] + [200, 40, 40] + [UInt8](repeating: 1, count: 3 * (width - 1))
        let kept = keep(Zlib.stored((0..<height).flatMap { _ in row }))
        return PageImage.Part(
            width: width, height: height, filter: "FlateDecode",
            decodeParms: "<< /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns \(width) >>", colourSpace: "/DeviceRGB",
            bitsPerComponent: 8, digest: kept.digest, byteCount: kept.byteCount)
    }

    func indexed(_ width: Int, _ height: Int) -> PageImage.Part {
        let kept = keep(Zlib.stored((0..<(width * height)).map { UInt8($0 % 2) }))
        return PageImage.Part(
            width: width, height: height, filter: "FlateDecode", colourSpace: "[/Indexed /DeviceRGB 1 <0000FFFFFF00>]",
            bitsPerComponent: 8, digest: kept.digest, byteCount: kept.byteCount)
    }

    /// Eight white rows of ITU-T T.6: vertical mode 0 eight times, then the end of the block.
    func fax(width: Int) -> PageImage.Part {
        let kept = keep([0xFF, 0x00, 0x10, 0x01])
        return PageImage.Part(
            width: width, height: 8, filter: "CCITTFaxDecode", decodeParms: "<< /K -1 /Columns \(width) /Rows 8 >>",
            colourSpace: "/DeviceGray", bitsPerComponent: 1, digest: kept.digest, byteCount: kept.byteCount)
    }

    /// Eight by eight pixels of middle grey: each Huffman table has one code of one bit (ITU-T T.81).
    func jpeg() -> PageImage.Part {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
        bytes += [0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
        for table: UInt8 in [0x00, 0x10] { bytes += [0xFF, 0xC4, 0, 20, table, 1] + [UInt8](repeating: 0, count: 16) }
        bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F, 0xFF, 0xD9]
        let kept = keep(bytes)
        return PageImage.Part(
            width: 8, height: 8, filter: "DCTDecode", colourSpace: "/DeviceGray", bitsPerComponent: 8,
            digest: kept.digest, byteCount: kept.byteCount)
    }

    func image(_ parts: [PageImage.Part]) -> PageImage {
        PageImage(
            size: PixelSize(width: parts[0].width, height: parts.reduce(0) { $0 + $1.height }), mode: .colour,
            origin: .delivered, parts: parts)
    }

    func page(
        _ parts: [PageImage.Part], rotation: QuarterTurn = .none, skew: Double = 0,
        dpi: Resolution = Resolution(x: 300, y: 300), label: String? = nil, lines: [RecognisedLine] = [], scan: Int = 1,
        size: PixelSize? = nil, destination: String? = nil
    ) -> VolumePlan.Page {
        let image = image(parts)
        return VolumePlan.Page(
            image: image, geometry: PageGeometry(source: size ?? image.size, rotation: rotation, skew: skew), dpi: dpi,
            label: label, lines: lines, scanImage: scan, destination: destination)
    }

    func plan(_ pages: [VolumePlan.Page], outline: [VolumePlan.OutlineItem] = []) -> VolumePlan {
        VolumePlan(
            title: "某某故意伤害案 证据卷 <第一册> & 附件", caseNumber: "海检刑诉〔2024〕17号", author: "某某市公安局",
            subject: "证据卷", keywords: "讯问笔录, 鉴定意见", producer: "Dossier 0",
            provenance: [.init(name: "engine", value: "ppocr 6 [det, rec]", description: "What read the text")],
            pages: pages, outline: outline)
    }
}

/// The smallest coder there is: deflate blocks that are stored (RFC 1950, RFC 1951 §3.2.4).
enum Zlib {
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var coded: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(65_535, bytes.count - start)
            coded.append(start + count == bytes.count ? 1 : 0)
            coded += [UInt8(count & 255), UInt8(count >> 8), ~UInt8(count & 255), ~UInt8(count >> 8)]
            coded += bytes[start..<(start + count)]
            start += count
        } while start < bytes.count
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return coded + [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
    }
}
