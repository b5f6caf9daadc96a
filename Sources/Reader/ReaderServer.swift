public import Archive
public import DossierModel
import Foundation
import Hummingbird
public import Logging
import NIOCore

/// The cases of a workspace in the browser: read-only, on this machine only, nothing from any other server.
///
/// It may run beside a `dossier run`; a case that is published meanwhile is there at the next request.
public struct ReaderServer: Sendable {
    private let routes: ReaderRoutes
    private let logger: Logger

    /// - Parameters:
    ///   - workspace: Opened for reading.
    ///   - logger: One line a request at `debug`; failures at `warning`.
    ///
    /// #### Errors
    /// `missingComponent` when the reader's own files are not installed.
    public init(workspace: Workspace, logger: Logger) throws(DossierError) {
        let site = try SiteFiles()
        routes = ReaderRoutes(
            shelf: CaseShelf(workspace), renditions: RenditionMaker(workspace, logger: logger), shell: try PageShell(site), site: site)
        self.logger = logger
    }

    /// Serves until SIGINT or SIGTERM, then finishes what it has begun to answer.
    ///
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - announce: Gets the address to open, once it can be opened.
    ///
    /// #### Errors
    /// `busy` when the port is taken; `badUsage` when it may not be had.
    public func run(on address: LoopbackAddress, port: Int, announce: @escaping @Sendable (String) -> Void) async throws {
        let application = application(address: .hostname(address.host, port: port)) { channel in
            announce("http://\(address.urlHost):\(channel.localAddress?.port ?? port)/")
        }
        do { try await application.runService() } catch let error as IOError { throw Self.error(error, port) }
    }

    func application(
        address: BindAddress, onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: routes.router(), configuration: .init(address: address, serverName: "Dossier"),
            onServerRunning: onServerRunning, logger: logger)
    }

    private static func error(_ error: IOError, _ port: Int) -> DossierError {
        switch error.errnoCode {
        case EADDRINUSE:
            DossierError(.busy, "port \(port) is in use; give another with --port, or --port 0 for any free one")
        case EACCES:
            DossierError(.badUsage, "port \(port) may not be used; give one from 1024 on with --port", cause: "\(error)")
        default: DossierError(.library, "the server could not be started; check address and port", cause: "\(error)")
        }
    }
}
