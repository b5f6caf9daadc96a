internal import CCUPS
import DossierModel
import Foundation

/// No answer came: nothing listens, the line broke, or the time was up.
struct ConnectionLoss: Error {
    /// The system's or libcups's own words.
    var cause: String
}

/// An HTTP connection to a printer or to the scheduler. The one place where libcups's failures become values.
@safe struct IPPConnection: ~Copyable {
    private let http: OpaquePointer

    /// - Parameter patience: seconds to wait for the connection, and later for each sign of life.
    init(_ printer: Printer, patience: Double) throws(ConnectionLoss) {
        // libcups would ask for a password on the terminal.
        unsafe cupsSetPasswordCB2({ _, _, _, _, _ in nil }, nil)
        let endpoint = printer.endpoint
        guard let http = unsafe httpConnect2(
            endpoint.host, Int32(endpoint.port), nil, AF_UNSPEC, endpoint.encryption, 1, Int32(patience * 1000), nil)
        else { throw Self.loss() }
        unsafe self.http = http
        unsafe httpSetTimeout(http, patience, { _, _ in 0 }, nil)
    }

    deinit { unsafe httpClose(http) }

    /// Sends a request, with a document behind it where there is one, and waits for the answer.
    func answer(to request: borrowing IPPRequest, document: [UInt8] = []) throws(ConnectionLoss) -> IPPAnswer {
        let length = unsafe ippLength(request.message) + document.count
        var status = unsafe cupsSendRequest(http, request.message, request.resource, length)
        if status == HTTP_STATUS_CONTINUE, !document.isEmpty { status = send(document) }
        guard status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK || status == HTTP_STATUS_UNAUTHORIZED else { throw Self.loss() }
        guard let raw = unsafe cupsGetResponse(http, request.resource) else { throw Self.loss() }
        defer { unsafe ippDelete(raw) }
        return unsafe IPPAnswer(raw)
    }

    private func send(_ document: [UInt8]) -> http_status_t {
        unsafe document.withUnsafeBytes { bytes in
            var sent = 0
            var status = HTTP_STATUS_CONTINUE
            while sent < bytes.count, status == HTTP_STATUS_CONTINUE {
                let piece = min(1 << 16, bytes.count - sent)
                status = unsafe cupsWriteRequestData(http, bytes.baseAddress! + sent, piece)
                sent += piece
            }
            return status
        }
    }

    private static func loss() -> ConnectionLoss {
        ConnectionLoss(cause: unsafe cupsLastErrorString().map { unsafe String(cString: $0) } ?? "no reason given")
    }
}

extension Printer {
    struct Endpoint {
        var host: String
        var port: Int
        var encryption: http_encryption_t
    }

    /// Where to connect to: the scheduler for a queue, the printer itself otherwise.
    fileprivate var endpoint: Endpoint {
        if isQueue {
            return unsafe Endpoint(host: String(cString: cupsServer()), port: Int(ippPort()), encryption: cupsEncryption())
        }
        let isEncrypted = address.scheme == "ipps" || address.scheme == "https"
        return Endpoint(
            host: address.host, port: address.port, encryption: isEncrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED)
    }
}
