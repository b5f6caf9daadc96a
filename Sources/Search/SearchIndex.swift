public import DossierModel
import Foundation
import GRDB

/// Full text of all cases: exact for one, two and more Chinese characters. It can be deleted and built anew.
///
/// SQLite FTS5 finds runs of Han as phrases of bigrams and words as tokens. What mixes them, or holds punctuation, is
/// then compared with the page's own text, so that whatever is counted really is there. The `ascii` tokenizer keeps
/// every non-ASCII character, which is just what text that is cut into tokens already needs (SQLite documentation,
/// FTS5 §4.3.2).
public final class SearchIndex: Sendable {
    /// Set when opening found a damaged file or one of another version and put an empty index in its place:
    /// cases indexed before are found again only after another run over them.
    public let recreation: Finding?
    private let path: String
    private let pool: DatabasePool
    private static let schemaVersion = 3

    /// A page with text.
    public struct Page: Sendable {
        public var `case`: String
        public var volume: Int
        public var image: Int
        public var folio: String?
        /// Of the document the page belongs to.
        public var title: String?
        public var lines: [String]

        public init(case number: String, volume: Int, image: Int, folio: String?, title: String?, lines: [String]) {
            self.case = number
            self.volume = volume
            self.image = image
            self.folio = folio
            self.title = title
            self.lines = lines
        }
    }

    /// Opens the index. One that is damaged or of another version is replaced by an empty one when opened for writing.
    /// Readers may search while a writer works.
    ///
    /// #### Errors
    /// `notFound` when there is none and it is opened for reading; `integrity` when it is damaged or of another version
    /// and opened for reading; `busy`; `fileSystem`.
    public static func open(at path: String, readOnly: Bool) throws(DossierError) -> SearchIndex {
        guard !readOnly || FileManager.default.fileExists(atPath: path) else {
            throw DossierError(.notFound, "nothing has been indexed yet; run “dossier run” first", location: path)
        }
        do { return try SearchIndex(path, readOnly: readOnly, recreation: nil) } catch {
            guard error.code == .integrity, !readOnly else { throw error }
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            return try SearchIndex(path, readOnly: false, recreation: recreation(error))
        }
    }

    private static func recreation(_ cause: DossierError) -> Finding {
        Finding(
            id: "search.recreated", severity: .warn,
            message: "The search index could not be used and was replaced by an empty one (\(cause.cause ?? cause.message)).",
            remedy: "Run “dossier run” again over the other cases so that they are found.")
    }

    private init(_ path: String, readOnly: Bool, recreation: Finding?) throws(DossierError) {
        self.path = path
        self.recreation = recreation
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.label = "search"
        configuration.busyMode = .timeout(10)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if !readOnly { try pool.write(Self.createSchema) }
            try pool.read(Self.checkVersion)
        } catch { throw .searchIndex(error, at: path) }
    }

    private static func checkVersion(_ database: Database) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA user_version") == schemaVersion else {
            throw DatabaseError(resultCode: .SQLITE_SCHEMA, message: "another version")
        }
    }

    private static func createSchema(_ database: Database) throws {
        guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else { return }
        try database.execute(
            sql: """
                CREATE TABLE page (
                    id INTEGER PRIMARY KEY, "case" TEXT NOT NULL, volume INTEGER NOT NULL, image INTEGER NOT NULL,
                    folio TEXT, title TEXT, lines TEXT NOT NULL);
                CREATE UNIQUE INDEX page_by_place ON page ("case", volume, image);
                CREATE VIRTUAL TABLE token USING fts5 (tokens, content='', columnsize=0, tokenize='ascii');
                PRAGMA user_version = \(schemaVersion);
                """)
    }

    /// Puts pages in the place of all that was indexed for a case, in one transaction.
    ///
    /// - Parameter pages: All of that case.
    public func replace(case number: String, pages: some Sequence<Page>) throws(DossierError) {
        var rest = pages.makeIterator()
        try replace(case: number) { rest.next() }
    }

    /// As above, for pages that are fetched one by one; nil is the end.
    ///
    /// #### Errors
    /// As above; what `next` throws, and then nothing has changed.
    public func replace(case number: String, next: () throws(DossierError) -> Page?) throws(DossierError) {
        do {
            try pool.write { database in
                try Self.remove(number, from: database)
                while let page = try next() { try Self.insert(page, into: database) }
            }
        } catch let error as DossierError {
            throw error
        } catch { throw .searchIndex(error, at: path) }
    }

    /// A contentless FTS5 table forgets a row only when told its tokens again (FTS5 §6.3, the 'delete' command).
    private static func remove(_ number: String, from database: Database) throws {
        let forget = try database.makeStatement(sql: "INSERT INTO token (token, rowid, tokens) VALUES ('delete', ?, ?)")
        let rows = try Row.fetchCursor(database, sql: "SELECT id, lines FROM page WHERE \"case\" = ?", arguments: [number])
        while let row = try rows.next() {
            try forget.execute(arguments: [row[0] as Int64, SearchTokens.of(SearchText(lines: stored(row[1])).scalars)])
        }
        try database.execute(sql: "DELETE FROM page WHERE \"case\" = ?", arguments: [number])
    }

    private static func insert(_ page: Page, into database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT INTO page (\"case\", volume, image, folio, title, lines) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [page.case, page.volume, page.image, page.folio, page.title, storable(page.lines)])
        try database.cachedStatement(sql: "INSERT INTO token (rowid, tokens) VALUES (?, ?)")
            .execute(arguments: [database.lastInsertedRowID, SearchTokens.of(SearchText(lines: page.lines).scalars)])
    }

    func reading<Value>(_ work: (Database) throws -> Value) throws(DossierError) -> Value {
        do { return try pool.read(work) } catch { throw .searchIndex(error, at: path) }
    }

    /// Lines as one text, one a row; a line's own line feeds and backslashes are escaped.
    private static func storable(_ lines: [String]) -> String {
        lines.map { line in
            line.utf8.contains { $0 == 0x0A || $0 == 0x5C } ? line.replacing("\\", with: "\\\\").replacing("\n", with: "\\n") : line
        }.joined(separator: "\n")
    }

    static func stored(_ text: String) -> [String] {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.contains(0x5C) ? unescaped(line) : String(line)!
        }
    }

    private static func unescaped(_ line: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == 0x5C, let next = rest.popFirst() else { bytes.append(byte); continue }
            bytes.append(next == UInt8(ascii: "n") ? 0x0A : next)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
