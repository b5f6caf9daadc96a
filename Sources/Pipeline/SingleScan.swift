public import Archive
public import DossierModel
import Foundation
import ImageCodecs

/// A scan that comes by itself, after the batch: a sheet scanned again, a sheet that was forgotten.
public struct SingleScan {
    /// The batch that holds them all.
    static let batch = "补扫 rescans"

    /// The one image of the file.
    public let place: PageDecision.Place

    /// Takes the file into the store and into the batch of single scans; a decision then gives it its place.
    ///
    /// #### Errors
    /// `notFound`; `unusableInput` when it does not hold exactly one image; `fileSystem`.
    public init(_ path: String, ofCase number: String, in store: Workspace) throws(DossierError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw DossierError(.notFound, "no such file; check the path", location: path)
        }
        // A pipe would be waited for.
        if case .refused(let finding) = try FolderEntry(at: path, name: path) {
            throw DossierError(.unusableInput, "\(finding.message); give a file with one image")
        }
        let before = try store.journal.batches(ofCase: number).first { $0.name == Self.batch }
        let name = "\((before?.files.count ?? 0) + 1)-\((path as NSString).lastPathComponent)"
        let survey = ScannerFiles.survey(path: path, name: name, settings: store.settings.intake)
        guard survey.frames.count == 1 else {
            let why = survey.findings.first.map { "; \($0.message)" } ?? ""
            throw DossierError(
                .unusableInput, "the file has \(survey.frames.count) images\(why); give a file with one, so that no other sheet comes along", location: path)
        }
        let frame = try ScannerFiles.decode(path: path, name: name, frame: survey.frames[0].frame, settings: store.settings.intake)
        if let damage = frame.page.findings.first(where: { $0.severity == .block || $0.id == "frame.damaged" }) {
            throw DossierError(.unusableInput, "the scan is damaged: \(damage.message); scan the sheet once more", location: path)
        }
        let file = try store.blobs.take(copyOf: path, as: name)
        let batches = try store.journal.batches(ofCase: number)
        guard !batches.contains(where: { $0.name != Self.batch && $0.files.contains { $0.digest == file.digest } }) else {
            throw DossierError(.unusableInput, "this very file is in the case already; “dossier review move” puts a page in its place", location: path)
        }
        place = PageDecision.Place(file: file.digest, frame: survey.frames[0].frame)
        // Given before and taken back: it waits there.
        guard before?.files.contains(where: { $0.digest == file.digest }) != true else { return }
        try store.journal.recordBatch(
            case: number, name: Self.batch, sheet: before?.sheet ?? BatchSheet(caseNumber: number), files: (before?.files ?? []) + [file])
    }
}
