internal import CTurboJPEG
public import DossierModel

/// JPEG by libjpeg-turbo. Lossless here means: as the accurate integer transform decodes it.
public enum JPEGCodec {
    /// A JPEG; a bitonal raster is coded as grey. Colour is coded without chroma subsampling from quality 90 up, or where asked.
    ///
    /// - Parameters:
    ///   - quality: 1…100.
    ///   - progressive: in several scans, each with its own tables (ITU-T T.81 annex G), instead of baseline.
    ///   - isColourFine: without chroma subsampling.
    /// #### Errors
    /// `library` when libjpeg-turbo refuses.
    public static func encode(_ raster: Raster, quality: Int, progressive: Bool = false, isColourFine: Bool = false) throws(DossierError) -> [UInt8] {
        let source = raster.mode == .bitonal ? raster.asGrey() : raster
        let isGrey = source.mode == .grey
        let handle = try unsafe TurboHandle(tjInitCompress())
        var buffer: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        defer { unsafe tjFree(buffer) }
        let subsampling = isGrey ? TJSAMP_GRAY : isColourFine || quality >= 90 ? TJSAMP_444 : TJSAMP_420
        let status = unsafe tjCompress2(
            handle.raw, source.bytes, Int32(source.width), 0, Int32(source.height),
            Int32((isGrey ? TJPF_GRAY : TJPF_RGB).rawValue), &buffer, &size, Int32(subsampling.rawValue),
            Int32(min(max(quality, 1), 100)), TJFLAG_ACCURATEDCT | (progressive ? TJFLAG_PROGRESSIVE : 0))
        guard status == 0, let start = unsafe buffer else { throw handle.error(.library) }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(size)))
    }

    /// The decoded picture, what was wrong with the stream (nil when nothing), and whether all of it can be trusted.
    struct Decoded {
        let raster: Raster
        let complaint: String?
    }

    /// Grey as grey, YCbCr and RGB as RGB, CMYK and YCCK through plain subtraction to RGB.
    ///
    /// - Parameter reduction: 1, 2, 4 or 8: each side comes so many times smaller, rounded up, straight from the DCT.
    /// #### Errors
    /// `damaged` when nothing can be decoded.
    static func decode(_ bytes: [UInt8], header: JPEGHeader, reduction: Int = 1) throws(DossierError) -> Decoded {
        guard header.precision == 8 else {
            throw DossierError(.unsupported, "the JPEG has \(header.precision) bits per sample; save it with 8")
        }
        let size = header.size.reduced(by: reduction)
        switch header.components.count {
        case 1: return try decode(bytes, size: size, mode: .grey)
        case 4: return try decodeInk(bytes, size: size, header: header)
        default: return try decode(bytes, size: size, mode: .colour)
        }
    }

    private static func decode(_ bytes: [UInt8], size: PixelSize, mode: ColourMode) throws(DossierError) -> Decoded {
        var raster = Raster(whiteWidth: size.width, height: size.height, mode: mode)
        let format = mode == .grey ? TJPF_GRAY : TJPF_RGB
        let complaint = try decode(bytes, size: size, format: format, into: &raster.bytes)
        return Decoded(raster: raster, complaint: complaint)
    }

    /// Adobe writes CMYK inverted, 255 for no ink; libjpeg-turbo hands the values over as they are stored.
    private static func decodeInk(_ bytes: [UInt8], size: PixelSize, header: JPEGHeader) throws(DossierError) -> Decoded {
        let (width, height) = (size.width, size.height)
        let isInverted = header.adobeTransform != nil
        var inks = [UInt8](repeating: isInverted ? 255 : 0, count: width * height * 4)
        let complaint = try decode(bytes, size: size, format: TJPF_CMYK, into: &inks)
        return Decoded(raster: Ink.raster(width: width, height: height, inks: inks, fullIsZero: isInverted), complaint: complaint)
    }

    /// A `size` below the picture's own makes libjpeg-turbo decode at the scale that gives it.
    /// Rows that could not be decoded keep what `pixels` held.
    private static func decode(
        _ bytes: [UInt8], size: PixelSize, format: TJPF, into pixels: inout [UInt8]
    ) throws(DossierError) -> String? {
        let handle = try unsafe TurboHandle(tjInitDecompress())
        let before = pixels.count
        let status = unsafe tjDecompress2(
            handle.raw, bytes, UInt(bytes.count), &pixels, Int32(size.width), 0, Int32(size.height),
            Int32(format.rawValue), TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
        precondition(before == pixels.count)
        guard status != 0 else { return nil }
        let isFatal = unsafe tjGetErrorCode(handle.raw) == Int32(TJERR_FATAL.rawValue)
        // A fatal error before the first row leaves all pixels as they were.
        if isFatal, let first = pixels.first, pixels.allSatisfy({ $0 == first }) { throw handle.error(.damaged) }
        return handle.message
    }

    /// Exchanges left and right in the coded form; nil when the picture does not end with a whole MCU.
    static func mirrored(_ bytes: [UInt8]) -> [UInt8]? {
        guard let handle = try? unsafe TurboHandle(tjInitTransform()) else { return nil }
        var transform = unsafe tjtransform()
        unsafe transform.op = Int32(TJXOP_HFLIP.rawValue)
        unsafe transform.options = TJXOPT_PERFECT | TJXOPT_COPYNONE
        var buffer: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        defer { unsafe tjFree(buffer) }
        guard unsafe tjTransform(handle.raw, bytes, UInt(bytes.count), 1, &buffer, &size, &transform, 0) == 0,
            let start = unsafe buffer
        else { return nil }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(size)))
    }
}

/// One libjpeg-turbo instance.
@safe struct TurboHandle: ~Copyable {
    let raw: tjhandle

    init(_ raw: tjhandle?) throws(DossierError) {
        guard let raw = unsafe raw else { throw DossierError(.library, "libjpeg-turbo does not start; free some memory") }
        unsafe self.raw = raw
    }

    deinit { unsafe _ = tjDestroy(raw) }

    var message: String { unsafe String(cString: tjGetErrorStr2(raw)) }

    /// The one place where a status of libjpeg-turbo becomes an error.
    func error(_ code: DossierError.Code) -> DossierError {
        DossierError(code, "the JPEG data cannot be used; scan or copy the file again", cause: message)
    }
}

/// Four printing inks to RGB by plain subtraction: a scanner that delivers CMYK without a profile says no more.
enum Ink {
    static func raster(width: Int, height: Int, inks: [UInt8], fullIsZero: Bool) -> Raster {
        var rgb = [UInt8](repeating: 0, count: width * height * 3)
        for pixel in 0..<width * height {
            let paper = fullIsZero ? Int(inks[4 * pixel + 3]) : 255 - Int(inks[4 * pixel + 3])
            for c in 0..<3 {
                let light = fullIsZero ? Int(inks[4 * pixel + c]) : 255 - Int(inks[4 * pixel + c])
                rgb[3 * pixel + c] = UInt8((light * paper + 127) / 255)
            }
        }
        return Raster(width: width, height: height, mode: .colour, bytes: rgb)
    }
}

extension Raster {
    /// One byte per pixel.
    func asGrey() -> Raster {
        guard mode == .bitonal else { return self }
        var grey = Raster(whiteWidth: width, height: height, mode: .grey)
        for row in 0..<height {
            for x in 0..<width where bytes[row * bytesPerRow + x >> 3] & (0x80 >> UInt8(x & 7)) != 0 {
                grey.bytes[row * width + x] = 0
            }
        }
        return grey
    }
}
