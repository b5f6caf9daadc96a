public import DossierModel
import Foundation
import GRDB

/// A case as the journal knows it.
public struct RegisteredCase: Hashable, Sendable {
    /// 案件编号
    public var number: String
    /// 案由
    public var cause: String?
    public var parties: [BatchSheet.Party]
}

/// A delivery as the journal knows it, in one revision.
public struct RecordedBatch: Hashable, Sendable {
    /// The same for all revisions.
    public var id: Int64
    public var caseNumber: String
    /// The folder the batch came in.
    public var name: String
    /// 1 …: the order in which the case's batches came.
    public var sequence: Int
    /// 1 …: grows each time the batch is listed anew and differs.
    public var revision: Int
    public var sheet: BatchSheet
    /// In scan order.
    public var files: [ScannerFile]
    /// What lay in the delivery and could not be taken.
    public var refusals: [Finding]
}

extension Journal {
    /// Records what a batch holds, and the case with it.
    ///
    /// The same case and name again is the same batch, which may have grown: the new listing takes the place of the
    /// earlier one, which is kept as an older revision; one that does not differ changes nothing. The batch keeps its
    /// id and place. Cause and parties, where the sheet gives them, become those of the case.
    ///
    /// A listing in which a file of the earlier one is missing or has other bytes may be another delivery whose folder
    /// happens to have the same name. It is taken only when the caller says that it replaces the earlier one.
    /// - Parameters:
    ///   - files: In scan order.
    ///   - refusals: What lay there and could not be taken.
    ///   - replacing: files of the earlier listing may be missing or changed.
    /// - Returns: The batch's id.
    ///
    /// #### Errors
    /// `badUsage` naming the files that would drop out; nothing is recorded then.
    @discardableResult public func recordBatch(
        case number: String, name: String, sheet: BatchSheet, files: [ScannerFile], refusals: [Finding] = [], replacing: Bool = false
    ) throws(DossierError) -> Int64 {
        let dropped = replacing ? [] : try self.files(droppedBy: files, fromBatch: name, ofCase: number)
        guard dropped.isEmpty else { throw Self.conflict(name, number, dropped) }
        return try writing { database in
            try Self.registerCase(number, sheet, in: database)
            let id = try Self.batchID(number, name, in: database)
            let latest = try Self.batches("batches.id = ?", [id], in: database).last
            if latest?.sheet != sheet || latest?.files != files || latest?.refusals != refusals {
                try Self.addListing(sheet, files, refusals, revision: (latest?.revision ?? 0) + 1, to: id, in: database)
            }
            return id
        }
    }

    /// What the batch holds today and would no longer hold with this listing: files missing or with other bytes.
    public func files(
        droppedBy files: [ScannerFile], fromBatch name: String, ofCase number: String
    ) throws(DossierError) -> [ScannerFile] {
        let present = Set(files)
        return try batches(ofCase: number).first { $0.name == name }?.files.filter { !present.contains($0) } ?? []
    }

    /// All cases, in order of creation.
    public func cases() throws(DossierError) -> [RegisteredCase] {
        try reading { database in
            try Row.fetchAll(database, sql: "SELECT number, cause, parties FROM cases ORDER BY ordinal").map { row in
                RegisteredCase(number: row[0], cause: row[1], parties: try JSONText.decoded(row[2]))
            }
        }
    }

    /// The batches of a case in the revision in force, in the order they came.
    public func batches(ofCase number: String) throws(DossierError) -> [RecordedBatch] {
        try reading { database in
            try Self.batches(
                "batches.\"case\" = ? AND revision = (SELECT max(revision) FROM listings WHERE batch = batches.id)", [number],
                in: database)
        }
    }

    /// All listings of one batch, oldest first.
    public func revisions(ofBatch id: Int64) throws(DossierError) -> [RecordedBatch] {
        try reading { try Self.batches("batches.id = ?", [id], in: $0) }
    }
}

extension Journal {
    private static func conflict(_ name: String, _ number: String, _ dropped: [ScannerFile]) -> DossierError {
        let names = dropped.prefix(3).map(\.name).joined(separator: ", ") + (dropped.count > 3 ? ", …" : "")
        return DossierError(
            .badUsage,
            "case “\(number)” already has a batch “\(name)”, and \(dropped.count) of its files are missing here or have other contents (\(names)); "
                + "nothing was changed. If this is another delivery, rename its folder or run it with --batch NAME; "
                + "if it takes the place of the earlier one, run it with --replace")
    }

    private static func registerCase(_ number: String, _ sheet: BatchSheet, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO cases (number, cause, parties) VALUES (?1, ?2, ?3)
                ON CONFLICT (number) DO UPDATE SET
                    cause = coalesce(?2, cause), parties = CASE WHEN ?3 = '[]' THEN parties ELSE ?3 END
                """,
            arguments: [number, sheet.cause, try JSONText.encoded(sheet.parties)])
    }

    private static func batchID(_ number: String, _ name: String, in database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO batches ("case", name, sequence)
                SELECT ?1, ?2, 1 + coalesce(max(sequence), 0) FROM batches WHERE "case" = ?1
                ON CONFLICT ("case", name) DO NOTHING
                """,
            arguments: [number, name])
        return try Int64.fetchOne(
            database, sql: "SELECT id FROM batches WHERE \"case\" = ? AND name = ?", arguments: [number, name])!
    }

    private static func addListing(
        _ sheet: BatchSheet, _ files: [ScannerFile], _ refusals: [Finding], revision: Int, to batch: Int64, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO listings (batch, revision, sheet, refusals) VALUES (?, ?, ?, ?)",
            arguments: [batch, revision, try JSONText.encoded(sheet), refusals.isEmpty ? nil : try JSONText.encoded(refusals)])
        let listing = database.lastInsertedRowID
        let insert = try database.makeStatement(
            sql: "INSERT INTO listed_files (listing, position, name, digest, byteCount) VALUES (?, ?, ?, ?, ?)")
        for (position, file) in files.enumerated() {
            try insert.execute(arguments: [listing, position, file.name, file.digest.hex, file.byteCount])
        }
    }

    private static func batches(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [RecordedBatch] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT listings.id, batches.id, batches."case", name, sequence, revision, sheet, refusals
                FROM batches JOIN listings ON listings.batch = batches.id
                WHERE \(condition) ORDER BY sequence, revision
                """,
            arguments: arguments)
        return try rows.map { row in
            let refusals: String? = row[7]
            return RecordedBatch(
                id: row[1], caseNumber: row[2], name: row[3], sequence: row[4], revision: row[5],
                sheet: try JSONText.decoded(row[6]), files: try files(ofListing: row[0], in: database),
                refusals: try refusals.map { try JSONText.decoded($0) } ?? [])
        }
    }

    private static func files(ofListing id: Int64, in database: Database) throws -> [ScannerFile] {
        try Row.fetchAll(
            database, sql: "SELECT name, digest, byteCount FROM listed_files WHERE listing = ? ORDER BY position", arguments: [id]
        ).map { ScannerFile(name: $0[0], digest: try Self.digest($0[1]), byteCount: $0[2]) }
    }

    static func digest(_ hex: String) throws(DossierError) -> SHA256Digest {
        guard let digest = SHA256Digest(hex: hex) else {
            throw DossierError(.integrity, "the journal holds “\(hex)” where a digest should be; restore it from a backup")
        }
        return digest
    }
}
