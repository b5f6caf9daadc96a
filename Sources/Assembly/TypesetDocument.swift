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

/// Writes typeset documents as tagged PDF/A-2a (ISO 19005-2, level A, which includes level U) and PDF/UA-1 (ISO 14289-1).
public enum TypesetDocument {
    /// The pages with their fonts, structure, metadata and output intent: vectors, and text that can be searched and copied
    /// exactly.
    ///
    /// Equal arguments give equal bytes.
    ///
    /// - Parameter blocks: What the elements of each page are, in reading order; those of no block are there for the eye
    ///   only. nil for a document without structure, which is PDF/A-2u.
    /// #### Errors
    /// `badUsage` without pages, and when there are labels or blocks, but not one for each page.
    public static func archivable(
        _ document: TypesetPages, blocks: [[TextBlock]]? = nil, metadata: TypesetMetadata
    ) throws(DossierError) -> [UInt8] {
        let count = document.pages.count
        guard count > 0 else { throw DossierError(.badUsage, "a document has at least one page") }
        guard blocks == nil || blocks?.count == count else {
            throw DossierError(.badUsage, "\(blocks?.count ?? 0) lists of blocks were given for \(count) pages; give one for each")
        }
        let labels = try labels(metadata, pages: count)
        let builder = try PDFBuilder()
        let (tree, structure) = try pageTree(document, blocks, title: metadata.title, in: builder)
        let packet = XMPPacket(information: metadata.information, isTagged: blocks != nil).text()
        let stream = try builder.addStream("<< /Type /Metadata /Subtype /XML >>", bytes: Array(packet.utf8))
        try builder.setRoot(
            builder.add(
                """
                << /Type /Catalog /Pages \(tree) /Metadata \(stream) /Lang \(PDFSyntax.text(metadata.language)) \(labels) \(structure)
                /OutputIntents [\(try OutputIntent.sRGB(in: builder))]
                /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>
                """))
        try builder.setInfo(builder.add(metadata.information.dictionary))
        return try builder.written()
    }

    /// The pages, and the entries of the catalogue that lead to their structure.
    private static func pageTree(
        _ document: TypesetPages, _ blocks: [[TextBlock]]?, title: String, in builder: borrowing PDFBuilder
    ) throws(DossierError) -> (PDFBuilder.Object, structure: String) {
        let writer = try TypesetPageWriter(document.pages, fonts: document.fonts, in: builder)
        let tree = try builder.reserve()
        var (structure, told) = (StructureTree(title: title), SheetStructure())
        var pages: [PDFBuilder.Object] = []
        for (index, page) in document.pages.enumerated() {
            let object = try builder.reserve()
            var marked: SheetStructure.Marked?
            if let blocks {
                let sheet = VolumePlan.Sheet(page: page, blocks: blocks[index], label: "", title: index == 0 ? title : nil)
                marked = try told.add(sheet, as: object, under: structure.top, targets: [], to: &structure, in: builder)
            }
            try builder.set(
                object, to: writer.page(page, parent: tree, marking: marked?.marking, entries: marked?.entries ?? "", in: builder).dictionary)
            pages.append(object)
        }
        let kids = pages.map(\.description).joined(separator: " ")
        try builder.set(tree, to: "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        let entries = blocks == nil ? "" : "/MarkInfo << /Marked true >> /StructTreeRoot \(try structure.write(to: builder))"
        return (tree, entries)
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
