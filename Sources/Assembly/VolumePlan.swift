public import DossierModel
public import Typesetting

/// Everything a volume's PDF is made from. Equal plans over equal parts give equal bytes.
public struct VolumePlan: Sendable {
    /// One page, in the order of the volume.
    public struct Page: Sendable {
        public var image: PageImage
        public var geometry: PageGeometry
        /// Dots per inch along the rows and columns of the image as scanned, before `geometry.rotation`.
        public var dpi: Resolution
        /// 页号; nil for pages that carry none.
        public var label: String?
        /// In reading order, pixels of the upright, straightened page.
        public var lines: [RecognisedLine]
        /// Scan-order number (`PageRecord.image`); the label of a page without folio.
        public var scanImage: Int
        /// Name by which other documents can link to the page, `v2p45`; nil for none. Of equal names the first counts.
        public var destination: String?
        /// Index into `outline` of the document that the page belongs to; nil for none.
        public var document: Int?
        /// Told beside the lines, which have none of their legends.
        public var seals: [SealReading]
        /// What was done to a grey or coloured image: tells of photographs, signatures and the like.
        public var layering: PageLayering?

        public init(
            image: PageImage, geometry: PageGeometry, dpi: Resolution, label: String?, lines: [RecognisedLine],
            scanImage: Int, destination: String? = nil, document: Int? = nil, seals: [SealReading] = [], layering: PageLayering? = nil
        ) {
            self.image = image
            self.geometry = geometry
            self.dpi = dpi
            self.label = label
            self.lines = lines
            self.scanImage = scanImage
            self.destination = destination
            self.document = document
            self.seals = seals
            self.layering = layering
        }
    }

    /// A page that was typeset for the volume.
    public struct Sheet: Sendable {
        public var page: TypesetPage
        /// In reading order. Marks of no block are there for the eye only.
        public var blocks: [TextBlock]
        /// The target is an index into `pages`.
        public var links: [PageLink]
        public var label: String
        /// For the outline; nil on a sheet that carries one on.
        public var title: String?

        public init(page: TypesetPage, blocks: [TextBlock], links: [PageLink] = [], label: String, title: String?) {
            self.page = page
            self.blocks = blocks
            self.links = links
            self.label = label
            self.title = title
        }
    }

    /// The sheets around the scanned pages, with the fonts they are set in.
    public struct Sheets: Sendable {
        public var front: [Sheet]
        public var back: [Sheet]
        public var fonts: [FontSubset]

        public init(front: [Sheet], back: [Sheet], fonts: [FontSubset]) {
            self.front = front
            self.back = back
            self.fonts = fonts
        }

        public static let none = Sheets(front: [], back: [], fonts: [])
    }

    /// What is stamped on the scanned pages, on a layer of its own (optional content, ISO 32000-1 §8.11).
    public struct Stamps: Sendable {
        /// As a reader lists the layer.
        public var name: String
        /// One for each page of the plan, as large as that; without marks where nothing is stamped.
        public var pages: [TypesetPage]
        public var fonts: [FontSubset]

        public init(name: String, pages: [TypesetPage], fonts: [FontSubset]) {
            self.name = name
            self.pages = pages
            self.fonts = fonts
        }
    }

    public struct OutlineItem: Sendable {
        public var title: String
        /// Index into `pages`.
        public var pageIndex: Int
        public var children: [OutlineItem]

        public init(title: String, pageIndex: Int, children: [OutlineItem] = []) {
            self.title = title
            self.pageIndex = pageIndex
            self.children = children
        }
    }

    /// One fact about how the volume was made, kept in its metadata.
    public struct Provenance: Sendable, Hashable {
        /// An XML name without colon, in lower camel case: `engine`, `settingsDigest`.
        public var name: String
        public var value: String
        /// What the fact is, for people.
        public var description: String

        public init(name: String, value: String, description: String) {
            self.name = name
            self.value = value
            self.description = description
        }
    }

    public var title: String
    /// 案件编号.
    public var caseNumber: String
    /// 责任者 of the volume.
    public var author: String?
    public var subject: String?
    public var keywords: String?
    /// A language tag of RFC 3066.
    public var language: String
    /// Name and version of the program: `Dossier 1.0`.
    public var producer: String
    public var provenance: [Provenance]
    public var pages: [Page]
    /// 卷内文件目录.
    public var outline: [OutlineItem]
    public var stamps: Stamps?

    public init(
        title: String, caseNumber: String, author: String? = nil, subject: String? = nil, keywords: String? = nil,
        language: String = "zh-CN", producer: String, provenance: [Provenance] = [], pages: [Page],
        outline: [OutlineItem] = [], stamps: Stamps? = nil
    ) {
        self.title = title
        self.caseNumber = caseNumber
        self.author = author
        self.subject = subject
        self.keywords = keywords
        self.language = language
        self.producer = producer
        self.provenance = provenance
        self.pages = pages
        self.outline = outline
        self.stamps = stamps
    }

    /// Size of a page as it stands in the PDF, millimetres.
    public static func paper(of geometry: PageGeometry, dpi: Resolution) -> PaperSize {
        let box = PageBox(geometry: geometry, dpi: dpi)
        let millimetres = Double(box.userUnit) * 25.4 / 72
        return PaperSize(width: box.width * millimetres, height: box.height * millimetres)
    }
}
