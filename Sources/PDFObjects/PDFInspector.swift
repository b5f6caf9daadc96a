internal import CQPDF
public import DossierModel

/// What lies in a written volume, page by page: raw image streams, plain contents.
@safe public struct PDFInspector: ~Copyable {
    private let inspector: OpaquePointer

    /// #### Errors
    /// `fileSystem` when the file cannot be read, `library` when it is not a sound PDF.
    public init(path: String) throws(DossierError) {
        do {
            unsafe inspector = try unsafe QPDFCall.pointer { unsafe cqpdf_inspector_open(path, $0) }
        } catch {
            let code: DossierError.Code = error.code == .library ? .damaged : error.code
            throw DossierError(code, "the PDF cannot be opened; make it anew", cause: error.cause, location: path)
        }
    }

    deinit { unsafe cqpdf_inspector_free(inspector) }

    public var pageCount: Int { unsafe cqpdf_inspector_page_count(inspector) }

    /// Number of images among the resources of a page (0-based), their masks included.
    public func imageCount(page: Int) throws(DossierError) -> Int {
        var failure = CQPDFWriterFailure()
        let count = unsafe cqpdf_inspector_image_count(inspector, page, &failure)
        guard count >= 0 else { throw QPDFCall.error(failure) }
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

    /// The plain bytes of a stream that the document catalogue names; empty where it names none.
    public func catalogueStream(_ key: String) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_catalogue_stream(inspector, key, $0, $1, $2) }
    }

    /// The bytes of an attached file; empty where there is none of that name.
    public func attachment(_ name: String) throws(DossierError) -> [UInt8] {
        try unsafe bytes { unsafe cqpdf_inspector_attachment(inspector, name, $0, $1, $2) }
    }

    private typealias Taker = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int) -> Void

    private func bytes(
        _ call: (UnsafeMutableRawPointer, @escaping Taker, UnsafeMutablePointer<CQPDFWriterFailure>) -> Int32
    ) throws(DossierError) -> [UInt8] {
        var bytes: [UInt8] = []
        try unsafe QPDFCall.success { failure in
            unsafe withUnsafeMutablePointer(to: &bytes) { taken in
                unsafe call(
                    taken,
                    { context, start, count in
                        let taken = unsafe context!.assumingMemoryBound(to: [UInt8].self)
                        unsafe taken.pointee += UnsafeBufferPointer(start: start, count: count)
                    }, failure)
            }
        }
        return bytes
    }
}
