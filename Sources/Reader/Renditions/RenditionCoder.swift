import DossierModel
import ImageCodecs
import Imaging

/// Makes the picture of a page and codes it, small enough to be turned like paper.
enum RenditionCoder {
    /// Bytes; a page turned by key must be there at once.
    static let limit = 200_000

    /// Line art as PNG with 16 greys, whose strokes stay clean, while that fits; everything else as JPEG. A picture that
    /// will not fit is coded more coarsely, at last made smaller.
    /// - Parameter raster: The scanned pixels, in full size or reduced by at most `plan.reduction`.
    ///
    /// #### Errors
    /// `library`.
    static func picture(of raster: Raster, plan: RenditionPlan) throws(DossierError) -> [UInt8] {
        let small = raster.scaled(by: plan.scale(ofDecoded: raster.width))
        let isLineArt = raster.mode == .bitonal
        var upright = small.turned(plan.geometry.rotation).straightenedToGrey(skew: plan.geometry.skew)
        if upright.mode == .bitonal { upright = upright.greyed() }
        return try smallest(upright, isLineArt: isLineArt)
    }

    private static func smallest(_ raster: Raster, isLineArt: Bool) throws(DossierError) -> [UInt8] {
        if isLineArt {
            let png = try PNGCodec.encodeGrey(raster, bits: 4)
            if png.count <= limit { return png }
        }
        var raster = raster
        while true {
            let jpeg = try finest(raster)
            if jpeg.count <= limit || min(raster.width, raster.height) < 64 { return jpeg }
            raster = raster.scaled(by: 0.8)
        }
    }

    /// JPEG qualities from the best on, and about what share of the best one's bytes each takes on scanned pages.
    private static let qualities: [(quality: Int, share: Double)] = [(80, 1), (68, 0.72), (55, 0.58), (42, 0.48), (30, 0.38)]

    /// The finest JPEG that fits, else the coarsest. The size of the first one tells which may be left out.
    private static func finest(_ raster: Raster) throws(DossierError) -> [UInt8] {
        var jpeg = try JPEGCodec.encode(raster, quality: qualities[0].quality)
        let best = Double(jpeg.count)
        for (quality, share) in qualities.dropFirst() where jpeg.count > limit {
            if quality != qualities.last?.quality, best * share > 1.1 * Double(limit) { continue }
            jpeg = try JPEGCodec.encode(raster, quality: quality)
        }
        return jpeg
    }
}
