import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Imaging
import Pipeline
import Recognition

/// Straightening and the blank decision on whole generated cases, without reading every page.
struct CleaningBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleaning", abstract: "Measure straightening and the blank decision on generated cases.",
        discussion: """
            CASE is a folder of “dossier-samples generate”. Pages are turned by the truth and straightened; what is left of their
            tilt is counted. With an engine every image whose reading has a say about its being blank or tilted goes through all page stages.

            Examples:
              dossier-bench cleaning case/
              dossier-bench cleaning case/ --engine ppocr --details
            """)

    @Argument(help: "Folders of generated cases.", completion: .directory) var folders: [String]
    @Option(help: "ppocr or tesseract; without it nothing is read.") var engine: String?
    @Flag(help: "Name blanks that are kept, written pages that are left out, and pages that stay tilted.") var details = false

    func validate() throws {
        guard engine.map({ Settings.EngineName(rawValue: $0) != nil }) ?? true else { throw ValidationError("--engine is ppocr or tesseract") }
    }

    func run() throws {
        var settings = Settings()
        settings.images.profile = .faithful
        let trial = try engine.map { name in
            PageTrial(
                engine: try OCREngines.make(Settings.EngineName(rawValue: name)!, settings: settings.recognise, threads: 1, cacheFolder: nil),
                settings: settings, stopwatch: PageStopwatch())
        }
        for folder in folders {
            var tally = CleaningTally()
            let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/truth.json")))
            for (image, place) in zip(truth.images, truth.places(in: folder + "/scans")) where image.disposition != .separator {
                tally.add(try CleanedImage(image, path: place.path, frame: place.frame, trial))
            }
            if details { tally.complaints.forEach { print($0) } }
            print("\(folder): \(tally.text)")
        }
    }
}

extension Truth {
    /// File and frame of every image, frames from 1.
    func places(in scans: String) -> [(path: String, frame: Int)] {
        var last = (file: "", frame: 0)
        return images.map { image in
            last = (image.file, image.file == last.file ? last.frame + 1 : 1)
            return (scans + "/" + image.file, last.frame)
        }
    }
}

/// One image after the clean stage.
private struct CleanedImage {
    enum Fate: String, CaseIterable { case leftOut, told, asked, kept }

    let truth: Truth.Image
    let blank: BlankMeasure
    let fate: Fate
    /// nil for a blank.
    var skew: SkewMeasure?
    /// nil where nothing was read.
    var taken: PageTrial.Taken?

    init(_ image: Truth.Image, path: String, frame: Int, _ trial: PageTrial?) throws {
        truth = image
        let decoded = try ScannerFiles.decode(path: path, name: image.file, frame: frame, settings: Settings().intake)
        blank = PageExamination(decoded.raster, dpi: decoded.page.dpi).blank
        if image.disposition == .page {
            let view = decoded.raster.withoutSeals(dpi: decoded.page.dpi).page.turned(image.rotation)
            let dpi = image.rotation.swapsSides ? Resolution(x: decoded.page.dpi.y, y: decoded.page.dpi.x) : decoded.page.dpi
            skew = Skew.measure(view, dpi: dpi, maximum: Settings().clean.maximumSkew)
        }
        if let trial, blank.isOpenToReading || skew?.verdict == .ask { taken = trial.taken(path: path, frame: frame) }
        fate = Self.fate(blank, taken)
    }

    private static func fate(_ blank: BlankMeasure, _ taken: PageTrial.Taken?) -> Fate {
        guard let taken else { return blank.verdict == .yes ? .leftOut : blank.verdict == .ask ? .asked : .kept }
        let ids = taken.findings.map(\.id)
        if taken.disposition == .blank { return ids.contains("page.blank.mirrored") ? .told : .leftOut }
        return ids.contains("page.blank.unsure") ? .asked : .kept
    }

    /// Degrees that the page still leans.
    var residual: Double? {
        if let skew = taken?.geometry?.skew, taken?.geometry?.rotation == truth.rotation, truth.disposition == .page { return abs(truth.skew - skew) }
        return skew.map { abs(truth.skew - ($0.verdict == .yes && abs($0.degrees) >= Settings().clean.minimumSkew ? $0.degrees : 0)) }
    }
}

private struct CleaningTally {
    private var fates: [Disposition: [CleanedImage.Fate: Int]] = [:]
    private var residuals: [Double] = []
    private(set) var complaints: [String] = []

    mutating func add(_ image: CleanedImage) {
        fates[image.truth.disposition, default: [:]][image.fate, default: 0] += 1
        if let residual = image.residual {
            residuals.append(residual)
            if residual > 0.2 { complain("leans by \(Figure.short(residual))°", image) }
        }
        let isBlank = image.truth.disposition == .blank
        if isBlank ? image.fate == .asked || image.fate == .kept : image.fate != .kept { complain("\(image.truth.disposition) \(image.fate)", image) }
    }

    private mutating func complain(_ what: String, _ image: CleanedImage) {
        let skew = image.skew.map { "skew \(image.truth.skew), measured \(Figure.short($0.bestGuess)) \($0.verdict) \(Figure.short($0.confidence))" } ?? ""
        let lines = (image.taken?.recognised?.lines ?? []).map { "\($0.text) \(Figure.short($0.confidence))" }.joined(separator: " | ")
        complaints.append("\(image.truth.image) \(what) \(image.truth.mode.map { "\($0)" } ?? "") \(skew) \(image.blank.words) [\(lines)]")
    }

    private func fates(_ disposition: Disposition) -> String {
        CleanedImage.Fate.allCases.map { "\($0) \(fates[disposition]?[$0] ?? 0)" }.joined(separator: ", ")
    }

    var text: String {
        let sorted = residuals.sorted()
        func at(_ share: Double) -> String { sorted.isEmpty ? "–" : Figure.short(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) + "°" }
        return """
            \(sorted.count) pages, tilt left: median \(at(0.5)), 95th percentile \(at(0.95)), worst \(at(1)), \(sorted.count { $0 > 0.2 }) beyond 0.2°
            written: \(fates(.page))
            blank: \(fates(.blank))
            """
    }
}

extension BlankMeasure {
    var words: String {
        "\(verdict) ink \(Figure.short(inkShare * 100)) % largest \(Figure.short(largestInk)) mm shining \(showThroughPieces) pieces \(pieces.count)"
    }
}
