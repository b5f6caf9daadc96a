public import DossierModel

extension Raster {
    /// Grey by luminance (ITU-R BT.601-7 §2.5.1: 0.299 R + 0.587 G + 0.114 B); bitonal becomes 0 and 255. Grey stays as it is.
    public func greyed() -> Raster {
        switch mode {
        case .grey: self
        case .bitonal: Raster(width: width, height: height, mode: .grey, bytes: expandedBits())
        case .colour:
            mappedColour { r, g, b in
                UInt8(truncatingIfNeeded: (UInt32(r) &* 19595 &+ UInt32(g) &* 38470 &+ UInt32(b) &* 7471 &+ 32768) >> 16)
            }
        }
    }

    /// What OCR should see, never what people see: grey, with the red ink of seals and fingerprints dropped.
    ///
    /// A colour page gives its red channel, in which paper and red ink are light while black, blue and pencil strokes stay
    /// dark; what redness is left over lifts the value towards the paper, so black text under a seal stands alone.
    /// Bitonal and grey pages give their grey unchanged.
    ///
    /// Text that is itself printed in red (a letterhead, 红头) drops out with the seals; `forRecognition(dpi:)` keeps it.
    public func forRecognition() -> Raster {
        guard mode == .colour else { return greyed() }
        return mappedColour { r, g, b in
            let redness = max(0, Int16(r) &- Int16(max(g, b)))
            return UInt8(truncatingIfNeeded: min(255, Int16(r) &+ (redness &* 7) >> 4))
        }
    }

    /// Only the red ink, dark on white, grey: letterheads printed in red, seal legends, fingerprints.
    ///
    /// Black and blue strokes and the paper come out white. A page without colour comes out white.
    public func redInk() -> Raster {
        guard mode == .colour else { return Raster(whiteWidth: width, height: height, mode: .grey) }
        return mappedColour { r, g, b in
            let redness = max(0, Int32(r) &- Int32(max(g, b)) &- 16)
            return UInt8(truncatingIfNeeded: max(0, 255 &- redness &* 2))
        }
    }

    /// Only the blue ink, dark on white, grey: seals, pens. Black and red strokes and the paper come out white, as does a page
    /// without colour. Blue pastes are duller than red ones: half as far again from white.
    public func blueInk() -> Raster {
        guard mode == .colour else { return Raster(whiteWidth: width, height: height, mode: .grey) }
        let paper = blueTint
        return mappedColour { r, g, b in UInt8(truncatingIfNeeded: max(0, 255 &- max(0, Self.blueness(r, g, b) &- paper &- 16) &* 3)) }
    }

    /// Blueness of the paper, −255…255, below 0 for yellowed sheets: the median of one pixel in 64.
    var blueTint: Int32 {
        var counts = [Int](repeating: 0, count: 511)
        forEachSample { counts[Int(Self.blueness($0, $1, $2)) + 255] += 1 }
        var rest = counts.reduce(0, +) / 2
        return Int32((counts.firstIndex { rest -= $0; return rest < 0 } ?? 255) - 255)
    }

    /// Every eighth pixel of every eighth row of a page in colour.
    func forEachSample(_ body: (_ r: UInt8, _ g: UInt8, _ b: UInt8) -> Void) {
        for y in stride(from: 0, to: height, by: 8) {
            for at in stride(from: 3 * y * width, to: 3 * (y + 1) * width, by: 24) { body(bytes[at], bytes[at + 1], bytes[at + 2]) }
        }
    }

    /// How much bluer than anything else, −255…255.
    @inline(__always)
    static func blueness(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> Int32 { Int32(b) &- Int32(max(r, g)) }

    /// The blue channel, in which paper is light and blue ink lighter than black; what it is bluer than the paper lifts it towards that.
    @inline(__always)
    static func withoutBlue(_ r: UInt8, _ g: UInt8, _ b: UInt8, paper: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: min(255, Int32(b) &+ (max(0, blueness(r, g, b) &- paper) &* 3) >> 2))
    }

    @inline(__always)
    private func mappedColour(_ value: (_ r: UInt8, _ g: UInt8, _ b: UInt8) -> UInt8) -> Raster {
        let count = width * height
        let grey = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            unsafe bytes.withUnsafeBufferPointer { source in
                let (from, to) = (source.baseAddress!, target.baseAddress!)
                for i in 0..<count {
                    unsafe to[i] = value(from[3 &* i], from[3 &* i &+ 1], from[3 &* i &+ 2])
                }
            }
            filled = count
        }
        return Raster(width: width, height: height, mode: .grey, bytes: grey)
    }

    private func expandedBits() -> [UInt8] {
        let (width, height, row) = (width, height, bytesPerRow)
        return unsafe [UInt8](unsafeUninitializedCapacity: width * height) { target, filled in
            unsafe bytes.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    let bits = unsafe UnsafeBufferPointer(rebasing: source[y * row..<(y + 1) * row])
                    let grey = unsafe UnsafeMutableBufferPointer(rebasing: target[y * width..<(y + 1) * width])
                    unsafe BitExpansion.expand(bits, into: grey)
                }
            }
            filled = width * height
        }
    }
}

/// Eight bits to eight bytes at a time.
enum BitExpansion {
    /// For each byte its pixels as grey, in memory order: 1 → 0 (black), 0 → 255.
    private static let pixels: [UInt64] = (0..<256).map { (byte: Int) -> UInt64 in
        var word: UInt64 = 0
        for bit in 0..<8 where byte >> (7 - bit) & 1 == 0 { word |= UInt64(0xFF) << UInt64(8 * bit) }
        return word.littleEndian
    }

    static func expand(_ bits: UnsafeBufferPointer<UInt8>, into row: UnsafeMutableBufferPointer<UInt8>) {
        let whole = row.count / 8
        unsafe pixels.withUnsafeBufferPointer { table in
            let target = UnsafeMutableRawPointer(row.baseAddress!)
            for i in 0..<whole {
                unsafe target.storeBytes(of: table[Int(bits[i])], toByteOffset: 8 * i, as: UInt64.self)
            }
        }
        for x in 8 * whole..<row.count { unsafe row[x] = bits[x >> 3] >> UInt8(7 - x & 7) & 1 == 1 ? 0 : 255 }
    }
}
