/// The arithmetic encoder of ITU-T T.88 annex E, with registers and names as there.
///
/// It lives in a local variable of the coding loop, so that its registers stay in those of the machine. The tables are
/// borrowed: whoever makes the encoder keeps them alive.
@safe struct MQEncoder {
    /// The most bytes 64 symbols can add: 15 bits each, a stuffed bit for every seven.
    static let mostPerBlock = 160

    private var a: UInt32 = 0x8000
    private var c: UInt32 = 0
    private var ct: Int32 = 12
    /// The byte still subject to a carry, as the standard's BP.
    private var bp: UnsafeMutablePointer<UInt8>
    private let states: UnsafeMutablePointer<UInt8>
    private let table: UnsafePointer<UInt32>

    /// - Parameters:
    ///   - output: Its first byte is a place before the data, and 0 (INITENC, figure E.10).
    ///   - states: One combined state for each context, all 0 at the start.
    ///   - table: `MQStates.packed`.
    init(output: UnsafeMutablePointer<UInt8>, states: UnsafeMutablePointer<UInt8>, table: UnsafePointer<UInt32>) {
        unsafe bp = output
        unsafe self.states = states
        unsafe self.table = table
    }

    /// Where the last byte stands that has left the registers.
    var position: UnsafeMutablePointer<UInt8> { unsafe bp }

    /// Goes on writing elsewhere, where everything up to the position has been copied.
    mutating func move(to position: UnsafeMutablePointer<UInt8>) { unsafe bp = position }

    /// ENCODE (figure E.3): one symbol, 0 or 1, in a context.
    @inline(__always)
    mutating func encode(_ symbol: UInt32, in context: Int) {
        let state = unsafe states[context]
        let entry = unsafe table[Int(state)]
        let qe = entry >> 16
        a &-= qe
        if UInt32(state & 1) == symbol {
            if a & 0x8000 != 0 {
                c &+= qe
                return
            }
            if a < qe { a = qe } else { c &+= qe }
            unsafe states[context] = UInt8(truncatingIfNeeded: entry >> 8)
        } else {
            if a < qe { c &+= qe } else { a = qe }
            unsafe states[context] = UInt8(truncatingIfNeeded: entry)
        }
        renormalise()
    }

    /// The same symbol many times in the same context, as `count` calls of `encode` would code it: as long as the
    /// interval needs no renormalisation, a more probable symbol only moves it by Qe (figure E.6), so that many of
    /// them are one multiplication.
    @inline(never)
    mutating func encode(_ symbol: UInt32, in context: Int, count: Int) {
        var left = count
        while left > 0 {
            let state = unsafe states[context]
            if UInt32(state & 1) == symbol {
                let qe = unsafe table[Int(state)] >> 16
                let steps = min(left, Int((a &- 0x8000) / qe))
                a &-= UInt32(truncatingIfNeeded: steps) &* qe
                c &+= UInt32(truncatingIfNeeded: steps) &* qe
                left &-= steps
                if left == 0 { return }
            }
            encode(symbol, in: context)
            left &-= 1
        }
    }

    /// RENORME (figure E.7), several shifts at a time.
    @inline(__always)
    private mutating func renormalise() {
        var shift = Int32(truncatingIfNeeded: a.leadingZeroBitCount) &- 16
        a &<<= UInt32(truncatingIfNeeded: shift)
        while shift >= ct {
            c &<<= UInt32(truncatingIfNeeded: ct)
            shift &-= ct
            byteOut()
        }
        c &<<= UInt32(truncatingIfNeeded: shift)
        ct &-= shift
    }

    /// BYTEOUT (figure E.8).
    @inline(__always)
    private mutating func byteOut() {
        if unsafe bp.pointee != 0xFF, c >= 0x800_0000 {
            unsafe bp.pointee &+= 1
            if unsafe bp.pointee == 0xFF { c &= 0x7FF_FFFF }
        }
        let isStuffed = unsafe bp.pointee == 0xFF
        unsafe bp += 1
        let bits: UInt32 = isStuffed ? 20 : 19
        unsafe bp.pointee = UInt8(truncatingIfNeeded: c &>> bits)
        c &= (1 &<< bits) &- 1
        ct = isStuffed ? 7 : 8
    }

    /// FLUSH (figure E.9) with the marker 0xFF 0xAC behind the data.
    ///
    /// - Returns: The place behind the last byte.
    mutating func flush() -> UnsafeMutablePointer<UInt8> {
        let highest = c &+ a
        c |= 0xFFFF
        if c >= highest { c &-= 0x8000 }
        c &<<= UInt32(truncatingIfNeeded: ct)
        byteOut()
        c &<<= UInt32(truncatingIfNeeded: ct)
        byteOut()
        if unsafe bp.pointee != 0xFF {
            unsafe bp += 1
            unsafe bp.pointee = 0xFF
        }
        unsafe bp[1] = 0xAC
        return unsafe bp + 2
    }
}
