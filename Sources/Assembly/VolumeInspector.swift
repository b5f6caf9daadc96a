public import DossierModel
import Hashing
internal import PDFObjects

/// Looks at what a written volume holds, to compare it with what it should hold.
public enum VolumeInspector {
    /// What stands on a page. What is damaged has no digest.
    public struct Page: Hashable, Sendable {
        /// One of its image streams as it stands in the file, coded.
        public struct Stream: Hashable, Sendable {
            public var sha256: SHA256Digest
            public var sm3: SM3Digest
        }

        /// Top to bottom; nil where one cannot be read.
        public var streams: [Stream]?
        /// SHA-256 of its plain contents.
        public var content: SHA256Digest?
        /// SHA-256 of its canonical form (docs/hash-tree.md): of all that is shown on it and found on it.
        public var form: SHA256Digest?
    }

    /// Every page, sheets of the system included.
    ///
    /// #### Errors
    /// `damaged` when the PDF cannot be parsed, or another program may parse it otherwise; `fileSystem` when it cannot be read. A damaged page is none.
    public static func pages(_ path: String) throws(DossierError) -> [Page] {
        let volume = try PDFInspector(path: path)
        var pages: [Page] = []
        for page in 0..<volume.pageCount {
            // First: what is read once is not read again, and would not be warned of again.
            let form = try whole { () throws(DossierError) in SHA256Digest(of: try volume.canonicalForm(page: page)) }
            pages.append(
                Page(
                    streams: try whole { () throws(DossierError) in try streams(of: volume, page) },
                    content: try whole { () throws(DossierError) in SHA256Digest(of: try volume.content(page: page)) }, form: form))
        }
        return pages
    }

    /// SHA-256 of the canonical form (docs/hash-tree.md) of all that belongs to no page, but for seal, record and attached files; nil where
    /// a part of it is damaged.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func binding(_ path: String) throws(DossierError) -> SHA256Digest? {
        let volume = try PDFInspector(path: path)
        return try whole { () throws(DossierError) in SHA256Digest(of: try volume.canonicalForm(page: nil)) }
    }

    private static func streams(of volume: borrowing PDFInspector, _ page: Int) throws(DossierError) -> [Page.Stream] {
        var streams: [Page.Stream] = []
        for index in 0..<(try volume.imageCount(page: page)) {
            let bytes = try volume.image(page: page, index: index)
            streams.append(Page.Stream(sha256: SHA256Digest(of: bytes), sm3: SM3Digest(of: bytes)))
        }
        return streams
    }

    /// nil for what is damaged.
    private static func whole<Value>(_ work: () throws(DossierError) -> Value) throws(DossierError) -> Value? {
        do { return try work() } catch {
            guard error.code == .damaged else { throw error }
            return nil
        }
    }

    /// Names of the files attached to the volume.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func attachments(_ path: String) throws(DossierError) -> [String] { try PDFInspector(path: path).attachmentNames() }

    /// The bytes of a file attached to the volume; empty where there is none of that name.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func attachment(_ name: String, of path: String) throws(DossierError) -> [UInt8] {
        try PDFInspector(path: path).attachment(name)
    }

    /// Whether any byte of a volume's file was changed since it was written.
    public enum Seal: String, Sendable, Encodable {
        /// An earlier version wrote it: its metadata names no stage of assembly that seals.
        case none
        case intact
        /// Also where the seal is gone.
        case broken
    }

    /// #### Errors
    /// As `pages(_:)`.
    public static func seal(_ path: String) throws(DossierError) -> Seal {
        if let fits = try FileSeal.fits(path) { return fits ? .intact : .broken }
        // The change may lie in the seal itself, or have taken it out of a volume that had one.
        let volume = try PDFInspector(path: path)
        let seal = try whole { () throws(DossierError) in try volume.catalogueStream("/" + FileSeal.key) }
        guard let seal, seal.isEmpty else { return .broken }
        guard let metadata = try whole({ () throws(DossierError) in try volume.catalogueStream("/Metadata") }) else { return .broken }
        return FileSeal.isDue(String(decoding: metadata, as: UTF8.self)) ? .broken : .none
    }

    /// Whether its metadata say that it is a copy to hand out (`VolumeAttachments`), and therefore another file than the volume.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func isCopy(_ path: String) throws(DossierError) -> Bool {
        let volume = try PDFInspector(path: path)
        let metadata = try whole { () throws(DossierError) in try volume.catalogueStream("/Metadata") }
        return String(decoding: metadata ?? [], as: UTF8.self).contains("<pdfaid:part>3</pdfaid:part>")
    }

    /// The record that `VolumeWriter` was given for the volume; empty for a PDF without one, nil for one that is damaged.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func record(_ path: String) throws(DossierError) -> [UInt8]? {
        let volume = try PDFInspector(path: path)
        return try whole { () throws(DossierError) in try volume.catalogueStream("/" + VolumeWriter.recordKey) }
    }
}
