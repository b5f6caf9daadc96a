/// The image of a page as it goes into the PDF: strips stacked top to bottom, nearly always one, or layers drawn one over
/// the other.
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
        /// nil for a strip of the picture itself: it lies below the strips before it, pixel for pixel.
        public var layer: Layer?

        public init(
            width: Int, height: Int, filter: String, decodeParms: String? = nil, colourSpace: String?,
            bitsPerComponent: Int?, decode: String? = nil, digest: SHA256Digest, byteCount: Int, globals: SHA256Digest? = nil,
            layer: Layer? = nil
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
            self.layer = layer
        }
    }

    /// How a part of a layered picture is drawn. Parts are drawn in their order, each over those before it.
    public struct Layer: Hashable, Sendable, Codable {
        public enum Role: String, Codable, Sendable {
            /// Paper, stains, shades; coarser than the page.
            case background
            /// The colours of print and writing, coarser still, painted only where the mask that follows is black.
            case foreground
            /// Black and white: where the foreground or region before it is painted (an explicit mask, ISO 32000-1 §8.9.6.3).
            case mask
            /// Black and white: painted in one ink where it is black (a stencil mask, §8.9.6.2).
            case stencil
            /// Seals, fingerprints, signatures, photographs, lines in the resolution of the scanner; a mask may follow.
            case region
        }

        public var role: Role
        /// What the part covers, pixels of the source frame. A background may reach a little over its edge.
        public var place: PixelRect
        /// Of a stencil: R G B, 0…255.
        public var ink: [UInt8]?

        public init(_ role: Role, place: PixelRect, ink: [UInt8]? = nil) {
            self.role = role
            self.place = place
            self.ink = ink
        }
    }

    public enum Origin: String, Codable, Sendable {
        /// The scanner's own coded bytes, unchanged.
        case delivered
        /// The scanner's own coded picture, unchanged, in another wrapping: strips or tables put into one JPEG, chunks of a PNG joined, the
        /// bits of each byte in the order of PDF, an outer filter undone.
        case rewrapped
        /// The same pixels, coded anew without loss.
        case recoded
        /// Drawn by Dossier: a placeholder, or a PDF page rendered because it is more than one image.
        case rendered
        /// Taken apart into layers, with loss: text without grey edges, paper in less detail. What was done to the page
        /// stands in its `PageLayering`.
        case layered
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

    /// Bytes of the parts; globals are not counted.
    public var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }
}
