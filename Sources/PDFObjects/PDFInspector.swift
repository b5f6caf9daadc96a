internal import CQPDF
public import DossierModel

/// What lies in a written volume, page by page: raw image streams, plain contents.
@safe public struct PDFInspector: ~Copyable {
    private let inspector: OpaquePointer
    private let path: String

    /// #### Errors
    /// All calls: `fileSystem` when the file cannot be read, `damaged` when it, or the part that is asked for, is no sound PDF.
    public init(path: String) throws(DossierError) {
        do {
            unsafe inspector = try unsafe QPDFCall.pointer { unsafe cqpdf_inspector_open(path, $0) }
        } catch {
            throw Self.damage(error, "the PDF cannot be opened; make it anew", path)
        }
        self.path = path
    }

    /// What QPDF refuses here is the file, not what it was asked for.
    private static func damage(_ error: DossierError, _ message: String, _ path: String) -> DossierError {
        error.code == .library ? DossierError(.damaged, message, cause: error.cause, location: path) : error
    }

    deinit { unsafe cqpdf_inspector_free(inspector) }

    public var pageCount: Int { unsafe cqpdf_inspector_page_count(inspector) }

    /// Number of images among the resources of a page (0-based), their masks included.
    public func imageCount(page: Int) throws(DossierError) -> Int {
        var failure = CQPDFWriterFailure()
        let count = unsafe cqpdf_inspector_image_count(inspector, page, &failure)
        guard count >= 0 else { throw Self.damage(QPDFCall.error(failure), "the page cannot be read", path) }
        return Int(count)
    }

    /// The coded bytes of one image, in the order of the resource names, a mask right after the image it belongs to.
    public func image(page: Int, index: Int) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_image(inspector, page, index, $0, $1, $2) }
    }

    /// The plain operators of a page (0-based).
    public func content(page: Int) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_content(inspector, page, $0, $1, $2) }
    }

    /// The canonical form (docs/hash-tree.md) of a page (0-based), or of all that belongs to no page: one text for what is shown and
    /// found, however the file is packed.
    public func canonicalForm(page: Int?) throws(DossierError) -> [UInt8] {
        let streams = StreamHash()
        defer { withExtendedLifetime(streams) {} }
        return try unsafe bytes { unsafe cqpdf_inspector_form(inspector, Int32(page ?? CQPDF_BINDING), streams.callbacks, $0, $1, $2) }
    }

    /// The plain bytes of a stream that the document catalogue names; empty where it names none.
    public func catalogueStream(_ key: String) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_catalogue_stream(inspector, key, $0, $1, $2) }
    }

    /// Names of the attached files.
    public func attachmentNames() throws(DossierError) -> [String] {
        let names = try unsafe bytes { unsafe cqpdf_inspector_attachment_names(inspector, $0, $1, $2) }
        return names.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of an attached file; empty where there is none of that name.
    public func attachment(_ name: String) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_attachment(inspector, name, $0, $1, $2) }
    }

    private func bytes(_ call: QPDFCall.Lending) throws(DossierError) -> [UInt8] {
        do { return try unsafe QPDFCall.bytes(call) } catch { throw Self.damage(error, "a part of the PDF cannot be read", path) }
    }
}
