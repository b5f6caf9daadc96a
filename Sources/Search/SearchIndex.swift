public import DossierModel
import Foundation
import GRDB

/// Full text of all cases: exact for one, two and more Chinese characters. It can be deleted and built anew.
///
/// SQLite FTS5 finds the candidate pages by Han bigrams; every candidate is then compared with the page's folded text,
/// so that what is counted really is there. The `ascii` tokenizer keeps every non-ASCII character, which is just what
/// text that is cut into tokens already needs (SQLite documentation, FTS5 §4.3.2).
public final class SearchIndex: Sendable {
    private let database: DatabaseQueue
    private static let schemaVersion = 2

    private init(_ database: DatabaseQueue) { self.database = database }

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
    ///
    /// #### Errors
    /// `notFound` when there is none and it is opened for reading; `integrity` when it is damaged; `fileSystem`.
    public static func open(at path: String, readOnly: Bool) throws(DossierError) -> SearchIndex {
        if readOnly, !FileManager.default.fileExists(atPath: path) {
            throw DossierError(.notFound, "nothing has been indexed yet; run “dossier run” first", location: path)
        }
        if let index = try? opened(path, readOnly: readOnly) { return index }
        guard !readOnly else {
            throw DossierError(.integrity, "the search index is damaged or of another version; delete it and run “dossier run” again", location: path)
        }
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        return try failing(path) { try opened(path, readOnly: false) }
    }

    private static func opened(_ path: String, readOnly: Bool) throws -> SearchIndex {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        if !readOnly { try queue.write(createSchema) }
        try queue.read { database in
            guard try Int.fetchOne(database, sql: "PRAGMA user_version") == schemaVersion else {
                throw DatabaseError(resultCode: .SQLITE_SCHEMA)
            }
        }
        return SearchIndex(queue)
    }

    private static func createSchema(_ database: Database) throws {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard version == 0 else { return }
        try database.execute(sql: """
            CREATE TABLE page (
                id INTEGER PRIMARY KEY, "case" TEXT NOT NULL, volume INTEGER NOT NULL, image INTEGER NOT NULL,
                folio TEXT, title TEXT, lines TEXT NOT NULL, folded TEXT NOT NULL);
            CREATE UNIQUE INDEX page_by_image ON page("case", image);
            CREATE VIRTUAL TABLE token USING fts5(tokens, content='', detail=full, tokenize='ascii');
            PRAGMA user_version = \(schemaVersion);
            """)
    }

    /// Puts a case's pages in the place of what was indexed for it, in one transaction.
    public func replace(case number: String, pages: some Sequence<Page>) throws(DossierError) {
        try Self.failing("the search index") {
            try database.write { database in
                try Self.remove(number, from: database)
                for page in pages { try Self.insert(page, into: database) }
            }
        }
    }

    /// A contentless FTS5 table forgets a row only when told its tokens again (FTS5 §4.4.3).
    private static func remove(_ number: String, from database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT id, folded FROM page WHERE \"case\" = ?", arguments: [number])
        for row in rows {
            let folded: String = row["folded"]
            try database.execute(
                sql: "INSERT INTO token(token, rowid, tokens) VALUES('delete', ?, ?)",
                arguments: [row["id"] as Int64, SearchTokens.of(Array(folded.unicodeScalars))])
        }
        try database.execute(sql: "DELETE FROM page WHERE \"case\" = ?", arguments: [number])
    }

    private static func insert(_ page: Page, into database: Database) throws {
        let text = SearchText(lines: page.lines)
        let lines = String(decoding: try JSONEncoder().encode(page.lines), as: UTF8.self)
        try database.execute(
            sql: "INSERT INTO page(\"case\", volume, image, folio, title, lines, folded) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [page.case, page.volume, page.image, page.folio, page.title, lines, text.string])
        try database.execute(
            sql: "INSERT INTO token(rowid, tokens) VALUES (?, ?)",
            arguments: [database.lastInsertedRowID, SearchTokens.of(text.scalars)])
    }

    func reading<Value: Sendable>(_ body: (Database) throws -> Value) throws(DossierError) -> Value {
        try Self.failing("the search index") { try database.read(body) }
    }

    private static func failing<Value>(_ location: String, _ body: () throws -> Value) throws(DossierError) -> Value {
        do { return try body() } catch let error as DossierError { throw error } catch {
            throw DossierError(
                .fileSystem, "the search index cannot be used; check free space, or delete search.sqlite and run again",
                cause: "\(error)", location: location)
        }
    }
}
