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

    /// Finds the pages on which every part of `term` (parts are separated by spaces) stands; in the order case, volume, page.
    ///
    /// Width and case of letters do not matter, and a term is found across the end of a line.
    ///
    /// #### Errors
    /// `badUsage` for a term without a letter, number or Chinese character.
    public func search(_ term: String, case number: String? = nil, limit: Int = 50, offset: Int = 0) throws(DossierError) -> Result {
        let parts = term.split(whereSeparator: \.isWhitespace).map { SearchText.folded(String($0)) }
        let queries = parts.compactMap(SearchTokens.query)
        guard !queries.isEmpty else {
            throw DossierError(.badUsage, "“\(term)” has nothing to search for; give a Chinese character, a word or a number")
        }
        let filter = Filter(tokens: queries.joined(separator: " AND "), parts: parts.map(Self.text), case: number)
        return try reading { database in
            let total = try Int.fetchOne(database, sql: "SELECT count(*) " + filter.sql, arguments: filter.arguments) ?? 0
            let rows = try Row.fetchAll(
                database, sql: "SELECT page.* \(filter.sql) ORDER BY page.\"case\", page.volume, page.image LIMIT ? OFFSET ?",
                arguments: filter.arguments + [limit, offset])
            return Result(total: total, hits: try rows.map { try Self.hit($0, parts: parts) })
        }
    }

    /// Candidates by their tokens, then the very characters.
    private struct Filter {
        var tokens: String
        var parts: [String]
        var `case`: String?

        var sql: String {
            "FROM token JOIN page ON page.id = token.rowid WHERE token MATCH ?"
                + String(repeating: " AND instr(page.folded, ?) > 0", count: parts.count)
                + (`case` == nil ? "" : " AND page.\"case\" = ?")
        }

        var arguments: StatementArguments { StatementArguments([tokens] + parts + (`case`.map { [$0] } ?? [])) }
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func hit(_ row: Row, parts: [[Unicode.Scalar]]) throws -> Hit {
        let stored: String = row["lines"]
        let lines = try JSONDecoder().decode([String].self, from: Data(stored.utf8))
        let text = SearchText(lines: lines)
        let found = parts.flatMap { part in text.occurrences(of: part).map { $0..<($0 + part.count) } }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        let (snippet, highlight) = found.first.map { Self.snippet(around: $0, text, lines) } ?? ("", [0, 0])
        return Hit(
            case: row["case"], volume: row["volume"], image: row["image"], folio: row["folio"], title: row["title"],
            snippet: snippet, highlight: highlight, matches: found.flatMap { matches($0, text) }, count: found.count)
    }

    private static func matches(_ range: Range<Int>, _ text: SearchText) -> [Match] {
        var matches: [Match] = []
        for origin in text.origins[range] {
            if let last = matches.last, last.line == origin.line {
                matches[matches.count - 1].length = max(last.length, origin.character - last.start + 1)
            } else {
                matches.append(Match(line: origin.line, start: origin.character, length: 1))
            }
        }
        return matches
    }

    /// Up to 20 characters of context on each side, lines joined.
    private static func snippet(around range: Range<Int>, _ text: SearchText, _ lines: [String]) -> (String, [Int]) {
        let context = 20
        let from = max(0, range.lowerBound - context)
        let to = min(text.origins.count, range.upperBound + context)
        let before = stored(text.origins[from..<range.lowerBound], lines)
        let match = stored(text.origins[range], lines)
        let after = stored(text.origins[range.upperBound..<to], lines)
        return (before + match + after, [before.count, match.count])
    }

    private static func stored(_ origins: ArraySlice<SearchText.Origin>, _ lines: [String]) -> String {
        var result = ""
        var last: SearchText.Origin?
        for origin in origins where origin != last {
            let line = lines[origin.line]
            result.append(line[line.index(line.startIndex, offsetBy: origin.character)])
            last = origin
        }
        return result
    }
}
