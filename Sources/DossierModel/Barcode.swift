/// A machine-readable mark on a page.
public struct Barcode: Hashable, Sendable, Codable {
    public enum Symbology: String, Codable, Sendable, CaseIterable {
        /// ISO/IEC 18004.
        case qr
        /// ISO/IEC 16388.
        case code39
        /// ISO/IEC 15417.
        case code128
        /// Four wide and narrow bars across a sheet (Kodak A-61599).
        case patch
    }

    public var symbology: Symbology
    /// As read; of a patch code its name: `1`, `2`, `3`, `4`, `6` or `T`.
    public var payload: String
    /// Pixels of the source image.
    public var box: PixelRect
    /// The turn that makes the code upright, clockwise.
    public var turn: QuarterTurn
    /// How sure the reading is, 0…1.
    public var score: Double

    public init(symbology: Symbology, payload: String, box: PixelRect, turn: QuarterTurn, score: Double) {
        self.symbology = symbology
        self.payload = payload
        self.box = box
        self.turn = turn
        self.score = score
    }
}

/// Every code on a page, and what looks like one and could not be read.
public struct BarcodeReading: Hashable, Sendable, Codable {
    public var codes: [Barcode]
    /// Bars that no symbology explains, pixels of the source image.
    public var unread: [PixelRect]

    public static let nothing = BarcodeReading(codes: [], unread: [])

    public init(codes: [Barcode], unread: [PixelRect]) {
        self.codes = codes
        self.unread = unread
    }
}
