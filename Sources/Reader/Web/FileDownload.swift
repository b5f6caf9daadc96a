import DossierModel
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A stored file as a response: whole or in part, from the disk piece by piece.
struct FileDownload {
    let path: String
    let contentType: String
    /// The file's SHA-256 as the manifest gives it; nil while a new publication is under way.
    let digest: SHA256Digest?
    let headers: HTTPFields

    private static let pieceLength = 256 * 1024

    /// RFC 9110: §13.1 (If-Match, If-None-Match), §13.1.5 (If-Range), §14 (Range).
    ///
    /// #### Errors
    /// `notFound`, `fileSystem`; `Problem` 412 and 416.
    func response(to request: Request) throws -> Response {
        let file = try OpenFile(path)
        var fields = headers
        fields[.contentType] = contentType
        fields[.acceptRanges] = "bytes"
        fields[.cacheControl] = "private, no-cache"
        fields[.eTag] = tag
        try demandMatch(request)
        if isKnown(to: request) { return Response(status: .notModified, headers: fields) }
        switch ByteRange(askedRange(request), length: file.length) {
        case .whole: return Response(status: .ok, headers: fields, body: body(of: file, 0..<file.length))
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.length)"
            return Response(status: .partialContent, headers: fields, body: body(of: file, range))
        case .unsatisfiable:
            throw Problem(
                .rangeNotSatisfiable, .badUsage, "the file has \(file.length) bytes; ask for a range within it",
                headers: [.contentRange: "bytes */\(file.length)", .acceptRanges: "bytes"])
        }
    }

    private var tag: String? { digest.map { "\"\($0.hex)\"" } }

    /// A range counts only for the file the client has begun with (strong comparison; a date never matches, since no
    /// Last-Modified is given out).
    private func askedRange(_ request: Request) -> String? {
        if let condition = request.headers[.ifRange], condition != tag { return nil }
        return request.headers[.range]
    }

    private func isKnown(to request: Request) -> Bool {
        guard let tags = request.headers[.ifNoneMatch] else { return false }
        return Self.list(tags).contains { $0 == "*" || ($0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0) == tag }
    }

    private func demandMatch(_ request: Request) throws {
        guard let tags = request.headers[.ifMatch], !Self.list(tags).contains(where: { $0 == "*" || $0 == tag }) else { return }
        throw Problem(.preconditionFailed, .badUsage, "the file is another by now; load it anew")
    }

    private static func list(_ tags: String) -> [String] {
        tags.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func body(of file: OpenFile, _ range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceLength) {
                let piece = try await Blocking.files.run { try file.bytes(start..<min(start + Self.pieceLength, range.upperBound)) }
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
    }
}

/// A file held open: what is read stays what it was when another file takes its name.
final class OpenFile: Sendable {
    let length: Int
    private let descriptor: Int32
    private let path: String

    /// #### Errors
    /// `notFound` for what is not a regular file that can be read.
    init(_ path: String) throws(DossierError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        var status = stat()
        let isFile = descriptor >= 0 && fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        length = isFile ? Int(status.st_size) : 0
        guard isFile else { throw DossierError(.notFound, "the file is not there; run “dossier verify” to see what is missing", location: path) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// #### Errors
    /// `fileSystem`, also when the file ends early.
    func bytes(_ range: Range<Int>) throws(DossierError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < buffer.count {
            let count = buffer.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + filled, $0.count - filled, off_t(range.lowerBound + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DossierError(.fileSystem, "reading the file failed half-way; check the disk", location: path) }
            filled += count
        }
        return buffer
    }
}
