import Archive
import ArgumentParser
import DossierModel
import Foundation
import FoundationNetworking
import Logging
import Reader
import ReaderFixtures

/// Times what a reader waits for: opening a case, turning to a page, searching. Over http, from a server of its own.
@main
struct ReaderBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader-bench",
        abstract: "Time opening a case, turning pages and searching in the reader.",
        discussion: """
            Without a workspace a case of --pages generated pages is measured. The cache of pictures of a given workspace
            is removed first.

            Examples:
              reader-bench
              reader-bench --workspace out
            """)

    @Option(help: "A workspace with at least one case.") var workspace: String?
    @Option(help: "Pages of the generated case.") var pages = 3000
    @Option(help: "What to search for.") var term = "盗窃"

    func run() async throws {
        let fixture = try workspace == nil ? generated() : nil
        let folder = workspace ?? fixture!.folder
        try? FileManager.default.removeItem(atPath: folder + "/cache/renditions")
        let store = try Workspace.open(at: folder, for: .readOnly)
        var logger = Logger(label: "reader-bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let server = try ReaderServer(workspace: store, logger: logger)
        let (addresses, announcer) = AsyncStream<String>.makeStream()
        let serving = Task { try await server.run(on: LoopbackAddress("127.0.0.1"), port: 0) { announcer.yield($0) } }
        for await origin in addresses {
            for number in try store.journal.cases().map(\.number) { try await measure(number, at: origin) }
            break
        }
        serving.cancel()
        withExtendedLifetime(fixture) {}
    }

    private func generated() throws -> PublishedFixture {
        let fixture = try PublishedFixture(emptyAt: NSTemporaryDirectory() + "reader-bench-\(getpid())")
        try fixture.publish(LargeCase.make(pages: pages, in: fixture))
        return fixture
    }

    private func measure(_ number: String, at origin: String) async throws {
        let segment = number.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        let (page, api) = ("\(origin)cases/\(segment)", "\(origin)api/cases/\(segment)")
        let opening = try await milliseconds { _ = try await get(page); _ = try await get(api) }
        let again = try await milliseconds { _ = try await get(page); _ = try await get(api) }
        let overview = try JSONDecoder().decode(Overview.self, from: try await get(api))
        let places = overview.places
        print("\(number): \(places.count) pages")
        report("open, first time", [opening])
        report("open, again", [again])
        var cold: [Double] = [], warm: [Double] = [], sizes: [Int] = []
        // Every seventh page, so that no neighbour made ahead is met.
        for place in stride(from: 0, to: places.count, by: max(7, places.count / 100)).map({ places[$0] }) {
            let turn = { [self] in _ = try await get("\(api)/pages/\(place.image)"); return try await get("\(page)/renditions/\(place.image)-\(place.name)") }
            cold.append(try await milliseconds { sizes.append(try await turn().count) })
            warm.append(try await milliseconds { _ = try await turn() })
        }
        report("turn to a page, text and picture, first time", cold)
        report("turn to a page, text and picture, again", warm)
        let query = term.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!
        var searches: [Double] = []
        for _ in 0..<30 { searches.append(try await milliseconds { _ = try await get("\(api)/search?q=\(query)") }) }
        report("search “\(term)”", searches)
        print("  largest picture \(sizes.max() ?? 0) bytes")
    }

    private func report(_ what: String, _ times: [Double]) {
        let sorted = times.sorted()
        let figure = { (value: Double) in String(format: "%.1f ms", value) }
        let most = sorted.count > 1 ? ", slowest \(figure(sorted.last!)) of \(sorted.count)" : ""
        print("  \(what): \(figure(sorted[sorted.count / 2]))\(most)")
    }

    private func milliseconds(_ work: () async throws -> Void) async throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try await work()
        return (clock.now - start) / .milliseconds(1)
    }

    private func get(_ address: String) async throws -> Data {
        let (data, response) = try await URLSession.shared.data(from: URL(string: address)!)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw DossierError(.library, "\(address): \(String(decoding: data.prefix(300), as: UTF8.self))")
        }
        return data
    }
}

/// What is used here of `GET /api/cases/<case>`.
private struct Overview: Decodable {
    struct Volume: Decodable {
        struct Pages: Decodable {
            var image: [Int]
            var rendition: [String?]
        }
        var pages: Pages
    }
    var volumes: [Volume]

    var places: [(image: Int, name: String)] {
        volumes.flatMap { volume in zip(volume.pages.image, volume.pages.rendition).compactMap { image, name in name.map { (image, $0) } } }
    }
}
