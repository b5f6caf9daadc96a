import Archive
import DossierModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ReaderFixtures
import Testing

@testable import Reader

/// The routes, asked in-process.
@Suite struct RouteTests {
    static let fixture = Result { try PublishedFixture() }

    private func ask(
        _ path: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let workspace = try Self.fixture.get().reading()
        return try await Self.ask(workspace, path, method, headers)
    }

    static func ask(
        _ workspace: Workspace, _ path: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let server = try ReaderServer(workspace: workspace, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await server.application(address: .hostname("127.0.0.1", port: 0)).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers)
        }
    }

    private let address = "/cases/" + PageShell.segment(SmallCase.number)
    private var api: String { "/api" + address }

    private func json(_ response: TestResponse) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(response.body.readableBytesView)) as? [String: Any])
    }

    // MARK: What is shown

    @Test func theListNamesEveryCaseWithItsFiguresAndEscapesTheirTexts() async throws {
        let page = String(buffer: try await ask("/").body)
        #expect(page.contains(SmallCase.number))
        #expect(page.contains("张某甲&lt;img"))
        #expect(!page.contains("<img"))
        #expect(page.contains("<td class=\"number\">2</td>"))
    }

    @Test func theLanguageFollowsTheBrowserTheAddressAndTheCookie() async throws {
        #expect(String(buffer: try await ask("/").body).contains("lang=\"zh-CN\""))
        #expect(String(buffer: try await ask("/", .get, [.acceptLanguage: "en-GB,en;q=0.9,zh;q=0.8"]).body).contains("lang=\"en\""))
        let chosen = try await ask("/?lang=en")
        #expect(chosen.headers[.setCookie]?.hasPrefix("dossier-language=en;") == true)
        #expect(String(buffer: try await ask("/", .get, [.cookie: "dossier-language=en"]).body).contains("lang=\"en\""))
    }

    @Test func theOverviewHoldsEveryImageOfTheCase() async throws {
        let overview = try json(await ask(api))
        let volumes = try #require(overview["volumes"] as? [[String: Any]])
        let columns = volumes.compactMap { $0["pages"] as? [String: Any] } + [try #require(overview["setAside"] as? [String: Any])]
        #expect(columns.flatMap { $0["image"] as? [Int] ?? [] } == Array(1...11))
        #expect(columns.flatMap { $0["folio"] as? [Any] ?? [] }.count == 11)
    }

    @Test func aPageGivesTheStoredTextAndWhereItStands() async throws {
        let page = try json(await ask("\(api)/pages/\(SmallCase.statementImage)"))
        let lines = try #require(page["lines"] as? [[String: Any]])
        #expect(lines.map { $0["text"] as? String } == SmallCase.statement)
        #expect(lines[1]["box"] as? [Double] == [60, 140, 480, 28])
    }

    @Test func theBoxesOfAnUpsideDownPageAreTurnedWithIt() async throws {
        let page = try json(await ask("\(api)/pages/8"))
        #expect((page["lines"] as? [[String: Any]])?[0]["box"] as? [Double] == [60, 80, 480, 28])
    }

    @Test func aHitOverTheEndOfALineHasABoxOnEachLine() async throws {
        let page = try json(await ask("\(api)/pages/\(SmallCase.statementImage)?q=\("盗窃".percentEncoded)"))
        let hits = try #require(page["hits"] as? [[[Double]]])
        #expect(hits.map(\.count) == [1, 2])
        #expect(hits[1][1][0] == 60)
        #expect(hits[1][1][1] == 260)
    }

    @Test func aSearchCountsPagesAndShowsSnippets() async throws {
        let result = try json(await ask("\(api)/search?q=\("盗".percentEncoded)"))
        #expect(result["total"] as? Int == 3)
        let hits = try #require(result["hits"] as? [[String: Any]])
        #expect(hits.map { $0["image"] as? Int } == [2, 5, SmallCase.statementImage])
        #expect(hits[1]["count"] as? Int == 3)
    }

    // MARK: Pictures

    private func pictureAddress(_ image: Int) async throws -> String {
        let workspace = try Self.fixture.get().reading()
        let entry = try #require(CaseShelf(workspace).open(SmallCase.number).pages.entry(image))
        return "\(address)/renditions/\(image)-\(try #require(RenditionPlan(entry)).name)"
    }

    @Test func aPictureIsSmallAndMayBeKeptForEver() async throws {
        let picture = try await ask(pictureAddress(2))
        #expect(picture.status == .ok)
        #expect(picture.headers[.cacheControl] == "private, max-age=31536000, immutable")
        #expect(["image/png", "image/jpeg"].contains(picture.headers[.contentType]))
        #expect(picture.body.readableBytes <= 200_000)
    }

    @Test func aPictureOfAnotherVersionOrWithoutOneIsNotFound() async throws {
        #expect(try await ask("\(address)/renditions/2-0123456789abcdef01234567").status == .notFound)
        #expect(try await ask("\(address)/renditions/9-0123456789abcdef01234567").status == .notFound)
        #expect(try await ask("\(address)/renditions/x").status == .notFound)
    }

    // MARK: Ranges

    private var pdf: [UInt8] { PublishedFixture.pdf(ofVolume: 1) }
    private var volume: String { address + "/1.pdf" }

    @Test(arguments: [
        ("bytes=0-9", 0..<10), ("bytes=100-", 100..<300_018), ("bytes=-5", 300_013..<300_018), ("bytes=-999999999", 0..<300_018),
        ("bytes=300000-99999999999999999999", 300_000..<300_018), ("Bytes=7-7", 7..<8), ("bytes= 1-2 ", 1..<3),
    ])
    func aRangeGivesExactlyThoseBytes(header: String, range: Range<Int>) async throws {
        let response = try await ask(volume, .get, [.range: header])
        let range = range.clamped(to: 0..<pdf.count)
        #expect(response.status == .partialContent)
        #expect(response.headers[.contentRange] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(pdf.count)")
        #expect(Array(buffer: response.body) == Array(pdf[range]))
        #expect(response.headers[.contentEncoding] == nil)
    }

    @Test(arguments: ["bytes=300018-", "bytes=-0", "bytes=9-2", "bytes=", "bytes=a-b", "bytes=1-2-3", "bytes=--5", "bytes=400000-,500000-"])
    func aRangeOutsideTheFileOrWithoutMeaningIsRefusedWithTheLength(header: String) async throws {
        let response = try await ask(volume, .get, [.range: header])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.headers[.contentRange] == "bytes */\(pdf.count)")
    }

    @Test(arguments: ["pages=1-2", "bytes=0-1,5-6", "nonsense"])
    func otherUnitsAndSeveralRangesGiveTheWholeFile(header: String) async throws {
        let response = try await ask(volume, .get, [.range: header])
        #expect(response.status == .ok)
        #expect(Array(buffer: response.body) == pdf)
    }

    @Test func aRangeCountsOnlyForTheFileItWasBegunWith() async throws {
        let tag = try #require(try await ask(volume).headers[.eTag])
        #expect(try await ask(volume, .get, [.range: "bytes=0-9", .ifRange: tag]).status == .partialContent)
        #expect(try await ask(volume, .get, [.range: "bytes=0-9", .ifRange: "W/" + tag]).status == .ok)
        #expect(try await ask(volume, .get, [.range: "bytes=0-9", .ifRange: "\"another\""]).status == .ok)
        #expect(try await ask(volume, .get, [.ifNoneMatch: "\"x\", W/\(tag)"]).status == .notModified)
        #expect(try await ask(volume, .get, [.ifMatch: "\"another\""]).status == .preconditionFailed)
    }

    @Test func headTellsTheLengthAndSendsNothing() async throws {
        let response = try await ask(volume, .head)
        #expect(response.status == .ok)
        #expect(response.headers[.contentLength] == "\(pdf.count)")
        #expect(response.headers[.acceptRanges] == "bytes")
        #expect(response.body.readableBytes == 0)
    }

    // MARK: Bad input

    @Test(arguments: [
        ("/cases/none", HTTPResponse.Status.notFound), ("/nothing", .notFound), ("/cases/..%2F..%2Fetc", .notFound), ("/cases/%2E%2E/x", .badRequest),
        ("/cases/../../etc/passwd", .badRequest), ("/cases/a%00b", .badRequest), ("/cases/%FF", .badRequest), ("/cases/%ZZ", .badRequest),
        ("/api/cases/none", .notFound), ("/api/cases/none/search?q=a", .notFound), ("/site/../reader.css", .badRequest),
        ("/site/0000000000000000/reader.css", .notFound), ("/api/cases/none/pages/1", .notFound),
    ])
    func whatIsNotThereIsSaidPlainly(path: String, status: HTTPResponse.Status) async throws {
        let response = try await ask(path)
        #expect(response.status == status, "\(path)")
        #expect(response.headers[.contentType]?.hasPrefix(path.hasPrefix("/api/") ? "application/json" : "text/html") == true)
    }

    @Test(arguments: [
        ("/pages/99", HTTPResponse.Status.notFound), ("/pages/0", .badRequest), ("/pages/x", .badRequest), ("/search", .badRequest), ("/search?q=", .badRequest),
        ("/search?q=%EF%BC%8C%E3%80%82", .badRequest), ("/search?q=%22", .badRequest), ("/search?q=*", .badRequest), ("/search?q=((", .badRequest),
        ("/search?q=a&limit=-1", .badRequest), ("/search?q=a&offset=x", .badRequest), ("/pages/2?q=%22%22", .badRequest),
    ])
    func aQuestionWithoutMeaningIsRefusedWithAReason(path: String, status: HTTPResponse.Status) async throws {
        let response = try await ask(api + path)
        #expect(response.status == status, "\(path)")
        #expect(try (json(response)["error"] as? [String: Any])?["message"] as? String != "")
    }

    @Test(arguments: ["AND", "NEAR(a b)", "a*", "\"盗", "盗 OR 窃", "-盗", "case:盗", "^盗", "盗\"窃\"\"", "')--"])
    func operatorsOfTheDatabaseAreJustText(term: String) async throws {
        let response = try await ask("\(api)/search?q=\(term.percentEncoded)")
        #expect([.ok, .badRequest].contains(response.status), "\(term)")
    }

    @Test func aTermThatIsTooLongIsRefused() async throws {
        #expect(try await ask("\(api)/search?q=\(String(repeating: "a", count: 300))").status == .badRequest)
        #expect(try await ask("\(api)/search?q=\(String(repeating: "a", count: 9000))").status == .uriTooLong)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options])
    func nothingCanBeWritten(method: HTTPRequest.Method) async throws {
        let response = try await ask("/", method)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD")
    }

    @Test func everyAnswerKeepsItsContentInert() async throws {
        for path in ["/", address, api, "/nothing", volume] {
            let headers = try await ask(path).headers
            let policy = try #require(headers[HTTPField.Name("Content-Security-Policy")!])
            #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
            #expect(headers[HTTPField.Name("X-Content-Type-Options")!] == "nosniff")
        }
    }

    @Test func theCasePageHoldsNoScriptOfItsOwnAndNoMarkupOfTheCase() async throws {
        let page = String(buffer: try await ask(address).body)
        #expect(!page.contains("<img"))
        #expect(!page.contains("onclick") && !page.contains("style="))
        #expect(page.components(separatedBy: "<script").count == 2)
    }

    @Test func aNameThatPointsHereFromElsewhereIsTurnedAway() async throws {
        let workspace = try Self.fixture.get().reading()
        let server = try ReaderServer(workspace: workspace, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await server.application(address: .hostname("127.0.0.1", port: 0)).test(.live) { client in
            try await TestClient.withClient(host: "127.0.0.1", port: try #require(client.port)) { raw in
                for (name, status) in [("cases.example.org:80", HTTPResponse.Status.misdirectedRequest), ("127.0.0.1:80", .ok), ("[::1]", .ok), ("127.0.0.1.example.org", .misdirectedRequest)] {
                    let response = try await raw.execute(.init("/", method: .get, authority: name))
                    #expect(response.status == status, "\(name)")
                }
            }
        }
    }

    // MARK: Beside a run

    @Test func aVolumeThatIsNewerThanTheManifestHasNoTagAndGivesNoPartOfAnother() async throws {
        let fixture = try PublishedFixture()
        let tag = try #require(try await Self.ask(fixture.reading(), volume).headers[.eTag])
        try Workspace.open(at: fixture.folder, for: .writer).publish(Array("%PDF-1.7 anew".utf8), as: "第1册-诉讼文书卷.pdf", of: SmallCase.number)
        let response = try await Self.ask(fixture.reading(), volume, .get, [.range: "bytes=0-3", .ifRange: tag])
        #expect(response.status == .ok)
        #expect(response.headers[.eTag] == nil)
        #expect(String(buffer: response.body) == "%PDF-1.7 anew")
    }

    @Test func aCaseThatIsPublishedAnewIsThereWithoutARestart() async throws {
        let fixture = try PublishedFixture()
        let workspace = try fixture.reading()
        let server = try ReaderServer(workspace: workspace, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await server.application(address: .hostname("127.0.0.1", port: 0)).test(.router) { client in
            #expect(try await client.execute(uri: "/api/cases/new", method: .get).status == .notFound)
            var draft = try LargeCase.make(pages: 3, in: fixture)
            draft.number = "new"
            draft.index.case = "new"
            try fixture.publish(draft)
            #expect(try await client.execute(uri: "/api/cases/new/pages/2", method: .get).status == .ok)
            draft.records.removeLast()
            try fixture.publish(draft)
            #expect(try await client.execute(uri: "/api/cases/new/pages/3", method: .get).status == .notFound)
            #expect(try await client.execute(uri: "/api/cases/new/search?q=%E4%BA%BA", method: .get).status == .ok)
        }
    }
}

extension String {
    var percentEncoded: String { PageShell.segment(self) }
}
