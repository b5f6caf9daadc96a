public import DossierModel
public import Foundation
import GRDB

/// One packet sent to a printer.
public struct PrintEntry: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        /// Begun, and nothing was heard of it since. After a kill it stays so: look at the tray.
        case sending
        case completed
        case aborted
        case cancelled
        /// The printer stands still and keeps the job.
        case stopped
        /// The printer keeps the job; nobody waited longer.
        case unfinished
        /// The printer never took the job.
        case refused
        /// Whether paper came out is not known: look at the tray.
        case unknown
    }

    public var id: Int64
    /// 文号
    public var number: String
    /// Of the PDF that was sent.
    public var document: SHA256Digest
    public var who: String
    public var printer: String
    public var uri: String
    public var job: Int?
    public var copies: Int
    public var sheets: Int?
    /// As in IPP: `one-sided`, `two-sided-long-edge`, `two-sided-short-edge`.
    public var sides: String
    public var started: Date
    public var finished: Date?
    public var outcome: Outcome
    /// The printer's own words.
    public var reasons: [String]
}

/// The print ledger. A row is written before the packet is sent and completed afterwards, so that a kill in between
/// leaves a true trace.
extension Journal {
    /// Notes that a packet is about to be sent.
    /// - Returns: The row's id.
    ///
    /// #### Errors
    /// `notFound` for a number the register does not hold.
    public func beginPrinting(
        number: String, document: SHA256Digest, by who: String, printer: String, uri: String, copies: Int, sides: String,
        at time: Date = Date()
    ) throws(DossierError) -> Int64 {
        try signing { database in
            guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM document_numbers WHERE number = ?)", arguments: [number])! else {
                throw DossierError(.notFound, "the register has no number \(number); “dossier document register” lists them")
            }
            try database.execute(
                sql: """
                    INSERT INTO print_ledger (number, document, who, printer, uri, copies, sides, started, outcome, reasons)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')
                    """,
                arguments: [
                    number, document.hex, who, printer, uri, copies, sides, time.timeIntervalSince1970, PrintEntry.Outcome.sending.rawValue,
                ])
            return database.lastInsertedRowID
        }
    }

    /// Notes the id the printer gave the job.
    public func notePrintJob(_ job: Int, of id: Int64) throws(DossierError) {
        try signing { database in
            try database.execute(sql: "UPDATE print_ledger SET job = ? WHERE id = ?", arguments: [job, id])
            try Self.demandChange(id, in: database)
        }
    }

    /// Notes what became of a packet.
    public func finishPrinting(
        _ id: Int64, outcome: PrintEntry.Outcome, job: Int?, sheets: Int?, reasons: [String], at time: Date = Date()
    ) throws(DossierError) {
        try signing { database in
            try database.execute(
                sql: "UPDATE print_ledger SET outcome = ?, job = coalesce(?, job), sheets = ?, reasons = ?, finished = ? WHERE id = ?",
                arguments: [outcome.rawValue, job, sheets, try JSONText.encoded(reasons), time.timeIntervalSince1970, id])
            try Self.demandChange(id, in: database)
        }
    }

    /// The ledger, oldest first.
    /// - Parameter number: Only packets of this document.
    public func printings(of number: String? = nil) throws(DossierError) -> [PrintEntry] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM print_ledger WHERE ?1 IS NULL OR number = ?1 ORDER BY id", arguments: [number]
            ).map(Self.printing)
        }
    }

    private static func printing(_ row: Row) throws -> PrintEntry {
        guard let outcome = PrintEntry.Outcome(rawValue: row["outcome"]) else {
            throw DossierError(.integrity, "the print ledger holds an outcome this Dossier does not know; restore the journal from a backup")
        }
        return PrintEntry(
            id: row["id"], number: row["number"], document: try digest(row["document"]), who: row["who"],
            printer: row["printer"], uri: row["uri"], job: row["job"], copies: row["copies"], sheets: row["sheets"],
            sides: row["sides"], started: Date(timeIntervalSince1970: row["started"]),
            finished: (row["finished"] as Double?).map(Date.init(timeIntervalSince1970:)), outcome: outcome,
            reasons: try JSONText.decoded(row["reasons"]))
    }

    private static func demandChange(_ id: Int64, in database: Database) throws {
        guard database.changesCount == 1 else { throw DossierError(.notFound, "the print ledger has no row \(id)") }
    }
}
