public import DossierModel
import Foundation
import GRDB

extension SearchIndex {
    /// A page on which every part of the term stands.
    public struct Hit: Sendable, Codable, Equatable {
        public var `case`: String
        public var volume: Int
        public var image: Int
        public var folio: String?
        public var title: String?
        /// Around the first match, in the stored form.
        public var snippet: String
        /// Where in `snippet` the first match stands, characters: `[start, length]`.
        public var highlight: [Int]
        /// Every match; one that is broken over two lines gives an entry for each.
        public var matches: [Match]
        /// Matches on the page.
        public var count: Int
    }

    /// A stretch of a stored line, in `Character`s.
    public struct Match: Sendable, Codable, Equatable {
        /// 0-based.
        public var line: Int
        public var start: Int
        public var length: Int
    }

    public struct Result: Sendable, Codable, Equatable {
        /// Pages that match, also those beyond the limit.
        public var total: Int
        public var hits: [Hit]
    }

    /// Finds the pages on which every part of `term` stands; in the order case, volume, page.
    ///
    /// Parts are separated by spaces; straight quotes around some make them one part. Chinese text is found wherever it
    /// stands, a word or number from its beginning on (`1101` finds `110105…`, `0105` does not). Width and case of
    /// letters and the shape of brackets do not matter, and a term is found across the end of a line.
    ///
    /// #### Errors
    /// `badUsage` for a term without a letter, number or Chinese character; `integrity`, `busy`, `fileSystem`.
    public func search(_ term: String, case number: String? = nil, limit: Int = 50, offset: Int = 0) throws(DossierError) -> Result {
        let term = try SearchTerm(term)
        let start = min(max(0, offset), Int(Int32.max))
        let window = start..<start + min(max(0, limit), Int(Int32.max))
        return try reading { database in
            term.isDecidedByTokens
                ? try Self.counted(term, number, window, in: database) : try Self.compared(term, number, window, in: database)
        }
    }

    private static func counted(_ term: SearchTerm, _ number: String?, _ window: Range<Int>, in database: Database) throws -> Result {
        let candidates = candidates(term, number)
        let total = try Int.fetchOne(database, sql: "SELECT count(*) \(candidates.sql)", arguments: candidates.arguments) ?? 0
        let rows = try Row.fetchAll(
            database, sql: "SELECT * \(candidates.sql) \(order) LIMIT ? OFFSET ?",
            arguments: candidates.arguments + [window.count, window.lowerBound])
        return Result(total: total, hits: rows.map { row in hit(row, Passage(lines: stored(row["lines"])), term) })
    }

    private static func compared(_ term: SearchTerm, _ number: String?, _ window: Range<Int>, in database: Database) throws -> Result {
        let candidates = candidates(term, number)
        let rows = try Row.fetchCursor(database, sql: "SELECT * \(candidates.sql) \(order)", arguments: candidates.arguments)
        var result = Result(total: 0, hits: [])
        while let row = try rows.next() {
            let passage = Passage(lines: stored(row["lines"]))
            guard term.stands(in: passage.text) else { continue }
            if window.contains(result.total) { result.hits.append(hit(row, passage, term)) }
            result.total += 1
        }
        return result
    }

    private static let order = "ORDER BY \"case\", volume, image"

    /// The tokens are asked once, for all pages: joined with the pages, SQLite would ask them anew for every page of a case.
    private static func candidates(_ term: SearchTerm, _ number: String?) -> (sql: String, arguments: StatementArguments) {
        let sql = "FROM page WHERE id IN (SELECT rowid FROM token WHERE token MATCH ?)"
        guard let number else { return (sql, [term.tokens]) }
        return (sql + " AND \"case\" = ?", [term.tokens, number])
    }

    private static func hit(_ row: Row, _ passage: Passage, _ term: SearchTerm) -> Hit {
        let found = term.parts.flatMap(passage.text.occurrences)
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        let (snippet, highlight) = found.first.map(passage.snippet) ?? ("", [0, 0])
        return Hit(
            case: row["case"], volume: row["volume"], image: row["image"], folio: row["folio"], title: row["title"],
            snippet: snippet, highlight: highlight, matches: found.flatMap(passage.matches), count: found.count)
    }
}
