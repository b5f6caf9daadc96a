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
            throw try Self.unpublished(number, in: workspace)
        }
        self.workspace = workspace
        self.number = number
    }

    private static func unpublished(_ number: String, in workspace: Workspace) throws(DossierError) -> DossierError {
        let known = try workspace.journal.cases().map(\.number)
        if known.contains(number) {
            return DossierError(.notFound, "case “\(number)” is not finished yet; run “dossier run” over its scans again to continue")
        }
        return DossierError(
            .notFound, "there is no case “\(number)”; "
                + (known.isEmpty ? "no case has been run yet" : "there are: \(known.joined(separator: ", "))"))
    }

    func records() throws(DossierError) -> [PageRecord] { try PublishedText.records(bytes(of: Publisher.FileName.pages)) }

    func index() throws(DossierError) -> CaseIndex { try PublishedText.index(bytes(of: Publisher.FileName.index)) }

    /// A page by what people call it: v2p45 for volume 2, folio 45, or the number of an image.
    ///
    /// #### Errors
    /// `badUsage` for what is no such name, `notFound`.
    func record(named page: String) throws(DossierError) -> PageRecord {
        let records = try records()
        let found: PageRecord?
        if let number = Int(page) {
            found = records.first { $0.image == number }
        } else if let match = page.wholeMatch(of: /v(\d+)p(.+)/) {
            found = records.first { $0.volume == Int(match.1) && $0.folio == String(match.2) }
        } else {
            throw DossierError(.badUsage, "“\(page)” names no page; write v2p45 for volume 2, folio 45, or the number of an image")
        }
        guard let found else {
            throw DossierError(.notFound, "case “\(number)” has no page “\(page)”; it has \(records.count) images, “dossier status” shows its volumes")
        }
        return found
    }

    func manifest() throws(DossierError) -> Manifest { try PublishedText.manifest(bytes(of: Publisher.FileName.manifest)) }

    func facts() throws(DossierError) -> FactSheet { try PublishedText.facts(bytes(of: Publisher.FileName.facts)) }

    /// About the case, its volumes and its images, the gravest first.
    func findings() throws(DossierError) -> [LocatedFinding] {
        let all = try LocatedFinding.all(index(), records())
        return [.block, .warn, .note].flatMap { severity in all.filter { $0.finding.severity == severity } }
    }

    func bytes(of name: String) throws(DossierError) -> Data { try workspace.product(name, of: number) }
}
