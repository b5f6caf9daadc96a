/// The image of a page as it goes into the PDF: one or more coded parts stacked top to bottom.
///
/// A part's bytes are exactly the body of a PDF image stream. `width` × `height` describe the *source* frame;
/// turning and straightening happen in the page's transformation matrix, never in the pixels.
public struct PageImage: Hashable, Sendable, Codable {
    public struct Part: Hashable, Sendable, Codable {
        /// Pixels.
        public var width: Int
        public var height: Int
        /// The stream's filter, a PDF name without the slash: `DCTDecode`, `CCITTFaxDecode`, `FlateDecode`, `JPXDecode`, `JBIG2Decode`.
        public var filter: String
        /// The `/DecodeParms` dictionary in PDF syntax without indirect references, or nil: `<< /K -1 /Columns 2480 /Rows 3508 /BlackIs1 false >>`.
        public var decodeParms: String?
        /// A PDF colour space in PDF syntax without indirect references: `/DeviceGray`, `/DeviceRGB`, `[/Indexed /DeviceRGB 255 <…>]`. nil for JPX, which carries its own.
        public var colourSpace: String?
        /// 1, 2, 4, 8 or 16; nil for JPX.
        public var bitsPerComponent: Int?
        /// The `/Decode` array in PDF syntax, or nil for the default.
        public var decode: String?
        /// SHA-256 of the coded bytes.
        public var digest: SHA256Digest
        public var byteCount: Int
        /// `/JBIG2Globals` stream bytes, for that filter only.
        public var globals: SHA256Digest?

        public init(
            width: Int, height: Int, filter: String, decodeParms: String? = nil, colourSpace: String?,
            bitsPerComponent: Int?, decode: String? = nil, digest: SHA256Digest, byteCount: Int, globals: SHA256Digest? = nil
        ) {
            self.width = width
            self.height = height
            self.filter = filter
            self.decodeParms = decodeParms
            self.colourSpace = colourSpace
            self.bitsPerComponent = bitsPerComponent
            self.decode = decode
            self.digest = digest
            self.byteCount = byteCount
            self.globals = globals
        }
    }

    public enum Origin: String, Codable, Sendable {
        /// The scanner's own coded bytes, unchanged.
        case delivered
        /// The same pixels, coded anew without loss.
        case recoded
        /// Drawn by Dossier: a placeholder, or a PDF page rendered because it is more than one image.
        case rendered
    }

    public var size: PixelSize
    public var mode: ColourMode
    public var origin: Origin
    public var parts: [Part]

    public init(size: PixelSize, mode: ColourMode, origin: Origin, parts: [Part]) {
        self.size = size
        self.mode = mode
        self.origin = origin
        self.parts = parts
    }
}
