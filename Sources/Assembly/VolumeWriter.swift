public import DossierModel
import Foundation
internal import PDFObjects

/// Writes volumes as linearized, tagged PDF/A-2a (ISO 19005-2, level A, which includes level U) that is PDF/UA-1
/// (ISO 14289-1), too.
public enum VolumeWriter {
    /// Digests of what was written.
    public struct Contents: Hashable, Sendable, Codable {
        public struct Page: Hashable, Sendable, Codable {
            /// SHA-256 of the plain contents.
            public var content: SHA256Digest
            /// SHA-256 of the canonical form (docs/hash-tree.md): of all that is shown on the page and found on it.
            public var form: SHA256Digest
        }

        public var pages: [Page]
        /// SHA-256 of the canonical forms of the sheets before and after the pages.
        public var front: [SHA256Digest]
        public var back: [SHA256Digest]
        /// SHA-256 of the canonical form of all that belongs to no page; nil while it is not written.
        public var binding: SHA256Digest?

        public init(pages: [Page] = [], front: [SHA256Digest] = [], back: [SHA256Digest] = [], binding: SHA256Digest? = nil) {
            self.pages = pages
            self.front = front
            self.back = back
            self.binding = binding
        }
    }

    /// What is known only when the pages have been written.
    public struct Ending {
        public var sheets: VolumePlan.Sheets
        /// From the digests of all that is written what is kept in the document under `recordKey`; nothing when empty.
        public var record: (Contents) -> [UInt8]

        public init(sheets: VolumePlan.Sheets = .none, record: @escaping (Contents) -> [UInt8] = { _ in [] }) {
            self.sheets = sheets
            self.record = record
        }
    }

    /// The entry of the document catalogue whose stream is the volume's record of its pages: a name of our own
    /// (ISO 32000-1 Annex E).
    public static let recordKey = "DOSS_Record"

    /// Writes one volume.
    ///
    /// Every page has the true size of its upright image, which is drawn turned and straightened but not coded anew,
    /// and an invisible text layer; text extracted in content order equals `PageText.written(_:)`. Equal plans over
    /// equal parts give equal bytes. The parts are read while writing, so memory does not grow with them.
    ///
    /// - Parameters:
    ///   - path: Where the PDF goes; removed again on failure.
    ///   - lines: Gives the lines of a page, asked for when the page's turn comes; those of the plan where it is left out.
    ///   - part: Gives the path of the file that holds exactly a coded part's bytes.
    ///   - ending: From the digests of each page, what goes around the pages.
    ///
    /// #### Errors
    /// `badUsage` for a plan without pages or with a resolution that is none, `fileSystem` when a part cannot be read
    /// or `path` not be written, `library` when QPDF refuses a part's dictionary; what `lines`, `part` and `ending` throw.
    @discardableResult public static func write(
        _ plan: VolumePlan, to path: String,
        lines: (VolumePlan.Page) throws(DossierError) -> [RecognisedLine] = { (page) throws(DossierError) in page.lines },
        part: (SHA256Digest) throws(DossierError) -> String,
        ending: ([Contents.Page]) throws(DossierError) -> Ending = { (_) throws(DossierError) in Ending() }
    ) throws(DossierError) -> Contents {
        try write(plan, to: path, showingText: false, lines: lines, part: part, ending: ending)
    }

    /// As above; `showingText` frames every character in red, for looking at the text layer.
    @discardableResult static func write(
        _ plan: VolumePlan, to path: String, showingText: Bool,
        lines: (VolumePlan.Page) throws(DossierError) -> [RecognisedLine] = { (page) throws(DossierError) in page.lines },
        part: (SHA256Digest) throws(DossierError) -> String,
        ending: ([Contents.Page]) throws(DossierError) -> Ending = { (_) throws(DossierError) in Ending() }
    ) throws(DossierError) -> Contents {
        guard !plan.pages.isEmpty else { throw DossierError(.badUsage, "a volume has at least one page", location: path) }
        var assembly = try VolumeAssembly(plan, showsText: showingText)
        for page in plan.pages { try assembly.add(page, lines: lines(page), part: part) }
        try assembly.settlePages()
        try assembly.finish(plan, ending(assembly.contents.pages))
        try assembly.document.write(to: path, linearized: true)
        do { try FileSeal.seal(path) } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
        return assembly.contents
    }
}
