import GRDB

/// The tables of `dossier.sqlite`, version by version. A version that has been released is never edited;
/// what comes later is added below.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 cases, batches, stage results, publications, runs") { try $0.execute(sql: first) }
        return migrator
    }

    private static let first = """
        CREATE TABLE cases (
            ordinal INTEGER PRIMARY KEY,            -- order of creation
            number  TEXT NOT NULL UNIQUE,           -- 案件编号
            cause   TEXT,                           -- 案由
            parties TEXT NOT NULL                   -- JSON
        ) STRICT;
        CREATE TABLE batches (
            id       INTEGER PRIMARY KEY,
            "case"   TEXT NOT NULL REFERENCES cases (number),
            name     TEXT NOT NULL,
            sequence INTEGER NOT NULL,              -- 1 … within the case
            UNIQUE ("case", name),
            UNIQUE ("case", sequence)
        ) STRICT;
        CREATE TABLE listings (                     -- what a batch held, each time it was different
            id       INTEGER PRIMARY KEY,
            batch    INTEGER NOT NULL REFERENCES batches (id),
            revision INTEGER NOT NULL,              -- 1 …; the highest is in force
            sheet    TEXT NOT NULL,                 -- JSON
            UNIQUE (batch, revision)
        ) STRICT;
        CREATE TABLE listed_files (
            listing   INTEGER NOT NULL REFERENCES listings (id),
            position  INTEGER NOT NULL,             -- 0 …, scan order
            name      TEXT NOT NULL,
            digest    TEXT NOT NULL,
            byteCount INTEGER NOT NULL,
            PRIMARY KEY (listing, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX listed_files_by_digest ON listed_files (digest);
        CREATE TABLE products (                     -- stage results by stage key
            key   TEXT PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT;
        CREATE TABLE publications (
            "case"    TEXT NOT NULL REFERENCES cases (number),
            name      TEXT NOT NULL,
            digest    TEXT NOT NULL,
            byteCount INTEGER NOT NULL,
            PRIMARY KEY ("case", name)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE runs (
            id       INTEGER PRIMARY KEY,
            "case"   TEXT NOT NULL REFERENCES cases (number),
            started  REAL NOT NULL,                 -- seconds since 1970
            finished REAL,                          -- absent: still going, or killed
            outcome  TEXT,
            counts   TEXT                           -- JSON
        ) STRICT;
        CREATE INDEX runs_by_case ON runs ("case");
        """
}
