public import DossierModel
internal import Hashing
public import ImageCodecs
internal import Imaging

/// Takes grey and coloured pages apart into layers, where that is smaller and nothing of what is written suffers.
///
/// A page is layered when its layers have fewer bytes than what the scanner delivered, every kept region is as good as
/// the scan (structural similarity of at least 0.98), its lines of text look as they did and nothing faint grew fainter.
/// What suffers is kept as a region; where that does not help, the page stays as delivered, and the record says why.
public struct PageLayerer: Sendable {
    /// How much of the paper is kept.
    struct Detail {
        /// Dots per inch.
        var backgroundDPI: Double
        var backgroundQuality: Int
        var colourQuality: Int
    }

    let profile: ImageProfile

    public init(profile: ImageProfile) { self.profile = profile }

    public struct Output: Sendable {
        public var page: LayeredPage
        /// Coded bytes of the layers.
        public var parts: [SHA256Digest: [UInt8]]
        /// The page as its layers show it; nil where it stays whole.
        public var shown: ShownPage?

        public init(page: LayeredPage, parts: [SHA256Digest: [UInt8]], shown: ShownPage?) {
            self.page = page
            self.parts = parts
            self.shown = shown
        }
    }

    /// Kept regions have at least this structural similarity to the scan.
    static let leastRegionSimilarity = 0.98
    /// Of the page: beyond it the page is a picture.
    static let largestRegionShare = 0.45
    /// Smaller frames are no pages; layers would be larger than the frame.
    static let leastSide = 300
    /// Larger frames stay as they are: the memory of a worker is for pages.
    static let mostPixels = 60_000_000
    /// Dictionaries and operators of one layer in the PDF, bytes.
    static let overhead = 220

    /// - Parameters:
    ///   - frame: as decoded, with the coded bytes that go into the PDF otherwise.
    ///   - lines: where text was read, corners in pixels of the frame.
    ///   - keeping: pixels of the frame that stay as they are in any case.
    /// - Returns: nil for a page that has no layers in this profile: black and white, faithful, very small or large, or
    ///   damaged, whose coded bytes are evidence of their own.
    /// #### Errors
    /// `library` when a coder refuses.
    public func layered(_ frame: DecodedFrame, lines: [Quad], keeping: [PixelRect] = []) throws(DossierError) -> Output? {
        guard profile != .faithful, isEligible(frame) else { return nil }
        var keeping = keeping
        for _ in 0..<Self.mostRounds {
            let (output, suffering) = try attempt(frame, lines, keeping)
            if suffering.isEmpty { return output }
            keeping += suffering
        }
        let record = PageLayering(profile: profile, outcome: .layered, bytesBefore: frame.page.image.byteCount)
        return whole(record, .textDiffers)
    }

    /// Pages whose layers lose something get so many tries, each keeping what suffered in the one before.
    static let mostRounds = 3

    /// - Returns: the layers, with the places where they lose something of the page.
    private func attempt(_ frame: DecodedFrame, _ lines: [Quad], _ keeping: [PixelRect]) throws(DossierError) -> (Output, suffering: [PixelRect]) {
        let detail = detail
        let dpi = frame.page.dpi
        let separated = SeparatedPage(
            frame.raster, dpi: dpi, fineness: min(dpi.x, dpi.y) < 250 ? 2 : 1, backgroundDPI: detail.backgroundDPI, keeping: keeping)
        let before = frame.page.image.byteCount
        var record = PageLayering(profile: profile, outcome: .layered, bytesBefore: before)
        guard separated.regionShare <= Self.largestRegionShare else { return (whole(record, .pictureFillsPage), []) }
        let layers = try LayeredImage(separated, of: frame, detail)
        record.describe(layers, separated, frame, detail)
        let image = layers.image(size: frame.page.size, mode: frame.page.mode)
        let bytes = image.byteCount + Self.overhead * image.parts.count
        record.bytesLayered = image.byteCount
        guard bytes < before else { return (whole(record, .notSmaller), []) }
        guard record.regions.allSatisfy({ $0.similarity >= Self.leastRegionSimilarity }) else { return (whole(record, .regionDiffers), []) }
        let shown = ShownPage(layers, separated, size: frame.page.size, mode: frame.page.mode)
        let comparison = TextComparison(frame.raster, shown, lines: lines)
        record.textGuard = comparison.record
        let output = Output(page: LayeredPage(image: image, layering: record), parts: layers.bytes, shown: shown)
        return (output, comparison.suffering + FadedTiles.found(frame.raster, shown, without: separated.regions.map(\.box)))
    }

    /// At fewer dots per inch than these 75 the paper explains less of a page, and more of it is kept as regions: larger files.
    private var detail: Detail {
        profile == .compact
            ? Detail(backgroundDPI: 75, backgroundQuality: 45, colourQuality: 50)
            : Detail(backgroundDPI: 75, backgroundQuality: 70, colourQuality: 60)
    }

    private func isEligible(_ frame: DecodedFrame) -> Bool {
        let size = frame.page.size
        return frame.page.mode != .bitonal && min(size.width, size.height) >= Self.leastSide && size.width * size.height <= Self.mostPixels
            && !frame.page.findings.contains { $0.id == "frame.damaged" }
    }

    private func whole(_ record: PageLayering, _ outcome: PageLayering.Outcome) -> Output {
        var record = record
        record.outcome = outcome
        return Output(page: LayeredPage(image: nil, layering: record), parts: [:], shown: nil)
    }
}

extension PageLayering {
    fileprivate mutating func describe(
        _ layers: LayeredImage, _ separated: SeparatedPage, _ frame: DecodedFrame, _ detail: PageLayerer.Detail
    ) {
        let dpi = frame.page.dpi
        let step = separated.backgroundStep
        background = Background(dpi: Int(min(dpi.x / Double(step.x), dpi.y / Double(step.y)).rounded()), quality: detail.backgroundQuality)
        if layers.mask != nil {
            let colours = separated.foreground == nil ? nil : Int(min(dpi.x / Double(separated.foregroundStep.x), dpi.y / Double(separated.foregroundStep.y)).rounded())
            text = Text(fineness: separated.fineness, ink: separated.ink, coloursDPI: colours)
        }
        regions = zip(separated.regions, layers.regions).map { region, layer in
            Region(
                cause: region.cause, box: region.box, quality: layer.quality,
                similarity: (StructuralSimilarity.least(frame.raster.cropped(to: region.box), layer.shown) * 10_000).rounded(.down) / 10_000)
        }
    }
}
