internal import DossierModel
internal import ImageCodecs
internal import Imaging

/// The coded layers of a page, from the paper up.
struct LayeredImage {
    let background: CodedLayer
    /// nil where one ink or none will do.
    let foreground: CodedLayer?
    /// nil for a page without print.
    let mask: CodedLayer?
    let regions: [CodedLayer]

    init(_ page: SeparatedPage, of frame: DecodedFrame, _ detail: PageLayerer.Detail) throws(DossierError) {
        let whole = PixelRect(x: 0, y: 0, width: frame.page.size.width, height: frame.page.size.height)
        background = try LayerCoder.picture(
            page.background, quality: detail.backgroundQuality,
            PageImage.Layer(.background, place: Self.place(of: page.background, page.backgroundStep)))
        if let colours = page.foreground {
            foreground = try LayerCoder.picture(
                colours, quality: detail.colourQuality, PageImage.Layer(.foreground, place: Self.place(of: colours, page.foregroundStep)))
        } else {
            foreground = nil
        }
        // A mask covers what the foreground covers, where there is one: PDF stretches both over the same square.
        let role: PageImage.Layer.Role = page.foreground == nil ? .stencil : .mask
        let place = foreground?.part.layer?.place ?? whole
        let hasPrint = page.foreground != nil || page.ink != nil
        let black = foreground == nil ? page.mask : page.mask.extended(toWidth: place.width * page.fineness, height: place.height * page.fineness)
        mask = hasPrint ? try LayerCoder.mask(black, PageImage.Layer(role, place: place, ink: page.ink)) : nil
        regions = try Self.regions(page.regions.map(\.box), of: frame)
    }

    private static func place(of raster: Raster, _ step: (x: Int, y: Int)) -> PixelRect {
        PixelRect(x: 0, y: 0, width: raster.width * step.x, height: raster.height * step.y)
    }

    /// The scanner's own coefficients where it delivered a JPEG, else the least quality that is good enough.
    private static func regions(_ boxes: [PixelRect], of frame: DecodedFrame) throws(DossierError) -> [CodedLayer] {
        if let cut = LayerCoder.regions(boxes, ofJPEGIn: frame) { return cut }
        var layers: [CodedLayer] = []
        for box in boxes { layers.append(try region(frame.raster.cropped(to: box), PageImage.Layer(.region, place: box))) }
        return layers
    }

    private static func region(_ pixels: Raster, _ layer: PageImage.Layer) throws(DossierError) -> CodedLayer {
        for quality in [80, 90, 95] {
            let coded = try LayerCoder.picture(pixels, quality: quality, layer)
            if StructuralSimilarity.least(pixels, coded.shown) >= PageLayerer.leastRegionSimilarity { return coded }
        }
        return try LayerCoder.lossless(pixels, layer)
    }

    private var layers: [CodedLayer] { [background] + [foreground, mask].compactMap(\.self) + regions }

    func image(size: PixelSize, mode: ColourMode) -> PageImage {
        PageImage(size: size, mode: mode, origin: .layered, parts: layers.map(\.part))
    }

    var bytes: [SHA256Digest: [UInt8]] {
        Dictionary(layers.map { ($0.part.digest, $0.bytes) }) { first, _ in first }
    }
}

extension Raster {
    /// Bitonal: white beyond its right and lower edge.
    fileprivate func extended(toWidth width: Int, height: Int) -> Raster {
        guard width != self.width || height != self.height else { return self }
        var result = Raster(whiteWidth: width, height: height, mode: .bitonal)
        for y in 0..<self.height {
            let from = y * bytesPerRow
            result.bytes.replaceSubrange(y * result.bytesPerRow..<y * result.bytesPerRow + bytesPerRow, with: bytes[from..<from + bytesPerRow])
        }
        return result
    }
}
