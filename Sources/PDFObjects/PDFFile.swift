internal import CQPDF
public import DossierModel
import Foundation

/// A PDF opened for reading, by QPDF. One thread at a time.
///
/// Damaged files are repaired in memory as far as QPDF can; the file itself is never written.
@safe public struct PDFFile: ~Copyable {
    /// No stream of a page is taken in beyond this many bytes.
    public static let largestStream = 1 << 30

    private let document: OpaquePointer
    public let path: String
    public let pageCount: Int

    /// #### Errors
    /// `encrypted` when a user password is needed (one that only restricts the owner is no obstacle);
    /// `damaged` when no page tree can be found; `fileSystem` when the file cannot be read.
    public init(path: String) throws(DossierError) {
        var status = cqr_status()
        guard let document = unsafe cqr_open(path, &status) else { throw DossierError(status, path: path) }
        unsafe self.document = document
        self.path = path
        pageCount = Int(unsafe cqr_page_count(document, &status))
    }

    deinit { unsafe cqr_close(document) }

    /// What is painted on a page.
    ///
    /// - Parameter page: 1-based.
    /// #### Errors
    /// `notFound` when there is no such page, `damaged` when its contents cannot be read.
    public func layout(ofPage page: Int) throws(DossierError) -> PDFPageLayout {
        guard (1...max(1, pageCount)).contains(page), pageCount > 0 else {
            throw DossierError(.notFound, "the PDF has \(pageCount) pages, not \(page)", location: path)
        }
        var raw = cqr_page()
        try unsafe call { unsafe cqr_look(document, Int32(page - 1), &raw, $0) }
        return PDFPageLayout(raw)
    }

    /// The image that is all a page shows, with the bytes of its stream as they lie in the file; nil when the page
    /// has to be drawn instead (the layout's `reason` says why).
    ///
    /// #### Errors
    /// Those of `layout(ofPage:)`; `damaged` when the stream cannot be read.
    public func soleImage(onPage page: Int) throws(DossierError) -> PDFSoleImage? {
        let layout = try layout(ofPage: page)
        guard layout.showsSoleImage else { return nil }
        var raw = cqr_image()
        try unsafe call { unsafe cqr_sole_image(document, &raw, $0) }
        var image = PDFSoleImage(raw, layout: layout)
        image.coded = try unsafe bytes { unsafe cqr_coded(document, Self.largestStream, $0, $1) }
        if image.filter == .jbig2 { image.globals = try unsafe bytes { unsafe cqr_globals(document, Self.largestStream, $0, $1) } }
        if image.colourSpace.isIndexed { image.palette = try unsafe bytes { unsafe cqr_palette(document, $0, $1) } }
        return image
    }

    /// Header values of the sole image of a page without its bytes: what a survey needs.
    public func soleImageSize(onPage page: Int) throws(DossierError) -> PixelSize? {
        guard try layout(ofPage: page).showsSoleImage else { return nil }
        var raw = cqr_image()
        try unsafe call { unsafe cqr_sole_image(document, &raw, $0) }
        return PixelSize(width: Int(raw.width), height: Int(raw.height))
    }

    /// Samples of the sole image of a page after all its filters, packed as ISO 32000-1 §8.9.3 says; at most `limit` bytes.
    ///
    /// #### Errors
    /// `damaged` when the filters cannot be undone.
    public func samplesOfSoleImage(onPage page: Int, limit: Int) throws(DossierError) -> [UInt8] {
        guard try layout(ofPage: page).showsSoleImage else {
            throw DossierError(.notFound, "page \(page) does not show exactly one image", location: path)
        }
        return try unsafe bytes { unsafe cqr_samples(document, limit, $0, $1) }
    }

    private func call(_ work: (UnsafeMutablePointer<cqr_status>) -> Int32) throws(DossierError) {
        var status = cqr_status()
        if unsafe work(&status) != 0 { throw DossierError(status, path: path) }
    }

    private func bytes(
        _ work: (UnsafeMutablePointer<cqr_bytes>, UnsafeMutablePointer<cqr_status>) -> Int32
    ) throws(DossierError) -> [UInt8] {
        var raw = unsafe cqr_bytes()
        try unsafe call { unsafe work(&raw, $0) }
        defer { unsafe cqr_bytes_free(&raw) }
        return unsafe [UInt8](UnsafeBufferPointer(start: raw.data, count: raw.size))
    }
}

extension DossierError {
    /// The one place where a status of the reader shim becomes an error.
    init(_ status: cqr_status, path: String) {
        let cause = unsafe withUnsafeBytes(of: status.message) { raw in
            unsafe String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
        }
        switch Int(status.code) {
        case CQR_PASSWORD:
            self.init(.encrypted, "the PDF needs a password; save it without one and scan it in again", cause: cause, location: path)
        case CQR_SYSTEM:
            self.init(.fileSystem, "the PDF cannot be read; check that it exists and is readable", cause: cause, location: path)
        case CQR_LIMIT:
            self.init(.limitExceeded, "the PDF needs more memory than there is; split it", cause: cause, location: path)
        default:
            self.init(.damaged, "the PDF is damaged; export it again from its source", cause: cause, location: path)
        }
    }
}
