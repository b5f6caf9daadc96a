public import DossierModel

/// What the coordinator asks of a worker, one JSON line each.
public enum WorkOrder: Sendable, Codable {
    /// Look into a scanner file.
    case survey(ScanSource)
    /// Decode, clean and read one frame; coded parts go into `scratch` as files named by their digest.
    case page(ScanSource, frame: Int, scratch: String, hands: PageHands?)
}

/// A scanner file as a worker sees it.
public struct ScanSource: Hashable, Sendable, Codable {
    /// Where the original lies in the store.
    public var path: String
    /// Its name in the batch, for messages.
    public var name: String

    public init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

/// What a worker answers, one JSON line each.
public enum WorkAnswer: Sendable, Codable {
    /// Sent once, when the engine has been loaded.
    case ready
    /// The worker cannot start; it exits.
    case unavailable(message: String)
    case surveyed(FileSurvey)
    case page(PageProduct)
    /// The page was read, but the workspace takes nothing more: a matter of the run, not of the page.
    case notStored(message: String)
}

/// Everything a worker finds out about one frame. Cached by its stage key.
public struct PageProduct: Hashable, Sendable, Codable {
    /// nil when nothing could be decoded; then `findings` says why.
    public var scanned: ScannedPage?
    public var clean: CleanPage?
    /// nil for blanks and undecodable frames.
    public var recognised: RecognisedPage?
    /// nil for blanks, undecodable frames, and where the settings look for none.
    public var barcodes: BarcodeReading?
    /// nil where the profile leaves the page as it is.
    public var layered: LayeredPage?
    /// A small JPEG for lists, longest side 320 pixels.
    public var thumbnail: SHA256Digest?
    /// `.rejected` for a frame that is refused, `.page` for one that becomes a placeholder; nil when decoded.
    public var refusedAs: Disposition?
    public var findings: [Finding]

    public init(
        scanned: ScannedPage?, clean: CleanPage?, recognised: RecognisedPage?, barcodes: BarcodeReading? = nil, layered: LayeredPage? = nil,
        thumbnail: SHA256Digest? = nil, refusedAs: Disposition? = nil, findings: [Finding] = []
    ) {
        self.scanned = scanned
        self.clean = clean
        self.recognised = recognised
        self.barcodes = barcodes
        self.layered = layered
        self.thumbnail = thumbnail
        self.refusedAs = refusedAs
        self.findings = findings
    }

    /// A frame that could not be read, and why.
    public static func refused(as disposition: Disposition, _ finding: Finding) -> PageProduct {
        PageProduct(scanned: nil, clean: nil, recognised: nil, refusedAs: disposition, findings: [finding])
    }

    /// What goes into the PDF: the layers, or what the scanner delivered. What it does not show is not in the store.
    public var image: PageImage? { layered?.image ?? scanned?.image }

    /// Every blob that is needed of the product.
    public var blobs: [SHA256Digest] {
        let parts = image?.parts ?? []
        return parts.map(\.digest) + parts.compactMap(\.globals) + (thumbnail.map { [$0] } ?? [])
    }
}
