internal import CPNG
internal import DossierModel

/// A PNG file: one frame. Its zlib stream goes into the PDF as it is where PDF knows the layout.
enum PNGFrame {
    static func survey(path: String) throws(DossierError) -> FileSurvey {
        let header = try PNGChunks(FileBytes.prefix(64, ofFileAt: path), headerOnly: true)
        return FileSurvey(format: FileFormat.png.rawValue, frames: [FrameSurvey(frame: 1, size: header.size)])
    }

    static func decode(_ job: FrameJob) throws(DossierError) -> DecodedFrame {
        guard job.frame == 1 else { throw DossierError(.notFound, "a PNG file has one frame") }
        try job.admit(PNGChunks(FileBytes.prefix(64, ofFileAt: job.path), headerOnly: true).size)
        let chunks = try PNGChunks(FileBytes.all(ofFileAt: job.path))
        let decoded = try pixels(of: chunks)
        let (dpi, findings) = DeclaredResolution.judged(chunks.dpi, size: chunks.size, job: job)
        var frame = FrameBuilder(job: job, raster: decoded.raster, dpi: dpi, findings: findings)
        if decoded.goodRows < chunks.size.height {
            frame.findings.append(
                .damaged(job, rows: [decoded.goodRows..<chunks.size.height], of: chunks.size.height, cause: decoded.message))
        } else if let complaint = chunks.complaint {
            frame.findings.append(.damagedSomewhere(job, cause: complaint))
        }
        if decoded.showsAlpha { frame.findings.append(.alpha(job)) }
        guard frame.findings.allSatisfy({ $0.severity != .block }), let image = passedThrough(chunks) else {
            return try frame.finished()
        }
        return frame.finished(image: image)
    }

    private struct Pixels {
        let raster: Raster
        let goodRows: Int
        let message: String
        let showsAlpha: Bool
    }

    private static func pixels(of chunks: PNGChunks) throws(DossierError) -> Pixels {
        let hasAlpha = chunks.hasTransparency || chunks.colourType >= 4
        let isGrey = chunks.colourType == 0 || chunks.colourType == 4
        let channels = (isGrey ? 1 : 3) + (hasAlpha ? 1 : 0)
        let (width, height) = (chunks.size.width, chunks.size.height)
        var bytes = [UInt8](repeating: 255, count: width * height * channels)
        let (rows, message) = decode(chunks, into: &bytes, channels: channels)
        guard rows > 0 else {
            throw DossierError(.damaged, "the PNG data cannot be decoded; save or copy the file again", cause: message)
        }
        let lost = rows * width * channels
        for i in lost..<bytes.count { bytes[i] = 255 }
        let showsAlpha = hasAlpha && flatten(&bytes, channels: channels)
        let raster = Raster(width: width, height: height, mode: isGrey ? .grey : .colour, bytes: bytes)
        let isBitonal = chunks.bitDepth == 1 && (isGrey && !hasAlpha || isBlackAndWhite(chunks.palette) && !hasAlpha)
        return Pixels(raster: isBitonal ? raster.asBitonal() : raster, goodRows: rows, message: message, showsAlpha: showsAlpha)
    }

    private static func isBlackAndWhite(_ palette: [UInt8]) -> Bool {
        palette == [0, 0, 0, 255, 255, 255] || palette == [255, 255, 255, 0, 0, 0]
    }

    private static func decode(
        _ chunks: PNGChunks, into bytes: inout [UInt8], channels: Int, asIndices: Bool = false
    ) -> (rows: Int, message: String) {
        let (width, height) = (chunks.size.width, chunks.size.height)
        return unsafe chunks.essential.withUnsafeBufferPointer { input in
            var source = unsafe cpng_source()
            unsafe source.bytes = input.baseAddress
            unsafe source.size = input.count
            let whole = unsafe cpng_decode(
                &source, &bytes, width * channels, UInt32(width), UInt32(height), Int32(channels), asIndices ? 1 : 0)
            let message = unsafe withUnsafeBytes(of: source.message) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            return (whole != 0 ? height : unsafe Int(source.rows), message)
        }
    }

    /// Lays the pixels onto white and drops the last channel; tells whether any was not opaque.
    private static func flatten(_ bytes: inout [UInt8], channels: Int) -> Bool {
        let colours = channels - 1
        var showsAlpha = false
        for pixel in 0..<bytes.count / channels {
            let alpha = Int(bytes[pixel * channels + colours])
            showsAlpha = showsAlpha || alpha < 255
            for c in 0..<colours {
                let value = Int(bytes[pixel * channels + c])
                bytes[pixel * colours + c] = UInt8((value * alpha + 255 * (255 - alpha) + 127) / 255)
            }
        }
        bytes.removeLast(bytes.count / channels)
        return showsAlpha
    }

    /// PDF's PNG predictor (ISO 32000-1 §7.4.4.4) is PNG's own filtering, so the stream fits as it is when nothing is
    /// interlaced or transparent, no palette index is out of range and the data are complete.
    private static func passedThrough(_ chunks: PNGChunks) -> CodedImage? {
        guard !chunks.isInterlaced, !chunks.hasTransparency, [0, 2, 3].contains(chunks.colourType) else { return nil }
        let space: SampleImage.Space
        switch chunks.colourType {
        case 0: space = .grey
        case 2: space = .rgb
        default: space = .indexed(chunks.palette)
        }
        if chunks.colourType == 3, chunks.palette.isEmpty || chunks.palette.count > 3 << chunks.bitDepth || leavesPalette(chunks) { return nil }
        let perRow = SampleImage.bytesPerRow(width: chunks.size.width, bits: chunks.bitDepth, components: space.components)
        guard Flate.holdsExactly((perRow + 1) * chunks.size.height, chunks.data) else { return nil }
        let shape = SampleImage.Shape(size: chunks.size, bits: chunks.bitDepth, space: space)
        return .flate(chunks.data, shape: shape, predictor: 15, origin: chunks.pieces == 1 ? .delivered : .rewrapped)
    }

    /// Whether a pixel names no colour of the palette. Such a pixel is black to libpng, and the last colour to a PDF
    /// (ISO 32000-1 §8.6.6.3).
    private static func leavesPalette(_ chunks: PNGChunks) -> Bool {
        let colours = chunks.palette.count / 3
        guard colours < 1 << chunks.bitDepth else { return false }
        var indices = [UInt8](repeating: 0, count: chunks.size.width * chunks.size.height)
        let rows = decode(chunks, into: &indices, channels: 1, asIndices: true).rows
        return rows < chunks.size.height || indices.contains { Int($0) >= colours }
    }
}

extension Raster {
    /// Grey that is only black and white, one bit per pixel.
    func asBitonal() -> Raster {
        let pixel = mode == .colour ? 3 : 1
        var result = Raster(whiteWidth: width, height: height, mode: .bitonal)
        let perRow = result.bytesPerRow
        for row in 0..<height {
            for x in 0..<width where bytes[(row * width + x) * pixel] < 128 {
                result.bytes[row * perRow + x >> 3] |= 0x80 >> UInt8(x & 7)
            }
        }
        return Raster(width: width, height: height, mode: .bitonal, bytes: result.bytes)
    }
}
