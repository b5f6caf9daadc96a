public import DossierModel
import GRDB

/// One published file of a case.
public struct Publication: Hashable, Sendable {
    /// File name in the case's folder.
    public var name: String
    public var digest: SHA256Digest
    public var byteCount: Int

    public init(name: String, digest: SHA256Digest, byteCount: Int) {
        self.name = name
        self.digest = digest
        self.byteCount = byteCount
    }
}

extension Journal {
    /// Puts a new set in the place of all that was published for the case.
    ///
    /// #### Errors
    /// `notFound` for a case without a batch; `badUsage` when two have the same name.
    public func replacePublications(ofCase number: String, with publications: [Publication]) throws(DossierError) {
        guard Set(publications.map(\.name)).count == publications.count else {
            throw DossierError(.badUsage, "two products of case \(number) have the same name")
        }
        try writing { database in
            try Self.demandCase(number, in: database)
            try database.execute(sql: "DELETE FROM publications WHERE \"case\" = ?", arguments: [number])
            for publication in publications {
                try database.execute(
                    sql: "INSERT INTO publications (\"case\", name, digest, byteCount) VALUES (?, ?, ?, ?)",
                    arguments: [number, publication.name, publication.digest.hex, publication.byteCount])
            }
        }
    }

    /// What is published for the case, by name.
    public func publications(ofCase number: String) throws(DossierError) -> [Publication] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT name, digest, byteCount FROM publications WHERE \"case\" = ? ORDER BY name",
                arguments: [number]
            ).map { Publication(name: $0[0], digest: try Self.digest($0[1]), byteCount: $0[2]) }
        }
    }

    static func demandCase(_ number: String, in database: Database) throws {
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM cases WHERE number = ?)", arguments: [number])! else {
            throw DossierError(.notFound, "the workspace has no case \(number); “dossier status” lists them")
        }
    }
}
