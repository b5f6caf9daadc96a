public import DossierModel
internal import Hashing

/// The smallest exact form of a picture that Dossier itself has made.
public enum PageImageCoder {
    /// Codes a raster as one CCITT group 4 strip (bitonal) or as FlateDecode with or without PNG predictors, whichever
    /// is smallest. The origin is `.rendered`.
    ///
    /// #### Errors
    /// `library` when libtiff or zlib refuses.
    public static func lossless(
        _ raster: Raster
    ) throws(DossierError) -> (image: PageImage, parts: [SHA256Digest: [UInt8]]) {
        let coded = try LosslessCoder.coded(SampleImage(raster), raster: raster, origin: .rendered)
        return (coded.image, coded.parts)
    }
}

enum LosslessCoder {
    /// - Parameter raster: the same pixels as `samples`.
    static func coded(_ samples: SampleImage, raster: Raster, origin: PageImage.Origin) throws(DossierError) -> CodedImage {
        let fax = raster.mode == .bitonal ? try Fax.coded(raster, origin: origin) : nil
        let flate = try smallestFlate(samples, origin: origin)
        guard let fax, fax.byteCount <= flate.byteCount else { return flate }
        return fax
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
    var byteCount: Int { image.parts.reduce(0) { $0 + $1.byteCount } }
}
