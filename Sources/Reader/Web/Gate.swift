import DossierModel
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Stands before every route: lets in only what can be meant, makes every error an answer, and sets the headers that
/// keep a page's content inert.
struct Gate: RouterMiddleware {
    typealias Context = BasicRequestContext
    let shell: PageShell

    /// No script, style, image or connection from anywhere but this server, and none written into a page
    /// (W3C Content Security Policy 3, Trusted Types).
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            try Self.admit(request)
            response = try await next(request, context)
        } catch {
            response = answer(to: request, error, logger: context.logger)
        }
        Self.harden(&response.headers)
        context.logger.debug(
            "\(request.method.rawValue) \(request.uri.path) \(response.status.code)",
            metadata: ["ms": "\((ContinuousClock.now - start) / .milliseconds(1))"])
        return response
    }

    private static func harden(_ headers: inout HTTPFields) {
        headers[HTTPField.Name("Content-Security-Policy")!] = policy
        headers[HTTPField.Name("X-Content-Type-Options")!] = "nosniff"
        headers[HTTPField.Name("Referrer-Policy")!] = "no-referrer"
        headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] = "same-origin"
        headers[HTTPField.Name("Cross-Origin-Opener-Policy")!] = "same-origin"
        headers[.cacheControl] = headers[.cacheControl] ?? "no-store"
    }

    private static func admit(_ request: Request) throws {
        guard isOurs(request.head.authority) else {
            // A page elsewhere may point a name of its own at 127.0.0.1 (DNS rebinding); its requests carry that name.
            throw Problem(.misdirectedRequest, .badUsage, "this server answers to localhost and 127.0.0.1 only; open it by one of these")
        }
        guard request.method == .get || request.method == .head else {
            throw Problem(.methodNotAllowed, .badUsage, "this can only be read", headers: [.allow: "GET, HEAD"])
        }
        guard request.uri.string.utf8.count <= 8192 else { throw Problem(.uriTooLong, .badUsage, "the address is too long; shorten the search") }
        try admit(path: request.uri.path)
    }

    private static func isOurs(_ authority: String?) -> Bool {
        guard let authority else { return false }
        if authority.hasPrefix("[") { return authority.hasPrefix("[::1]") }
        return LoopbackAddress.isLoopback(authority.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? "")
    }

    /// A part of the path may hold any character but NUL, since case numbers do; it never names a folder above.
    private static func admit(path: String) throws {
        for part in path.split(separator: "/") {
            guard let text = String(part).removingPercentEncoding, !text.contains("\0"), text != "..", text != "." else {
                throw Problem(.badRequest, .badUsage, "the address is not well formed; go back to the list of cases")
            }
        }
    }

    private func answer(to request: Request, _ error: any Error, logger: Logger) -> Response {
        let problem = Problem(error)
        let isOurFault = problem.status.kind == .serverError
        logger.log(level: isOurFault ? .warning : .debug, "\(request.uri.path): \(error)")
        var headers = problem.headers
        guard request.uri.path.hasPrefix("/api/") else {
            headers[.contentType] = "text/html; charset=utf-8"
            let page = shell.message(problem, language: Language(of: request))
            return Response(status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: page)))
        }
        headers[.contentType] = "application/json"
        return Response(status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: problem.json)))
    }
}
