public import DossierModel

extension Raster {
    /// The raster turned clockwise by a multiple of 90°. Exact in every mode: four quarters give the first raster back.
    public func turned(_ turn: QuarterTurn) -> Raster {
        switch (turn, mode) {
        case (.none, _): self
        case (.half, .bitonal): bitsReversed().rowsReversed()
        case (.half, _): pixelsReversed(flippingRows: true)
        case (_, .bitonal): Pix(self).quarterTurned(clockwise: turn == .clockwise90).raster
        case (_, .grey): quarterTurnedGrey(clockwise: turn == .clockwise90)
        case (_, .colour): quarterTurnedColour(clockwise: turn == .clockwise90)
        }
    }

    /// Left and right exchanged. Exact in every mode.
    public func mirrored() -> Raster {
        mode == .bitonal ? bitsReversed() : pixelsReversed(flippingRows: false)
    }

    /// Tiles keep both the rows read and the rows written in the first-level cache.
    private static var tile: Int { 32 }

    private func quarterTurnedGrey(clockwise: Bool) -> Raster {
        let step = clockwise ? -width : width
        return unsafe quarterTurned(clockwise: clockwise, bytesPerPixel: 1) { source, target, count in
            for i in 0..<count { unsafe target[i] = source[i &* step] }
        }
    }

    /// Pixels are moved four bytes at a time; the fourth is overwritten by the next pixel, and the last goes by itself.
    /// Upwards (clockwise) the spare byte is read before the pixel, downwards behind it: never outside the raster.
    private func quarterTurnedColour(clockwise: Bool) -> Raster {
        let step = 3 * (clockwise ? -width : width)
        let (lead, drop) = clockwise ? (1, UInt32(8)) : (0, 0)
        return unsafe quarterTurned(clockwise: clockwise, bytesPerPixel: 3) { source, target, count in
            let (from, to) = unsafe (UnsafeRawPointer(source) - lead, UnsafeMutableRawPointer(target))
            for i in 0..<count &- 1 {
                let four = unsafe UInt32(littleEndian: from.loadUnaligned(fromByteOffset: i &* step, as: UInt32.self))
                unsafe to.storeBytes(of: (four >> drop).littleEndian, toByteOffset: 3 &* i, as: UInt32.self)
            }
            let last = count &- 1
            for c in 0..<3 { unsafe target[3 &* last &+ c] = source[last &* step &+ c] }
        }
    }

    /// A raster with exchanged sides, filled tile by tile: `move` gathers `count` pixels of one source column, upwards when
    /// clockwise, downwards otherwise, into a piece of a target row.
    @inline(__always)
    private func quarterTurned(
        clockwise: Bool, bytesPerPixel step: Int,
        _ move: (_ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Void
    ) -> Raster {
        let (width, height, size) = (width, height, bytes.count)
        let turned = unsafe [UInt8](unsafeUninitializedCapacity: size) { target, filled in
            unsafe bytes.withUnsafeBufferPointer { source in
                for top in stride(from: 0, to: height, by: Self.tile) {
                    let bottom = min(top + Self.tile, height)
                    for x in 0..<width {
                        let from = (clockwise ? bottom - 1 : top) * width + x
                        let to = clockwise ? x * height + height - bottom : (width - 1 - x) * height + top
                        unsafe move(source.baseAddress! + from * step, target.baseAddress! + to * step, bottom - top)
                    }
                }
            }
            filled = size
        }
        return Raster(width: height, height: width, mode: mode, bytes: turned)
    }

    /// Every row backwards; with `flippingRows` the rows in reverse order too. Grey and colour.
    private func pixelsReversed(flippingRows: Bool) -> Raster {
        let (width, height, step, count) = (width, height, mode == .colour ? 3 : 1, bytes.count)
        let reversed = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            unsafe bytes.withUnsafeBufferPointer { source in
                for y in 0..<height {
                    let from = y * width * step
                    let end = ((flippingRows ? height - 1 - y : y) * width + width - 1) * step
                    for x in 0..<width {
                        for c in 0..<step { unsafe target[end - x * step + c] = source[from + x * step + c] }
                    }
                }
            }
            filled = count
        }
        return Raster(width: width, height: height, mode: mode, bytes: reversed)
    }

    private func bitsReversed() -> Raster {
        let row = bytesPerRow
        var result = self
        let spare = UInt16(row * 8 - width)
        for start in stride(from: 0, to: bytes.count, by: row) {
            // Reversed, the spare bits lead; the row moves left by as many.
            for i in 0..<row {
                let here = UInt16(Self.reversedBits[Int(bytes[start + row - 1 - i])])
                let next = i + 1 < row ? UInt16(Self.reversedBits[Int(bytes[start + row - 2 - i])]) : 0
                result.bytes[start + i] = UInt8(truncatingIfNeeded: ((here << 8 | next) << spare) >> 8)
            }
        }
        return result
    }

    private func rowsReversed() -> Raster {
        let row = bytesPerRow
        var result = self
        result.bytes.removeAll(keepingCapacity: true)
        for y in (0..<height).reversed() { result.bytes += bytes[y * row..<(y + 1) * row] }
        return result
    }

    private static let reversedBits: [UInt8] = (0..<256).map { byte in
        (0..<8).reduce(0) { $0 | (UInt8(byte) >> $1 & 1) << (7 - $1) }
    }
}
