public import DossierModel
internal import CTurboJPEG
internal import Hashing

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
/// - ``lossless(_:_:)``
/// - ``regions(_:ofJPEGIn:)``
public enum LayerCoder {
    /// Where something is painted: JBIG2 or one CCITT group 4 strip, whichever is smaller, without loss.
    ///
    /// - Precondition: the raster is bitonal.
    /// #### Errors
    /// `library` when libtiff refuses.
    public static func mask(_ raster: Raster, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        precondition(raster.mode == .bitonal, "a mask is black and white")
        return CodedLayer(try Fax.coded(raster, origin: .layered).orJBIG2(raster, origin: .layered), layer, shown: raster, quality: nil)
    }

    /// A baseline JPEG.
    ///
    /// #### Errors
    /// `library` when libjpeg-turbo refuses.
    public static func picture(_ raster: Raster, quality: Int, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        let bytes = try JPEGCodec.encode(raster, quality: quality)
        let header = try JPEGHeader(bytes)
        let shown = try JPEGCodec.decode(bytes, header: header).raster
        return CodedLayer(.jpeg(bytes, header: header, origin: .layered), layer, shown: shown, quality: quality)
    }

    /// Every pixel as it is.
    ///
    /// #### Errors
    /// `library` when zlib refuses.
    public static func lossless(_ raster: Raster, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        CodedLayer(try LosslessCoder.coded(SampleImage(raster), raster: raster, origin: .layered), layer, shown: raster, quality: nil)
    }

    /// Cut out of the scanner's JPEG in its coded form: the coefficients are the scanner's own.
    ///
    /// - Parameter boxes: pixels of the frame; left and upper edges are multiples of 16.
    /// - Returns: nil when the frame is not one such JPEG.
    public static func regions(_ boxes: [PixelRect], ofJPEGIn frame: DecodedFrame) -> [CodedLayer]? {
        guard let part = frame.page.image.parts.first, frame.page.image.parts.count == 1, frame.page.image.origin == .delivered,
            part.filter == "DCTDecode", part.decodeParms == nil, let bytes = frame.parts[part.digest],
            let header = try? JPEGHeader(bytes), !header.isRGB, header.maxHorizontal <= 2, header.maxVertical <= 2,
            let cuts = JPEGCodec.cropped(bytes, to: boxes)
        else { return nil }
        var layers: [CodedLayer] = []
        for (box, cut) in zip(boxes, cuts) {
            guard let own = try? JPEGHeader(cut), own.size == PixelSize(width: box.width, height: box.height),
                let shown = try? JPEGCodec.decode(cut, header: own), shown.complaint == nil
            else { return nil }
            let layer = PageImage.Layer(.region, place: box)
            layers.append(CodedLayer(.jpeg(cut, header: own, origin: .layered), layer, shown: shown.raster, quality: nil))
        }
        return layers
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

extension JPEGCodec {
    /// Rectangles of a JPEG in its coded form, without loss; nil when libjpeg-turbo refuses.
    ///
    /// - Parameter boxes: left and upper edges are multiples of the picture's MCU.
    static func cropped(_ bytes: [UInt8], to boxes: [PixelRect]) -> [[UInt8]]? {
        guard !boxes.isEmpty else { return [] }
        guard let handle = try? unsafe TurboHandle(tjInitTransform()) else { return nil }
        var transforms = unsafe boxes.map { box in
            var transform = unsafe tjtransform()
            unsafe transform.r = tjregion(x: Int32(box.x), y: Int32(box.y), w: Int32(box.width), h: Int32(box.height))
            unsafe transform.op = Int32(TJXOP_NONE.rawValue)
            unsafe transform.options = TJXOPT_CROP | TJXOPT_COPYNONE
            return unsafe transform
        }
        var buffers = unsafe [UnsafeMutablePointer<UInt8>?](repeating: nil, count: boxes.count)
        var sizes = [UInt](repeating: 0, count: boxes.count)
        defer { unsafe buffers.forEach { unsafe tjFree($0) } }
        let status = unsafe tjTransform(
            handle.raw, bytes, UInt(bytes.count), Int32(boxes.count), &buffers, &sizes, &transforms, 0)
        guard status == 0 else { return nil }
        var cuts: [[UInt8]] = []
        for index in boxes.indices {
            guard let start = unsafe buffers[index] else { return nil }
            unsafe cuts.append([UInt8](UnsafeBufferPointer(start: start, count: Int(sizes[index]))))
        }
        return cuts
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
