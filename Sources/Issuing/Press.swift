import Archive
import Assembly
import DossierModel
import LegalDocuments
import Typesetting

/// Makes final PDFs. Opening its fonts takes long, so one is kept for a whole series; one to a thread at a time.
final class Press: @unchecked Sendable {
    private var typesetter: Typesetter
    private let producer: String

    /// #### Errors
    /// `missingComponent` when the fonts are not installed.
    init(producer: String) throws(DossierError) {
        typesetter = try Typesetter()
        self.producer = producer
    }

    /// What would keep the document from being made, found out before a number is spent.
    ///
    /// #### Errors
    /// `limitExceeded` where something does not fit; `missingComponent` for characters no font has.
    func check(_ document: PreparedDocument) throws(DossierError) {
        let pages = try document.template.pages(document.values, number: document.template.openNumber(document.values)).pages
        try typesetter.refuseMissingCharacters(in: pages)
    }

    /// The document as tagged PDF/A-2a and PDF/UA-1. The same document and number give the same bytes.
    func print(_ document: PreparedDocument, number: String, isDraft: Bool) throws(DossierError) -> FinishedDocument {
        let layout = try document.template.pages(document.values, number: number, isDraft: isDraft)
        let metadata = TypesetMetadata(
            title: document.template.header.title, author: document.values.organName, subject: isDraft ? "草稿" : number,
            keywords: document.values.caseNumber, producer: producer, pageLabels: Self.labels(layout))
        let bytes = try TypesetDocument.archivable(try typesetter.typeset(layout.pages), blocks: layout.blocks, metadata: metadata)
        return FinishedDocument(bytes: bytes, pages: layout.pages.count)
    }

    /// 存根, 副本 … for a document of several parts.
    private static func labels(_ layout: DocumentPages) -> [String] {
        guard layout.parts.count > 1 else { return [] }
        let labels = layout.parts.flatMap { part in
            (1...part.pageCount).map { part.pageCount == 1 ? part.name ?? "" : "\(part.name ?? "")-\($0)" }
                + (layout.isTwoSided && part.pageCount % 2 == 1 ? [""] : [])
        }
        return Array(labels.prefix(layout.pages.count))
    }
}
