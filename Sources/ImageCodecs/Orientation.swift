internal import DossierModel

/// The eight ways a picture may lie in a file (TIFF 6.0 tag 274; EXIF 2.32, CIPA DC-008 §4.6.4 A, tag 0x0112), split into
/// a mirroring about the vertical axis, done first, and a clockwise turn.
struct Orientation: Equatable {
    var isMirrored = false
    var turn = QuarterTurn.none

    static let upright = Orientation()

    /// Values outside 1…8 count as 1.
    init(tag: Int) {
        isMirrored = [2, 4, 5, 7].contains(tag)
        turn =
            switch tag {
            case 3, 4: .half
            case 6, 7: .clockwise90
            case 5, 8: .clockwise270
            default: .none
            }
    }

    init() {}
}

extension Raster {
    /// Left and right exchanged.
    func mirrored() -> Raster {
        switch mode {
        case .bitonal: mirroredBits()
        case .grey: mirroredBytes(per: 1)
        case .colour: mirroredBytes(per: 3)
        }
    }

    private func mirroredBytes(per pixel: Int) -> Raster {
        var result = bytes
        for row in 0..<height {
            let start = row * bytesPerRow
            for x in 0..<width {
                let from = start + x * pixel, to = start + (width - 1 - x) * pixel
                for component in 0..<pixel { result[to + component] = bytes[from + component] }
            }
        }
        return Raster(width: width, height: height, mode: mode, bytes: result)
    }

    private func mirroredBits() -> Raster {
        var result = [UInt8](repeating: 0, count: bytes.count)
        for row in 0..<height {
            let start = row * bytesPerRow
            for x in 0..<width where bytes[start + x >> 3] & (0x80 >> (x & 7)) != 0 {
                let target = width - 1 - x
                result[start + target >> 3] |= 0x80 >> UInt8(target & 7)
            }
        }
        return Raster(width: width, height: height, mode: mode, bytes: result)
    }
}
