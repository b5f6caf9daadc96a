internal import CQPDF
public import DossierModel
import Foundation

/// A PDF document being made, object by object, through QPDF.
///
/// Objects are given in PDF syntax (ISO 32000-1 §7.3), `12 0 R` naming object 12 of this document. A stream may stay
/// in its file until the document is written, so memory does not grow with the images.
///
/// ## Topics
/// - Numbers first, contents later: `reserve()`, `set(_:to:)`
/// - Streams: `addStream(_:bytes:)`, `addDeflatedStream(_:bytes:)`, `addStream(_:file:)`
/// - The document: `setRoot(_:)`, `setInfo(_:)`, `write(to:linearized:)`, `written()`
@safe public struct PDFBuilder: ~Copyable {
    /// The number of an object of this document.
    public struct Object: Hashable, Sendable, CustomStringConvertible {
        let number: Int32
        /// As it is written in PDF syntax: `12 0 R`.
        public var description: String { "\(number) 0 R" }
    }

    /// Bytes of a file. The file must stay as it is until the document has been written.
    public struct FileRange: Hashable, Sendable {
        public var path: String
        public var offset: Int
        /// Bytes.
        public var length: Int

        public init(path: String, offset: Int = 0, length: Int) {
            self.path = path
            self.offset = offset
            self.length = length
        }
    }

    private let writer: OpaquePointer

    /// An empty document.
    ///
    /// #### Errors
    /// `library` when QPDF cannot start.
    public init() throws(DossierError) {
        unsafe writer = try unsafe QPDFCall.pointer { unsafe cqpdf_writer_new($0) }
    }

    deinit {
        unsafe cqpdf_writer_free(writer)
    }

    /// A number whose contents come later.
    public func reserve() throws(DossierError) -> Object {
        try unsafe number { failure in unsafe cqpdf_writer_reserve(writer, failure) }
    }

    /// Adds an object written in PDF syntax.
    ///
    /// #### Errors
    /// `library` when it is not PDF syntax.
    public func add(_ syntax: String) throws(DossierError) -> Object {
        try unsafe number { failure in unsafe cqpdf_writer_set(writer, 0, syntax, failure) }
    }

    /// Gives a reserved number its contents, in PDF syntax.
    public func set(_ object: Object, to syntax: String) throws(DossierError) {
        _ = try unsafe number { failure in unsafe cqpdf_writer_set(writer, object.number, syntax, failure) }
    }

    /// Adds a stream whose bytes are already coded as the dictionary's `/Filter` says.
    public func addStream(_ dictionary: String, bytes: [UInt8]) throws(DossierError) -> Object {
        try addStream(dictionary, bytes: bytes, CQPDF_CODED)
    }

    /// Adds a stream of plain bytes, which are kept and written Flate-coded. The dictionary names no filter.
    public func addDeflatedStream(_ dictionary: String, bytes: [UInt8]) throws(DossierError) -> Object {
        try addStream(dictionary, bytes: bytes, CQPDF_DEFLATED)
    }

    /// Adds a stream whose bytes stand in the file as they are. The dictionary names no filter.
    public func addPlainStream(_ dictionary: String, bytes: [UInt8]) throws(DossierError) -> Object {
        try addStream(dictionary, bytes: bytes, CQPDF_PLAIN)
    }

    /// Adds a stream whose coded bytes are read from a file while the document is written, and stay untouched.
    public func addStream(_ dictionary: String, file: FileRange) throws(DossierError) -> Object {
        try unsafe number { failure in
            unsafe cqpdf_writer_file_stream(
                writer, dictionary, file.path, UInt64(file.offset), UInt64(file.length), failure)
        }
    }

    /// Names the document catalogue (ISO 32000-1 §7.7.2).
    public func setRoot(_ object: Object) throws(DossierError) { try setTrailer("/Root", object) }

    /// Names the information dictionary (ISO 32000-1 §14.3.3).
    public func setInfo(_ object: Object) throws(DossierError) { try setTrailer("/Info", object) }

    /// The document in memory, otherwise as `write(to:linearized:)` writes it, not linearized.
    ///
    /// #### Errors
    /// As `write(to:linearized:)`.
    public func written() throws(DossierError) -> [UInt8] {
        try unsafe QPDFCall.bytes { unsafe cqpdf_writer_bytes(writer, $0, $1, $2) }
    }

    /// The canonical form (docs/hash-tree.md) of a page, or, once root and information are set, of all that belongs to no page: that
    /// of the written file, too.
    ///
    /// - Parameter pages: All pages in their order; may be left out where no link leads to another page.
    /// #### Errors
    /// `fileSystem` when a stream's file cannot be read.
    public func canonicalForm(page: Object?, among pages: [Object] = []) throws(DossierError) -> [UInt8] {
        let streams = StreamHash(), numbers = pages.map(\.number)
        defer { withExtendedLifetime(streams) {} }
        return try unsafe QPDFCall.bytes {
            unsafe cqpdf_writer_form(writer, page?.number ?? Int32(CQPDF_BINDING), numbers, numbers.count, streams.callbacks, $0, $1, $2)
        }
    }

    /// Writes the document as PDF 1.7 with object and cross-reference streams.
    ///
    /// The same objects give the same bytes: the file identifier is derived from the contents. Streams that carry a
    /// filter are written as they are, the others, but for plain ones, Flate-coded.
    ///
    /// #### Errors
    /// `fileSystem` when a stream's file cannot be read or `path` not be written; `path` is then removed.
    public func write(to path: String, linearized: Bool) throws(DossierError) {
        do {
            try unsafe QPDFCall.success { failure in unsafe cqpdf_writer_write(writer, path, linearized ? 1 : 0, failure) }
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw DossierError(error.code, error.message, cause: error.cause, location: path)
        }
    }

    private func addStream(_ dictionary: String, bytes: [UInt8], _ coding: Int) throws(DossierError) -> Object {
        try unsafe number { failure in
            unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe cqpdf_writer_stream(
                    writer, dictionary, buffer.baseAddress, buffer.count, Int32(coding), failure)
            }
        }
    }

    private func setTrailer(_ key: String, _ object: Object) throws(DossierError) {
        try unsafe QPDFCall.success { failure in unsafe cqpdf_writer_trailer(writer, key, object.number, failure) }
    }

    private func number(_ call: (UnsafeMutablePointer<CQPDFWriterFailure>) -> Int32) throws(DossierError) -> Object {
        Object(number: try unsafe QPDFCall.number(call))
    }
}
