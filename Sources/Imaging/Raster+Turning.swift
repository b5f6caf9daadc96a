internal import CLeptonica
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
        let (width, height) = (width, height)
        return unsafe transposed { source, target, x, y in
            let to = clockwise ? x * height + (height - 1 - y) : (width - 1 - x) * height + y
            unsafe target[to] = source[y * width + x]
        }
    }

    private func quarterTurnedColour(clockwise: Bool) -> Raster {
        let (width, height) = (width, height)
        return unsafe transposed { source, target, x, y in
            let from = 3 * (y * width + x)
            let to = 3 * (clockwise ? x * height + (height - 1 - y) : (width - 1 - x) * height + y)
            unsafe target[to] = source[from]
            unsafe target[to + 1] = source[from + 1]
            unsafe target[to + 2] = source[from + 2]
        }
    }

    /// A raster with exchanged sides, filled by calling `move` for every source pixel, tile by tile.
    @inline(__always)
    private func transposed(
        _ move: (_ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>, _ x: Int, _ y: Int) -> Void
    ) -> Raster {
        let (width, height, count) = (width, height, bytes.count)
        let turned = unsafe [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            unsafe bytes.withUnsafeBufferPointer { source in
                for top in stride(from: 0, to: height, by: Self.tile) {
                    for left in stride(from: 0, to: width, by: Self.tile) {
                        for x in left..<min(left + Self.tile, width) {
                            for y in top..<min(top + Self.tile, height) {
                                unsafe move(source.baseAddress!, target.baseAddress!, x, y)
                            }
                        }
                    }
                }
            }
            filled = count
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
