public import DossierModel
internal import PDFObjects
public import Typesetting

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

/// Writes typeset documents as PDF/A-2u (ISO 19005-2, level U).
public enum TypesetDocument {
    /// The pages with their fonts, metadata and output intent: vectors, and text that can be searched and copied exactly.
    ///
    /// Equal arguments give equal bytes.
    ///
    /// #### Errors
    /// `badUsage` without pages, and when there are labels, but not one for each page.
    public static func archivable(_ document: TypesetPages, metadata: TypesetMetadata) throws(DossierError) -> [UInt8] {
        let count = document.pages.count
        guard count > 0 else { throw DossierError(.badUsage, "a document has at least one page") }
        let labels = try labels(metadata, pages: count)
        let builder = try PDFBuilder()
        let tree = try pageTree(document, in: builder)
        let packet = XMPPacket(information: metadata.information).text()
        let stream = try builder.addStream("<< /Type /Metadata /Subtype /XML >>", bytes: Array(packet.utf8))
        try builder.setRoot(
            builder.add(
                """
                << /Type /Catalog /Pages \(tree) /Metadata \(stream) /Lang \(PDFSyntax.text(metadata.language)) \(labels)
                /OutputIntents [\(try OutputIntent.sRGB(in: builder))]
                /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>
                """))
        try builder.setInfo(builder.add(metadata.information.dictionary))
        return try builder.written()
    }

    private static func pageTree(
        _ document: TypesetPages, in builder: borrowing PDFBuilder
    ) throws(DossierError) -> PDFBuilder.Object {
        let writer = try TypesetPageWriter(document.pages, fonts: document.fonts, in: builder)
        let tree = try builder.reserve()
        var pages: [PDFBuilder.Object] = []
        for page in document.pages { pages.append(try builder.add(writer.page(page, parent: tree, in: builder).dictionary)) }
        let kids = pages.map(\.description).joined(separator: " ")
        try builder.set(tree, to: "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        return tree
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
