public import DossierModel
internal import Hashing
public import ImageCodecs
internal import Imaging

/// Takes grey and coloured pages apart into layers, where that is smaller and nothing of what is written suffers.
///
/// A page is layered when its layers have fewer bytes than what the scanner delivered, every kept region is as good as
/// the scan (structural similarity of at least 0.98), its lines of text look and read as they did and nothing faint grew
/// fainter. What suffers is kept as a region; where that does not help, the page stays as delivered, and the record says
/// why.
public struct PageLayerer: Sendable {
    /// How much of the paper is kept.
    struct Detail {
        /// Dots per inch.
        var backgroundDPI: Double
        /// Of JPEG, tried in this order; the last is good enough in any case.
        var backgroundQualities: [Int]
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

    /// Tells which of the lines, by number, read otherwise on the page as it is shown than on the scan; asked about some.
    public typealias Rereading = (ShownPage, [Int]) -> [Int]

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
    ///   - rereading: asked about lines whose pixels are not the scan's; nil where nothing can read them.
    /// - Returns: nil for a page that has no layers in this profile: black and white, faithful, very small or large, or
    ///   damaged, whose coded bytes are evidence of their own.
    /// #### Errors
    /// `library` when a coder refuses.
    public func layered(
        _ frame: DecodedFrame, lines: [Quad], keeping: [PixelRect] = [], rereading: Rereading? = nil
    ) throws(DossierError) -> Output? {
        guard profile != .faithful, isEligible(frame) else { return nil }
        var work = try LayeringWork(frame, profile, detail, lines: lines, keeping: keeping)
        return try work.output(rereading)
    }

    /// The layers that a record tells of, made again from the frame; nil for a page that stayed as delivered.
    ///
    /// #### Errors
    /// `library` when a coder refuses.
    public func layered(_ frame: DecodedFrame, asIn record: PageLayering) throws(DossierError) -> Output? {
        guard record.outcome == .layered, profile != .faithful, isEligible(frame) else { return nil }
        let keeping = record.regions.filter { $0.cause == .text }.map(\.box)
        var work = try LayeringWork(frame, profile, detail, lines: [], keeping: keeping)
        return try work.output(isGuarded: false)
    }

    /// At fewer dots per inch than these 75 the paper explains less of a page, and more of it is kept as regions: larger files.
    private var detail: Detail {
        profile == .compact
            ? Detail(backgroundDPI: 75, backgroundQualities: [25, 35, 45], colourQuality: 50)
            : Detail(backgroundDPI: 75, backgroundQualities: [35, 50, 70], colourQuality: 60)
    }

    private func isEligible(_ frame: DecodedFrame) -> Bool {
        let size = frame.page.size
        return frame.page.mode != .bitonal && min(size.width, size.height) >= Self.leastSide && size.width * size.height <= Self.mostPixels
            && !frame.page.findings.contains { $0.id == "frame.damaged" }
    }
}
