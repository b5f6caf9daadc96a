internal import DossierModel
internal import Hashing

/// A JPEG file: one frame, taken over byte for byte.
enum JPEGFrame {
    static func survey(path: String) throws(DossierError) -> FileSurvey {
        let header = try JPEGHeader(FileBytes.all(ofFileAt: path))
        return FileSurvey(format: FileFormat.jpeg.rawValue, frames: [FrameSurvey(frame: 1, size: header.size)])
    }

    static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        guard job.frame == 1 else { throw DossierError(.notFound, "a JPEG file has one frame") }
        let bytes = try FileBytes.all(ofFileAt: job.path)
        let header = try JPEGHeader(bytes)
        try job.admit(header.size)
        let decoded = try JPEGCodec.decode(bytes, header: header, reduction: job.reduction)
        let (dpi, findings) = DeclaredResolution.judged(header.jfifDPI ?? header.exif?.dpi, size: header.size, job: job)
        var frame = FrameBuilder(job: job, raster: decoded.raster, dpi: dpi, findings: findings)
        frame.orientation = Orientation(tag: header.exif?.orientation ?? 1)
        if let complaint = decoded.complaint { frame.findings.append(.damagedSomewhere(job, cause: complaint)) }
        if job.isForPixels { return frame.pixelsOnly }
        if let mirrored = try mirrored(bytes, header: header, frame: frame) { return mirrored }
        if frame.orientation.isMirrored { return try frame.finished() }
        guard header.isPassable else {
            return try frame.finished(recodedBecause: "PDF/A has no such JPEG")
        }
        return frame.finished(image: .jpeg(bytes, header: header, origin: .delivered))
    }

    /// The coefficients exchanged left and right, where that is possible without loss: small, and nothing changes.
    private static func mirrored(_ bytes: [UInt8], header: JPEGHeader, frame: FrameBuilder) throws(DossierError) -> DecodedFrame? {
        guard frame.orientation.isMirrored, header.isPassable, let flipped = JPEGCodec.mirrored(bytes) else { return nil }
        let flippedHeader = try JPEGHeader(flipped)
        let raster = try JPEGCodec.decode(flipped, header: flippedHeader).raster
        return frame.finished(mirrored: raster, image: .jpeg(flipped, header: flippedHeader, origin: .recoded))
    }
}

extension JPEGHeader {
    /// May go into PDF/A-2 as it is: grey or three components, 8 bits, Huffman-coded.
    var isPassable: Bool { isPlain && precision == 8 && (components.count == 1 || components.count == 3) }
}

/// A page image with the bytes of its parts.
struct CodedImage {
    var image: PageImage
    var parts: [SHA256Digest: [UInt8]]
}

extension CodedImage {
    static func jpeg(_ bytes: [UInt8], header: JPEGHeader, colourTransform: Int? = nil, origin: PageImage.Origin) -> CodedImage {
        // Without an Adobe segment PDF assumes YCbCr, whatever the components are called (ISO 32000-1 table 13).
        let transform = colourTransform ?? (header.isRGB && header.adobeTransform == nil ? 0 : nil)
        return .single(
            bytes, size: header.size, mode: header.mode, filter: "DCTDecode",
            decodeParms: transform.map { "<< /ColorTransform \($0) >>" },
            colourSpace: header.components.count == 1 ? "/DeviceGray" : "/DeviceRGB", bits: 8, origin: origin)
    }

    static func single(
        _ bytes: [UInt8], size: PixelSize, mode: ColourMode, filter: String, decodeParms: String?, colourSpace: String?,
        bits: Int?, decode: String? = nil, globals: [UInt8] = [], origin: PageImage.Origin
    ) -> CodedImage {
        let digest = SHA256Digest(of: bytes)
        var parts = [digest: bytes]
        var part = PageImage.Part(
            width: size.width, height: size.height, filter: filter, decodeParms: decodeParms, colourSpace: colourSpace,
            bitsPerComponent: bits, decode: decode, digest: digest, byteCount: bytes.count)
        if !globals.isEmpty {
            part.globals = SHA256Digest(of: globals)
            parts[part.globals!] = globals
        }
        return CodedImage(image: PageImage(size: size, mode: mode, origin: origin, parts: [part]), parts: parts)
    }
}
