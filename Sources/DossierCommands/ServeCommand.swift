import Archive
import ArgumentParser
import DossierModel
import Foundation
import Logging
import Reader

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Read the cases in the browser: index, pages, search.",
        discussion: """
            Serves http on this machine only and prints the address to open; Ctrl-C ends it. It only reads the
            workspace, and may run beside “dossier run”: new cases appear by themselves.

            Examples:
              dossier serve
              dossier serve -w /data/cases --port 0
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "Port; 0 takes a free one.") var port = 8080
    @Option(help: "Address of this machine itself: 127.0.0.1, ::1 or localhost.") var host = "127.0.0.1"
    @Flag(help: "Log every request to standard error.") var verbose = false

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is from 0 to 65535") }
    }

    func run() throws {
        let address = try LoopbackAddress(host)
        let server = try ReaderServer(workspace: workspace.reading(), logger: logger)
        try Self.finish { try await server.run(on: address, port: port) { Terminal.result($0) } }
    }

    private var logger: Logger {
        var logger = Logger(label: "dossier.serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : .warning
        return logger
    }

    /// Commands are synchronous; this one waits here, off the threads that answer requests.
    private static func finish(_ work: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        nonisolated(unsafe) var outcome: Result<Void, any Error> = .success(())
        Task {
            do { try await work() } catch { outcome = .failure(error) }
            done.signal()
        }
        done.wait()
        try outcome.get()
    }
}
