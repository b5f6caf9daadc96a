public import DossierModel

/// How verification looks at a stored case. Every answer must come from the bytes on the disk, read at that moment.
public struct StoredCase {
    /// What a file is when read again.
    public struct Measure: Hashable, Sendable {
        public var sha256: SHA256Digest
        public var bytes: Int

        public init(sha256: SHA256Digest, bytes: Int) {
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// A page of a PDF when read again. What is damaged has no digest.
    public struct Page: Hashable, Sendable {
        /// SHA-256 of the coded bytes of its image streams, top to bottom.
        public var streams: [SHA256Digest]?
        /// SM3 of the same.
        public var streamsSM3: [SM3Digest]
        /// SHA-256 of its plain contents.
        public var content: SHA256Digest?
        /// SHA-256 of its canonical form.
        public var form: SHA256Digest?

        public init(streams: [SHA256Digest]?, streamsSM3: [SM3Digest] = [], content: SHA256Digest?, form: SHA256Digest?) {
            self.streams = streams
            self.streamsSM3 = streamsSM3
            self.content = content
            self.form = form
        }
    }

    /// Names of all files in the case's folder.
    public var fileNames: () throws(DossierError) -> [String]
    /// A published file by name; nil when it is not there.
    public var product: (String) throws(DossierError) -> Measure?
    /// The bytes of a published text by name; nil when it is not there. Asked for the texts only, never for a PDF.
    public var text: (String) throws(DossierError) -> [UInt8]?
    /// The stored original that was filed under a digest; nil when it is not there. Without it, as for a folder that was
    /// handed out, originals are not checked.
    public var original: ((SHA256Digest) throws(DossierError) -> Measure?)?
    /// The same by SM3; nil where originals are not checked.
    public var originalSM3: ((SHA256Digest) throws(DossierError) -> SM3Digest?)?
    /// What stands on the pages of a PDF; nil when the file is not there.
    public var pages: (String) throws(DossierError) -> [Page]?

    public init(
        fileNames: @escaping () throws(DossierError) -> [String],
        product: @escaping (String) throws(DossierError) -> Measure?,
        text: @escaping (String) throws(DossierError) -> [UInt8]?,
        original: ((SHA256Digest) throws(DossierError) -> Measure?)?,
        pages: @escaping (String) throws(DossierError) -> [Page]?
    ) {
        self.fileNames = fileNames
        self.product = product
        self.text = text
        self.original = original
        self.pages = pages
    }
}
