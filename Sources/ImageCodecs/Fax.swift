internal import CTIFF
internal import DossierModel

/// CCITT coding (ITU-T T.4, T.6) through libtiff on a file in memory.
enum Fax {
    /// One group 4 strip.
    static func coded(_ raster: Raster, origin: PageImage.Origin) throws(DossierError) -> CodedImage {
        let bytes = try strip(raster)
        let size = PixelSize(width: raster.width, height: raster.height)
        return .fax(bytes, size: size, k: -1, blackIs1: false, byteAlign: false, origin: origin)
    }

    private static func strip(_ raster: Raster) throws(DossierError) -> [UInt8] {
        let memory = MemoryFile()
        let tiff = try TIFFHandle(memory: memory, mode: "wl")
        TIFFTags.describe(raster, to: tiff)
        tiff.setShort(TIFFTAG_COMPRESSION, Int(COMPRESSION_CCITTFAX4))
        tiff.set(TIFFTAG_ROWSPERSTRIP, raster.height)
        var rows = raster.bytes
        guard unsafe TIFFWriteEncodedStrip(tiff.raw, 0, &rows, Int64(rows.count)) > 0, unsafe TIFFFlushData(tiff.raw) == 1 else {
            throw tiff.error(.library, "libtiff cannot code the image; free some memory")
        }
        // The strip begins right after the 8-byte header (TIFF 6.0 §2); the directory is not written yet.
        return Array(memory.bytes.dropFirst(8))
    }

    /// How a strip is coded.
    struct Coding {
        /// ISO 32000-1 table 11: negative is group 4, 0 group 3 one-dimensional, positive mixed.
        var k: Int
        /// A coded black run stands for sample 1.
        var blackIs1 = false
    }

    struct Decoded {
        let raster: Raster
        let damage: [Range<Int>]
        let message: String
    }

    /// - Parameter size: the width must be that of the coded rows.
    /// #### Errors
    /// `damaged` when no row can be decoded.
    static func decode(_ bytes: [UInt8], size: PixelSize, coding: Coding) throws(DossierError) -> Decoded {
        let memory = MemoryFile(reading: wrapped(bytes, size: size, coding: coding))
        let tiff = try TIFFHandle(memory: memory, mode: "rm")
        let reader = TIFFRows(size: size, bytesPerRow: (size.width + 7) / 8, planes: 1, fileSize: memory.count)
        let result = try reader.read(tiff, path: nil)
        var raster = Raster(width: size.width, height: size.height, mode: .bitonal, bytes: result.bytes)
        raster.clearSpareBits()
        return Decoded(raster: raster, damage: result.damage, message: result.message)
    }

    /// A minimal little-endian TIFF around one strip (TIFF 6.0 §2, §10, §11), MinIsWhite so that ones are black.
    private static func wrapped(_ bytes: [UInt8], size: PixelSize, coding: Coding) -> [UInt8] {
        let isGroup4 = coding.k < 0
        let fields: [(tag: Int, type: Int, value: Int)] = [
            (256, 4, size.width), (257, 4, size.height), (258, 3, 1), (259, 3, isGroup4 ? 4 : 3), (262, 3, 0),
            (266, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, size.height), (279, 4, bytes.count),
            (isGroup4 ? 293 : 292, 4, coding.k > 0 ? 1 : 0),
        ]
        var file: [UInt8] = [0x49, 0x49, 42, 0]
        func put(_ value: Int, _ count: Int) { for i in 0..<count { file.append(UInt8(truncatingIfNeeded: value >> (8 * i))) } }
        let padded = (bytes.count + 1) / 2 * 2
        put(8 + padded, 4)
        file += bytes
        if padded > bytes.count { file.append(0) }
        put(fields.count, 2)
        for field in fields {
            put(field.tag, 2)
            put(field.type, 2)
            put(1, 4)
            put(field.value, 4)
        }
        put(0, 4)
        return file
    }
}

extension CodedImage {
    static func fax(
        _ bytes: [UInt8], size: PixelSize, k: Int, blackIs1: Bool, byteAlign: Bool, endOfLine: Bool = false,
        endOfBlock: Bool = true, decode: String? = nil, origin: PageImage.Origin
    ) -> CodedImage {
        var parms = "<< /K \(k) /Columns \(size.width) /Rows \(size.height) /BlackIs1 \(blackIs1)"
        if byteAlign { parms += " /EncodedByteAlign true" }
        if endOfLine { parms += " /EndOfLine true" }
        if !endOfBlock { parms += " /EndOfBlock false" }
        return .single(
            bytes, size: size, mode: .bitonal, filter: "CCITTFaxDecode", decodeParms: parms + " >>", colourSpace: "/DeviceGray",
            bits: 1, decode: decode, origin: origin)
    }
}

/// A file in memory for libtiff.
@safe final class MemoryFile {
    let raw: UnsafeMutablePointer<ctiff_memory>
    private let lent: UnsafeMutableBufferPointer<UInt8>?

    /// Empty, for writing.
    init() {
        unsafe raw = .allocate(capacity: 1)
        unsafe raw.initialize(to: ctiff_memory())
        unsafe lent = nil
    }

    init(reading bytes: [UInt8]) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        unsafe _ = copy.initialize(from: bytes)
        unsafe raw = .allocate(capacity: 1)
        unsafe raw.initialize(to: ctiff_memory(bytes: copy.baseAddress, size: bytes.count, capacity: 0, position: 0))
        unsafe lent = copy
    }

    deinit {
        if let lent = unsafe lent { unsafe lent.deallocate() } else { unsafe free(raw.pointee.bytes) }
        unsafe raw.deallocate()
    }

    var count: Int { unsafe raw.pointee.size }
    var bytes: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: raw.pointee.bytes, count: raw.pointee.size)) }
}
