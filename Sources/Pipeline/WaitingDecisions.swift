public import Archive
import Cataloguing
public import DossierModel
import Foundation

/// How much of what people decided about a case its last run took into account.
public enum WaitingDecisions {
    private enum Key {
        static let last = "lastDecision"
        static let withdrawn = "withdrawnDecisions"
        static let edits = "catalogueEdits"
        static let withdrawnEdits = "withdrawnEdits"
    }

    /// What a run notes of the decisions it knew, beside its own counts.
    static func known(_ decisions: [RecordedDecision], _ edits: CatalogueEdits) -> [String: Int] {
        [
            Key.last: Int(decisions.last?.id ?? 0), Key.withdrawn: decisions.count { $0.withdrawnAt != nil },
            Key.edits: edits.list.count, Key.withdrawnEdits: edits.list.count { $0.withdrawnBy != nil },
        ]
    }

    /// Decisions, withdrawals and corrections of the catalogue that the published case does not show yet.
    public static func count(ofCase number: String, in workspace: Workspace) throws(DossierError) -> Int {
        guard let run = try workspace.journal.runs(ofCase: number).last(where: { $0.outcome != nil }) else { return 0 }
        let decisions = try workspace.journal.decisions(ofCase: number)
        let edits = try OfficeFiles.catalogueEdits(ofCase: number, in: workspace).list
        guard let last = run.counts[Key.last] else {
            // A run of an earlier version noted none: the clock tells.
            let start = run.started.formatted(.iso8601)
            return decisions.count { $0.decision.at > start } + edits.count { $0.at > start }
        }
        let fresh = decisions.count { $0.id > last && $0.withdrawnAt == nil }
        let takenBack = decisions.count { $0.id <= last && $0.withdrawnAt != nil } - (run.counts[Key.withdrawn] ?? 0)
        return fresh + max(0, takenBack) + count(edits, run.counts)
    }

    private static func count(_ edits: [CatalogueEdit], _ counts: [String: Int]) -> Int {
        let known = edits.prefix(counts[Key.edits] ?? 0), fresh = edits.dropFirst(known.count)
        return fresh.count { $0.withdrawnBy == nil } + max(0, known.count { $0.withdrawnBy != nil } - (counts[Key.withdrawnEdits] ?? 0))
    }

    /// Decisions about a page that the published case does not show yet; nil where something was taken back since, so that
    /// nobody can say what the page will be.
    public static func decisions(about page: PageDecision.Place, ofCase number: String, in workspace: Workspace) throws(DossierError) -> [RecordedDecision]? {
        guard let run = try workspace.journal.runs(ofCase: number).last(where: { $0.outcome != nil }), let last = run.counts[Key.last] else { return nil }
        let all = try workspace.journal.decisions(ofCase: number)
        guard all.count(where: { $0.id <= last && $0.withdrawnAt != nil }) == run.counts[Key.withdrawn] ?? 0 else { return nil }
        return all.filter { $0.id > last && $0.withdrawnAt == nil && [$0.decision.page, $0.decision.other].contains(page) }
    }
}
