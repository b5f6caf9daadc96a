public import DossierModel
import Foundation
import GRDB

/// A decision as the journal keeps it. Rows are never removed: what is taken back stays, with who took it back.
public struct RecordedDecision: Hashable, Sendable {
    /// Counts up over all cases.
    public var id: Int64
    public var decision: PageDecision
    /// nil: in force.
    public var withdrawnBy: String?
    /// ISO 8601.
    public var withdrawnAt: String?
}

extension Journal {
    /// Records a person's decision.
    ///
    /// #### Errors
    /// `notFound` for a case without a batch.
    @discardableResult public func record(_ decision: PageDecision, ofCase number: String) throws(DossierError) -> Int64 {
        try writing { database in
            try Self.demandCase(number, in: database)
            try database.execute(
                sql: "INSERT INTO decisions (\"case\", decision) VALUES (?, ?)", arguments: [number, try JSONText.encoded(decision)])
            return database.lastInsertedRowID
        }
    }

    /// Takes a decision back; from the next run on it counts no more.
    ///
    /// #### Errors
    /// `notFound` where the case has no such decision in force.
    public func withdrawDecision(_ id: Int64, ofCase number: String, by person: String, at time: String) throws(DossierError) {
        try writing { database in
            try database.execute(
                sql: "UPDATE decisions SET withdrawnBy = ?, withdrawnAt = ? WHERE id = ? AND \"case\" = ? AND withdrawnAt IS NULL",
                arguments: [person, time, id, number])
            guard database.changesCount == 1 else {
                throw DossierError(.notFound, "case “\(number)” has no decision \(id) in force; “dossier review log \(number)” lists them")
            }
        }
    }

    /// All decisions about a case, oldest first.
    public func decisions(ofCase number: String) throws(DossierError) -> [RecordedDecision] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT id, decision, withdrawnBy, withdrawnAt FROM decisions WHERE \"case\" = ? ORDER BY id", arguments: [number]
            ).map { RecordedDecision(id: $0[0], decision: try JSONText.decoded($0[1]), withdrawnBy: $0[2], withdrawnAt: $0[3]) }
        }
    }
}
