import DossierModel
import Foundation
import ImageCodecs
import TestTools

/// A folder of scans made for one test; it goes away with it.
final class ScanFolder {
    let path = Program.scratch()

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: some Sequence<UInt8>, as name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// One page per name, each with other bars.
    func addPages(_ names: [String], width: Int = 600) throws {
        for (number, name) in names.enumerated() { try addPage(name, seed: number, width: width) }
    }

    func addPage(_ name: String, seed: Int, width: Int = 600) throws {
        try write(PNGCodec.encode(Self.page(seed, width: width), dpi: Resolution(x: 100, y: 100)), as: name)
    }

    func addTIFF(_ name: String, frames: Int, compression: TIFFWriter.Compression, width: Int = 600, height: Int = 800) throws {
        try FileManager.default.createDirectory(
            atPath: ("\(path)/\(name)" as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        var writer = try TIFFWriter(path: "\(path)/\(name)")
        for frame in 0..<frames {
            try writer.append(Self.page(frame % 10, width: width, height: height), dpi: Resolution(x: 100, y: 100), compression: compression, rowsPerStrip: 100)
        }
        try writer.close()
    }

    /// Bars like lines of print, so that the page is not blank.
    static func page(_ seed: Int, width: Int = 600, height: Int = 800) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .grey)
        for line in 0..<(height - 100) / 35 {
            for y in (60 + line * 35)..<(76 + line * 35) {
                for x in 60..<(width - 60) where (x / 7 + line * seed) % 3 != 0 { raster.bytes[y * width + x] = UInt8(20 + seed % 50) }
            }
        }
        return raster
    }

    /// A small bomb: a header that promises 60,000 × 60,000 pixels.
    static var tiffBomb: [UInt8] {
        let entries: [(tag: Int, type: Int, value: Int)] = [
            (256, 4, 60_000), (257, 4, 60_000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 128), (277, 3, 1), (278, 4, 60_000), (279, 4, 64),
        ]
        let fields = entries.flatMap { little($0.tag, 2) + little($0.type, 2) + little(1, 4) + little($0.value, 4) }
        let directory = little(entries.count, 2) + fields + little(0, 4)
        return Array("II".utf8) + little(42, 2) + little(8, 4) + directory + [UInt8](repeating: 0, count: 128)
    }

    static func pngBomb() throws -> [UInt8] {
        var bytes = try PNGCodec.encode(Raster(whiteWidth: 8, height: 8, mode: .grey), dpi: nil)
        bytes.replaceSubrange(16..<24, with: (little(60_000, 4).reversed() + little(60_000, 4).reversed()))
        bytes.replaceSubrange(29..<33, with: little(Int(checksum(bytes[12..<29])), 4).reversed())
        return bytes
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    /// CRC-32 of a PNG chunk (ISO/IEC 15948 annex D).
    private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}

/// What `run --json` says, as far as the tests ask.
struct RunResult: Decodable {
    var images: Int
    var pages: Int
    var blanks: Int
    var separators: Int
    var rejected: Int
    var placeholders: Int
    var imagesRead: Int

    var reconciles: Bool { images == pages + blanks + separators + rejected }

    init(_ outcome: Program.Outcome) throws {
        self = try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8))
    }
}

/// A published case on disk.
struct CaseFolder {
    let path: String

    init(_ path: String) { self.path = path }

    func records() throws -> [PageRecord] {
        try String(contentsOfFile: path + "/pages.jsonl", encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
    }

    func index() throws -> CaseIndex {
        try JSONDecoder().decode(CaseIndex.self, from: Data(contentsOf: URL(fileURLWithPath: path + "/index.json")))
    }

    func volumes() throws -> [String] { try index().volumes.map { path + "/" + $0.pdf } }

    /// Every product that has no clock in it.
    func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != "timings.html" }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: path + "/" + $0))) })
    }
}
