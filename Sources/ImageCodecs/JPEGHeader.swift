internal import DossierModel

/// What the markers of a JPEG stream say (ITU-T T.81 annex B), read without decoding.
struct JPEGHeader {
    var size = PixelSize(width: 0, height: 0)
    var precision = 8
    /// Identifiers of the components, in frame order.
    var components: [UInt8] = []
    var isProgressive = false
    /// Huffman-coded baseline, extended or progressive (SOF0…SOF2): what PDF's DCTDecode must be able to read.
    var isPlain = false
    /// Largest sampling factors, for the size of an MCU (T.81 A.2.4).
    var maxHorizontal = 1
    var maxVertical = 1
    /// Sampling factors of each component.
    var sampling: [(horizontal: Int, vertical: Int)] = []
    /// `transform` of the Adobe APP14 segment, or nil without one (ISO 32000-1 table 13).
    var adobeTransform: Int?
    var hasJFIF = false
    /// JFIF density (ISO/IEC 10918-5), dots per inch.
    var jfifDPI: Resolution?
    var exif: EXIF?
    /// Position of the height in the frame header, for a height that comes later (DNL) or is mended.
    var heightOffset = 0
    /// Offset of the first SOS marker.
    var scanOffset = 0
    /// Anything but entropy-coded segments, restart markers and tables after the first scan ends the image here.
    var endsProperly = false

    /// - Throws: `damaged` without a frame header.
    init(_ bytes: [UInt8]) throws(DossierError) {
        var at = 2
        while let (marker, body) = Self.nextSegment(bytes, &at) {
            if marker == 0xDA {
                scanOffset = body.lowerBound - 4
                break
            }
            take(marker, body, bytes)
        }
        guard size.width > 0, !components.isEmpty else {
            throw DossierError(.damaged, "the JPEG has no readable frame header; scan or copy the file again")
        }
    }

    /// Skips fill bytes and garbage up to the next marker with a length.
    private static func nextSegment(_ bytes: [UInt8], _ at: inout Int) -> (marker: UInt8, body: Range<Int>)? {
        while at + 4 <= bytes.count {
            let marker = bytes[at + 1]
            guard bytes[at] == 0xFF, marker != 0xFF, marker != 0 else { at += 1; continue }
            guard marker != 0x01, !(0xD0...0xD8).contains(marker) else { at += 2; continue }
            guard marker != 0xD9 else { return nil }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            let body = at + 4..<max(at + 4, min(at + 2 + length, bytes.count))
            at += max(2, length) + 2
            return (marker, body)
        }
        return nil
    }

    private mutating func take(_ marker: UInt8, _ body: Range<Int>, _ bytes: [UInt8]) {
        let frameHeaders: Set<UInt8> = [0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF]
        switch marker {
        case _ where frameHeaders.contains(marker): takeFrame(marker, body, bytes)
        case 0xE0: takeJFIF(body, bytes)
        case 0xE1 where exif == nil: exif = EXIF(app1: Array(bytes[body]))
        case 0xEE where body.count >= 12 && bytes[body].starts(with: Array("Adobe".utf8)):
            adobeTransform = Int(bytes[body.lowerBound + 11])
        default: break
        }
    }

    private mutating func takeFrame(_ marker: UInt8, _ body: Range<Int>, _ bytes: [UInt8]) {
        guard body.count >= 6, components.isEmpty else { return }
        let b = body.lowerBound
        precision = Int(bytes[b])
        heightOffset = b + 1
        size = PixelSize(width: Int(bytes[b + 3]) << 8 | Int(bytes[b + 4]), height: Int(bytes[b + 1]) << 8 | Int(bytes[b + 2]))
        isProgressive = marker == 0xC2
        isPlain = marker <= 0xC2
        for i in 0..<Int(bytes[b + 5]) where b + 6 + 3 * i + 1 < body.upperBound {
            components.append(bytes[b + 6 + 3 * i])
            sampling.append((Int(bytes[b + 7 + 3 * i] >> 4), Int(bytes[b + 7 + 3 * i] & 15)))
            maxHorizontal = max(maxHorizontal, sampling[i].horizontal)
            maxVertical = max(maxVertical, sampling[i].vertical)
        }
    }

    private mutating func takeJFIF(_ body: Range<Int>, _ bytes: [UInt8]) {
        guard body.count >= 12, bytes[body].starts(with: Array("JFIF\0".utf8)) else { return }
        hasJFIF = true
        let b = body.lowerBound
        let (x, y) = (Double(Int(bytes[b + 8]) << 8 | Int(bytes[b + 9])), Double(Int(bytes[b + 10]) << 8 | Int(bytes[b + 11])))
        guard x > 0, y > 0 else { return }
        switch bytes[b + 7] {
        case 1: jfifDPI = Resolution(x: x, y: y)
        case 2: jfifDPI = Resolution(x: x * 2.54, y: y * 2.54)
        default: break
        }
    }

    /// Three components are RGB, not YCbCr, where an Adobe segment says so or, without JFIF, the components are
    /// called R, G and B: the rule libjpeg follows.
    var isRGB: Bool {
        guard components.count == 3, !hasJFIF else { return false }
        if let adobeTransform { return adobeTransform == 0 }
        return components == Array("RGB".utf8)
    }

    var mode: ColourMode { components.count == 1 ? .grey : .colour }
}
