/// A page as PDF carries it, and how it was coded.
public struct JBIG2Stream: Sendable {
    /// The body of a stream with `/Filter /JBIG2Decode` and no parameters, for an image of one bit per component in
    /// `/DeviceGray` (ISO 32000-1 §7.4.7): page information and one immediate lossless generic region.
    public let bytes: [UInt8]
    public let parameters: GenericParameters
}

/// Lossless JBIG2 (ITU-T T.88 | ISO/IEC 14492) of one page as a generic region. Symbols are never matched, so that no
/// character can take another's place.
public enum JBIG2Encoder {
    /// How long parameters are looked for.
    public enum Choice: Sendable {
        /// As long as it makes a page smaller.
        case smallest
        /// Half as long, on half of the sample.
        case quick
        /// Not at all: for a bitmap of large squares.
        case none
    }

    /// Codes a bitmap as small as the choice below finds: the same bitmap always gives the same bytes.
    ///
    /// - Parameters:
    ///   - rows: `height` rows of `(width + 7) / 8` bytes, most significant bit first; spare bits are ignored.
    ///   - blackIs1: Whether a one is black, as in PBM.
    /// - Precondition: Both sides are 1…2³¹ − 1, and `rows` has exactly the bytes of the rows.
    public static func encode(width: Int, height: Int, rows: [UInt8], blackIs1: Bool = true, _ choice: Choice = .smallest) -> JBIG2Stream {
        guard choice != .none else { return encode(width: width, height: height, rows: rows, blackIs1: blackIs1, GenericParameters(.ten, usesTypicalPrediction: true)) }
        return ParameterChoice(bitmap(width, height, rows, blackIs1), isQuick: choice == .quick).smallest()
    }

    /// Codes a bitmap with given parameters; everything else as above.
    public static func encode(
        width: Int, height: Int, rows: [UInt8], blackIs1: Bool = true, _ parameters: GenericParameters
    ) -> JBIG2Stream {
        let bitmap = bitmap(width, height, rows, blackIs1)
        return JBIG2Stream(bitmap, parameters, limit: .max)!
    }

    private static func bitmap(_ width: Int, _ height: Int, _ rows: [UInt8], _ blackIs1: Bool) -> BitmapRows {
        precondition((1...Int(Int32.max)).contains(width) && (1...Int(Int32.max)).contains(height), "a bitmap has at least one pixel")
        precondition(rows.count == (width + 7) / 8 * height, "the bytes do not fit the bitmap's size")
        return BitmapRows(width: width, height: height, bytes: rows, blackIs1: blackIs1)
    }
}

extension JBIG2Stream {
    /// nil when it would have more bytes than `limit`.
    init?(_ bitmap: BitmapRows, _ parameters: GenericParameters, limit: Int) {
        guard let coded = GenericRegionCoder.coded(bitmap, parameters, limit: limit) else { return nil }
        bytes = EmbeddedStream.bytes(width: bitmap.width, height: bitmap.height, parameters, coded: coded)
        self.parameters = parameters
    }
}
