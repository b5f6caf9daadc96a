import Archive
import DossierModel
import Pipeline

/// A page as it is published. Decisions that would change nothing are refused, each with what would; where decisions that are
/// not published yet are about the page, nobody can say what it will be, and all are taken.
struct ReviewedPage {
    let record: PageRecord
    private let caseNumber: String
    private let store: Workspace

    init(_ record: PageRecord, ofCase caseNumber: String, in store: Workspace) {
        (self.record, self.caseNumber, self.store) = (record, caseNumber, store)
    }

    private func isAsPublished() throws -> Bool {
        try WaitingDecisions.decisions(about: record.place, ofCase: caseNumber, in: store)?.isEmpty ?? false
    }

    private func command(_ name: String, _ more: String = "") -> String { "“dossier review \(name) \(caseNumber.shellQuoted) \(record.image)\(more)”" }

    /// It was refused, or stands for an image that could not be read: there is nothing to look at.
    private var hasNoImage: Bool { record.disposition == .rejected || record.isPlaceholder }

    private var noImage: DossierError {
        DossierError(.badUsage, "image \(record.image) could not be read or was replaced, so nothing can be said of what stands on it; scan it again with \(command("replace", " NEW.tif"))")
    }

    func demandTurnable() throws {
        guard try isAsPublished() else { return }
        guard !hasNoImage else { throw noImage }
        guard record.disposition == .page else {
            throw DossierError(.badUsage, "image \(record.image) is no page (\(record.disposition.rawValue)) and is not shown; if something is written on it, \(command("written")) makes it a page")
        }
    }

    func demandNotBlank() throws {
        guard try isAsPublished() else { return }
        guard !hasNoImage else { throw noImage }
        guard record.disposition != .blank else {
            throw DossierError(.nothingToDo, "image \(record.image) is taken for blank already; \(command("written")) says the contrary")
        }
    }

    func demandNotWritten() throws {
        guard try isAsPublished() else { return }
        guard !hasNoImage else { throw noImage }
        let isDoubted = record.findings.contains { $0.id.hasPrefix("page.blank.") || $0.id.hasPrefix("separator.") }
        guard record.disposition != .page || isDoubted else {
            throw DossierError(.nothingToDo, "image \(record.image) is a page already; \(command("blank")) says that nothing is on it")
        }
    }

    /// - Parameter records: those of the case.
    func demandElsewhere(than other: PageRecord, _ records: [PageRecord]) throws {
        guard record.image != other.image else { throw DossierError(.badUsage, "a page cannot come behind itself; name another with --after") }
        guard other.image + 1 == record.image, try isAsPublished() else { return }
        // Blanks are in no volume: those around them tell.
        let before = records.last { $0.image <= other.image && $0.volume != nil }?.volume
        guard record.volume == nil || before == record.volume else { return }
        throw DossierError(.nothingToDo, "image \(record.image) comes behind image \(other.image) already; name another page with --after")
    }
}
