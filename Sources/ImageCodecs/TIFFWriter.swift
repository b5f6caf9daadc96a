internal import CTIFF
public import DossierModel

/// Writes multi-page TIFF files as a scanner does. The same calls give the same bytes.
///
/// `append` once per frame, then `close`. A writer that is not closed leaves a file without its last directory.
public struct TIFFWriter: ~Copyable {
    public enum Compression: Sendable, CaseIterable {
        case none, packBits, lzw, deflate, jpeg, group3, group3TwoDimensional, group4
    }

    private let tiff: TIFFHandle
    private let path: String

    /// #### Errors
    /// `fileSystem` when the file cannot be made.
    public init(path: String) throws(DossierError) {
        self.path = path
        do throws(DossierError) {
            tiff = try TIFFHandle(path: path, mode: "wl")
        } catch {
            throw DossierError(.fileSystem, "the TIFF cannot be written; check the folder", cause: error.cause, location: path)
        }
    }

    /// Adds one frame.
    ///
    /// - Parameters:
    ///   - dpi: nil leaves the tags out.
    ///   - compression: CCITT forms need a bitonal raster, JPEG a grey or colour one.
    ///   - orientation: TIFF 6.0 tag 274, 1…8; 1 is upright.
    ///   - jpegQuality: 1…100, for JPEG.
    ///   - rowsPerStrip: nil for one strip.
    /// #### Errors
    /// `badUsage` when raster and compression do not go together, `fileSystem` when writing fails.
    public mutating func append(
        _ raster: Raster, dpi: Resolution?, compression: Compression, orientation: Int = 1, jpegQuality: Int = 85,
        rowsPerStrip: Int? = nil
    ) throws(DossierError) {
        guard compression.takes(raster.mode) else {
            throw DossierError(.badUsage, "\(compression) cannot hold \(raster.mode) pixels; choose another compression", location: path)
        }
        describe(raster, dpi: dpi, compression: compression, orientation: orientation, quality: jpegQuality)
        let rows = min(max(1, rowsPerStrip ?? raster.height), raster.height)
        tiff.set(TIFFTAG_ROWSPERSTRIP, rows)
        for strip in 0..<(raster.height + rows - 1) / rows {
            let end = min(raster.height, (strip + 1) * rows)
            var bytes = Array(raster.bytes[strip * rows * raster.bytesPerRow..<end * raster.bytesPerRow])
            guard unsafe TIFFWriteEncodedStrip(tiff.raw, UInt32(strip), &bytes, Int64(bytes.count)) >= 0 else { throw failure() }
        }
        guard unsafe TIFFWriteDirectory(tiff.raw) == 1 else { throw failure() }
    }

    /// Ends the file.
    public consuming func close() throws(DossierError) {
        guard unsafe TIFFFlush(tiff.raw) == 1 else { throw failure() }
    }

    private borrowing func describe(_ raster: Raster, dpi: Resolution?, compression: Compression, orientation: Int, quality: Int) {
        TIFFTags.describe(raster, to: tiff)
        tiff.setShort(TIFFTAG_COMPRESSION, compression.tag)
        tiff.setShort(TIFFTAG_ORIENTATION, orientation)
        if compression == .group3TwoDimensional { tiff.set(TIFFTAG_GROUP3OPTIONS, Int(GROUP3OPT_2DENCODING)) }
        if compression == .jpeg {
            tiff.setShort(TIFFTAG_JPEGQUALITY, quality)
            if raster.mode == .colour {
                tiff.setShort(TIFFTAG_PHOTOMETRIC, Int(PHOTOMETRIC_YCBCR))
                tiff.setShort(TIFFTAG_JPEGCOLORMODE, Int(JPEGCOLORMODE_RGB))
            }
        }
        guard let dpi else { return }
        tiff.set(TIFFTAG_XRESOLUTION, dpi.x)
        tiff.set(TIFFTAG_YRESOLUTION, dpi.y)
        tiff.setShort(TIFFTAG_RESOLUTIONUNIT, Int(RESUNIT_INCH))
    }

    private borrowing func failure() -> DossierError {
        var error = tiff.error(.fileSystem, "writing the TIFF failed; check the space on the disk")
        error.location = path
        return error
    }
}

extension TIFFWriter.Compression {
    fileprivate func takes(_ mode: ColourMode) -> Bool {
        switch self {
        case .group3, .group3TwoDimensional, .group4: mode == .bitonal
        case .jpeg: mode != .bitonal
        default: true
        }
    }

    fileprivate var tag: Int {
        switch self {
        case .none: Int(COMPRESSION_NONE)
        case .packBits: Int(COMPRESSION_PACKBITS)
        case .lzw: Int(COMPRESSION_LZW)
        case .deflate: Int(COMPRESSION_ADOBE_DEFLATE)
        case .jpeg: Int(COMPRESSION_JPEG)
        case .group3, .group3TwoDimensional: Int(COMPRESSION_CCITTFAX3)
        case .group4: Int(COMPRESSION_CCITTFAX4)
        }
    }
}

enum TIFFTags {
    /// Size and layout of a raster; bitonal is MinIsWhite, so that its bytes fit as they are.
    static func describe(_ raster: Raster, to tiff: borrowing TIFFHandle) {
        tiff.set(TIFFTAG_IMAGEWIDTH, raster.width)
        tiff.set(TIFFTAG_IMAGELENGTH, raster.height)
        tiff.setShort(TIFFTAG_BITSPERSAMPLE, raster.mode == .bitonal ? 1 : 8)
        tiff.setShort(TIFFTAG_SAMPLESPERPIXEL, raster.mode == .colour ? 3 : 1)
        tiff.setShort(TIFFTAG_PLANARCONFIG, Int(PLANARCONFIG_CONTIG))
        let photometric =
            switch raster.mode {
            case .bitonal: PHOTOMETRIC_MINISWHITE
            case .grey: PHOTOMETRIC_MINISBLACK
            case .colour: PHOTOMETRIC_RGB
            }
        tiff.setShort(TIFFTAG_PHOTOMETRIC, Int(photometric))
    }
}
