/// The rows of a bitmap with white around them, so that the neighbours of every pixel can be fetched without a test.
@safe final class BitmapRows {
    /// An adaptive pixel reaches 128 pixels to each side (ITU-T T.88 §6.2.5.4), and pixels are fetched 64 at a time.
    private static let margin = 24

    let width: Int
    let height: Int
    private let stride: Int
    private let memory: UnsafeMutablePointer<UInt8>

    /// - Parameters:
    ///   - bytes: Rows of `(width + 7) / 8` bytes, most significant bit first. Spare bits are ignored.
    ///   - blackIs1: Whether a one is black.
    init(width: Int, height: Int, bytes: [UInt8], blackIs1: Bool) {
        self.width = width
        self.height = height
        let perRow = (width + 7) / 8
        stride = (perRow + 2 * Self.margin + 7) / 8 * 8
        // One white row first, which stands for all above the bitmap.
        unsafe memory = .allocate(capacity: (height + 1) * stride)
        unsafe memory.initialize(repeating: 0, count: (height + 1) * stride)
        let spare = UInt8(truncatingIfNeeded: 0xFF &<< (perRow * 8 - width))
        unsafe bytes.withUnsafeBufferPointer { bytes in
            for y in 0..<height {
                let row = unsafe memory + (y + 1) * stride + Self.margin
                unsafe row.update(from: bytes.baseAddress! + y * perRow, count: perRow)
                if !blackIs1 { for i in 0..<perRow { unsafe row[i] = ~row[i] } }
                unsafe row[perRow - 1] &= spare
            }
        }
    }

    deinit { unsafe memory.deallocate() }

    /// The bytes of a row from pixel 0 on; a white row for a negative number.
    @inline(__always)
    private func row(_ y: Int) -> UnsafePointer<UInt8> {
        unsafe UnsafePointer(memory + (max(y, -1) &+ 1) &* stride + Self.margin)
    }

    /// The 64 pixels that begin 8 before `x`, a multiple of 8; the first in the highest bit.
    @inline(__always)
    func around(_ x: Int, _ y: Int) -> UInt64 { unsafe word(row(y) + (x &>> 3 &- 1)) }

    /// The 57 pixels or more that begin at `x`, at most 128 outside; the first in the highest bit.
    @inline(__always)
    func from(_ x: Int, _ y: Int) -> UInt64 { unsafe word(row(y) + (x >> 3)) &<< UInt64(truncatingIfNeeded: x & 7) }

    /// Whether a row is the same as the one above it.
    @inline(__always)
    func repeats(_ y: Int) -> Bool { unsafe equal(row(y), row(y &- 1)) }

    @inline(__always)
    private func equal(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>) -> Bool {
        // The margin right of a row is white in both.
        var at = 0
        while at &* 8 < width {
            if unsafe word(one + at) != word(other + at) { return false }
            at &+= 8
        }
        return true
    }
}

@inline(__always)
private func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    unsafe UInt64(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
}
