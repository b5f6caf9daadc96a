internal import DossierModel
internal import ImageCodecs
internal import Imaging

/// One page on its way into layers: taken apart, compared with the scan, and what suffered kept over the layers. What is
/// kept changes nothing beside it, so that nothing is compared twice, and read twice only what was kept since.
struct LayeringWork {
    private let frame: DecodedFrame
    /// Pixels of the page.
    private let lines: [PixelRect]
    private let record: PageLayering
    private let shades: CodedShades
    private var page: SeparatedPage

    /// What is kept may be coded anew, with loss, and read otherwise once more: so many times.
    private static let mostReadings = 3

    init(_ frame: DecodedFrame, _ profile: ImageProfile, _ detail: PageLayerer.Detail, lines: [Quad], keeping: [PixelRect]) throws(DossierError) {
        let (dpi, size) = (frame.page.dpi, frame.page.size)
        self.frame = frame
        self.lines = lines.map { $0.boundingBox(within: size) }
        record = PageLayering(profile: profile, outcome: .layered, bytesBefore: frame.page.image.byteCount)
        let bare = SeparatedPage(
            frame.raster, dpi: dpi, fineness: min(dpi.x, dpi.y) < 250 ? 2 : 1, backgroundDPI: detail.backgroundDPI)
        shades = try CodedShades(bare, detail)
        page = bare.keeping(keeping)
    }

    /// - Parameter isGuarded: not for a page of which is known what is to be kept.
    mutating func output(isGuarded: Bool = true, _ rereading: PageLayerer.Rereading? = nil) throws(DossierError) -> PageLayerer.Output {
        guard !fillsPage else { return whole(.pictureFillsPage) }
        var shown = ShownPage(shades, page, over: frame.raster)
        guard isGuarded else {
            let pictures = try KeptPictures(page, of: frame)
            return try finished(pictures, shown.showing(pictures), nil)
        }
        var guarded = keepWhatLooksOtherwise(&shown)
        var last: (page: Raster, readOtherwise: Set<Int>)?
        for _ in 0..<Self.mostReadings {
            guard !fillsPage else { return whole(.pictureFillsPage) }
            let pictures = try KeptPictures(page, of: frame)
            let complete = shown.showing(pictures)
            let open = lines.indices.filter { line in
                if complete.raster.agrees(with: frame.raster, around: lines[line]) { return false }
                guard let last, !last.readOtherwise.contains(line) else { return true }
                return !complete.raster.agrees(with: last.page, around: lines[line])
            }
            let changed = rereading?(complete, open) ?? []
            guard !changed.isEmpty else {
                guarded.reread = rereading == nil ? 0 : lines.count
                return try finished(pictures, complete, guarded)
            }
            keep(changed.map { lines[$0].withReadingMargin(on: frame.page.size) }, &shown)
            last = (complete.raster, Set(changed))
        }
        return whole(.readsDifferently)
    }

    private var fillsPage: Bool { page.kept.share > PageLayerer.largestRegionShare }

    private mutating func keep(_ boxes: [PixelRect], _ shown: inout ShownPage) {
        guard !boxes.isEmpty else { return }
        page = page.keeping(boxes)
        shown.lay(frame.raster, page.kept)
    }

    /// Lines first; then tiles that grew fainter, of each what did, and places of another colour; last the tiles that are
    /// fainter still.
    private mutating func keepWhatLooksOtherwise(_ shown: inout ShownPage) -> PageLayering.TextGuard {
        let grey = frame.raster.greyed()
        let now = shown.raster.greyed()
        let comparison = TextComparison(grey, now, lines: lines)
        keep(comparison.suffering.map { $0.withReadingMargin(on: frame.page.size) }, &shown)
        keep(FadedTiles.found(grey, now, outside: page.kept, areWhole: false), &shown)
        keep(StrayColours.found(frame.raster, shown.raster, outside: page.kept), &shown)
        // What is kept by now stands in the scan's pixels.
        var after = now
        let whole = PixelRect(x: 0, y: 0, width: grey.width, height: grey.height)
        for run in page.kept.runs { after.lay(grey, of: whole, run, in: whole) }
        keep(FadedTiles.found(grey, after, outside: page.kept, areWhole: true), &shown)
        return comparison.record
    }

    // MARK: Ends

    private func finished(
        _ pictures: KeptPictures, _ shown: ShownPage, _ guarded: PageLayering.TextGuard?
    ) throws(DossierError) -> PageLayerer.Output {
        let layers = try LayeredImage(shades, page, pictures, size: frame.page.size)
        let image = layers.image(size: frame.page.size, mode: frame.page.mode)
        var record = record
        record.describe(layers, page, shown, frame)
        record.bytesLayered = image.byteCount
        record.textGuard = guarded
        guard image.byteCount + PageLayerer.overhead * image.parts.count < record.bytesBefore else { return whole(.notSmaller, record) }
        guard record.regions.allSatisfy({ $0.similarity >= PageLayerer.leastRegionSimilarity }) else { return whole(.regionDiffers, record) }
        return PageLayerer.Output(page: LayeredPage(image: image, layering: record), parts: layers.bytes, shown: shown)
    }

    private func whole(_ outcome: PageLayering.Outcome, _ record: PageLayering? = nil) -> PageLayerer.Output {
        var record = record ?? self.record
        record.outcome = outcome
        return PageLayerer.Output(page: LayeredPage(image: nil, layering: record), parts: [:], shown: nil)
    }
}

extension PixelRect {
    /// A line is read from the pixels within its box and these around it.
    private static var readingMargin: Int { 4 }

    fileprivate func withReadingMargin(on page: PixelSize) -> PixelRect {
        let (left, top) = (max(0, x - Self.readingMargin), max(0, y - Self.readingMargin))
        let (right, bottom) = (min(page.width, x + width + Self.readingMargin), min(page.height, y + height + Self.readingMargin))
        return PixelRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}

extension Raster {
    /// Whether two pictures of a page have the same pixels in and around a box.
    fileprivate func agrees(with other: Raster, around box: PixelRect) -> Bool {
        let channels = mode == .colour ? 3 : 1
        let box = box.withReadingMargin(on: PixelSize(width: width, height: height))
        return (box.y..<box.y + box.height).allSatisfy { y in
            let row = (y * width + box.x) * channels..<(y * width + box.x + box.width) * channels
            return bytes[row] == other.bytes[row]
        }
    }
}

extension PageLayering {
    fileprivate mutating func describe(
        _ layers: LayeredImage, _ page: SeparatedPage, _ shown: ShownPage, _ frame: DecodedFrame
    ) {
        func dpi(_ step: (x: Int, y: Int)) -> Int { Int(min(frame.page.dpi.x / Double(step.x), frame.page.dpi.y / Double(step.y)).rounded()) }
        background = Background(dpi: dpi(page.backgroundStep), quality: layers.shades.background.quality ?? 100)
        if layers.mask != nil {
            text = Text(fineness: page.fineness, ink: page.ink, coloursDPI: page.foreground == nil ? nil : dpi(page.foregroundStep))
        }
        regions = page.regions.map { region in
            let (scan, now) = (frame.raster.cropped(to: region.box), shown.raster.cropped(to: region.box))
            let similarity = StructuralSimilarity.least(scan, now, inside: region.squares, at: region.box)
            return Region(
                cause: region.cause, box: region.box, quality: layers.kept.quality(of: region.squares),
                similarity: (similarity * 10_000).rounded(.down) / 10_000)
        }
    }
}

extension KeptPictures {
    /// Of the picture that shows a region.
    fileprivate func quality(of squares: KeptBlocks) -> Int? {
        guard let first = squares.runs.first else { return nil }
        return pictures.first { $0.squares.touches(first) }?.layer.quality
    }
}
