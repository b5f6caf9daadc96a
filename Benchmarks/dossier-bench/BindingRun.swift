import DossierModel
import Foundation

/// Binds 500 pages and more as one volume in one PDF: copies of a case's evidence volume under other names, in the workspace
/// that has read it, so that nothing is read anew.
struct BindingRun {
    let jobs: Int
    let engine: String

    private static let pages = 500

    /// Time and memory of the whole run that binds them: taking the files in, looking what has been read, catalogue, PDF.
    func figures(_ trial: Trial, workspace: String) throws -> [Figure] {
        let volume = trial.truth.images.map(\.volume).max()!
        let own = trial.truth.pages.count { $0.volume == volume }
        let copies = (Self.pages + own - 1) / max(1, own)
        let scans = try copied(trial, volume, times: copies)
        try Data("assemble:\n  pagesPerPart: 0\n".utf8).write(to: URL(fileURLWithPath: workspace + "/dossier.yaml"))
        let outcome = try MeasuredProcess(
            Built.path("dossier"), ["run", scans, "--workspace", workspace, "--batch", "bound", "--engine", engine, "--jobs", "\(jobs)", "--json"]
        ).run().require(atMost: 1, of: "dossier run")
        let name = "binding \(own * copies) pages that are read (copies), in one PDF"
        return [
            Figure("\(name): seconds", Figure.short(outcome.seconds), value: outcome.seconds, aim: "≤ 60"),
            Figure("\(name): peak memory", Figure.megabytes(outcome.ownPeak), value: Double(outcome.ownPeak), aim: "≤ 300 MB"),
        ]
    }

    /// - Returns: The folder with the copies, and a sheet that makes one volume of them.
    private func copied(_ trial: Trial, _ volume: Int, times: Int) throws -> String {
        let (folder, files) = (trial.folder + "/many", FileManager.default)
        let names = trial.truth.images.filter { $0.volume == volume }.map(\.file).reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        for copy in 1...times {
            let to = folder + "/" + String(format: "%03d", copy)
            try files.createDirectory(atPath: to, withIntermediateDirectories: true)
            for name in names {
                try files.copyItem(atPath: trial.scans + "/" + name, toPath: to + "/" + name.replacingOccurrences(of: "/", with: "-"))
            }
        }
        let sheet = "case: 量检刑诉〔2026〕500号\nvolumes:\n  - {number: 1, kind: evidence, files: [\"**\"]}\n"
        try Data(sheet.utf8).write(to: URL(fileURLWithPath: folder + "/batch.yaml"))
        return folder
    }
}
