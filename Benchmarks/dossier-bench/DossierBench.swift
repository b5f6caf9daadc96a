import ArgumentParser
import DossierModel
import Foundation

@main
struct DossierBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier-bench", abstract: "Measure Dossier against the truth of generated cases.",
        subcommands: [
            PipelineBench.self, CatalogueBench.self, LayerBench.self, QualityBench.self, CompletenessBench.self, ReadingBench.self, SeparatorBench.self,
            TextBench.self, BlankBench.self, CleaningBench.self, KillBench.self,
        ],
        defaultSubcommand: PipelineBench.self)
}

/// Runs the pipeline, and a peer, on a generated case and compares both with the generator's truth.
struct PipelineBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline",
        abstract: "Measure the pipeline, and OCRmyPDF on the same files, against the truth of a generated case.",
        discussion: """
            Run it through “make bench”, which builds the release binaries and installs the peer.

            Examples:
              make bench
              make bench BENCH="--seed 7205 --pages 120"
              make bench BENCH="--engine tesseract --no-peer"
              make bench BENCH="--append Benchmarks/RESULTS.md"
              make bench BENCH="--jbig2 --seed 7301 --details"
            """)

    @Option(help: "Seed of the case; take one that tuning never saw.") var seed = 7101
    @Option(help: "Printed pages; blank backs come on top.") var pages = 60
    @Option(help: "Engine: ppocr or tesseract.") var engine = "ppocr"
    @Option(help: ArgumentHelp("Workers, and jobs of the peer.", valueName: "n")) var jobs = ProcessInfo.processInfo.activeProcessorCount
    @Flag(name: .customLong("no-peer"), help: "Do not run OCRmyPDF.") var withoutPeer = false
    @Option(help: ArgumentHelp("Add the figures to the end of this file.", valueName: "file")) var append: String?
    @Flag(help: "Measure only how black-and-white pages are coded.") var jbig2 = false
    @Flag(help: "Name every error of the catalogue and the worst pages.") var details = false

    func validate() throws {
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
    }

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let trial = try Trial(seed: seed, pages: pages, folder: folder)
        guard !jbig2 else { return try show(BitonalCoding(trial), trial) }
        let own = try OwnRun(engine: engine, jobs: jobs).measure(trial)
        let peer = withoutPeer ? nil : try OCRmyPDF(jobs: jobs).measure(trial)
        let table = ResultTable(heading: heading(trial), columns: [own.column] + (peer.map { [$0.column] } ?? []))
        print(table.text)
        if details { print(own.details) }
        if let append { try Self.add("\n" + table.text + "\n", to: append) }
    }

    private func show(_ coding: BitonalCoding, _ trial: Trial) throws {
        let table = ResultTable(heading: heading(trial), columns: [coding.table])
        print(table.text)
        if details { print(coding.details) }
        if let append { try Self.add("\n" + table.text + "\n", to: append) }
    }

    private func heading(_ trial: Trial) -> String {
        let pipeline = ["--engine \(engine)", "--jobs \(jobs)"] + (withoutPeer ? ["--no-peer"] : [])
        let options = (jbig2 ? ["--jbig2"] : []) + ["--seed \(seed)", "--pages \(pages)"] + (jbig2 ? [] : pipeline)
        return """
            ### \(Machine.day), commit \(Machine.commit), \(Machine.processor), \(ProcessInfo.processInfo.activeProcessorCount) cores

            `make bench BENCH="\(options.joined(separator: " "))"`: \(trial.truth.images.count) images, \(trial.characters) characters.
            """
    }

    static func add(_ text: String, to path: String) throws {
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw DossierError(.fileSystem, "cannot open the file to add to; check the path", location: path)
        }
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
    }
}
