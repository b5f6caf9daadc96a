import Archive
public import DossierModel
import Hashing
import ImageCodecs
import Layering
public import Publishing

/// Shows what was done to a page: its image is made again from the scanner's file and compared, stream by stream, with
/// what the manifest says stands in the PDF.
public struct PageInspection: Sendable {
    /// A picture of a layer, or of the page.
    public struct Picture: Sendable {
        /// A file name without ending.
        public var name: String
        public var png: [UInt8]
    }

    /// An image stream of the page.
    public struct Stream: Sendable, Codable {
        /// `picture` for the page itself or a strip of it, else the role of the layer.
        public var role: String
        public var filter: String
        /// Pixels of the stream.
        public var size: PixelSize
        /// Pixels of the scanned image that it covers; nil for a strip.
        public var place: PixelRect?
        public var bytes: Int
        public var sha256: SHA256Digest
    }

    public let streams: [Stream]
    /// Whether these are the very streams that the manifest names.
    public let agrees: Bool
    private let image: PageImage
    private let parts: [SHA256Digest: [UInt8]]
    private let scan: Raster
    private let dpi: Resolution

    /// - Parameters:
    ///   - original: path of the scanner's file.
    ///   - intake: settings of the workspace.
    /// #### Errors
    /// Those of decoding the frame; `notFound` for a placeholder, of which there is no scan.
    public init(_ record: PageRecord, _ page: CaseFile.BoundPage, original: String, intake: Settings.Intake) throws(DossierError) {
        guard !record.isPlaceholder else {
            throw DossierError(.notFound, "image \(record.image) could not be read; a placeholder stands in its place (dossier findings)")
        }
        let frame = try ScannerFiles.decode(path: original, name: record.file, frame: record.frame, settings: intake)
        let layered = try page.layering.map { (record) throws(DossierError) in try PageLayerer(profile: record.profile).layered(frame, asIn: record) } ?? nil
        image = layered?.page.image ?? frame.page.image
        parts = layered?.page.image == nil ? frame.parts : layered!.parts
        (scan, dpi) = (frame.raster, frame.page.dpi)
        agrees = image.parts.map(\.digest) == page.streams
        streams = image.parts.map { part in
            Stream(
                role: part.layer?.role.rawValue ?? "picture", filter: part.filter, size: PixelSize(width: part.width, height: part.height),
                place: part.layer?.place, bytes: part.byteCount, sha256: part.digest)
        }
    }

    /// The scan of an image that stands in no PDF.
    ///
    /// #### Errors
    /// Those of decoding the frame.
    public static func scan(of record: PageRecord, original: String, intake: Settings.Intake) throws(DossierError) -> Picture {
        let frame = try ScannerFiles.decode(path: original, name: record.file, frame: record.frame, settings: intake)
        return try scan(frame.raster, frame.page.dpi)
    }

    private static func scan(_ raster: Raster, _ dpi: Resolution) throws(DossierError) -> Picture {
        Picture(name: "0-scan", png: try PNGCodec.encode(raster, dpi: dpi))
    }

    /// The scan, every stream by itself, and the page as poppler draws it; all as they lie in the scanner's file.
    ///
    /// #### Errors
    /// `damaged`, `limitExceeded` where poppler cannot draw.
    public func pictures() throws(DossierError) -> [Picture] {
        var pictures = [try Self.scan(scan, dpi)]
        for (index, part) in image.parts.enumerated() {
            let drawn = try alone(part).drawn(parts)
            pictures.append(Picture(name: "\(index + 1)-\(streams[index].role)", png: try PNGCodec.encode(drawn, dpi: nil)))
        }
        let page = try image.drawn(parts)
        pictures.append(Picture(name: "\(image.parts.count + 1)-page", png: try PNGCodec.encode(page, dpi: dpi)))
        return pictures
    }

    /// As a picture of its own size, a mask in black and white.
    private func alone(_ part: PageImage.Part) -> PageImage {
        var part = part
        if part.layer?.role == .mask || part.layer?.role == .stencil { part.colourSpace = "/DeviceGray" }
        part.layer = nil
        return PageImage(size: PixelSize(width: part.width, height: part.height), mode: image.mode, origin: image.origin, parts: [part])
    }
}
