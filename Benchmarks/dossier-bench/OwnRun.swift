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
        let outcome = try MeasuredProcess(
            Built.path("dossier"),
            ["run", trial.scans, "--workspace", workspace, "--engine", engine, "--jobs", "\(jobs)", "--json"]
        ).run().require(atMost: 1, of: "dossier run")
        let product = try Published(under: workspace + "/cases")
        guard product.records.count == trial.truth.images.count else {
            throw DossierError(.integrity, "\(trial.truth.images.count) images went in, \(product.records.count) came out")
        }
        return result(trial, product, outcome)
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
