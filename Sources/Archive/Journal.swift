import DossierModel
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
/// - Issued documents: `documents`, `document(numbered:)`, `highestSequence(of:)`
/// - Printing: `beginPrinting`, `finishPrinting`, `printings`
///
/// #### Errors
/// All calls: `badUsage` when writing to a journal that was not opened for it; `fileSystem` (a full disk is named); `integrity`.
public final class Journal: Sendable {
    private let path: String
    private let pool: DatabasePool
    /// Held so that the right to write lasts as long as this journal.
    private let access: WriteAccess

    init(at path: String, access: WriteAccess) throws(DossierError) {
        self.path = path
        self.access = access
        // Of several processes that start at once, one makes the tables and the others find them made.
        let migration: MomentLock? = access.maySign ? try MomentLock(at: PathName.parent(of: path) + "/.migration.lock") : nil
        defer { _ = migration }
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(access))
            if access.maySign {
                // GRDB sets NORMAL after activating the WAL; a commit must survive a power cut.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
        } catch { throw .database(error, at: path) }
        try bringUpToDate(writable: access.maySign)
    }

    private static func configuration(_ access: WriteAccess) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = !access.maySign
        configuration.label = "journal"
        // A registrar waits for its turn behind others that typeset; a run's own transactions are short.
        configuration.busyMode = .timeout(access.maySign && !access.isWriter ? 60 : 30)
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

    /// For the one writer.
    func writing<Value>(_ work: (Database) throws -> Value) throws(DossierError) -> Value {
        guard access.isWriter else { throw notOpened }
        do { return try pool.write(work) } catch { throw .database(error, at: path) }
    }

    /// For the register and the ledger: one immediate transaction, also beside the writer.
    func signing<Value>(_ work: (Database) throws -> Value) throws(DossierError) -> Value {
        guard access.maySign else { throw notOpened }
        do { return try pool.write(work) } catch { throw .database(error, at: path) }
    }

    private var notOpened: DossierError {
        DossierError(.badUsage, "the workspace was not opened for writing; nothing can be written to it", location: path)
    }
}
