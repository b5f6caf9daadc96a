public import DossierModel

/// PNG files (ISO/IEC 15948) of Dossier's own rasters.
public enum PNGCodec {
    /// - Parameter dpi: written as pHYs; nil leaves it out.
    /// #### Errors
    /// `library` when zlib refuses.
    public static func encode(_ raster: Raster, dpi: Resolution?) throws(DossierError) -> [UInt8] {
        let samples = SampleImage(raster)
        var file = PNGChunks.signature
        let colourType: UInt8 = raster.mode == .colour ? 2 : 0
        append("IHDR", bigEndian(raster.width) + bigEndian(raster.height) + [UInt8(samples.bits), colourType, 0, 0, 0], to: &file)
        if let dpi {
            let perMetre = [dpi.x, dpi.y].map { Int(($0 / 0.0254).rounded()) }
            append("pHYs", bigEndian(perMetre[0]) + bigEndian(perMetre[1]) + [1], to: &file)
        }
        append("IDAT", try Flate.compressed(Flate.filtered(samples)), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    static func append(_ type: String, _ body: [UInt8], to file: inout [UInt8]) {
        let checked = Array(type.utf8) + body
        file += bigEndian(body.count) + checked + bigEndian(Int(Flate.checksum(checked)))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
}
