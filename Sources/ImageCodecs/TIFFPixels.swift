internal import CTIFF
internal import DossierModel

/// The decoded pixels of a TIFF frame.
struct TIFFPixels {
    var raster: Raster
    /// Where it holds more than the raster.
    var samples: SampleImage?
    var damage: [Range<Int>] = []
    var message = ""
    var showsAlpha = false

    /// The common layouts are read directly; the others by libtiff's conversion to RGBA.
    static func read(_ job: FrameJob, _ tiff: borrowing TIFFHandle, _ layout: TIFFLayout) throws(DossierError) -> TIFFPixels {
        if layout.compression == 7, layout.photometric == 6, !layout.isPlanar {
            tiff.setShort(TIFFTAG_JPEGCOLORMODE, Int(JPEGCOLORMODE_RGB))
        }
        let shape = DirectShape(layout, tiff), isInk = Ink.isDirect(layout)
        guard shape != nil || isInk else { return try converted(job, tiff, layout) }
        let planes = layout.isPlanar ? layout.samplesPerPixel : 1
        let perPlane = layout.isPlanar ? 1 : layout.samplesPerPixel
        let rows = TIFFRows(
            size: layout.size, bytesPerRow: SampleImage.bytesPerRow(width: layout.size.width, bits: layout.bits, components: perPlane),
            planes: planes, fileSize: try FileBytes.size(ofFileAt: job.path))
        var result = try rows.read(tiff, path: job.path)
        if planes > 1 { result.bytes = interleaved(result.bytes, planes: planes, layout: layout) }
        if layout.bits == 16, 1.littleEndian == 1 { swapBytes(&result.bytes) }
        return shape?.pixels(from: result, layout) ?? Ink.pixels(from: result, layout)
    }

    private static func interleaved(_ bytes: [UInt8], planes: Int, layout: TIFFLayout) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: bytes.count)
        let unit = layout.bits / 8, plane = layout.size.width * layout.size.height * unit
        for p in 0..<planes {
            for pixel in 0..<layout.size.width * layout.size.height {
                for b in 0..<unit { result[(pixel * planes + p) * unit + b] = bytes[p * plane + pixel * unit + b] }
            }
        }
        return result
    }

    private static func swapBytes(_ bytes: inout [UInt8]) {
        for i in stride(from: 0, to: bytes.count - 1, by: 2) { bytes.swapAt(i, i + 1) }
    }

    /// CMYK, CIELAB, LogLuv, subsampled YCbCr, old-style JPEG and whatever else libtiff knows.
    private static func converted(_ job: FrameJob, _ tiff: borrowing TIFFHandle, _ layout: TIFFLayout) throws(DossierError) -> TIFFPixels {
        let (width, height) = (layout.size.width, layout.size.height)
        // Old-style JPEG starts from the top for every strip.
        let band = layout.isTiled || layout.compression == 6 ? height : min(max(1, tiff.long(TIFFTAG_ROWSPERSTRIP) ?? height), height)
        var rgb = [UInt8](repeating: 255, count: width * height * 3)
        var pixels = [UInt32](repeating: 0xFFFF_FFFF, count: width * band)
        var damage: [Range<Int>] = [], message = "", showsAlpha = false
        for first in stride(from: 0, to: height, by: band) {
            let rows = min(band, height - first)
            tiff.clearMessages()
            var text = [CChar](repeating: 0, count: 1024)
            for i in pixels.indices { pixels[i] = 0xFFFF_FFFF }
            let status = unsafe ctiff_rgba_rows(tiff.raw, UInt32(first), UInt32(rows), UInt32(width), &pixels, &text)
            if status != 1 || tiff.hasErrors {
                let plain = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                if message.isEmpty { message = plain.isEmpty ? tiff.message : plain }
                damage.append(first..<first + rows)
            }
            guard status >= 0 else { continue }
            showsAlpha = flatten(pixels, rows * width, into: &rgb, at: first * width * 3) || showsAlpha
        }
        damage = TIFFRows.merged(damage)
        if damage.first?.count == height, rgb.allSatisfy({ $0 == rgb[0] }) {
            throw DossierError(.damaged, "nothing of the frame can be decoded; scan the sheet again or save it anew", cause: message)
        }
        let raster = Raster(width: width, height: height, mode: .colour, bytes: rgb)
        return TIFFPixels(raster: raster, damage: damage, message: message, showsAlpha: showsAlpha)
    }

    /// libtiff's packed ABGR with premultiplied opacity, onto white.
    private static func flatten(_ pixels: [UInt32], _ count: Int, into rgb: inout [UInt8], at start: Int) -> Bool {
        var showsAlpha = false
        for i in 0..<count {
            let pixel = pixels[i], white = 255 - (pixel >> 24)
            showsAlpha = showsAlpha || white > 0
            for c in 0..<3 { rgb[start + 3 * i + c] = UInt8(min(255, (pixel >> (8 * UInt32(c))) & 255 + white)) }
        }
        return showsAlpha
    }
}

/// A layout whose decoded rows are already PDF samples, or nearly.
private struct DirectShape {
    let space: SampleImage.Space
    let components: Int
    let isInverted: Bool

    init?(_ layout: TIFFLayout, _ tiff: borrowing TIFFHandle) {
        guard layout.sampleFormat == 1 || layout.sampleFormat == 4, [1, 2, 4, 8, 16].contains(layout.bits) else { return nil }
        guard layout.compression != 6, !layout.isPlanar || layout.bits >= 8 else { return nil }
        switch layout.photometric {
        case 0, 1: self.init(.grey, layout, isInverted: layout.photometric == 0)
        case 2 where layout.bits >= 8: self.init(.rgb, layout)
        case 3 where layout.samplesPerPixel == 1 && layout.bits <= 8:
            guard let palette = Self.palette(tiff, bits: layout.bits) else { return nil }
            self.init(.indexed(palette), layout)
        case 6 where layout.compression == 7 && layout.bits == 8 && layout.samplesPerPixel == 3 && !layout.isPlanar:
            self.init(.rgb, layout)
        default: return nil
        }
    }

    private init?(_ space: SampleImage.Space, _ layout: TIFFLayout, isInverted: Bool = false) {
        self.space = space
        self.isInverted = isInverted
        components = layout.samplesPerPixel
        guard components >= space.components, components <= 8, components == space.components || layout.bits >= 8 else { return nil }
    }

    /// Sixteen-bit entries (TIFF 6.0 §5), unless all stay below 256: then a writer meant bytes.
    private static func palette(_ tiff: borrowing TIFFHandle, bits: Int) -> [UInt8]? {
        var red: UnsafeMutablePointer<UInt16>?, green: UnsafeMutablePointer<UInt16>?, blue: UnsafeMutablePointer<UInt16>?
        guard unsafe ctiff_get_palette(tiff.raw, &red, &green, &blue) == 1,
            let red = unsafe red, let green = unsafe green, let blue = unsafe blue
        else { return nil }
        let values = (0..<1 << bits).flatMap { unsafe [red[$0], green[$0], blue[$0]] }
        let shift: UInt16 = values.allSatisfy { $0 < 256 } ? 0 : 8
        return values.map { UInt8($0 >> shift) }
    }

    func pixels(from rows: TIFFRows.Result, _ layout: TIFFLayout) -> TIFFPixels {
        var bytes = rows.bytes
        var showsAlpha = false
        if components > space.components { showsAlpha = reduce(&bytes, layout) }
        var samples = SampleImage(width: layout.size.width, height: layout.size.height, bits: layout.bits, space: space, bytes: bytes)
        if isInverted { samples.invert() }
        whiten(rows.damage, rows.bytes, &samples)
        let raster = samples.raster()
        let isMore = layout.bits == 16 || layout.bits == 2 || layout.bits == 4 || samples.space.isIndexed
        return TIFFPixels(raster: raster, samples: isMore ? samples : nil, damage: rows.damage, message: rows.message, showsAlpha: showsAlpha)
    }

    /// Undecoded rows are zeros: made white where zero is not. Doubtful rows that hold something are kept.
    private func whiten(_ damage: [Range<Int>], _ original: [UInt8], _ samples: inout SampleImage) {
        let white: UInt8
        switch samples.space {
        case .indexed(let palette): white = Self.whiteIndex(palette, bits: samples.bits)
        default: white = 255
        }
        let perRow = samples.bytesPerRow, before = original.count / samples.height
        for row in damage.joined() where !original[row * before..<(row + 1) * before].contains(where: { $0 != 0 }) {
            for i in row * perRow..<(row + 1) * perRow { samples.bytes[i] = white }
        }
    }

    private static func whiteIndex(_ palette: [UInt8], bits: Int) -> UInt8 {
        let sums: [Int] = stride(from: 0, to: palette.count, by: 3).map { start in
            palette[start..<start + 3].reduce(0) { $0 + Int($1) }
        }
        let index = sums.firstIndex(of: sums.max()!)!
        var packed: UInt8 = 0
        for shift in stride(from: 0, to: 8, by: bits) { packed |= UInt8(truncatingIfNeeded: index << shift) }
        return packed
    }

    /// Drops extra samples; a first extra that is opacity is laid onto white.
    private func reduce(_ bytes: inout [UInt8], _ layout: TIFFLayout) -> Bool {
        let unit = layout.bits / 8, kept = space.components, top = layout.bits == 8 ? 255 : 65535
        let background = isInverted ? 0 : top
        var showsAlpha = false
        for pixel in 0..<layout.size.width * layout.size.height {
            func value(_ component: Int) -> Int {
                let at = (pixel * components + component) * unit
                return unit == 1 ? Int(bytes[at]) : Int(bytes[at]) << 8 | Int(bytes[at + 1])
            }
            let alpha = layout.alphaKind == 0 ? top : value(kept)
            showsAlpha = showsAlpha || alpha < top
            for c in 0..<kept {
                let light = layout.alphaKind == 1 ? value(c) * top : value(c) * alpha
                let mixed = min(top, (light + background * (top - alpha) + top / 2) / top)
                let to = (pixel * kept + c) * unit
                if unit == 2 { bytes[to] = UInt8(mixed >> 8) }
                bytes[to + unit - 1] = UInt8(truncatingIfNeeded: mixed)
            }
        }
        bytes.removeLast(bytes.count - layout.size.width * layout.size.height * kept * unit)
        return showsAlpha
    }
}

extension Ink {
    /// Separations of 8 or 16 bits (TIFF 6.0 §16): 0 is no ink. JPEG may hold them inverted: left to libtiff.
    fileprivate static func isDirect(_ layout: TIFFLayout) -> Bool {
        layout.photometric == 5 && (layout.bits == 8 || layout.bits == 16) && (3...8).contains(layout.samplesPerPixel)
            && layout.sampleFormat == 1 && ![6, 7].contains(layout.compression)
    }

    fileprivate static func pixels(from rows: TIFFRows.Result, _ layout: TIFFLayout) -> TIFFPixels {
        let unit = layout.bits / 8, stride = layout.samplesPerPixel * unit, count = layout.size.width * layout.size.height
        var inks = [UInt8](repeating: 0, count: count * 4)
        for pixel in 0..<count {
            for ink in 0..<min(4, layout.samplesPerPixel) { inks[4 * pixel + ink] = rows.bytes[pixel * stride + ink * unit] }
        }
        let raster = raster(width: layout.size.width, height: layout.size.height, inks: inks, fullIsZero: false)
        return TIFFPixels(raster: raster, damage: rows.damage, message: rows.message)
    }
}

extension SampleImage.Space {
    var isIndexed: Bool { if case .indexed = self { true } else { false } }
}
