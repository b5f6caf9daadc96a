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

    func records() throws(DossierError) -> [PageRecord] { try PublishedText.records(bytes(of: Publisher.FileName.pages)) }

    func index() throws(DossierError) -> CaseIndex { try PublishedText.index(bytes(of: Publisher.FileName.index)) }

    func bytes(of name: String) throws(DossierError) -> Data { try workspace.product(name, of: number) }
}
