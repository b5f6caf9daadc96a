import DossierModel
import Publishing

/// The commands that settle a finding, ready to copy. A word in capitals is to be filled in.
struct ReviewAdvice {
    let caseNumber: String

    /// - Parameter which: number of the finding among those of its id in its place; nil where it is the only one.
    func commands(for item: LocatedFinding, which: Int?) -> [String] {
        let settling = item.record.map { own(item.finding, $0) } ?? []
        return settling + (item.finding.isAcceptable ? [accept(item, which)] : [])
    }

    private func accept(_ item: LocatedFinding, _ which: Int?) -> String {
        let target = item.record.map { String($0.image) } ?? item.volume.map { "v\($0)" } ?? "case"
        let reason = item.finding.severity == .block ? " --reason REASON" : ""
        return review("accept", "\(target) \(item.finding.id)" + (which.map { " --which \($0)" } ?? "") + reason)
    }

    private func review(_ command: String, _ arguments: String) -> String { "dossier review \(command) \(caseNumber.shellQuoted) \(arguments)" }

    private func own(_ finding: Finding, _ record: PageRecord) -> [String] {
        let image = record.image
        return switch finding.id {
        case "page.orientation.unsure": [review("turn", "\(image) DEGREES")]
        case "page.blank.unsure": [review("blank", "\(image)")]
        case "page.blank.white", "page.blank.mirrored": [review("written", "\(image)")]
        // On which side of the page the missing one belongs depends on which way the numbers run.
        case "folio.sequence" where finding.subject?.hasPrefix("missing") == true: [review("insert", "NEW.tif --after IMAGE")]
        case "folio.sequence", "folio.repeated": [review("folio", "\(image) NUMBER")]
        case "folio.displaced", "document.page.order": [review("move", "\(image) --after IMAGE")]
        case "document.page.missing": [review("insert", "NEW.tif --after IMAGE")]
        case "document.start.ask", "document.title.unknown": [review("split", "\(image) --title TITLE")] + (record.document == 1 ? [] : [review("join", "\(image)")])
        case "document.continuation.ask", "separator.title.ask": [review("split", "\(image) --title TITLE")]
        case "page.decision.lost": ["dossier review log \(caseNumber.shellQuoted)"]
        case let id where Self.ofCatalogue.contains(id): ["dossier catalogue edit \(caseNumber.shellQuoted)"]
        case let id where Self.ofScan.contains(id) || ["file.", "frame.", "worker."].contains { id.hasPrefix($0) }: [review("replace", "\(image) NEW.tif")]
        default: []
        }
    }

    /// Settled by correcting the catalogue.
    private static let ofCatalogue: Set = ["document.person.ask", "document.field.ask", "catalogue.paper.ask", "catalogue.row.ask", "catalogue.edit.ask", "volume.internal"]

    /// Settled by scanning the sheet again.
    private static let ofScan: Set = [
        "page.dark", "page.bright", "page.contrast", "page.blur", "page.streak", "page.border", "page.cut", "page.fold", "page.skew", "page.skew.unsure", "page.dpi.low",
        "page.colour.lost", "page.show-through", "page.size", "separator.ask", "separator.unread",
    ]
}
