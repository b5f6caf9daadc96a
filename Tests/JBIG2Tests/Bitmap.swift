import DossierModel
import Foundation
import ImageCodecs

/// A named bitmap, ones black, as PBM holds it.
struct Bitmap: Sendable, CustomStringConvertible {
    let name: String
    let raster: Raster

    var description: String { "\(name) \(raster.width)×\(raster.height)" }

    init(_ name: String, _ raster: Raster) {
        self.name = name
        self.raster = raster
    }

    /// Black where the function says so.
    init(_ name: String, _ width: Int, _ height: Int, _ isBlack: (Int, Int) -> Bool) {
        var raster = Raster(whiteWidth: width, height: height, mode: .bitonal)
        for y in 0..<height {
            for x in 0..<width where isBlack(x, y) { raster.bytes[y * raster.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
        }
        self.init(name, raster)
    }

    /// Noise with runs, so that every template has something to learn.
    static func random(_ width: Int, _ height: Int, seed: UInt64, blackPercent: UInt64 = 30) -> Bitmap {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        var run: UInt64 = 0, isBlack = false
        return Bitmap("random", width, height) { _, _ in
            if run == 0 {
                run = next() % 9
                isBlack = next() % 100 < blackPercent
            } else {
                run -= 1
            }
            return isBlack
        }
    }

    static let plain: [Bitmap] = [(1, 1), (7, 3), (64, 64), (48, 5), (49, 5), (333, 200)].flatMap { width, height in
        [
            Bitmap("white", width, height) { _, _ in false }, Bitmap("black", width, height) { _, _ in true },
            Bitmap("checkerboard", width, height) { ($0 + $1) % 2 == 0 }, Bitmap("stripes", width, height) { _, y in y / 3 % 2 == 0 },
            Bitmap("framed", width, height) { x, y in x == 0 || y == 0 || x == width - 1 || y == height - 1 },
        ]
    }

    static let odd: [Bitmap] =
        [1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 47, 48, 49, 55, 56, 57, 63, 64, 65, 95, 96, 97, 127, 129, 257].enumerated().flatMap { index, size in
            [
                random(size, 1, seed: UInt64(index + 1)), random(1, size, seed: UInt64(index + 100)),
                random(size, 66 - index, seed: UInt64(index + 200)), random(size, 21, seed: UInt64(index + 300), blackPercent: 92),
            ]
        }

    /// The bitonal frames of TIFF files.
    static func frames(_ files: [URL]) throws -> [Bitmap] {
        try files.flatMap { file -> [Bitmap] in
            let found = ScannerFiles.survey(path: file.path, name: file.lastPathComponent, settings: Settings.Intake())
            return try found.frames.compactMap { frame in
                let raster = try ScannerFiles.pixels(
                    path: file.path, name: file.lastPathComponent, frame: frame.frame, settings: Settings.Intake())
                return raster.mode == .bitonal ? Bitmap("\(file.lastPathComponent)#\(frame.frame)", raster) : nil
            }
        }
    }

    static func samples() throws -> [Bitmap] {
        let folder = repository.appending(path: "samples/scans")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!.compactMap { $0 as? URL }
        return try frames(files.filter { $0.pathExtension == "tif" }.sorted { $0.path < $1.path })
    }

    /// Scans and faxes that others made; empty where they are absent.
    static func corpus() -> [Bitmap] {
        let names = [
            "galfar_deskew__TestImages__1-g4.tif", "leptonica_prog__baseline2.tif", "leptonica_prog__feyn.tif", "leptonica_prog__pageseg3.tif",
            "leptonica_prog__tickets.tif", "leptonica_prog__witten.tif", "image_tiff_rs__libtiffpic__jim___ah.tif",
            "libtiffnet_tests__TestCase__g3test.tif", "pillow_images__pport_g4.tif", "tesseract_test__testing__eurotext.tif",
        ]
        let shared = ProcessInfo.processInfo.environment["DOSSIER_CORPUS"].map { URL(fileURLWithPath: $0) } ?? repository.appending(path: "../shared/corpus")
        let folder = shared.appending(path: "faults/tiff").standardized
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return names.compactMap { try? frames([folder.appending(path: $0)]).first }
    }

    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
}
