internal import Foundation
internal import CTIFF
internal import DossierModel

/// The scanner's own coded bytes of a TIFF frame, where PDF can carry them.
enum TIFFCodedImage {
    /// nil when the frame has to be coded anew.
    static func delivered(_ job: FrameJob, _ tiff: borrowing TIFFHandle, _ layout: TIFFLayout, raster: Raster) -> CodedImage? {
        guard !layout.isTiled, !layout.isPlanar else { return nil }
        switch layout.compression {
        case 3, 4: return fax(job, tiff, layout, raster: raster)
        case 7: return TIFFJPEG.joined(tiff, layout, raster: raster)
        default: return nil
        }
    }

    /// A single strip goes over as it is, when it decodes to the very same picture.
    private static func fax(_ job: FrameJob, _ tiff: borrowing TIFFHandle, _ layout: TIFFLayout, raster: Raster) -> CodedImage? {
        guard unsafe TIFFNumberOfStrips(tiff.raw) == 1, layout.bits == 1, layout.samplesPerPixel == 1 else { return nil }
        let options = tiff.long(layout.compression == 4 ? TIFFTAG_GROUP4OPTIONS : TIFFTAG_GROUP3OPTIONS) ?? 0
        let allowsUncompressed = options & 2 != 0
        guard !allowsUncompressed, let bytes = strip(tiff, 0, mostSignificantFirst: layout.fillOrder == 1) else { return nil }
        let k = layout.compression == 4 ? -1 : options & 1 != 0 ? 1 : 0
        guard let again = try? Fax.decode(bytes, size: layout.size, coding: Fax.Coding(k: k)), again.damage.isEmpty else { return nil }
        let isNegative = layout.photometric == 1
        guard (isNegative ? again.raster.negative() : again.raster) == raster else { return nil }
        // libtiff decodes a black run to ones; PDF does so with BlackIs1. MinIsWhite: ones are black, PDF's default.
        let image = CodedImage.fax(
            bytes, size: layout.size, k: k, blackIs1: isNegative, byteAlign: false, endOfLine: k >= 0,
            origin: layout.fillOrder == 1 ? .delivered : .rewrapped)
        guard let recoded = try? Fax.coded(raster, origin: .recoded), k >= 0, recoded.byteCount < image.byteCount else { return image }
        return recoded
    }

    /// The coded bytes of a strip, most significant bit first.
    static func strip(_ tiff: borrowing TIFFHandle, _ index: Int, mostSignificantFirst: Bool = true) -> [UInt8]? {
        let size = unsafe Int(clamping: TIFFRawStripSize64(tiff.raw, UInt32(index)))
        guard size > 0, size < 1 << 31 else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        guard unsafe TIFFReadRawStrip(tiff.raw, UInt32(index), &bytes, Int64(size)) == size else { return nil }
        if !mostSignificantFirst { unsafe TIFFReverseBits(&bytes, Int64(size)) }
        return bytes
    }
}

/// JPEG-in-TIFF (TIFF Technical Note 2): abbreviated streams per strip, shared tables aside.
enum TIFFJPEG {
    /// One JPEG for the whole frame, or one part per strip; nil when neither decodes to `raster`.
    static func joined(_ tiff: borrowing TIFFHandle, _ layout: TIFFLayout, raster: Raster) -> CodedImage? {
        guard layout.bits == 8, layout.samplesPerPixel == 1 || layout.samplesPerPixel == 3, [1, 2, 6].contains(layout.photometric) else { return nil }
        let tables = tiff.bytes(TIFFTAG_JPEGTABLES) ?? []
        let count = unsafe Int(TIFFNumberOfStrips(tiff.raw))
        guard count <= 65536 else { return nil }
        var streams: [[UInt8]] = []
        var origin = PageImage.Origin.delivered
        for index in 0..<count {
            guard let strip = TIFFCodedImage.strip(tiff, index), let stream = merged(tables: tables, strip) else { return nil }
            if count > 1 || stream != strip { origin = .rewrapped }
            streams.append(stream)
        }
        let transform: Int? = layout.photometric == 2 ? 0 : nil
        if let one = RestartJoin.join(streams, height: layout.size.height), let image = checked([one], layout, transform, origin, raster: raster) { return image }
        guard count > 1, count <= 64 else { return nil }
        return checked(streams, layout, transform, origin, raster: raster)
    }

    /// The table segments between SOI and EOI of JPEGTables, put behind the strip's own SOI.
    static func merged(tables: [UInt8], _ strip: [UInt8]) -> [UInt8]? {
        guard strip.starts(with: [0xFF, 0xD8]) else { return nil }
        guard tables.count > 4, tables.starts(with: [0xFF, 0xD8]) else { return strip }
        let hasEnd = tables.suffix(2).elementsEqual([0xFF, 0xD9])
        return [0xFF, 0xD8] + tables.dropFirst(2).dropLast(hasEnd ? 2 : 0) + strip.dropFirst(2)
    }

    private static func checked(
        _ streams: [[UInt8]], _ layout: TIFFLayout, _ transform: Int?, _ origin: PageImage.Origin, raster: Raster
    ) -> CodedImage? {
        var result: CodedImage?
        var row = 0
        for stream in streams {
            guard let header = try? JPEGHeader(stream), header.isPassable, header.size.width == layout.size.width,
                row + header.size.height <= layout.size.height, header.isRGB == (transform == 0) || header.components.count == 1,
                let decoded = try? JPEGCodec.decode(stream, header: header), decoded.complaint == nil,
                decoded.raster.mode == raster.mode
            else { return nil }
            let perRow = raster.bytesPerRow, rows = row * perRow..<(row + header.size.height) * perRow
            guard raster.bytes.hasBytes(decoded.raster.bytes, at: rows) else { return nil }
            let part = CodedImage.jpeg(stream, header: header, colourTransform: transform, origin: origin)
            result = result?.stacked(on: part) ?? part
            row += header.size.height
        }
        return row == layout.size.height ? result : nil
    }
}

extension CodedImage {
    /// With `lower` below.
    fileprivate func stacked(on lower: CodedImage) -> CodedImage {
        var both = self
        both.image.size.height += lower.image.size.height
        both.image.parts += lower.image.parts
        both.parts.merge(lower.parts) { first, _ in first }
        return both
    }
}

/// Joins baseline JPEGs of equal width and tables, stacked top to bottom, into one with restart markers: each strip
/// becomes one restart interval (ITU-T T.81 §B.2.4.4 and §E.1.4), so no entropy-coded bit changes.
enum RestartJoin {
    static func join(_ streams: [[UInt8]], height: Int) -> [UInt8]? {
        guard let first = streams.first, let header = try? JPEGHeader(first) else { return nil }
        guard streams.count > 1 else { return header.size.height == height ? first : nil }
        guard header.isPlain, !header.isProgressive, header.size.height % (8 * header.maxVertical) == 0 else { return nil }
        let mcusPerRow = (header.size.width + 8 * header.maxHorizontal - 1) / (8 * header.maxHorizontal)
        let perStrip = mcusPerRow * header.size.height / (8 * header.maxVertical)
        guard perStrip <= 65535, header.scanOffset > 0, var result = head(first, header, height: height, interval: perStrip) else { return nil }
        let reference = comparable(first, header)
        for (index, stream) in streams.enumerated() {
            guard let own = try? JPEGHeader(stream), comparable(stream, own) == reference,
                index == streams.count - 1 || own.size.height == header.size.height, let data = scan(stream, own)
            else { return nil }
            if index > 0 { result += [0xFF, 0xD0 + UInt8((index - 1) % 8)] }
            result += data
        }
        return result + [0xFF, 0xD9]
    }

    /// Everything up to the first scan, with the full height and a DRI segment.
    private static func head(_ stream: [UInt8], _ header: JPEGHeader, height: Int, interval: Int) -> [UInt8]? {
        guard height <= 65535 else { return nil }
        var head = Array(stream[..<header.scanOffset])
        head[header.heightOffset] = UInt8(height >> 8)
        head[header.heightOffset + 1] = UInt8(height & 255)
        return head + [0xFF, 0xDD, 0, 4, UInt8(interval >> 8), UInt8(interval & 255)] + scanHeader(stream, header)
    }

    private static func scanHeader(_ stream: [UInt8], _ header: JPEGHeader) -> ArraySlice<UInt8> {
        let start = header.scanOffset, length = Int(stream[start + 2]) << 8 | Int(stream[start + 3])
        return stream[start..<min(start + 2 + length, stream.count)]
    }

    /// Tables and headers without the height: they must agree between the strips.
    private static func comparable(_ stream: [UInt8], _ header: JPEGHeader) -> [UInt8] {
        var head = Array(stream[..<header.scanOffset]) + scanHeader(stream, header)
        head[header.heightOffset] = 0
        head[header.heightOffset + 1] = 0
        return head
    }

    /// The entropy-coded bytes; nil when the strip has restart markers of its own or more than one scan.
    private static func scan(_ stream: [UInt8], _ header: JPEGHeader) -> ArraySlice<UInt8>? {
        let start = scanHeader(stream, header).endIndex
        var at = start
        while at + 1 < stream.count {
            if stream[at] == 0xFF, stream[at + 1] != 0 {
                return stream[at + 1] == 0xD9 ? stream[start..<at] : nil
            }
            at += 1
        }
        return stream[start...]
    }
}

extension [UInt8] {
    /// Whether exactly these bytes stand in the range. The library compares slices byte by byte, a page in 20 ms.
    fileprivate func hasBytes(_ other: [UInt8], at range: Range<Int>) -> Bool {
        guard other.count == range.count else { return false }
        return unsafe withUnsafeBytes { all in
            unsafe other.withUnsafeBytes { other in
                unsafe other.isEmpty || memcmp(all.baseAddress! + range.lowerBound, other.baseAddress!, other.count) == 0
            }
        }
    }
}
