public import DossierModel
internal import Hashing
internal import JBIG2

/// A layer of a page as it goes into the PDF, and as a reader decodes it.
public struct CodedLayer: Sendable {
    public let part: PageImage.Part
    public let bytes: [UInt8]
    /// The pixels that come out of `bytes`.
    public let shown: Raster
    /// Of the JPEG; nil where nothing was lost.
    public let quality: Int?
}

/// Codes the layers of a page.
///
/// ## Topics
/// - ``mask(_:_:)``
/// - ``picture(_:quality:_:)``
/// - ``shown(_:quality:)``
/// - ``lossless(_:_:)``
/// - ``region(_:ofJPEGIn:isKept:)``
public enum LayerCoder {
    /// Where something is painted, without loss: JBIG2 as poppler has read it back, or one CCITT group 4 strip.
    ///
    /// - Parameter isOfSquares: no letters but large squares, for which no parameters need be looked for.
    /// - Precondition: the raster is bitonal.
    /// #### Errors
    /// `library` when libtiff refuses.
    public static func mask(_ raster: Raster, _ layer: PageImage.Layer, isOfSquares: Bool = false) throws(DossierError) -> CodedLayer {
        precondition(raster.mode == .bitonal, "a mask is black and white")
        // Group 4 is smaller on hardly any mask, and coding it, too, takes time.
        let jbig2 = CodedImage.verifiedJBIG2(raster, origin: .layered, isOfSquares ? .none : .quick)
        if let jbig2 { return CodedLayer(jbig2, layer, shown: raster, quality: nil) }
        return CodedLayer(try Fax.coded(raster, origin: .layered), layer, shown: raster, quality: nil)
    }

    /// A JPEG, baseline or progressive, whichever is smaller: the coefficients are the same.
    ///
    /// - Parameter isColourFine: every pixel has its own colour, as those of print do.
    /// #### Errors
    /// `library` when libjpeg-turbo refuses.
    public static func picture(_ raster: Raster, quality: Int, isColourFine: Bool = false, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        let plain = try JPEGCodec.encode(raster, quality: quality, isColourFine: isColourFine)
        let progressive = try JPEGCodec.encode(raster, quality: quality, progressive: true, isColourFine: isColourFine)
        let bytes = progressive.count < plain.count ? progressive : plain
        let header = try JPEGHeader(bytes)
        let shown = try JPEGCodec.decode(bytes, header: header).raster
        return CodedLayer(.jpeg(bytes, header: header, origin: .layered), layer, shown: shown, quality: quality)
    }

    /// The pixels that come out of `picture`, without looking for its smallest form.
    ///
    /// #### Errors
    /// `library` when libjpeg-turbo refuses.
    public static func shown(_ raster: Raster, quality: Int) throws(DossierError) -> Raster {
        let bytes = try JPEGCodec.encode(raster, quality: quality)
        return try JPEGCodec.decode(bytes, header: try JPEGHeader(bytes)).raster
    }

    /// Every pixel as it is.
    ///
    /// #### Errors
    /// `library` when zlib refuses.
    public static func lossless(_ raster: Raster, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        CodedLayer(try LosslessCoder.coded(SampleImage(raster), raster: raster, origin: .layered), layer, shown: raster, quality: nil)
    }

    /// Cut out of the scanner's JPEG in its coded form: the coefficients are the scanner's own, but for those beside what
    /// is kept, which are dropped.
    ///
    /// - Parameters:
    ///   - box: pixels of the frame; left and upper edge are multiples of 16.
    ///   - isKept: of a square of 16 × 16 pixels, by its column and row on the frame. In squares beside a kept one the
    ///     mean colour stays, because decoders interpolate the colours of a pixel from those around it.
    /// - Returns: nil when the frame is not one such JPEG.
    public static func region(
        _ box: PixelRect, ofJPEGIn frame: DecodedFrame, isKept: @escaping (_ column: Int, _ row: Int) -> Bool
    ) -> CodedLayer? {
        guard let part = frame.page.image.parts.first, frame.page.image.parts.count == 1,
            [.delivered, .rewrapped].contains(frame.page.image.origin),
            part.filter == "DCTDecode", part.decodeParms == nil, let bytes = frame.parts[part.digest],
            let header = try? JPEGHeader(bytes), !header.isRGB, header.maxHorizontal <= 2, header.maxVertical <= 2,
            let cut = JPEGCut(box, isKept: isKept, header).smallest(of: bytes), let own = try? JPEGHeader(cut),
            own.size == PixelSize(width: box.width, height: box.height), let shown = try? JPEGCodec.decode(cut, header: own), shown.complaint == nil
        else { return nil }
        return CodedLayer(.jpeg(cut, header: own, origin: .layered), PageImage.Layer(.region, place: box), shown: shown.raster, quality: nil)
    }
}

extension CodedLayer {
    fileprivate init(_ coded: CodedImage, _ layer: PageImage.Layer, shown: Raster, quality: Int?) {
        var part = coded.image.parts[0]
        bytes = coded.parts[part.digest]!
        part.layer = layer
        // The one place where a mask loses its colour space: what is painted has the colour (ISO 32000-1 §8.9.6.2).
        if layer.role == .mask || layer.role == .stencil { part.colourSpace = nil }
        self.part = part
        self.shown = shown
        self.quality = quality
    }
}

extension PageImage {
    /// As poppler draws it, a pixel for each of the scanner's: what readers of the PDF see.
    ///
    /// - Parameter bytes: coded bytes of the parts and globals.
    /// #### Errors
    /// `damaged`, `limitExceeded` when it cannot be drawn.
    public func drawn(_ bytes: [SHA256Digest: [UInt8]]) throws(DossierError) -> Raster {
        try CodedImage(image: self, parts: bytes).drawn()
    }
}
