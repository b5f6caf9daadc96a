import DossierModel
import Foundation

/// The pipeline of this package over the scanner's folder.
struct OwnRun {
    let engine: String
    let jobs: Int

    struct Result {
        var column: ResultTable.Column
        /// Every error, for a person who looks for causes.
        var details: String
    }

    func measure(_ trial: Trial) throws -> Result {
        let workspace = trial.folder + "/work"
        let outcome = try run(trial, workspace, Settings.Images().profile)
        let product = try Published(under: workspace + "/cases")
        guard product.records.count == trial.truth.images.count else {
            throw DossierError(.integrity, "\(trial.truth.images.count) images went in, \(product.records.count) came out")
        }
        var result = result(trial, product, outcome)
        result.column.figures += try profiles(trial, measured: outcome, bytes: product.volumeBytes)
        result.column.figures += try BindingRun(jobs: jobs, engine: engine).figures(trial, workspace: workspace)
        return result
    }

    private func run(_ trial: Trial, _ workspace: String, _ profile: ImageProfile) throws -> MeasuredProcess.Outcome {
        try MeasuredProcess(
            Built.path("dossier"),
            [
                "run", trial.scans, "--workspace", workspace, "--engine", engine, "--profile", profile.rawValue, "--jobs", "\(jobs)", "--json",
            ]
        ).run().require(atMost: 1, of: "dossier run")
    }

    /// Size and time of faithful and balanced, each from the beginning; the default was measured before.
    private func profiles(_ trial: Trial, measured: MeasuredProcess.Outcome, bytes: Int) throws -> [Figure] {
        try [ImageProfile.faithful, .balanced].flatMap { profile -> [Figure] in
            var (outcome, size) = (measured, bytes)
            if profile != Settings.Images().profile {
                let workspace = trial.folder + "/work-" + profile.rawValue
                outcome = try run(trial, workspace, profile)
                size = try Published(under: workspace + "/cases").volumeBytes
            }
            let (share, seconds) = (Double(size) / Double(trial.bytesIn), outcome.seconds / Double(trial.truth.images.count))
            return [
                Figure("\(profile): output bytes / input bytes", Figure.short(share), value: share, aim: profile == .balanced ? "≤ 0.30" : "≤ 0.75"),
                Figure("\(profile): seconds per image", Figure.short(seconds), value: seconds, aim: profile == Settings.Images().profile ? "≤ 0.7" : nil),
            ]
        }
    }

    private func result(_ trial: Trial, _ product: Published, _ outcome: MeasuredProcess.Outcome) -> Result {
        let text = TextScore(trial.truth, found: product.records.map { $0.disposition == .page ? $0.lines.map(\.text).joined() : "" })
        let pages = PageScore(trial.truth, records: product.records)
        let catalogue = CatalogueScore(trial.truth, index: product.index)
        var column = ResultTable.Column(name: "Dossier (\(engine))")
        column.addRun(trial, outcome, bytesOut: product.volumeBytes)
        column.addText(text)
        column.add(pages)
        column.add(catalogue)
        let details = (pages.complaints + catalogue.complaints + ["worst pages (image, CER ignoring spaces): \(text.worst)"])
            .joined(separator: "\n")
        return Result(column: column, details: details)
    }
}

/// What a run left in the workspace.
struct Published {
    let records: [PageRecord]
    let index: CaseIndex
    /// Size of all volumes.
    let volumeBytes: Int

    init(under cases: String) throws {
        guard let name = try FileManager.default.contentsOfDirectory(atPath: cases).first else {
            throw DossierError(.notFound, "the run left no case", location: cases)
        }
        let folder = cases + "/" + name
        let lines = try String(contentsOfFile: folder + "/pages.jsonl", encoding: .utf8).split(separator: "\n")
        records = try lines.map { try JSONDecoder().decode(PageRecord.self, from: Data($0.utf8)) }
        let index = try JSONDecoder().decode(CaseIndex.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/index.json")))
        self.index = index
        volumeBytes = index.volumes.flatMap(\.pdfs).map { Files.size(folder + "/" + $0) }.reduce(0, +)
    }
}
