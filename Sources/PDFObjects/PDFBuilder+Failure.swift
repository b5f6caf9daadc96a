internal import CQPDF
import DossierModel

/// The one way from the writer shim's failures to `DossierError`.
enum QPDFCall {
    typealias Failure = UnsafeMutablePointer<CQPDFWriterFailure>

    /// 0 is a failure.
    @discardableResult
    static func number(_ call: (Failure) -> Int32) throws(DossierError) -> Int32 {
        var failure = CQPDFWriterFailure()
        let result = unsafe call(&failure)
        guard result != 0 else { throw error(failure) }
        return result
    }

    static func success(_ call: (Failure) -> Int32) throws(DossierError) { try unsafe number(call) }

    /// NULL is a failure.
    static func pointer(_ call: (Failure) -> OpaquePointer?) throws(DossierError) -> OpaquePointer {
        var failure = CQPDFWriterFailure()
        guard let result = unsafe call(&failure) else { throw error(failure) }
        return unsafe result
    }

    typealias Taker = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int) -> Void
    typealias Lending = (UnsafeMutableRawPointer, @escaping Taker, Failure) -> Int32

    /// All the bytes that a call lends, piece by piece.
    static func bytes(_ call: Lending) throws(DossierError) -> [UInt8] {
        var bytes: [UInt8] = []
        try unsafe success { failure in
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

    static func error(_ failure: CQPDFWriterFailure) -> DossierError {
        let message = unsafe withUnsafeBytes(of: failure.message) { raw in
            unsafe String(decoding: raw.prefix { byte in byte != 0 }, as: UTF8.self)
        }
        return switch Int(failure.code) {
        case Int(CQPDF_WRITER_FILE): DossierError(.fileSystem, "reading or writing a file failed; check the disk", cause: message)
        case Int(CQPDF_WRITER_MEMORY): DossierError(.limitExceeded, "there was not enough memory; close other programs", cause: message)
        default: DossierError(.library, "QPDF refused what it was given; please report this", cause: message)
        }
    }
}
