public import Archive
public import Cataloguing
public import DossierModel
import Foundation

/// What an office has written into its workspace for the catalogue. Each file is optional.
public struct OfficeFiles: Sendable {
    /// Titles of its own, over those of Dossier.
    public static let titles = "titles.yaml"

    /// Rules of completeness, over those of Dossier.
    public static let completeness = "completeness.yaml"

    private let workspace: String

    public init(workspace: String) { self.workspace = workspace }

    public func path(of name: String) -> String { workspace + "/" + name }

    /// The titles documents may have, the office's over those of Dossier.
    ///
    /// #### Errors
    /// `badUsage` naming the first mistake of the file and how to see the others; `fileSystem`.
    public func titleKnowledge() throws(DossierError) -> TitleKnowledge {
        let path = path(of: Self.titles)
        guard FileManager.default.fileExists(atPath: path) else { return .standard }
        let text = try Self.text(of: path)
        do { return try TitleKnowledge.standard(with: text) } catch {
            throw Self.refusal(error, of: path, check: "dossier titles check")
        }
    }

    /// What a case must hold, the office's rules over those of Dossier.
    ///
    /// #### Errors
    /// As `titleKnowledge()`.
    public func completenessRules(_ titles: TitleKnowledge) throws(DossierError) -> CompletenessRules {
        let path = path(of: Self.completeness)
        guard FileManager.default.fileExists(atPath: path) else { return .standard }
        let text = try Self.text(of: path)
        do { return try CompletenessRules.standard(with: text, titles: titles) } catch {
            throw Self.refusal(error, of: path, check: nil)
        }
    }

    /// What people changed in the catalogue of a case.
    ///
    /// #### Errors
    /// As `titleKnowledge()`.
    public static func catalogueEdits(ofCase number: String, in workspace: Workspace) throws(DossierError) -> CatalogueEdits {
        let path = try workspace.editsPath(ofCase: number)
        guard FileManager.default.fileExists(atPath: path) else { return CatalogueEdits() }
        let text = try text(of: path)
        do { return try CatalogueEdits(text: text) } catch { throw refusal(error, of: path, check: nil) }
    }

    /// Adds edits to those of a case.
    ///
    /// - Returns: the numbers of the new ones, from 1 over all edits of the case.
    ///
    /// #### Errors
    /// As `Workspace.keepEdits` and `catalogueEdits(ofCase:in:)`.
    @discardableResult public static func keep(_ edits: [CatalogueEdit], ofCase number: String, in workspace: Workspace) throws(DossierError) -> Range<Int> {
        let before = try catalogueEdits(ofCase: number, in: workspace).list
        let all = CatalogueEdits(before + edits)
        try workspace.keepEdits(Array(all.text.utf8), ofCase: number)
        return before.count + 1..<all.list.count + 1
    }

    /// Takes an edit back; from the next run on it counts no more.
    ///
    /// #### Errors
    /// `notFound` where the case has no such edit in force; as `keep`.
    public static func withdraw(edit: Int, ofCase number: String, in workspace: Workspace, by person: String, at time: String) throws(DossierError) {
        var edits = try catalogueEdits(ofCase: number, in: workspace)
        guard edits.list.indices.contains(edit - 1), edits.list[edit - 1].withdrawnBy == nil else {
            throw DossierError(.notFound, "case “\(number)” has no correction c\(edit) in force; “dossier review log \(number)” lists them")
        }
        (edits.list[edit - 1].withdrawnBy, edits.list[edit - 1].withdrawnAt) = (person, time)
        try workspace.keepEdits(Array(edits.text.utf8), ofCase: number)
    }

    /// The text of a file.
    ///
    /// #### Errors
    /// `notFound`; `badUsage` when it is not UTF-8.
    public static func text(of path: String) throws(DossierError) -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw DossierError(.notFound, "there is no such file, or it cannot be read; check the path and its rights", location: path)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DossierError(.badUsage, "the file is not UTF-8 text; save it as UTF-8", location: path)
        }
        return text
    }

    static func refusal(_ mistakes: SheetMistakes, of path: String, check: String?) -> DossierError {
        let first = mistakes.list[0]
        let others = mistakes.list.dropFirst().map { "\n\(path):\($0.line): \($0.message); \($0.remedy)" }.joined()
        let rest = mistakes.list.count == 1 ? "" : check.map { " (\(mistakes.list.count) mistakes; “\($0)” names them all)" } ?? others
        return DossierError(.badUsage, "\(first.message); \(first.remedy)\(rest)", location: "\(path):\(first.line)")
    }
}
