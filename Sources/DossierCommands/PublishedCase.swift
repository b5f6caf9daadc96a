import Archive
import DossierModel
import Foundation
import Publishing

/// A case as it is published in a workspace.
struct PublishedCase {
    let workspace: Workspace
    let number: String
    let folder: String

    /// #### Errors
    /// `notFound`, naming the cases there are.
    init(_ number: String, in workspace: Workspace) throws(DossierError) {
        folder = try workspace.caseFolder(number)
        guard FileManager.default.fileExists(atPath: folder + "/" + Publisher.FileName.manifest) else {
            let known = try workspace.journal.cases().map(\.number)
            throw DossierError(
                .notFound, "there is no finished case “\(number)”; "
                    + (known.isEmpty ? "no case has been run yet" : "there are: \(known.joined(separator: ", "))"))
        }
        self.workspace = workspace
        self.number = number
    }

    func records() throws(DossierError) -> [PageRecord] {
        let data = try bytes(of: Publisher.FileName.pages)
        var records: [PageRecord] = []
        for line in data.split(separator: 0x0A) {
            guard let record = try? JSONDecoder().decode(PageRecord.self, from: Data(line)) else {
                throw DossierError(.integrity, "pages.jsonl does not read; run “dossier verify” to see what else changed", location: folder)
            }
            records.append(record)
        }
        return records
    }

    func index() throws(DossierError) -> CaseIndex {
        guard let index = try? JSONDecoder().decode(CaseIndex.self, from: try bytes(of: Publisher.FileName.index)) else {
            throw DossierError(.integrity, "index.json does not read; run “dossier verify” to see what else changed", location: folder)
        }
        return index
    }

    func bytes(of name: String) throws(DossierError) -> Data {
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
            throw DossierError(.fileSystem, "cannot read \(name)", location: folder)
        }
        return data
    }
}
