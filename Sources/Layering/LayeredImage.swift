internal import DossierModel
internal import ImageCodecs
internal import Imaging

/// The paper and the colours of print, coded: what of a page's layers has a loss of its own.
struct CodedShades {
    let background: CodedLayer
    /// nil where one ink or none will do.
    let foreground: CodedLayer?

    init(_ page: SeparatedPage, _ detail: PageLayerer.Detail) throws(DossierError) {
        background = try Self.paper(page, detail.backgroundQualities)
        if let colours = page.foreground {
            foreground = try LayerCoder.picture(
                colours, quality: detail.colourQuality, isColourFine: true, PageImage.Layer(.foreground, place: Self.place(of: colours, page.foregroundStep)))
        } else {
            foreground = nil
        }
    }

    /// The least quality at which shades of the paper come through, else the best.
    private static func paper(_ page: SeparatedPage, _ qualities: [Int]) throws(DossierError) -> CodedLayer {
        let layer = PageImage.Layer(.background, place: Self.place(of: page.background, page.backgroundStep))
        for quality in qualities.dropLast() where PaperShades.comeThrough(page.background, try LayerCoder.shown(page.background, quality: quality)) {
            return try LayerCoder.picture(page.background, quality: quality, layer)
        }
        return try LayerCoder.picture(page.background, quality: qualities.last!, layer)
    }

    private static func place(of raster: Raster, _ step: (x: Int, y: Int)) -> PixelRect {
        PixelRect(x: 0, y: 0, width: raster.width * step.x, height: raster.height * step.y)
    }
}

/// What is kept of a page in the scanner's pixels: pictures, each with its mask where it holds other places, too.
struct KeptPictures {
    struct Picture {
        let layer: CodedLayer
        /// nil where the whole picture is drawn.
        let mask: CodedLayer?
        /// What is drawn of it.
        let squares: KeptBlocks
    }

    let pictures: [Picture]

    /// The scanner's own coefficients where it delivered a JPEG, else the least quality that is good enough.
    init(_ page: SeparatedPage, of frame: DecodedFrame) throws(DossierError) {
        var pictures: [Picture] = []
        for part in page.kept.pictures {
            let layer: CodedLayer
            if let cut = LayerCoder.region(part.box, ofJPEGIn: frame, isKept: { part.squares.contains(column: $0, row: $1) }) {
                layer = cut
            } else {
                layer = try Self.coded(frame.raster.cropped(to: part.box), part, page.regions)
            }
            pictures.append(Picture(layer: layer, mask: try Self.mask(part.squares, part.box), squares: part.squares))
        }
        self.pictures = pictures
    }

    private static func mask(_ squares: KeptBlocks, _ box: PixelRect) throws(DossierError) -> CodedLayer? {
        guard !squares.covers(box) else { return nil }
        return try LayerCoder.mask(squares.raster(of: box), PageImage.Layer(.mask, place: box), isOfSquares: true)
    }

    private static func coded(_ pixels: Raster, _ part: KeptBlocks.Picture, _ regions: [SeparatedPage.Region]) throws(DossierError) -> CodedLayer {
        let layer = PageImage.Layer(.region, place: part.box)
        let bare = pixels.flattened(outside: part.squares, part.box)
        let own = regions.map { $0.squares.common(with: part.squares) }.filter { !$0.isEmpty }
        for quality in [80, 90, 95] {
            let coded = try LayerCoder.picture(bare, quality: quality, layer)
            let isGood = own.allSatisfy { StructuralSimilarity.least(pixels, coded.shown, inside: $0, at: part.box) >= PageLayerer.leastRegionSimilarity }
            if isGood { return coded }
        }
        return try LayerCoder.lossless(bare, layer)
    }

    var layers: [CodedLayer] { pictures.flatMap { [$0.layer] + [$0.mask].compactMap(\.self) } }
}

extension KeptBlocks {
    /// Black where something is kept, pixel for pixel.
    fileprivate func raster(of box: PixelRect) -> Raster {
        var raster = Raster(whiteWidth: box.width, height: box.height, mode: .bitonal)
        for run in runs(in: box) {
            for y in run.y - box.y..<run.y - box.y + run.height {
                for x in run.x - box.x..<run.x - box.x + run.width { raster.bytes[y * raster.bytesPerRow + x >> 3] |= 0x80 >> UInt8(x & 7) }
            }
        }
        return raster
    }
}

extension Raster {
    /// Grey or colour: the mean of what is kept stands where nothing is.
    fileprivate func flattened(outside kept: KeptBlocks, _ box: PixelRect) -> Raster {
        guard !kept.covers(box) else { return self }
        let channels = mode == .colour ? 3 : 1
        var (sums, count) = ([Int](repeating: 0, count: channels), 0)
        let runs = kept.runs(in: box)
        for run in runs {
            count += run.width * run.height
            for y in run.y - box.y..<run.y - box.y + run.height {
                for i in (y * width + run.x - box.x) * channels..<(y * width + run.x - box.x + run.width) * channels { sums[i % channels] += Int(bytes[i]) }
            }
        }
        var result = Raster(width: width, height: height, mode: mode, bytes: bytes.indices.map { UInt8(sums[$0 % channels] / max(1, count)) })
        for run in runs { result.lay(self, of: box, run, in: box) }
        return result
    }

    /// Grey or colour: takes the pixels of one rectangle over from a picture; all rectangles in pixels of the page.
    ///
    /// - Parameters:
    ///   - place: what `other` covers.
    ///   - own: what this picture covers.
    mutating func lay(_ other: Raster, of place: PixelRect, _ box: PixelRect, in own: PixelRect) {
        let channels = mode == .colour ? 3 : 1
        let (left, right) = (max(box.x, place.x, own.x), min(box.x + box.width, place.x + place.width, own.x + own.width))
        let (top, bottom) = (max(box.y, place.y, own.y), min(box.y + box.height, place.y + place.height, own.y + own.height))
        guard left < right, top < bottom else { return }
        for y in top..<bottom {
            let from = ((y - place.y) * other.width + left - place.x) * channels
            let to = ((y - own.y) * width + left - own.x) * channels
            bytes.replaceSubrange(to..<to + (right - left) * channels, with: other.bytes[from..<from + (right - left) * channels])
        }
    }
}

/// The coded layers of a page, from the paper up.
struct LayeredImage {
    let shades: CodedShades
    /// nil for a page without print.
    let mask: CodedLayer?
    let kept: KeptPictures

    init(_ shades: CodedShades, _ page: SeparatedPage, _ kept: KeptPictures, size: PixelSize) throws(DossierError) {
        (self.shades, self.kept) = (shades, kept)
        // A mask covers what the foreground covers, where there is one: PDF stretches both over the same square.
        let role: PageImage.Layer.Role = page.foreground == nil ? .stencil : .mask
        let place = shades.foreground?.part.layer?.place ?? PixelRect(x: 0, y: 0, width: size.width, height: size.height)
        let hasPrint = page.foreground != nil || page.ink != nil
        let black = shades.foreground == nil ? page.mask : page.mask.extended(toWidth: place.width * page.fineness, height: place.height * page.fineness)
        mask = hasPrint ? try LayerCoder.mask(black, PageImage.Layer(role, place: place, ink: page.ink)) : nil
    }

    private var layers: [CodedLayer] { [shades.background] + [shades.foreground, mask].compactMap(\.self) + kept.layers }

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
