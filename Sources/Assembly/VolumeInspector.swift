public import DossierModel
import Hashing
internal import PDFObjects

/// Looks at what a written volume holds, to compare it with what it should hold.
public enum VolumeInspector {
    /// What stands on a page.
    public struct Page: Hashable, Sendable {
        /// SHA-256 of the coded bytes of its image streams as they stand in the file, top to bottom.
        public var streams: [SHA256Digest]
        /// SHA-256 of its plain contents.
        public var content: SHA256Digest
    }

    /// Every page, sheets of the system included.
    ///
    /// #### Errors
    /// `damaged` when the PDF cannot be parsed, `fileSystem` when it cannot be read.
    public static func pages(_ path: String) throws(DossierError) -> [Page] {
        let streams = try PDFInspector(path: path)
        var pages: [Page] = []
        for page in 0..<streams.pageCount {
            var digests: [SHA256Digest] = []
            for index in 0..<(try streams.imageCount(page: page)) {
                digests.append(SHA256Digest(of: try streams.image(page: page, index: index)))
            }
            pages.append(Page(streams: digests, content: SHA256Digest(of: try streams.content(page: page))))
        }
        return pages
    }

    /// The bytes of a file attached to the volume; empty where there is none of that name.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func attachment(_ name: String, of path: String) throws(DossierError) -> [UInt8] {
        try PDFInspector(path: path).attachment(name)
    }

    /// Whether any byte of a volume's file was changed since it was written.
    public enum Seal: Sendable {
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
        guard try volume.catalogueStream("/" + FileSeal.key).isEmpty else { return .broken }
        let metadata = try volume.catalogueStream("/Metadata")
        return FileSeal.isDue(String(decoding: metadata, as: UTF8.self)) ? .broken : .none
    }

    /// The record that `VolumeWriter` was given for the volume; empty for a PDF without one.
    ///
    /// #### Errors
    /// As `pages(_:)`.
    public static func record(_ path: String) throws(DossierError) -> [UInt8] {
        try PDFInspector(path: path).catalogueStream("/" + VolumeWriter.recordKey)
    }
}
