import Archive
import Cataloguing
import DossierModel
import Foundation
import Pipeline

/// Decisions about pages and corrections of the catalogue of a case, one list in the order they were made.
struct ReviewLog {
    struct Entry: Encodable {
        /// Of a decision about a page; nil for a correction of the catalogue.
        var id: Int64?
        /// By which “review withdraw” takes it back: 3 for a decision, c3 for a correction.
        var number: String
        /// Where it stands now; nil where it is no longer, or about the case.
        var place: Place?
        var words: String
        var by: String
        /// ISO 8601.
        var at: String
        var reason: String?
        var withdrawnBy: String?
        var withdrawnAt: String?
        /// As it is kept, for programs.
        var decision: PageDecision?
        var edit: Edit?

        struct Edit: Encodable {
            var change: String
            var value: String?
            var was: String?
        }

        var text: String {
            let taken = withdrawnBy.map { "\t已撤回 withdrawn by \($0), \(withdrawnAt ?? "")" } ?? ""
            return "\(number)\t\(place?.words ?? "案件 case")\t\(words)\t\(by)\t\(at)\t\(reason ?? "–")\(taken)"
        }
    }

    /// A page in the words of people.
    struct Place: Encodable {
        var volume: Int?
        var folio: String?
        var image: Int?
        var title: String?
        /// Of a scan that is no page of the case.
        var file: String?

        var words: String {
            let parts = [
                volume.map { "第\($0)册" }, folio.map { "页 \($0)" }, image.map { "image \($0)" }, title.map { "《\($0)》" }, image == nil ? file : nil,
            ]
            return parts.compactMap(\.self).joined(separator: " ")
        }
    }

    let entries: [Entry]

    init(_ caseNumber: String, in store: Workspace) throws {
        let places = try Places(caseNumber, in: store)
        let decisions = try store.journal.decisions(ofCase: caseNumber).map { Self.entry($0, places) }
        let edits = try OfficeFiles.catalogueEdits(ofCase: caseNumber, in: store).list.enumerated().map { Self.entry($1, number: $0 + 1, places) }
        // Of equal moments the decision comes first; each list is in order already.
        entries = (decisions + edits).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private static func entry(_ row: RecordedDecision, _ places: Places) -> Entry {
        let decision = row.decision
        let place = decision.page.map { places.place(of: $0, image: decision.image) } ?? decision.volume.map { Place(volume: $0) }
        return Entry(
            id: row.id, number: String(row.id), place: place, words: words(decision, places), by: decision.by, at: decision.at, reason: decision.reason, withdrawnBy: row.withdrawnBy,
            withdrawnAt: row.withdrawnAt, decision: decision)
    }

    private static func words(_ decision: PageDecision, _ places: Places) -> String {
        let other = decision.other.map { places.place(of: $0, image: decision.otherImage).words } ?? "?"
        return switch decision.change {
        case .accept: "认可 accepted \(decision.value ?? "")" + (decision.message.map { ": \($0)" } ?? "")
        case .turn: "旋转 turned to \(decision.value ?? "0")°"
        case .blank: "空白 called blank"
        case .written: "有字 called written"
        case .replace: "重扫 replaced by \(other)"
        case .move: "移动 put behind \(other)"
        }
    }

    private static func entry(_ edit: CatalogueEdit, number: Int, _ places: Places) -> Entry {
        let place = edit.page.flatMap { page in
            SHA256Digest(hex: page.file).map { places.place(of: .init(file: $0, frame: page.frame), image: edit.image) }
        }
        return Entry(
            number: "c\(number)", place: place ?? Place(volume: edit.volume, image: edit.image), words: words(edit), by: edit.by, at: edit.at, reason: edit.reason,
            withdrawnBy: edit.withdrawnBy, withdrawnAt: edit.withdrawnAt, edit: .init(change: edit.change.rawValue, value: edit.value, was: edit.was))
    }

    private static func words(_ edit: CatalogueEdit) -> String {
        switch edit.change {
        case .start: "拆分 a document begins here"
        case .join: "合并 goes on with the document before"
        case .title: words("题名 title", edit)
        case .number: words("文号 number", edit)
        case .author: words("责任者 author", edit)
        case .date: words("日期 date", edit)
        case .remark: words("备注 remark", edit)
        case .folio: words("页号 folio", edit)
        }
    }

    private static func words(_ name: String, _ edit: CatalogueEdit) -> String { "\(name): \(edit.was.map { "\($0) " } ?? "")→ \(edit.value ?? "无 none")" }

    /// Where the scans of a case are now.
    private struct Places {
        private let records: [PageDecision.Place: [PageRecord]]
        private let titles: [Int: [CaseIndex.Document]]
        private let names: [SHA256Digest: String]

        init(_ caseNumber: String, in store: Workspace) throws {
            // A case may have decisions and no published catalogue yet.
            let published = try? PublishedCase(caseNumber, in: store)
            records = Dictionary(grouping: try published?.records() ?? [], by: \.place)
            titles = Dictionary(try published?.index().volumes.map { ($0.number, $0.documents) } ?? [], uniquingKeysWith: { first, _ in first })
            names = Dictionary(
                try store.journal.batches(ofCase: caseNumber).flatMap(\.files).map { ($0.digest, $0.name) }, uniquingKeysWith: { first, _ in first })
        }

        func place(of scan: PageDecision.Place, image: Int?) -> Place {
            let all = records[scan] ?? []
            guard let record = all.first(where: { $0.image == image }) ?? all.first else { return Place(file: names[scan.file] ?? "\(scan.file.hex.prefix(12))…") }
            return Place(volume: record.volume, folio: record.folio, image: record.image, title: title(record), file: record.file)
        }

        private func title(_ record: PageRecord) -> String? {
            guard let volume = record.volume, let number = record.document, let documents = titles[volume], documents.indices.contains(number - 1) else { return nil }
            return documents[number - 1].title
        }
    }
}
