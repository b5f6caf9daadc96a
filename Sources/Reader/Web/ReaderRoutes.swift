import Archive
import DossierModel
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Publishing
import Search

/// What the reader answers.
///
/// | address | answer |
/// |---|---|
/// | `/` | the list of cases |
/// | `/cases/<case>` | the reading page; `?v=<volume>&p=<folio>`, `?v=<volume>&i=<image>` and `&q=<term>` say what it shows |
/// | `/cases/<case>/<volume>.pdf` | the volume, with ranges; `<volume>` is its number or its file's name |
/// | `/cases/<case>/renditions/<image>-<name>` | the picture of a page, for ever the same |
/// | `/api/cases` | `CaseShelf.Summary` of each case |
/// | `/api/cases/<case>` | `CaseOverview` |
/// | `/api/cases/<case>/pages/<image>` | `PageView`; with `?q=<term>` also where the term stands |
/// | `/api/cases/<case>/search?q=<term>` | `SearchIndex.Result`; `limit` (50, at most 500), `offset` |
/// | `/site/<version>/<file>` | style sheet and scripts |
///
/// Case numbers in addresses are percent-encoded. What cannot be answered under `/api` is `{"error":{"code","message"}}`.
struct ReaderRoutes: Sendable {
    let shelf: CaseShelf
    let renditions: RenditionMaker
    let shell: PageShell
    let site: SiteFiles

    typealias Context = BasicRequestContext
    private static let longestTerm = 256

    func router() -> Router<Context> {
        let router = Router(context: Context.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Gate(shell: shell))
        router.get("/") { request, _ in try await caseList(request) }
        router.get("/cases/:case") { request, context in try await caseView(request, context) }
        router.get("/cases/:case/renditions/:picture") { _, context in try await picture(context) }
        router.get("/cases/:case/:file") { request, context in try await volume(request, context) }
        router.get("/api/cases") { _, _ in try await Self.json(Blocking.files.run { try shelf.summaries() }) }
        router.get("/api/cases/:case") { _, context in try await overview(context) }
        router.get("/api/cases/:case/pages/:image") { request, context in try await page(request, context) }
        router.get("/api/cases/:case/search") { request, context in try await search(request, context) }
        router.get("/site/:version/:file") { _, context in try siteFile(context) }
        return router
    }

    private func caseList(_ request: Request) async throws -> Response {
        let summaries = try await Blocking.files.run { try shelf.summaries() }
        return html(shell.caseList(summaries, language: Language(of: request)), for: request)
    }

    private func caseView(_ request: Request, _ context: Context) async throws -> Response {
        let number = try Self.part("case", context)
        let (open, facts) = try await Blocking.files.run { (try shelf.open(number), try self.facts(of: number)) }
        return html(shell.caseView(open, registered: facts, language: Language(of: request)), for: request)
    }

    private func facts(of number: String) throws -> RegisteredCaseFacts {
        let registered = try shelf.registered(number)
        return RegisteredCaseFacts(cause: registered.cause, parties: registered.parties)
    }

    private func overview(_ context: Context) async throws -> Response {
        let number = try Self.part("case", context)
        return try await Self.json(
            Blocking.files.run {
                let facts = try self.facts(of: number)
                return CaseOverview(try shelf.open(number), cause: facts.cause, parties: facts.parties, state: try shelf.state(of: number))
            })
    }

    private func page(_ request: Request, _ context: Context) async throws -> Response {
        let (number, image) = (try Self.part("case", context), try Self.number("image", context))
        let term = try Self.term(request)
        return try await Self.json(
            Blocking.files.run {
                let open = try shelf.open(number)
                guard let entry = open.pages.entry(image), let record = try open.pages.record(image) else { throw Problem.noSuchPage }
                return try PageView(record, entry: entry, term: term)
            })
    }

    private func search(_ request: Request, _ context: Context) async throws -> Response {
        let number = try Self.part("case", context)
        guard let term = try Self.term(request) else {
            throw Problem(.badRequest, .badUsage, "say what to look for: ?q=…")
        }
        let limit = min(try Self.count("limit", request) ?? 50, 500), offset = try Self.count("offset", request) ?? 0
        return try await Self.json(
            Blocking.files.run {
                _ = try shelf.registered(number)
                return try shelf.find(term, in: number, limit: limit, offset: offset)
            })
    }

    private func picture(_ context: Context) async throws -> Response {
        let number = try Self.part("case", context)
        let parts = try Self.part("picture", context).split(separator: "-")
        guard parts.count == 2, let image = Int(parts[0]) else { throw Problem.noSuchPage }
        let open = try await Blocking.files.run { try shelf.open(number) }
        guard let plan = open.pages.entry(image).flatMap(RenditionPlan.init), plan.name == parts[1] else { throw Problem.noSuchPage }
        let bytes = try await renditions.picture(plan)
        renditions.makeAhead(open.neighbours(of: image, before: 1, after: 4).compactMap(RenditionPlan.init))
        return Response(
            status: .ok,
            headers: [
                .contentType: bytes.first == 0x89 ? "image/png" : "image/jpeg", .cacheControl: Self.forEver, .eTag: "\"\(plan.name)\"",
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func volume(_ request: Request, _ context: Context) async throws -> Response {
        let (number, file) = (try Self.part("case", context), try Self.part("file", context))
        let (path, product) = try await Blocking.files.run {
            let open = try shelf.open(number)
            guard let name = open.volumeFile(file) else {
                throw Problem(.notFound, .notFound, "the case has no volume “\(file)”; its volumes are in its index")
            }
            return ("\(try shelf.workspace.caseFolder(number))/\(name)", try current(name, of: open))
        }
        let name = PageShell.segment("\(number)-\((path as NSString).lastPathComponent)")
        return try FileDownload(
            path: path, contentType: "application/pdf", digest: product?.sha256,
            headers: [.contentDisposition: "inline; filename*=UTF-8''\(name)"]
        ).response(to: request)
    }

    /// What the manifest says of a file; nil when the file was published after the manifest, that is, right now.
    private func current(_ name: String, of open: OpenCase) throws -> Product? {
        guard let stamp = try shelf.workspace.stamp(of: name, of: open.number), let product = open.products[name],
            stamp.byteCount == product.bytes, !stamp.isNewer(than: open.stamps.manifest)
        else { return nil }
        return product
    }

    private func siteFile(_ context: Context) throws -> Response {
        guard try Self.part("version", context) == site.version, let file = site.publicFile(try Self.part("file", context)) else {
            throw Problem(.notFound, .notFound, "there is no such file; load the page again")
        }
        return Response(
            status: .ok, headers: [.contentType: file.contentType, .cacheControl: Self.forEver],
            body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

extension ReaderRoutes {
    private static let forEver = "private, max-age=31536000, immutable"

    private func html(_ page: String, for request: Request) -> Response {
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .vary: "Accept-Language, Cookie"]
        if let cookie = Language.cookie(for: request) { headers[.setCookie] = cookie }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: page)))
    }

    private static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }

    /// A part of the path, decoded. The gate has seen to it that it can be.
    private static func part(_ name: String, _ context: Context) throws -> String {
        guard let text = context.parameters.get(name)?.removingPercentEncoding, !text.isEmpty else { throw Problem.noSuchPage }
        return text
    }

    private static func number(_ name: String, _ context: Context) throws -> Int {
        guard let number = Int(try part(name, context)), number > 0 else {
            throw Problem(.badRequest, .badUsage, "pages are numbered 1, 2, 3 … in the order they were scanned")
        }
        return number
    }

    private static func count(_ name: String, _ request: Request) throws -> Int? {
        guard let text = request.uri.queryParameters[name[...]] else { return nil }
        guard let count = Int(text), (0...1_000_000).contains(count) else {
            throw Problem(.badRequest, .badUsage, "“\(name)” is a number from 0 on")
        }
        return count
    }

    /// nil when none is given.
    private static func term(_ request: Request) throws -> String? {
        guard let term = request.uri.queryParameters["q"].map(String.init), !term.isEmpty else { return nil }
        guard term.count <= longestTerm, term.utf8.count <= 4 * longestTerm else {
            throw Problem(.badRequest, .badUsage, "look for at most \(longestTerm) characters at once")
        }
        return term
    }
}
