public import DossierModel
import Foundation
import GRDB

/// The register of document numbers (文号).
extension Journal {
    /// All numbers that were taken, by series and sequence.
    /// - Parameter caseNumber: Only those of this case.
    public func documents(ofCase caseNumber: String? = nil) throws(DossierError) -> [RegisteredDocument] {
        try reading { database in
            try Self.documents("?1 IS NULL OR \"case\" = ?1", [caseNumber], in: database)
        }
    }

    /// The row of one number, or nil.
    public func document(numbered number: String) throws(DossierError) -> RegisteredDocument? {
        try reading { try Self.documents("number = ?", [number], in: $0).first }
    }

    /// The highest number taken in a series; 0 when none was.
    public func highestSequence(of series: NumberSeries) throws(DossierError) -> Int {
        try reading { try Self.highestSequence(of: series, in: $0) }
    }

    static func highestSequence(of series: NumberSeries, in database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT coalesce(max(sequence), 0) FROM document_numbers WHERE organ = ? AND type = ? AND year = ?",
            arguments: [series.organ, series.type, series.year])!
    }

    static func insert(_ row: RegisteredDocument, in database: Database) throws {
        let taken = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM document_numbers WHERE number = ?)", arguments: [row.number])!
        guard !taken else {
            throw DossierError(
                .badUsage, "the number \(row.number) was taken in another series; the template's numbering has to show organ, type, year and sequence")
        }
        try database.execute(
            sql: """
                INSERT INTO document_numbers (organ, type, year, sequence, number, reason, template, templateDigest, document,
                    byteCount, pages, "case", valuesDigest, date, counterparts, who, time)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                row.series.organ, row.series.type, row.series.year, row.sequence, row.number, row.reason, row.template,
                row.templateDigest.hex, row.file?.digest.hex, row.file?.byteCount, row.file?.pages, row.caseNumber,
                row.valuesDigest.hex, row.date, try JSONText.encoded(row.counterparts), row.who, row.time.timeIntervalSince1970,
            ])
    }

    private static func documents(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [RegisteredDocument] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM document_numbers WHERE \(condition) ORDER BY organ, type, year, sequence",
            arguments: arguments
        ).map(document)
    }

    private static func document(_ row: Row) throws -> RegisteredDocument {
        let file = try (row["document"] as String?).map {
            RegisteredDocument.File(digest: try digest($0), byteCount: row["byteCount"], pages: row["pages"])
        }
        return RegisteredDocument(
            series: NumberSeries(organ: row["organ"], type: row["type"], year: row["year"]), sequence: row["sequence"],
            number: row["number"], file: file, reason: row["reason"], template: row["template"],
            templateDigest: try digest(row["templateDigest"]), caseNumber: row["case"],
            valuesDigest: try digest(row["valuesDigest"]), date: row["date"],
            counterparts: try JSONText.decoded(row["counterparts"]), who: row["who"],
            time: Date(timeIntervalSince1970: row["time"]))
    }
}
