public import DossierModel
internal import PDFObjects

/// What a typeset document says about itself.
public struct TypesetMetadata: Hashable, Sendable, Codable {
    public var title: String
    /// 责任者: the organ that issues the document.
    public var author: String?
    /// 文号.
    public var subject: String?
    public var keywords: String?
    /// A language tag of RFC 3066.
    public var language: String
    /// Name and version of the program: `Dossier 1.0`.
    public var producer: String
    /// One for each page, or none at all: 存根, 副本, 正本, 回执. An empty one leaves the page's number.
    public var pageLabels: [String]

    public init(
        title: String, author: String? = nil, subject: String? = nil, keywords: String? = nil, language: String = "zh-CN",
        producer: String, pageLabels: [String] = []
    ) {
        self.title = title
        self.author = author
        self.subject = subject
        self.keywords = keywords
        self.language = language
        self.producer = producer
        self.pageLabels = pageLabels
    }
}

/// Finishes typeset documents as PDF/A-2u (ISO 19005-2, level U).
public enum TypesetDocument {
    /// `pdf`, as `Typesetter.pdf(_:)` made it, with metadata, output intent and file identifier.
    ///
    /// Pages, fonts and text stay as they are; catalogue and information dictionary are made anew. Equal arguments
    /// give equal bytes.
    ///
    /// #### Errors
    /// `badUsage` when there are labels, but not one for each page; `library` when `pdf` is not an undamaged PDF.
    public static func archivable(_ pdf: [UInt8], metadata: TypesetMetadata) throws(DossierError) -> [UInt8] {
        let document = try PDFBuilder(bytes: pdf)
        let tree = try document.pageTree()
        let packet = XMPPacket(information: metadata.information).text()
        let stream = try document.addStream("<< /Type /Metadata /Subtype /XML >>", bytes: Array(packet.utf8))
        let labels = try labels(metadata, pages: document.pageCount())
        try document.setRoot(
            document.add(
                """
                << /Type /Catalog /Pages \(tree) /Metadata \(stream) /Lang \(PDFSyntax.text(metadata.language)) \(labels)
                /OutputIntents [\(try OutputIntent.sRGB(in: document))]
                /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>
                """))
        try document.setInfo(document.add(metadata.information.dictionary))
        return try document.written()
    }

    private static func labels(_ metadata: TypesetMetadata, pages: Int) throws(DossierError) -> String {
        guard !metadata.pageLabels.isEmpty else { return "" }
        guard metadata.pageLabels.count == pages else {
            throw DossierError(.badUsage, "\(metadata.pageLabels.count) page labels were given for \(pages) pages; give one for each")
        }
        return "/PageLabels << /Nums [\(PageLabels.numbers(names: metadata.pageLabels))] >>"
    }
}

extension TypesetMetadata {
    fileprivate var information: DocumentInformation {
        DocumentInformation(
            title: title, author: author, subject: subject, keywords: keywords, language: language, producer: producer)
    }
}
