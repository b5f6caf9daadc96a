internal import CLeptonica
internal import DossierModel

/// Sole owner of one Leptonica image; freed when it goes out of scope.
///
/// Leptonica's reference count is not atomic (`pixChangeRefcount` is a plain `+=`), so a `Pix` is never cloned
/// and never crosses a thread: whoever holds it is the only one.
@safe
struct Pix: ~Copyable {
    /// Leptonica writes warnings to stderr, which belongs to progress; 6 is `L_SEVERITY_NONE`.
    private static let silenced: Void = { _ = setMsgSeverity(Int32(L_SEVERITY_NONE)) }()

    let handle: UnsafeMutablePointer<CLeptonica.Pix>

    var width: Int { unsafe Int(pixGetWidth(handle)) }
    var height: Int { unsafe Int(pixGetHeight(handle)) }
    var depth: Int { unsafe Int(pixGetDepth(handle)) }

    /// Takes over what a Leptonica call returned. The one place where a failed call is dealt with:
    /// with valid arguments only an exhausted memory makes one fail, and a worker cannot go on from that.
    init(takingOwnership result: UnsafeMutablePointer<CLeptonica.Pix>?, of call: StaticString) {
        guard let result = unsafe result else { fatalError("Leptonica \(call) failed: not enough memory for the image") }
        unsafe handle = result
    }

    /// An image with undefined pixels.
    init(width: Int, height: Int, depth: Int) {
        _ = Self.silenced
        unsafe self.init(
            takingOwnership: pixCreateNoInit(Int32(width), Int32(height), Int32(depth)), of: "pixCreateNoInit")
    }

    deinit {
        var handle: UnsafeMutablePointer<CLeptonica.Pix>? = unsafe handle
        unsafe pixDestroy(&handle)
    }

    /// The rows, each `wordsPerRow` words; pixels fill a word from its most significant end.
    func withWords<R>(_ body: (UnsafeMutableBufferPointer<UInt32>, _ wordsPerRow: Int) -> R) -> R {
        let wordsPerRow = unsafe Int(pixGetWpl(handle))
        let words = unsafe UnsafeMutableBufferPointer(start: pixGetData(handle), count: wordsPerRow * height)
        return unsafe body(words, wordsPerRow)
    }
}

/// Between the Netpbm layout of `Raster` and Leptonica's words.
extension Pix {
    /// Copies a raster: bitonal to 1 bit (both have 1 for black), grey to 8, colour to 32 bits per pixel (R G B from the top).
    init(_ raster: borrowing Raster) {
        let depth = raster.mode == .bitonal ? 1 : raster.mode == .grey ? 8 : 32
        self.init(width: raster.width, height: raster.height, depth: depth)
        let (rowBytes, colour) = (raster.bytesPerRow, raster.mode == .colour)
        unsafe withWords { words, wordsPerRow in
            unsafe raster.bytes.withUnsafeBufferPointer { bytes in
                for y in 0..<raster.height {
                    let row = unsafe UnsafeBufferPointer(rebasing: bytes[y * rowBytes..<(y + 1) * rowBytes])
                    let target = unsafe UnsafeMutableBufferPointer(rebasing: words[y * wordsPerRow..<(y + 1) * wordsPerRow])
                    unsafe colour ? Self.packColour(row, into: target) : Self.packBytes(row, into: target)
                }
            }
        }
    }

    private static func packBytes(_ row: UnsafeBufferPointer<UInt8>, into words: UnsafeMutableBufferPointer<UInt32>) {
        let whole = row.count / 4
        for i in 0..<whole {
            unsafe words[i] = UInt32(bigEndian: UnsafeRawPointer(row.baseAddress!).loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
        }
        guard whole < words.count else { return }
        var last: UInt32 = 0
        for i in 4 * whole..<row.count { unsafe last |= UInt32(row[i]) << UInt32(24 - 8 * (i & 3)) }
        unsafe words[whole] = last
    }

    private static func packColour(_ row: UnsafeBufferPointer<UInt8>, into words: UnsafeMutableBufferPointer<UInt32>) {
        for x in 0..<words.count {
            unsafe words[x] = UInt32(row[3 * x]) << 24 | UInt32(row[3 * x + 1]) << 16 | UInt32(row[3 * x + 2]) << 8
        }
    }

    /// Copies the pixels back. Spare bits of a bitonal row come out 0, as `Raster` promises.
    var raster: Raster {
        let mode: ColourMode = depth == 1 ? .bitonal : depth == 8 ? .grey : .colour
        let (width, height) = (width, height)
        let rowBytes = Raster.bytesPerRow(width: width, mode: mode)
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: rowBytes * height) { bytes, count in
            unsafe withWords { words, wordsPerRow in
                for y in 0..<height {
                    let source = unsafe UnsafeBufferPointer(rebasing: words[y * wordsPerRow..<(y + 1) * wordsPerRow])
                    let row = unsafe UnsafeMutableBufferPointer(rebasing: bytes[y * rowBytes..<(y + 1) * rowBytes])
                    unsafe mode == .colour ? Self.unpackColour(source, into: row) : Self.unpackBytes(source, into: row)
                    if mode == .bitonal, width & 7 != 0 { unsafe row[rowBytes - 1] &= UInt8(truncatingIfNeeded: 0xFF00 >> (width & 7)) }
                }
            }
            count = rowBytes * height
        }
        return Raster(width: width, height: height, mode: mode, bytes: bytes)
    }

    private static func unpackBytes(_ words: UnsafeBufferPointer<UInt32>, into row: UnsafeMutableBufferPointer<UInt8>) {
        let whole = row.count / 4
        for i in 0..<whole {
            unsafe UnsafeMutableRawPointer(row.baseAddress!).storeBytes(of: words[i].bigEndian, toByteOffset: 4 * i, as: UInt32.self)
        }
        for i in 4 * whole..<row.count { unsafe row[i] = UInt8(truncatingIfNeeded: words[whole] >> UInt32(24 - 8 * (i & 3))) }
    }

    private static func unpackColour(_ words: UnsafeBufferPointer<UInt32>, into row: UnsafeMutableBufferPointer<UInt8>) {
        for x in 0..<words.count {
            let word = unsafe words[x]
            unsafe row[3 * x] = UInt8(truncatingIfNeeded: word >> 24)
            unsafe row[3 * x + 1] = UInt8(truncatingIfNeeded: word >> 16)
            unsafe row[3 * x + 2] = UInt8(truncatingIfNeeded: word >> 8)
        }
    }
}

/// The Leptonica operations this room uses.
extension Pix {
    /// 1 bit: clockwise by a quarter.
    func quarterTurned(clockwise: Bool) -> Pix {
        unsafe Pix(takingOwnership: pixRotate90(handle, clockwise ? 1 : -1), of: "pixRotate90")
    }

    /// Each output pixel is the average of the source area it covers.
    func areaMapped(by factor: Float) -> Pix {
        unsafe Pix(takingOwnership: pixScaleAreaMap(handle, factor, factor), of: "pixScaleAreaMap")
    }

    /// Linear interpolation; 1 bit is first made grey.
    func interpolated(by factor: Float) -> Pix {
        unsafe Pix(takingOwnership: pixScaleLI(handle, factor, factor), of: "pixScaleLI")
    }

    /// 8 bit: the median of the square around each pixel.
    func medianFiltered(side: Int) -> Pix {
        unsafe Pix(takingOwnership: pixMedianFilter(handle, Int32(side), Int32(side)), of: "pixMedianFilter")
    }

    /// 1 bit: keeps what a black rectangle of about this size fits into (composite elements: sizes of few factors are exact).
    func opened(width: Int, height: Int) -> Pix {
        unsafe Pix(takingOwnership: pixOpenCompBrick(nil, handle, Int32(width), Int32(height)), of: "pixOpenCompBrick")
    }

    /// 1 bit: grows everything black by about half of the rectangle on each side.
    func dilated(width: Int, height: Int) -> Pix {
        unsafe Pix(takingOwnership: pixDilateCompBrick(nil, handle, Int32(width), Int32(height)), of: "pixDilateCompBrick")
    }

    /// 1 bit: takes away what is black in `mask`.
    func subtract(_ mask: borrowing Pix) {
        _ = unsafe pixSubtract(handle, handle, mask.handle)
    }

    var isEmpty: Bool {
        var empty: Int32 = 0
        _ = unsafe pixZero(handle, &empty)
        return empty != 0
    }
}
