public import DossierModel
internal import Hashing
internal import JBIG2

/// The smallest exact form of a picture that Dossier itself has made.
public enum PageImageCoder {
    /// Codes a raster as JBIG2 or one CCITT group 4 strip (bitonal only) or as FlateDecode with or without PNG predictors,
    /// whichever is smallest. The origin is `.rendered`.
    ///
    /// #### Errors
    /// `library` when libtiff or zlib refuses.
    public static func lossless(
        _ raster: Raster
    ) throws(DossierError) -> (image: PageImage, parts: [SHA256Digest: [UInt8]]) {
        let coded = try LosslessCoder.coded(SampleImage(raster), raster: raster, origin: .rendered)
        return (coded.image, coded.parts)
    }

    /// Bytes of a bitonal raster as one CCITT group 4 strip, to compare other forms with.
    ///
    /// #### Errors
    /// `library` when libtiff refuses.
    public static func group4ByteCount(_ raster: Raster) throws(DossierError) -> Int {
        try Fax.coded(raster, origin: .rendered).byteCount
    }
}

enum LosslessCoder {
    /// - Parameter raster: the same pixels as `samples`.
    static func coded(_ samples: SampleImage, raster: Raster, origin: PageImage.Origin) throws(DossierError) -> CodedImage {
        let flate = try smallestFlate(samples, origin: origin)
        guard raster.mode == .bitonal else { return flate }
        return try Fax.coded(raster, origin: origin).orSmaller(flate).orJBIG2(raster, origin: origin)
    }

    /// Filtering pays for grey and colour; palettes and single bits compress better as they are.
    private static func smallestFlate(_ samples: SampleImage, origin: PageImage.Origin) throws(DossierError) -> CodedImage {
        let plain = CodedImage.flate(try Flate.compressed(samples.bytes), shape: samples.shape, predictor: 1, origin: origin)
        guard samples.bits >= 8 else { return plain }
        let bytes = try Flate.compressed(Flate.filtered(samples))
        let filtered = CodedImage.flate(bytes, shape: samples.shape, predictor: 15, origin: origin)
        return filtered.byteCount < plain.byteCount ? filtered : plain
    }
}

extension CodedImage {
    /// The page of one black-and-white picture (ISO 32000-1 §7.4.7), where ones are black as the filter has them.
    static func jbig2(_ raster: Raster, origin: PageImage.Origin, _ choice: JBIG2Encoder.Choice = .smallest) -> CodedImage {
        let size = PixelSize(width: raster.width, height: raster.height)
        let stream = JBIG2Encoder.encode(width: raster.width, height: raster.height, rows: raster.bytes, choice)
        return .single(
            stream.bytes, size: size, mode: .bitonal, filter: "JBIG2Decode", decodeParms: nil, colourSpace: "/DeviceGray", bits: 1,
            origin: origin)
    }

    /// The other when it has fewer bytes.
    func orSmaller(_ other: CodedImage) -> CodedImage { other.byteCount < byteCount ? other : self }

    /// JBIG2 of the same pixels where it has fewer bytes and poppler, which knows nothing of our encoder, reads the very
    /// same pixels back: what goes into a product has been decoded once.
    ///
    /// Frames a few pixels wide stay as they are: the encoder's margins would need many times their memory.
    func orJBIG2(_ raster: Raster, origin: PageImage.Origin) -> CodedImage {
        Self.verifiedJBIG2(raster, origin: origin, below: byteCount) ?? self
    }

    /// nil where it has no fewer bytes than `limit` or cannot be read back.
    static func verifiedJBIG2(
        _ raster: Raster, origin: PageImage.Origin, below limit: Int = .max, _ choice: JBIG2Encoder.Choice = .smallest
    ) -> CodedImage? {
        guard raster.width >= 64 || raster.height <= 100_000 else { return nil }
        let coded = CodedImage.jbig2(raster, origin: origin, choice)
        guard coded.byteCount < limit, (try? coded.decodedBitonal()) == raster else { return nil }
        return coded
    }

    var isJBIG2: Bool { image.parts.contains { $0.filter == "JBIG2Decode" } }

    var byteCount: Int { image.parts.reduce(0) { $0 + $1.byteCount } }
}
