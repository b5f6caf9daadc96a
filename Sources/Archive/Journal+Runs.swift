public import DossierModel
public import Foundation
import GRDB

/// One run over a case. Runs carry clocks and are never published.
public struct Run: Hashable, Sendable {
    public var id: Int64
    public var caseNumber: String
    public var started: Date
    /// nil: still going, or killed.
    public var finished: Date?
    public var outcome: String?
    public var counts: [String: Int]
}

/// What was asked for on the command line of a run, over the settings; nil: nothing.
public struct RunChoices: Hashable, Sendable, Codable {
    public var engine: Settings.EngineName?
    public var comparesEngines: Bool?
    public var profile: ImageProfile?

    public init(engine: Settings.EngineName? = nil, comparesEngines: Bool? = nil, profile: ImageProfile? = nil) {
        self.engine = engine
        self.comparesEngines = comparesEngines
        self.profile = profile
    }
}

extension Journal {
    /// What the last run over a case was asked for that came to its end.
    public func lastChoices(ofCase number: String) throws(DossierError) -> RunChoices {
        try reading { database in
            let text = try String.fetchOne(
                database, sql: "SELECT choices FROM runs WHERE \"case\" = ? AND finished IS NOT NULL AND choices IS NOT NULL ORDER BY id DESC LIMIT 1",
                arguments: [number])
            return try text.map { try JSONText.decoded($0) } ?? RunChoices()
        }
    }

    /// Notes that a run over a case begins.
    ///
    /// #### Errors
    /// `notFound` for a case without a batch.
    public func beginRun(case number: String, choices: RunChoices = RunChoices(), at time: Date = Date()) throws(DossierError) -> Int64 {
        try writing { database in
            try Self.demandCase(number, in: database)
            try database.execute(
                sql: "INSERT INTO runs (\"case\", started, choices) VALUES (?, ?, ?)",
                arguments: [number, time.timeIntervalSince1970, try JSONText.encoded(choices)])
            return database.lastInsertedRowID
        }
    }

    /// Notes how a run ended.
    public func finishRun(_ id: Int64, outcome: String, counts: [String: Int], at time: Date = Date()) throws(DossierError) {
        try writing { database in
            try database.execute(
                sql: "UPDATE runs SET finished = ?, outcome = ?, counts = ? WHERE id = ?",
                arguments: [time.timeIntervalSince1970, outcome, try JSONText.encoded(counts), id])
            guard database.changesCount == 1 else { throw DossierError(.notFound, "there is no run \(id)") }
        }
    }

    /// The runs over a case, oldest first.
    public func runs(ofCase number: String) throws(DossierError) -> [Run] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT id, started, finished, outcome, counts FROM runs WHERE \"case\" = ? ORDER BY id",
                arguments: [number]
            ).map { row in
                Run(
                    id: row[0], caseNumber: number, started: Date(timeIntervalSince1970: row[1]),
                    finished: (row[2] as Double?).map(Date.init(timeIntervalSince1970:)), outcome: row[3],
                    counts: try (row[4] as String?).map { try JSONText.decoded($0) } ?? [:])
            }
        }
    }
}
