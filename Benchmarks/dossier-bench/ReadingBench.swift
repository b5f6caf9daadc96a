import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import Pipeline
import Recognition

/// Reads the pages of a generated case in this process, one thread, and says where the time goes; RapidOCR reads the same
/// pages.
struct ReadingBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading",
        abstract: "Measure text recognition: time by step, its share of pure inference, character errors, RapidOCR on the same pages.",
        discussion: """
            One thread for both. RapidOCR is told the rotation of every page, since it does not find it; the time for
            loading models and pictures is left out for both.

            Examples:
              dossier-bench reading --seed 7401 --pages 60
              dossier-bench reading --precision f32 --no-peer
              dossier-bench reading --threads 2 --details
            """)

    @Option(help: "Seed of the case; take one that tuning never saw.") var seed = 7401
    @Option(help: "Printed pages.") var pages = 40
    @Option(help: "How the models calculate: auto, f32 or bf16.") var precision = "auto"
    @Option(help: "Threads of the engine.") var threads = 1
    @Option(help: "Longest side of the image in which text is looked for, pixels.") var detectionSide = Settings.Recognise().detectionSide
    @Flag(name: .customLong("no-peer"), help: "Do not run RapidOCR.") var withoutPeer = false
    @Flag(help: "Name the worst pages, and hold confidences against the truth.") var details = false
    @Option(help: ArgumentHelp("Add the figures to the end of this file.", valueName: "file")) var append: String?

    func validate() throws {
        guard Settings.Precision(rawValue: precision) != nil else { throw ValidationError("--precision is auto, f32 or bf16") }
        guard pages >= 12 else { throw ValidationError("a case has at least 12 pages; give --pages 12 or more") }
    }

    func run() throws {
        let folder = NSTemporaryDirectory() + "dossier-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let trial = try Trial(seed: seed, pages: pages, folder: folder)
        let own = try OwnReading(trial, threads: threads, settings: settings)
        var columns = [own.column]
        if !withoutPeer { columns.append(try RapidOCR(threads: threads).measure(trial)) }
        let table = ResultTable(heading: heading(trial), columns: columns)
        print(table.text)
        if details { print(own.calibration.text) }
        if details { print("worst pages (image, CER ignoring spaces): \(own.text.worst)") }
        if let append { try PipelineBench.add("\n" + table.text + "\n", to: append) }
    }

    private var settings: Settings {
        var settings = Settings()
        // The peer takes nothing apart.
        settings.images.profile = .faithful
        settings.recognise.precision = Settings.Precision(rawValue: precision)!
        settings.recognise.detectionSide = detectionSide
        return settings
    }

    private func heading(_ trial: Trial) -> String {
        """
        ### \(Machine.day), commit \(Machine.commit), \(Machine.processor), \(ProcessInfo.processInfo.activeProcessorCount) cores

        `dossier-bench reading --seed \(seed) --pages \(pages) --precision \(precision) --threads \(threads) --detection-side \(detectionSide)\
        \(withoutPeer ? " --no-peer" : "")`: \(trial.truth.pages.count) printed pages of \(trial.truth.images.count) images, \(trial.characters) characters.
        """
    }
}

/// The page stages over all images of a trial.
struct OwnReading {
    let column: ResultTable.Column
    let text: TextScore
    let calibration: Calibration

    init(_ trial: Trial, threads: Int, settings: Settings) throws {
        let engine = try OCREngines.make(.ppocr, settings: settings.recognise, threads: threads, cacheFolder: nil)
        let stopwatch = PageStopwatch()
        let pages = PageTrial(engine: engine, settings: settings, stopwatch: stopwatch)
        var calibration = Calibration()
        text = TextScore(trial.truth, found: zip(trial.truth.images, trial.frames).map { image, place in
            let lines = pages.read(path: place.path, frame: place.frame)?.lines ?? []
            if image.disposition == .page { calibration.add(lines, truth: image.text) }
            return lines.map(\.text).joined()
        })
        self.calibration = calibration
        var column = ResultTable.Column(name: "Dossier (ppocr)")
        column.addReading(seconds: stopwatch.reading, pages: trial.truth.pages.count)
        column.addText(text)
        column.add(stopwatch, images: trial.truth.images.count)
        if let engine = engine as? any TimedEngine { column.add(engine.inferenceTimes, reading: stopwatch.reading, images: trial.truth.images.count) }
        self.column = column
    }
}

extension PageStopwatch {
    /// Orientation and text, seconds.
    var reading: Double { [.orientation, .recognise].reduce(0) { $0 + (seconds[$1] ?? 0) } }
}

extension Trial {
    /// File and frame of every image, frames from 1.
    var frames: [(path: String, frame: Int)] { truth.places(in: scans) }
}

extension ResultTable.Column {
    fileprivate mutating func addReading(seconds: Double, pages: Int) {
        let rate = 60 * Double(pages) / seconds
        figures += [
            Figure("reading, seconds per printed page", String(format: "%.3f", seconds / Double(pages)), value: seconds / Double(pages)),
            Figure("printed pages per minute", Figure.short(rate), value: rate, aim: "≥ 1.5 × RapidOCR"),
        ]
    }

    fileprivate mutating func add(_ stopwatch: PageStopwatch, images: Int) {
        for step in PageStopwatch.Step.allCases {
            figures.append(Figure("\(step.rawValue), ms per image", String(format: "%.1f", 1000 * (stopwatch.seconds[step] ?? 0) / Double(images))))
        }
    }

    fileprivate mutating func add(_ times: InferenceTimes, reading: Double, images: Int) {
        for (name, seconds) in [("detection", times.detection), ("lines", times.reading), ("direction", times.direction)] {
            figures.append(Figure("pure inference, \(name), ms per image", String(format: "%.1f", 1000 * seconds / Double(images))))
        }
        figures.append(Figure("reading / pure inference", String(format: "%.3f", reading / times.all), aim: "≤ 1.15"))
    }
}

/// The peer: RapidOCR on OpenVINO reads the printed pages, upright, in one Python process.
struct RapidOCR {
    let threads: Int

    private struct Page: Decodable {
        var seconds: Double
        var lines: [String]
    }

    func measure(_ trial: Trial) throws -> ResultTable.Column {
        let output = trial.folder + "/rapidocr.jsonl"
        let script = "\"$0\" \"$1\" \(threads) \"${@:2}\" > '\(output)'"
        try MeasuredProcess(
            "/bin/bash", ["-c", script, try python(), Machine.checkout + "/Benchmarks/rapidocr-pages.py"] + (try pictures(trial))
        ).run().require(atMost: 0, of: "RapidOCR")
        var read = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Page.self, from: Data($0.utf8)) }[...]
        let seconds = read.reduce(0) { $0 + $1.seconds }
        let found = trial.truth.images.map { $0.disposition == .page ? (read.popFirst()?.lines.joined() ?? "") : "" }
        var column = ResultTable.Column(name: "RapidOCR 3.10.0, OpenVINO")
        column.addReading(seconds: seconds, pages: trial.truth.pages.count)
        column.addText(TextScore(trial.truth, found: found))
        return column
    }

    /// The printed pages as PNG, turned upright.
    private func pictures(_ trial: Trial) throws -> [String] {
        try zip(trial.truth.images, trial.frames).filter { $0.0.disposition == .page }.map { image, place in
            let frame = try ScannerFiles.decode(path: place.path, name: image.file, frame: place.frame, settings: Settings.Intake())
            let path = trial.folder + "/page\(image.image).png"
            try Data(PNGCodec.encode(frame.raster.turned(image.rotation), dpi: frame.page.dpi)).write(to: URL(fileURLWithPath: path))
            return path
        }
    }

    private func python() throws -> String {
        let path = Machine.checkout + "/.vendor/rapidocr/bin/python"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw DossierError(.missingComponent, "RapidOCR is not installed; run scripts/setup-bench.sh, or leave the peer out with --no-peer")
        }
        return path
    }
}
