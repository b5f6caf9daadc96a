internal import DossierModel
internal import Hashing

/// Pixels as PDF packs them (ISO 32000-1 §8.9.3): rows padded to bytes, samples most significant bit first, 16-bit
/// samples big-endian, 0 black. Keeps what a raster cannot: palettes, 2 to 4 and 16 bits.
struct SampleImage {
    enum Space: Equatable {
        case grey, rgb
        /// R G B triples.
        case indexed([UInt8])

        var components: Int { self == .rgb ? 3 : 1 }
    }

    let width: Int
    let height: Int
    let bits: Int
    let space: Space
    /// `height × bytesPerRow` bytes.
    var bytes: [UInt8]

    var bytesPerRow: Int { Self.bytesPerRow(width: width, bits: bits, components: space.components) }
    var size: PixelSize { PixelSize(width: width, height: height) }

    static func bytesPerRow(width: Int, bits: Int, components: Int) -> Int { (width * bits * components + 7) / 8 }

    init(width: Int, height: Int, bits: Int, space: Space, bytes: [UInt8]) {
        self.width = width
        self.height = height
        self.bits = bits
        self.space = space
        self.bytes = bytes
        precondition(bytes.count == height * bytesPerRow, "samples do not fit their size")
    }

    /// A raster's own pixels. A bitonal one changes polarity: PDF's 0 is black.
    init(_ raster: Raster) {
        let bytes = raster.mode == .bitonal ? raster.bytes.map { ~$0 } : raster.bytes
        self.init(
            width: raster.width, height: raster.height, bits: raster.mode == .bitonal ? 1 : 8,
            space: raster.mode == .colour ? .rgb : .grey, bytes: bytes)
    }

    var mode: ColourMode {
        switch space {
        case .grey: bits == 1 ? .bitonal : .grey
        case .rgb: .colour
        case .indexed(let palette): bits == 1 && Self.isBlackAndWhite(palette) ? .bitonal : .colour
        }
    }

    private static func isBlackAndWhite(_ palette: [UInt8]) -> Bool {
        palette == [0, 0, 0, 255, 255, 255] || palette == [255, 255, 255, 0, 0, 0]
    }

    /// The pixels for display and recognition: 16 bits lose the low byte, 2 and 4 bits are spread over 0…255.
    func raster() -> Raster {
        switch (space, bits) {
        case (.grey, 1): bitonal(zeroIsBlack: true)
        case (.indexed(let palette), 1) where mode == .bitonal: bitonal(zeroIsBlack: palette[0] == 0)
        case (.grey, 8), (.rgb, 8): Raster(width: width, height: height, mode: mode, bytes: bytes)
        case (.grey, _), (.rgb, _): spread()
        case (.indexed(let palette), _): lookedUp(palette)
        }
    }

    private func bitonal(zeroIsBlack: Bool) -> Raster {
        var result = zeroIsBlack ? bytes.map { ~$0 } : bytes
        let spare = UInt8(truncatingIfNeeded: 0xFF << ((8 - width % 8) % 8))
        for end in stride(from: bytesPerRow - 1, to: result.count, by: bytesPerRow) { result[end] &= spare }
        return Raster(width: width, height: height, mode: .bitonal, bytes: result)
    }

    private func spread() -> Raster {
        let perRow = width * space.components
        var result = [UInt8](repeating: 0, count: height * perRow)
        let scale = bits < 8 ? 255 / ((1 << bits) - 1) : 1
        for row in 0..<height {
            forEachSample(ofRow: row, count: perRow) { index, value in
                result[row * perRow + index] = UInt8(truncatingIfNeeded: bits == 16 ? value >> 8 : value * scale)
            }
        }
        return Raster(width: width, height: height, mode: mode, bytes: result)
    }

    private func lookedUp(_ palette: [UInt8]) -> Raster {
        var result = [UInt8](repeating: 0, count: width * height * 3)
        let last = palette.count / 3 - 1
        for row in 0..<height {
            forEachSample(ofRow: row, count: width) { index, value in
                let from = min(value, last) * 3, to = (row * width + index) * 3
                for component in 0..<3 { result[to + component] = palette[from + component] }
            }
        }
        return Raster(width: width, height: height, mode: .colour, bytes: result)
    }

    @inline(__always)
    private func forEachSample(ofRow row: Int, count: Int, _ body: (Int, Int) -> Void) {
        let start = row * bytesPerRow
        switch bits {
        case 8: for i in 0..<count { body(i, Int(bytes[start + i])) }
        case 16: for i in 0..<count { body(i, Int(bytes[start + 2 * i]) << 8 | Int(bytes[start + 2 * i + 1])) }
        default:
            let mask = (1 << bits) - 1
            for i in 0..<count {
                let bit = i * bits
                body(i, Int(bytes[start + bit >> 3]) >> (8 - bits - bit & 7) & mask)
            }
        }
    }

    /// All of a component's values exchanged end for end.
    mutating func invert() {
        for i in bytes.indices { bytes[i] = ~bytes[i] }
    }

    /// In PDF syntax.
    var colourSpace: String {
        switch space {
        case .grey: "/DeviceGray"
        case .rgb: "/DeviceRGB"
        case .indexed(let palette): "[/Indexed /DeviceRGB \(palette.count / 3 - 1) <\(Hex.text(palette))>]"
        }
    }
}
