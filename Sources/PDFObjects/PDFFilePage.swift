internal import CQPDF
public import DossierModel
import Foundation

/// What a page of a PDF shows, as far as intake has to know.
public struct PDFPageLayout: Sendable, Hashable {
    /// Size of the visible box before `rotation`, points of 1/72 inch (UserUnit applied).
    public let width: Double
    public let height: Double
    /// `/Rotate`, clockwise.
    public let rotation: QuarterTurn
    public let imageCount: Int
    /// Pixels of the largest image on the page.
    public let largestImage: Double
    /// Highest resolution at which an image is placed, dots per inch; 0 without images.
    public let imageDPI: Double
    /// Anything visible besides images.
    public let showsMoreThanImages: Bool
    /// The page shows exactly one image, and that can be taken over as it is.
    public let showsSoleImage: Bool
    /// Why not, in words; empty when it does.
    public let reason: String

    init(_ raw: cqr_page) {
        width = (raw.box.2 - raw.box.0) * raw.user_unit
        height = (raw.box.3 - raw.box.1) * raw.user_unit
        rotation = QuarterTurn(rawValue: Int(raw.rotate)) ?? .none
        imageCount = Int(raw.images)
        largestImage = raw.largest_image
        imageDPI = raw.image_dpi
        showsMoreThanImages = raw.paints_more != 0
        showsSoleImage = raw.sole != 0
        reason = unsafe withUnsafeBytes(of: raw.reason) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// The only thing a page shows: an image, coded as in the file (ISO 32000-1 §8.9.5).
public struct PDFSoleImage: Sendable {
    public enum Filter: Sendable {
        /// No filter, or one (LZW, RunLength, ASCII85, ASCIIHex, Crypt) whose samples have to be coded anew.
        case other
        case flate, dct, ccitt, jbig2, jpx
    }

    public enum ColourSpace: Sendable {
        case grey, rgb, indexedGrey, indexedRGB
        /// JPX only: the colour space is inside the coded bytes.
        case own

        public var isIndexed: Bool { self == .indexedGrey || self == .indexedRGB }
    }

    /// `/DecodeParms` of CCITTFaxDecode (ISO 32000-1 table 11).
    public struct Fax: Sendable {
        public let k: Int, columns: Int, rows: Int
        public let blackIs1: Bool, encodedByteAlign: Bool, endOfLine: Bool, endOfBlock: Bool
    }

    /// `/DecodeParms` of FlateDecode (table 8).
    public struct Predictor: Sendable {
        public let predictor: Int, colours: Int, bits: Int, columns: Int
    }

    public let size: PixelSize
    public let bitsPerComponent: Int
    public let filter: Filter
    public let colourSpace: ColourSpace
    /// The Decode array swaps black and white (or the ends of every component).
    public let isInverted: Bool
    public let fax: Fax
    public let predictor: Predictor
    /// `/ColorTransform` of DCTDecode, or nil.
    public let colourTransform: Int?
    /// The coded bytes are the stream of the file; otherwise outer filters have been undone.
    public let isDelivered: Bool
    /// As the image is placed, dots per inch along its own columns and rows.
    public let dpi: Resolution
    /// The turn that shows the image as the page shows it: placement and `/Rotate`, clockwise.
    public let turn: QuarterTurn
    /// Coded by `filter`.
    public internal(set) var coded: [UInt8] = []
    /// `/JBIG2Globals`; empty without.
    public internal(set) var globals: [UInt8] = []
    /// Lookup table of an indexed colour space, one or three bytes each.
    public internal(set) var palette: [UInt8] = []

    init(_ raw: cqr_image, layout: PDFPageLayout) {
        size = PixelSize(width: Int(raw.width), height: Int(raw.height))
        bitsPerComponent = Int(raw.bits)
        filter = Filter(raw.filter)
        colourSpace = ColourSpace(raw.space)
        isInverted = raw.inverted != 0
        fax = Fax(
            k: Int(raw.k), columns: Int(raw.columns), rows: Int(raw.rows), blackIs1: raw.black_is_1 != 0,
            encodedByteAlign: raw.byte_align != 0, endOfLine: raw.end_of_line != 0, endOfBlock: raw.end_of_block != 0)
        predictor = Predictor(
            predictor: Int(raw.predictor), colours: Int(raw.colors), bits: Int(raw.predictor_bits),
            columns: Int(raw.predictor_columns))
        colourTransform = raw.color_transform < 0 ? nil : Int(raw.color_transform)
        isDelivered = raw.delivered != 0
        let m = raw.matrix
        dpi = Resolution(
            x: Double(raw.width) * 72 / (hypot(m.0, m.1) * raw.user_unit),
            y: Double(raw.height) * 72 / (hypot(m.2, m.3) * raw.user_unit))
        turn = Self.placementTurn(a: m.0, b: m.1) + layout.rotation
    }

    /// Where the rows of the image run on the page (y points up): along +x, −y, −x or +y.
    private static func placementTurn(a: Double, b: Double) -> QuarterTurn {
        if abs(a) >= abs(b) { return a > 0 ? .none : .half }
        return b > 0 ? .clockwise270 : .clockwise90
    }
}

extension PDFSoleImage.Filter {
    init(_ raw: Int32) {
        self =
            switch Int(raw) {
            case CQR_FLATE: .flate
            case CQR_DCT: .dct
            case CQR_CCITT: .ccitt
            case CQR_JBIG2: .jbig2
            case CQR_JPX: .jpx
            default: .other
            }
    }
}

extension PDFSoleImage.ColourSpace {
    init(_ raw: Int32) {
        self =
            switch Int(raw) {
            case CQR_GRAY: .grey
            case CQR_RGB: .rgb
            case CQR_INDEXED_GRAY: .indexedGrey
            case CQR_INDEXED_RGB: .indexedRGB
            default: .own
            }
    }
}
