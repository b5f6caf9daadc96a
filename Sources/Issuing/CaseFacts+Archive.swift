public import Archive
import Cataloguing
public import DossierModel
import Foundation
public import LegalDocuments

extension CaseFacts {
    /// What the workspace knows about a case: cause and parties from its batch sheets, the catalogue from its index.
    ///
    /// #### Errors
    /// `notFound` for a case the workspace does not have, naming those it has; `integrity` when `index.json` does not read.
    public init(case number: String, in workspace: Workspace) throws(DossierError) {
        let cases = try workspace.journal.cases()
        guard let known = cases.first(where: { $0.number == number }) else {
            let list = cases.isEmpty ? "none has been run yet" : "there are: " + cases.map(\.number).joined(separator: ", ")
            throw DossierError(
                .notFound, "the workspace has no case “\(number)” (\(list)); run its scans first, or add --unscanned to issue without them")
        }
        self.init(
            number: number, cause: known.cause, parties: known.parties.map { Party(name: $0.name, role: $0.role) },
            rows: try Self.rows(of: number, in: workspace))
    }

    private static func rows(of number: String, in workspace: Workspace) throws(DossierError) -> [Row] {
        let path = try workspace.caseFolder(number) + "/index.json"
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        guard let index = try? JSONDecoder().decode(CaseIndex.self, from: data) else {
            throw DossierError(.integrity, "index.json does not read; run “dossier verify” to see what else changed", location: path)
        }
        // What a house keeps to itself stands in no list that goes out.
        return index.volumes.filter { $0.kind != .internal }.flatMap { volume in
            documents(of: volume).enumerated().map { row($0.element, sequence: $0.offset + 1, of: volume) }
        }
    }

    /// Cover, catalogue and docket sheet are listed in no 卷内文件目录 and counted in no 移送清单.
    private static func documents(of volume: CaseIndex.Volume) -> [CaseIndex.Document] {
        volume.documents.filter { $0.firstFolio != nil || !TitleKnowledge.standard.isFrontMatter($0.title) }
    }

    private static func row(_ document: CaseIndex.Document, sequence: Int, of volume: CaseIndex.Volume) -> Row {
        let folios: String? =
            switch (document.firstFolio, document.lastFolio) {
            case (let first?, let last?) where first != last: "\(first)-\(last)"
            case (let first, let last): first ?? last
            }
        return Row(
            volume: volume.number, volumeKind: volume.kind.chineseName, sequence: sequence, documentNumber: document.documentNumber,
            author: document.author, title: document.title, date: document.date, folios: folios, remark: document.remark)
    }
}
