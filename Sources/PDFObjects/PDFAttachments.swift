internal import CQPDF
public import DossierModel
import Foundation

/// Files that go into a PDF.
public enum PDFAttachments {
    public struct File: Sendable {
        public var name: String
        /// As in `application/json`.
        public var mediaType: String
        /// What it is, for people.
        public var description: String
        public var bytes: [UInt8]

        public init(name: String, mediaType: String, description: String, bytes: [UInt8]) {
            self.name = name
            self.mediaType = mediaType
            self.description = description
            self.bytes = bytes
        }
    }

    /// Copies a PDF/A-2 as PDF/A-3 (ISO 19005-3 §6.8) with the files attached; pages and everything else stay as they are.
    ///
    /// #### Errors
    /// `fileSystem` when a file cannot be read or written, `library` for what is no PDF/A-2; `target` is then removed.
    public static func attach(_ files: [File], to path: String, writing target: String) throws(DossierError) {
        let copies = files.map(Copy.init)
        defer { for copy in copies { copy.free() } }
        do {
            try unsafe QPDFCall.success { failure in
                let raw = unsafe copies.map(\.raw)
                return unsafe cqpdf_attach(path, target, raw, raw.count, failure)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw DossierError(error.code, error.message, cause: error.cause, location: path)
        }
    }

    /// A file as C takes it, in memory of its own until it is freed.
    @safe private struct Copy {
        let raw: CQPDFAttachment

        init(_ file: File) {
            let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, file.bytes.count))
            unsafe bytes.initialize(from: file.bytes, count: file.bytes.count)
            unsafe raw = unsafe CQPDFAttachment(
                name: strdup(file.name), media_type: strdup(file.mediaType), description: strdup(file.description), bytes: bytes,
                count: file.bytes.count)
        }

        func free() {
            unsafe Foundation.free(UnsafeMutableRawPointer(mutating: raw.name))
            unsafe Foundation.free(UnsafeMutableRawPointer(mutating: raw.media_type))
            unsafe Foundation.free(UnsafeMutableRawPointer(mutating: raw.description))
            unsafe raw.bytes?.deallocate()
        }
    }
}
