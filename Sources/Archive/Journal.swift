public import DossierModel
import Foundation
import GRDB

/// What the workspace knows about its cases: `dossier.sqlite`.
///
/// Every write call is one durable transaction (WAL, `synchronous=FULL`) and returns when it is on the disk. All
/// calls may be made from any thread; readers see the last finished transaction, also while a writer works.
///
/// ## Topics
/// - Cases and batches: `recordBatch`, `cases`, `batches(ofCase:)`, `revisions(ofBatch:)`
/// - Stage results: `product`, `products`, `store`
/// - What is published: `replacePublications`, `publications`
/// - Runs: `beginRun`, `finishRun`, `runs`
///
/// #### Errors
/// All calls: `badUsage` when writing to a journal opened for reading; `fileSystem` (a full disk is named); `integrity`.
public final class Journal: Sendable {
    private let path: String
    private let pool: DatabasePool
    /// Held so that the right to write lasts as long as this journal.
    private let lock: WriterLock?

    /// - Parameter lock: nil to read.
    init(at path: String, lock: WriterLock?) throws(DossierError) {
        self.path = path
        self.lock = lock
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(readOnly: lock == nil))
            if lock != nil {
                // GRDB sets NORMAL after activating the WAL; a commit must survive a power cut.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
        } catch { throw .database(error, at: path) }
        try bringUpToDate(writable: lock != nil)
    }

    private static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.label = "journal"
        configuration.busyMode = .timeout(10)
        return configuration
    }

    private func bringUpToDate(writable: Bool) throws(DossierError) {
        let migrator = JournalSchema.migrator
        let (newer, complete) = try reading { (try migrator.hasBeenSuperseded($0), try migrator.hasCompletedMigrations($0)) }
        guard !newer else {
            throw DossierError(.unsupported, "a newer Dossier wrote this workspace; use that one", location: path)
        }
        if complete { return }
        guard writable else {
            throw DossierError(.unsupported, "an older Dossier wrote this workspace; bring it up to date with “dossier run” or “dossier init”", location: path)
        }
        do { try migrator.migrate(pool) } catch { throw .database(error, at: path) }
    }

    func reading<Value>(_ work: (Database) throws -> Value) throws(DossierError) -> Value {
        do { return try pool.read(work) } catch { throw .database(error, at: path) }
    }

    func writing<Value>(_ work: (Database) throws -> Value) throws(DossierError) -> Value {
        do { return try pool.write(work) } catch { throw .database(error, at: path) }
    }
}
