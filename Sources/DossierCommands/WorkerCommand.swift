import ArgumentParser
import DossierModel
import Foundation
import Pipeline
import Recognition

/// One worker: orders on standard input, answers on standard output. Started by `run`, or by a cluster's job array.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Read pages for a coordinator (started by “run”).", shouldDisplay: false)

    @Option(help: "Threads of the engine.") var threads = 1
    @Option(help: "Settings as JSON.") var settings: String

    func run() throws {
        // Ctrl-C reaches the whole terminal; the coordinator decides when a worker ends.
        signal(SIGINT, SIG_IGN)
        guard let settings = try? JSONDecoder().decode(Settings.self, from: Data(settings.utf8)) else {
            throw DossierError(.badUsage, "the worker's settings are not understood; let “dossier run” start it")
        }
        let engine: any OCREngine
        do {
            engine = try OCREngines.make(
                settings.recognise.engine, settings: settings.recognise, threads: threads,
                cacheFolder: Self.cacheFolder())
        } catch {
            WorkerSession.decline(error)
            throw error
        }
        try WorkerSession(engine: engine, settings: settings).serve()
    }

    /// Compiled models; nil where none can be kept. XDG Base Directory Specification 0.8.
    private static func cacheFolder() -> String? {
        let environment = ProcessInfo.processInfo.environment
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? environment["HOME"].map { $0 + "/.cache" }
        guard let folder = base.map({ $0 + "/dossier/openvino" }) else { return nil }
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return FileManager.default.isWritableFile(atPath: folder) ? folder : nil
    }
}
