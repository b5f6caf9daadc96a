import DossierModel
import Foundation
import ImageCodecs

/// One scanner file being written, image by image.
struct ScanFile: ~Copyable {
    private let path: String
    private let format: FilePlan.Format
    private var tiff: TIFFWriter?
    private var pdf = ImageOnlyPDF()

    init(path: String, format: FilePlan.Format) throws(DossierError) {
        self.path = path
        self.format = format
        tiff = format == .tiff ? try TIFFWriter(path: path) : nil
    }

    private static let jpegQuality = 68

    mutating func append(_ scan: Scan, isCleaned: Bool, random: inout SplitMix64) throws(DossierError) {
        switch format {
        case .tiff:
            let compression = Self.compression(scan.raster.mode, isCleaned: isCleaned, &random)
            try tiff?.append(scan.raster, dpi: scan.dpi, compression: compression, jpegQuality: Self.jpegQuality)
        case .jpeg: try FileOutput.write(try Self.jpeg(scan), to: path)
        case .png: try FileOutput.write(try PNGCodec.encode(scan.raster, dpi: scan.dpi), to: path)
        case .pdf: pdf.append(try Self.jpeg(scan), raster: scan.raster, dpi: scan.dpi)
        }
    }

    mutating func finish() throws(DossierError) {
        if let writer = tiff.take() { try writer.close() }
        if format == .pdf { try FileOutput.write(pdf.bytes(), to: path) }
    }

    /// Lossless coding of a noisy grey page would be larger than the paper is worth; scanners use it on smoothed pages.
    private static func compression(_ mode: ColourMode, isCleaned: Bool, _ random: inout SplitMix64) -> TIFFWriter.Compression {
        let roll = random.unit()
        switch mode {
        case .bitonal: return roll < 0.85 ? .group4 : roll < 0.95 ? .lzw : .deflate
        case .grey where isCleaned: return roll < 0.5 ? .lzw : .deflate
        default: return .jpeg
        }
    }

    private static func jpeg(_ scan: Scan) throws(DossierError) -> [UInt8] {
        var bytes = try JPEGCodec.encode(scan.raster, quality: jpegQuality)
        setDensity(&bytes, scan.dpi)
        return bytes
    }

    /// JFIF 1.02: units (1 is dots per inch), X and Y density at bytes 13…17 of a file that starts with APP0.
    private static func setDensity(_ bytes: inout [UInt8], _ dpi: Resolution) {
        guard bytes.count > 18, bytes[2] == 0xFF, bytes[3] == 0xE0 else { return }
        let (x, y) = (Int(dpi.x.rounded()), Int(dpi.y.rounded()))
        bytes.replaceSubrange(13..<18, with: [1, UInt8(x >> 8), UInt8(x & 255), UInt8(y >> 8), UInt8(y & 255)])
    }
}
