import DossierModel
import Foundation
import Hashing

@testable import ImageCodecs

/// A folder that goes away with the test.
final class Scratch {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("codecs-\(UUID().uuidString)")
    init() { try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    func file(_ bytes: [UInt8], _ name: String = "scan") -> String {
        try! Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    func tiff(_ write: (inout TIFFWriter) throws -> Void) throws -> String {
        var writer = try TIFFWriter(path: path("scan.tif"))
        try write(&writer)
        try writer.close()
        return path("scan.tif")
    }
}

let defaults = Settings.Intake()

func survey(_ path: String) -> FileSurvey { ScannerFiles.survey(path: path, name: "batch/scan", settings: defaults) }

func decode(_ path: String, frame: Int = 1) throws -> DecodedFrame {
    try ScannerFiles.decode(path: path, name: "batch/scan", frame: frame, settings: defaults)
}

extension Raster {
    /// A picture without symmetry: ramps, a dark block, some noise.
    static func sample(_ mode: ColourMode, width: Int = 203, height: Int = 117) -> Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: mode)
        var state: UInt32 = 7
        for y in 0..<height {
            for x in 0..<width {
                state = state &* 1_664_525 &+ 1_013_904_223
                let isDark = (x > 20 && x < 60 && y > 10 && y < 30) || (x * y) % 97 < 9
                switch mode {
                case .bitonal: if isDark { raster.bytes[y * raster.bytesPerRow + x / 8] |= 0x80 >> UInt8(x % 8) }
                case .grey: raster.bytes[y * width + x] = isDark ? 20 : UInt8((x + y) % 256)
                case .colour:
                    let at = (y * width + x) * 3
                    raster.bytes[at] = UInt8(x % 256)
                    raster.bytes[at + 1] = UInt8(y * 2 % 256)
                    raster.bytes[at + 2] = isDark ? 0 : UInt8(state >> 28) + 200
                }
            }
        }
        return raster
    }

    /// Each pixel the mean of a square of colour pixels; squares at the edges hold what there is.
    func averaged(over side: Int) -> Raster {
        let size = PixelSize(width: width, height: height).reduced(by: side)
        var result = Raster(whiteWidth: size.width, height: size.height, mode: .colour)
        for y in 0..<size.height {
            for x in 0..<size.width {
                for c in 0..<3 {
                    let rows = y * side..<min(height, (y + 1) * side), columns = x * side..<min(width, (x + 1) * side)
                    let sum = rows.reduce(0) { sum, row in columns.reduce(sum) { $0 + Int(bytes[(row * width + $1) * 3 + c]) } }
                    result.bytes[(y * size.width + x) * 3 + c] = UInt8(sum / (rows.count * columns.count))
                }
            }
        }
        return result
    }

    func turned(_ turn: QuarterTurn) -> Raster {
        let swaps = turn.swapsSides
        let (w, h) = swaps ? (height, width) : (width, height)
        let pixel = mode == .colour ? 3 : 1
        precondition(mode != .bitonal)
        var result = Raster(whiteWidth: w, height: h, mode: mode)
        for y in 0..<height {
            for x in 0..<width {
                let (tx, ty) =
                    switch turn {
                    case .none: (x, y)
                    case .clockwise90: (height - 1 - y, x)
                    case .half: (width - 1 - x, height - 1 - y)
                    case .clockwise270: (y, width - 1 - x)
                    }
                for c in 0..<pixel { result.bytes[(ty * w + tx) * pixel + c] = bytes[(y * width + x) * pixel + c] }
            }
        }
        return result
    }

    /// Mean absolute difference of the bytes.
    func distance(to other: Raster) -> Double {
        guard width == other.width, height == other.height, mode == other.mode else { return .infinity }
        return zip(bytes, other.bytes).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(bytes.count)
    }
}

extension DecodedFrame {
    /// The page image as poppler draws it, in the raster's mode.
    func drawnImage() throws -> Raster { try CodedImage(image: page.image, parts: parts).drawn().reduced(to: raster.mode) }
}

enum Corpus {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/corpus").standardizedFileURL.path
    static let isPresent = FileManager.default.fileExists(atPath: folder + "/faults/expected.tsv")
}
