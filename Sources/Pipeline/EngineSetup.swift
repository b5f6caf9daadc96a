import Archive
import DossierModel
import Foundation
import Hashing
import Recognition

/// Which engine reads, and how its workers are started.
struct EngineSetup {
    var identity: EngineIdentity
    var settings: Settings
    var pool: WorkerPool.Configuration
    /// Said when another engine than the wanted one reads.
    var notice: Finding?

    /// What the products depend on; not the number of workers.
    var settingsDigest: SHA256Digest {
        StageKey(Stages.publish).over(identity.description).with(settings.intake).with(settings.clean)
            .with(settings.separate).with(settings.recognise).with(settings.images).with(settings.quality).with(settings.assemble).digest
    }
}

extension Runner {
    /// An engine asked for by name must run; the settings' engine may be stood in for by Tesseract.
    func engineSetup(_ request: Request) throws(DossierError) -> EngineSetup {
        var settings = workspace.settings
        settings.recognise.engine = request.engine ?? settings.recognise.engine
        settings.recognise.compare = request.comparesEngines ?? settings.recognise.compare
        settings.images.profile = request.profile ?? settings.images.profile
        var notice: Finding?
        if let reason = OCREngines.available(settings.recognise.engine) {
            guard request.engine == nil, settings.recognise.engine != .tesseract else { throw reason }
            notice = .standIn(for: settings.recognise.engine, reason)
            report(.notice("Tesseract reads instead of \(settings.recognise.engine.rawValue): \(reason)"))
            settings.recognise.engine = .tesseract
            settings.recognise.compare = false
        }
        let identity = try OCREngines.identity(of: settings.recognise.engine, settings: settings.recognise)
        let count = WorkerCount.count(
            wanted: request.jobs ?? settings.workers.count, cores: ProcessInfo.processInfo.activeProcessorCount, memory: WorkerCount.freeMemory)
        return EngineSetup(
            identity: identity, settings: settings,
            pool: WorkerPool.Configuration(
                command: request.workerCommand + Self.arguments(settings, workers: count), count: count,
                limits: settings.workers),
            notice: notice)
    }

    /// Cores left over go to the engine of each worker.
    private static func arguments(_ settings: Settings, workers: Int) -> [String] {
        let threads = max(1, ProcessInfo.processInfo.activeProcessorCount / workers)
        return ["--threads", String(threads), "--settings", canonicalJSON(settings)]
    }
}

extension Finding {
    fileprivate static func standIn(for engine: Settings.EngineName, _ reason: DossierError) -> Finding {
        Finding(
            id: "engine.stand-in", severity: .warn,
            message: "the text was read by Tesseract, because \(engine.rawValue) cannot run: \(reason.message)",
            remedy: "mend the cause and run again; the pages are then read anew")
    }
}
