/// How much of a grey or coloured scan goes into the PDF. The scanner's files are in the store in every profile, and
/// black-and-white pages keep every pixel in every profile.
public enum ImageProfile: String, Codable, Sendable, CaseIterable {
    /// Nothing is lost beyond the scanner's own loss: a JPEG goes into the PDF byte for byte.
    case faithful
    /// Layers where they are smaller: text sharp, seals, fingerprints, signatures and photographs as the scanner
    /// delivered them, paper in less detail.
    case balanced
    /// As balanced, with the paper in still less detail.
    case compact
}

/// What was done to a grey or coloured page on its way into the PDF, as the manifest keeps it.
public struct PageLayering: Hashable, Sendable, Codable {
    public enum Outcome: String, Codable, Sendable {
        /// The page consists of layers.
        case layered
        /// Layers would have been no smaller than what the scanner delivered, which stands there instead.
        case notSmaller
        /// A photograph or the like fills the page.
        case pictureFillsPage
        /// Text would have changed; the safer coding stands there.
        case textDiffers
        /// A kept region would have changed; the safer coding stands there.
        case regionDiffers
        /// The engine reads other text from the layers than from the scan; the safer coding stands there.
        case readsDifferently
        /// A coder refused; the page stays as it was delivered.
        case coderFailed
    }

    /// The paper.
    public struct Background: Hashable, Sendable, Codable {
        /// Dots per inch, the coarser of both directions.
        public var dpi: Int
        /// Of JPEG, 1…100.
        public var quality: Int

        public init(dpi: Int, quality: Int) {
            self.dpi = dpi
            self.quality = quality
        }
    }

    /// Print and writing.
    public struct Text: Hashable, Sendable, Codable {
        /// Pixels of the mask for each of the scanner's, per axis.
        public var fineness: Int
        /// R G B of the one ink; nil when the colours are a layer of their own.
        public var ink: [UInt8]?
        /// Dots per inch of the layer of colours.
        public var coloursDPI: Int?

        public init(fineness: Int, ink: [UInt8]? = nil, coloursDPI: Int? = nil) {
            self.fineness = fineness
            self.ink = ink
            self.coloursDPI = coloursDPI
        }
    }

    /// A seal, fingerprint, signature, photograph.
    public struct Region: Hashable, Sendable, Codable {
        /// Why it was kept.
        public enum Cause: String, Codable, Sendable {
            /// Red or blue ink that is no line of print.
            case ink
            /// Text or writing that would look or read otherwise as layers.
            case text
            /// Shades that neither paper nor print explain.
            case tone
        }

        public var cause: Cause
        /// Pixels of the scanned image.
        public var box: PixelRect
        /// Quality of the JPEG; nil when the scanner's own coefficients were taken over, or the pixels without loss.
        public var quality: Int?
        /// Structural similarity to the scan, least of the channels, 0…1.
        public var similarity: Double

        public init(cause: Cause, box: PixelRect, quality: Int?, similarity: Double) {
            self.cause = cause
            self.box = box
            self.quality = quality
            self.similarity = similarity
        }
    }

    /// How the text was compared with the scan.
    public struct TextGuard: Hashable, Sendable, Codable {
        /// Lines compared pixel by pixel.
        public var lines: Int
        /// Structural similarity of the line that suffered most, 0…1; 1 without lines.
        public var leastSimilarity: Double
        /// Lines that were read again from the layers, or stand there in the scanner's pixels, and gave the same text.
        public var reread: Int

        public init(lines: Int, leastSimilarity: Double, reread: Int = 0) {
            self.lines = lines
            self.leastSimilarity = leastSimilarity
            self.reread = reread
        }
    }

    public var profile: ImageProfile
    public var outcome: Outcome
    /// Bytes of the image streams as the page was delivered, or coded anew without loss.
    public var bytesBefore: Int
    /// Bytes of the layers; nil where none were made.
    public var bytesLayered: Int?
    public var background: Background?
    /// nil for a page without print.
    public var text: Text?
    public var regions: [Region]
    public var textGuard: TextGuard?

    public init(
        profile: ImageProfile, outcome: Outcome, bytesBefore: Int, bytesLayered: Int? = nil, background: Background? = nil,
        text: Text? = nil, regions: [Region] = [], textGuard: TextGuard? = nil
    ) {
        self.profile = profile
        self.outcome = outcome
        self.bytesBefore = bytesBefore
        self.bytesLayered = bytesLayered
        self.background = background
        self.text = text
        self.regions = regions
        self.textGuard = textGuard
    }
}

/// A page taken apart, or the reason why it was left whole.
public struct LayeredPage: Hashable, Sendable, Codable {
    /// nil when the page stays as it was delivered.
    public var image: PageImage?
    public var layering: PageLayering

    public init(image: PageImage?, layering: PageLayering) {
        self.image = image
        self.layering = layering
    }

    /// The page as it was delivered, with the reason.
    public func keptWhole(as outcome: PageLayering.Outcome) -> LayeredPage {
        var whole = LayeredPage(image: nil, layering: layering)
        whole.layering.outcome = outcome
        return whole
    }
}
