public import DossierModel

extension Raster {
    /// The raster scaled by `factor` in both directions; each side is rounded and at least one pixel.
    ///
    /// Reducing averages the area under each new pixel, so a bitonal page comes out grey; enlarging interpolates linearly,
    /// and a bitonal page comes out grey as well. A factor of 1 gives the raster itself.
    /// - Precondition: `factor` is positive and finite.
    public func scaled(by factor: Double) -> Raster {
        precondition(factor > 0 && factor.isFinite, "a scale factor is positive")
        if factor == 1 { return self }
        let source = mode == .bitonal ? greyed() : self
        if factor < 1 { return source.reduced(by: factor) }
        // pixScaleLI needs two pixels each way to interpolate between.
        guard width > 1, height > 1 else { return source.repeated(by: factor) }
        return Pix(source).interpolated(by: Float(factor)).raster
    }

    private func reduced(by factor: Double) -> Raster {
        guard min(Double(width), Double(height)) * factor >= 2 else { return repeated(by: factor) }
        return Pix(self).areaMapped(by: Float(factor)).raster
    }

    /// Nearest pixels: for images too small to average or interpolate.
    private func repeated(by factor: Double) -> Raster {
        let (w, h) = (max(1, Int((Double(width) * factor).rounded())), max(1, Int((Double(height) * factor).rounded())))
        let step = mode == .colour ? 3 : 1
        var result = Raster(whiteWidth: w, height: h, mode: mode)
        for y in 0..<h {
            let row = min(height - 1, Int(Double(y) / factor)) * width
            for x in 0..<w {
                let from = (row + min(width - 1, Int(Double(x) / factor))) * step
                for c in 0..<step { result.bytes[(y * w + x) * step + c] = bytes[from + c] }
            }
        }
        return result
    }

    /// The part of the raster inside `rect`, which is first cut to the raster; nothing left gives one white pixel.
    public func cropped(to rect: PixelRect) -> Raster {
        let (left, top) = (min(max(rect.x, 0), width), min(max(rect.y, 0), height))
        let right = min(max(rect.x + max(rect.width, 0), left), width)
        let bottom = min(max(rect.y + max(rect.height, 0), top), height)
        guard right > left, bottom > top else { return Raster(whiteWidth: 1, height: 1, mode: mode) }
        return mode == .bitonal
            ? croppedBits(left: left, top: top, right: right, bottom: bottom)
            : croppedBytes(left: left, top: top, right: right, bottom: bottom)
    }

    private func croppedBytes(left: Int, top: Int, right: Int, bottom: Int) -> Raster {
        let step = mode == .colour ? 3 : 1
        var cut: [UInt8] = []
        cut.reserveCapacity((right - left) * (bottom - top) * step)
        for y in top..<bottom { cut += bytes[(y * width + left) * step..<(y * width + right) * step] }
        return Raster(width: right - left, height: bottom - top, mode: mode, bytes: cut)
    }

    private func croppedBits(left: Int, top: Int, right: Int, bottom: Int) -> Raster {
        var result = Raster(whiteWidth: right - left, height: bottom - top, mode: .bitonal)
        let (source, target, shift) = (bytesPerRow, result.bytesPerRow, UInt16(left & 7))
        let keep = UInt8(truncatingIfNeeded: 0xFF00 >> ((right - left - 1) & 7 + 1))
        for y in 0..<result.height {
            let from = (top + y) * source
            for i in 0..<target {
                let at = left >> 3 + i
                let next = at + 1 < source ? UInt16(bytes[from + at + 1]) : 0
                result.bytes[y * target + i] = UInt8(truncatingIfNeeded: ((UInt16(bytes[from + at]) << 8 | next) << shift) >> 8)
            }
            result.bytes[(y + 1) * target - 1] &= keep
        }
        return result
    }
}
