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

    /// A grey PNG of few levels, for pictures of line art: each value goes to the nearest of 2, 4 or 16 greys.
    ///
    /// Rows are not filtered: ISO/IEC 15948 §12.8 advises against it below 8 bits.
    /// - Parameter bits: 1, 2 or 4.
    /// - Precondition: the raster is grey.
    /// #### Errors
    /// `library` when zlib refuses.
    public static func encodeGrey(_ raster: Raster, bits: Int) throws(DossierError) -> [UInt8] {
        precondition(raster.mode == .grey && [1, 2, 4].contains(bits), "few levels are made of a grey raster")
        var file = PNGChunks.signature
        append("IHDR", bigEndian(raster.width) + bigEndian(raster.height) + [UInt8(bits), 0, 0, 0, 0], to: &file)
        append("IDAT", try Flate.compressed(packed(raster, bits: bits)), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    /// Rows with a filter byte of 0, most significant bits first.
    private static func packed(_ raster: Raster, bits: Int) -> [UInt8] {
        let perByte = 8 / bits
        let top = (1 << bits) - 1
        let levels = (0...255).map { UInt8(($0 * top + 127) / 255) }
        let perRow = 1 + (raster.width + perByte - 1) / perByte
        var result = [UInt8](repeating: 0, count: perRow * raster.height)
        for y in 0..<raster.height {
            for x in 0..<raster.width {
                let level = levels[Int(raster.bytes[y * raster.width + x])]
                result[y * perRow + 1 + x / perByte] |= level << UInt8(8 - bits - x % perByte * bits)
            }
        }
        return result
    }

    static func append(_ type: String, _ body: [UInt8], to file: inout [UInt8]) {
        let checked = Array(type.utf8) + body
        file += bigEndian(body.count) + checked + bigEndian(Int(Flate.checksum(checked)))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
}
