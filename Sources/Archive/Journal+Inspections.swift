public import DossierModel
import Foundation
import GRDB

/// An inspection as the journal keeps it.
public struct RecordedInspection: Hashable, Sendable {
    /// Counts up over all cases.
    public var id: Int64
    public var inspection: Inspection
}

extension Journal {
    /// Keeps a sample that was drawn.
    ///
    /// #### Errors
    /// `notFound` for a case without a batch.
    public func add(_ inspection: Inspection, ofCase number: String) throws(DossierError) -> Int64 {
        try writing { database in
            try Self.demandCase(number, in: database)
            try database.execute(
                sql: "INSERT INTO inspections (\"case\", sheet, signed) VALUES (?, ?, 0)", arguments: [number, try JSONText.encoded(inspection)])
            return database.lastInsertedRowID
        }
    }

    /// Puts what was found in the place of what was kept; a signed inspection stays as it was signed.
    ///
    /// #### Errors
    /// `badUsage` for one that was signed.
    public func update(_ recorded: RecordedInspection) throws(DossierError) {
        try writing { database in
            try database.execute(
                sql: "UPDATE inspections SET sheet = ?, signed = ? WHERE id = ? AND signed = 0",
                arguments: [try JSONText.encoded(recorded.inspection), recorded.inspection.signedAt == nil ? 0 : 1, recorded.id])
            guard database.changesCount == 1 else {
                throw DossierError(.badUsage, "inspection \(recorded.id) was signed and changes no more; draw another with “dossier inspection draw”")
            }
        }
    }

    /// The inspections of a case, oldest first.
    public func inspections(ofCase number: String) throws(DossierError) -> [RecordedInspection] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT id, sheet FROM inspections WHERE \"case\" = ? ORDER BY id", arguments: [number])
                .map { RecordedInspection(id: $0[0], inspection: try JSONText.decoded($0[1])) }
        }
    }
}
