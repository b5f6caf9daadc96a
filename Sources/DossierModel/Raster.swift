/// How the pixels of an image are stored.
public enum ColourMode: String, Codable, Sendable, CaseIterable {
    /// 1 bit per pixel.
    case bitonal
    /// 8 bits per pixel, 0 black.
    case grey
    /// 24 bits per pixel, R G B.
    case colour
}

/// A decoded image in memory.
///
/// Rows run top to bottom without padding beyond the last byte of a row:
/// - `bitonal`: 8 pixels per byte, most significant bit first, **1 is black** (as in PBM “P4”), spare bits of a row 0;
/// - `grey`: one byte per pixel, 0 black (PGM “P5”);
/// - `colour`: three bytes per pixel, R G B (PPM “P6”).
///
/// The layout is exactly the body of a raw Netpbm file, so that anybody can recompute a raster digest
/// with `tifftopnm | sha256sum`. The bytes are copied only on write.
public struct Raster: Sendable, Equatable {
    /// Pixels.
    public let width: Int
    /// Pixels.
    public let height: Int
    public let mode: ColourMode
    /// `height × bytesPerRow` bytes.
    public var bytes: [UInt8]

    public var bytesPerRow: Int { Self.bytesPerRow(width: width, mode: mode) }

    /// - Precondition: `bytes.count == height × bytesPerRow`, and both sides are at least 1 pixel.
    public init(width: Int, height: Int, mode: ColourMode, bytes: [UInt8]) {
        precondition(width > 0 && height > 0, "a raster has at least one pixel")
        precondition(bytes.count == height * Self.bytesPerRow(width: width, mode: mode), "raster bytes do not fit its size")
        self.width = width
        self.height = height
        self.mode = mode
        self.bytes = bytes
    }

    /// A white raster.
    public init(whiteWidth width: Int, height: Int, mode: ColourMode) {
        let white: UInt8 = mode == .bitonal ? 0 : 255
        self.init(
            width: width, height: height, mode: mode,
            bytes: [UInt8](repeating: white, count: height * Self.bytesPerRow(width: width, mode: mode)))
    }

    public static func bytesPerRow(width: Int, mode: ColourMode) -> Int {
        switch mode {
        case .bitonal: (width + 7) / 8
        case .grey: width
        case .colour: width * 3
        }
    }

    /// Makes the bits beyond the width of a bitonal raster 0, so that its digest says nothing but the picture.
    public mutating func clearSpareBits() {
        guard mode == .bitonal, width % 8 != 0 else { return }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - width % 8))
        for end in stride(from: bytesPerRow - 1, to: bytes.count, by: bytesPerRow) { bytes[end] &= mask }
    }

    /// The header that makes `header + bytes` a raw Netpbm file (netpbm formats pbm, pgm, ppm).
    public var netpbmHeader: String {
        switch mode {
        case .bitonal: "P4\n\(width) \(height)\n"
        case .grey: "P5\n\(width) \(height)\n255\n"
        case .colour: "P6\n\(width) \(height)\n255\n"
        }
    }
}
