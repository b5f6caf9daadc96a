import GRDB

/// The tables of `dossier.sqlite`, version by version. A version that has been released is never edited;
/// what comes later is added below.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 cases, batches, stage results, publications, runs") { try $0.execute(sql: first) }
        migrator.registerMigration("2 document numbers, print ledger") { try $0.execute(sql: second) }
        migrator.registerMigration("3 decisions about pages, inspections") { try $0.execute(sql: third) }
        migrator.registerMigration("4 what of a delivery could not be taken") { try $0.execute(sql: fourth) }
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

    private static let third = """
        CREATE TABLE decisions (                    -- what people decided about pages; a row is never removed
            id          INTEGER PRIMARY KEY,
            "case"      TEXT NOT NULL REFERENCES cases (number),
            decision    TEXT NOT NULL,              -- JSON
            withdrawnBy TEXT,
            withdrawnAt TEXT                        -- ISO 8601; absent: in force
        ) STRICT;
        CREATE INDEX decisions_by_case ON decisions ("case");
        CREATE TABLE inspections (
            id     INTEGER PRIMARY KEY,
            "case" TEXT NOT NULL REFERENCES cases (number),
            sheet  TEXT NOT NULL,                   -- JSON
            signed INTEGER NOT NULL                 -- 1: closed
        ) STRICT;
        CREATE INDEX inspections_by_case ON inspections ("case");
        ALTER TABLE runs ADD COLUMN choices TEXT;   -- JSON: what was asked for on the command line
        """

    private static let fourth = """
        ALTER TABLE listings ADD COLUMN refusals TEXT; -- JSON, findings; absent: everything was taken
        """

    private static let second = """
        CREATE TABLE document_numbers (             -- every number that was ever taken; a row is never removed
            id             INTEGER PRIMARY KEY,
            organ          TEXT NOT NULL,           -- 院代字
            type           TEXT NOT NULL,           -- 文书代字
            year           INTEGER NOT NULL,
            sequence       INTEGER NOT NULL CHECK (sequence >= 1),
            number         TEXT NOT NULL UNIQUE,    -- 文号 as printed
            reason         TEXT,                    -- absent: issued; else why the number is void
            template       TEXT NOT NULL,
            templateDigest TEXT NOT NULL,
            document       TEXT,                    -- SHA-256 of the PDF in the store
            byteCount      INTEGER,
            pages          INTEGER,
            "case"         TEXT,                    -- 案件编号
            valuesDigest   TEXT NOT NULL,
            date           TEXT NOT NULL,           -- of the document, ISO 8601
            counterparts   TEXT NOT NULL,           -- JSON
            who            TEXT NOT NULL,
            time           REAL NOT NULL,           -- when the number was taken, seconds since 1970
            UNIQUE (organ, type, year, sequence),
            CHECK ((reason IS NULL) = (document IS NOT NULL))
        ) STRICT;
        CREATE INDEX document_numbers_by_case ON document_numbers ("case");
        CREATE TABLE print_ledger (                 -- one row per packet sent to a printer
            id       INTEGER PRIMARY KEY,
            number   TEXT NOT NULL REFERENCES document_numbers (number),
            document TEXT NOT NULL,                 -- SHA-256 of the PDF that was sent
            who      TEXT NOT NULL,
            printer  TEXT NOT NULL,
            uri      TEXT NOT NULL,
            job      INTEGER,
            copies   INTEGER NOT NULL,
            sheets   INTEGER,
            sides    TEXT NOT NULL,
            started  REAL NOT NULL,
            finished REAL,
            outcome  TEXT NOT NULL,                 -- sending until something is known
            reasons  TEXT NOT NULL                  -- JSON
        ) STRICT;
        CREATE INDEX print_ledger_by_number ON print_ledger (number);
        """
}
