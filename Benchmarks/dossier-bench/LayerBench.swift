import ArgumentParser
import DossierModel
import Foundation
import ImageCodecs
import Layering

/// Measures how small, how fast and how readable the layers of grey and coloured pages are.
struct LayerBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers", abstract: "Measure the layers of grey and coloured pages.",
        discussion: """
            SCANS are scanner files or folders of them. --read takes every page through all stages with PP-OCR, as a run
            does; then PP-OCR looks for text on the page as poppler draws it, too, and counts the characters that differ.

            Examples:
              dossier-bench layers samples/scans --details
              dossier-bench layers case/scans --read --details
              dossier-bench layers page.jpg --profile compact --write out/
            """)

    @Argument(help: "Scanner files, or folders of them.", completion: .file()) var scans: [String]
    @Option(help: "balanced or compact.") var profile = "balanced"
    @Flag(help: "Read every page twice and compare.") var read = false
    @Option(help: ArgumentHelp("Write scan and layers of every page here as PNG.", valueName: "folder")) var write: String?
    @Option(help: "Only the first frames, so many.") var limit = Int.max
    @Flag(help: "A line for every page.") var details = false

    func validate() throws {
        if ImageProfile(rawValue: profile) == nil { throw ValidationError("--profile is balanced or compact") }
    }

    func run() throws {
        let reader = read ? try PageComparison() : nil
        var pages: [LayerTally.Page] = []
        for file in try scans.flatMap(Self.files) {
            for frame in ScannerFiles.survey(path: file, name: file, settings: Settings.Intake()).frames where pages.count < limit {
                guard let page = try measured(file, frame.frame, reader) else { continue }
                if details { print(page.text) }
                pages.append(page)
            }
        }
        print(LayerTally(pages: pages).text)
    }

    private static func files(of path: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { return [path] }
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { ["tif", "jpg", "png", "pdf"].contains(($0 as NSString).pathExtension) }.sorted().map { path + "/" + $0 }
    }

    private func measured(_ file: String, _ number: Int, _ reader: PageComparison?) throws -> LayerTally.Page? {
        let frame = try ScannerFiles.decode(path: file, name: file, frame: number, settings: Settings.Intake())
        guard frame.page.mode != .bitonal else { return nil }
        let name = (file as NSString).lastPathComponent + "#\(number)"
        let profile = ImageProfile(rawValue: profile)!
        let clock = ContinuousClock.now
        var (layered, parts): (LayeredPage, [SHA256Digest: [UInt8]])
        var (seconds, first): (Double, PageComparison.Reading?)
        if let reader {
            guard let done = try reader.throughAllStages(file, number, profile), let page = done.layered else { return nil }
            (layered, parts, seconds, first) = (page, done.parts, done.seconds, done.reading)
        } else {
            guard let output = try PageLayerer(profile: profile).layered(frame, lines: []) else { return nil }
            (layered, parts, seconds, first) = (output.page, output.parts, (ContinuousClock.now - clock) / .seconds(1), nil)
        }
        var page = LayerTally.Page(
            name: name, size: frame.page.size, mode: frame.page.mode, dpi: frame.page.dpi.x, layering: layered.layering, seconds: seconds)
        guard let image = layered.image else { return page }
        page.parts = image.parts.map { "\($0.layer!.role) \($0.byteCount)" }.joined(separator: " ")
        if let first { page.differences = try reader?.differences(first, frame, shown: image.drawn(parts)) }
        if let write { try dump(frame, image, parts, to: write + "/" + name) }
        return page
    }

    private func dump(_ frame: DecodedFrame, _ image: PageImage, _ parts: [SHA256Digest: [UInt8]], to name: String) throws {
        try Data(PNGCodec.encode(frame.raster, dpi: frame.page.dpi)).write(to: URL(fileURLWithPath: name + "-scan.png"))
        try Data(PNGCodec.encode(image.drawn(parts), dpi: frame.page.dpi)).write(to: URL(fileURLWithPath: name + "-poppler.png"))
    }
}

/// The figures of all pages.
struct LayerTally {
    struct Page {
        var name: String
        var size: PixelSize
        var mode: ColourMode
        var dpi: Double
        var layering: PageLayering
        var seconds: Double
        var parts = ""
        var differences: PageComparison.Differences?

        var bytesAfter: Int { layering.outcome == .layered ? layering.bytesLayered! : layering.bytesBefore }

        var text: String {
            let ratio = String(format: "%.3f", Double(layering.bytesLayered ?? layering.bytesBefore) / Double(layering.bytesBefore))
            let regions = layering.regions.map { "\($0.cause)\($0.box.x),\($0.box.y),\($0.box.width)x\($0.box.height)q\($0.quality ?? 0)@\($0.similarity)" }.joined(separator: " ")
            let guardText = layering.textGuard.map { "lines \($0.lines) least \($0.leastSimilarity) reread \($0.reread)" } ?? ""
            return "\(name) \(size.width)x\(size.height) \(mode) \(Int(dpi)) dpi \(layering.outcome) \(ratio) of \(layering.bytesBefore) "
                + String(format: "%.0f ms", seconds * 1000) + " [\(parts)] \(guardText) [\(regions)]" + (differences.map { " " + $0.text } ?? "")
        }
    }

    let pages: [Page]

    var text: String {
        let before = pages.reduce(0) { $0 + $1.layering.bytesBefore }, after = pages.reduce(0) { $0 + $1.bytesAfter }
        let outcomes = Dictionary(grouping: pages, by: \.layering.outcome).map { "\($0.value.count) \($0.key)" }.sorted().joined(separator: ", ")
        var lines = [
            "\(pages.count) grey and coloured pages: \(outcomes)",
            String(format: "bytes after / before: %.3f (%d / %d)", Double(after) / Double(max(1, before)), after, before),
            String(format: "seconds per page: %.3f, slowest %.3f", pages.map(\.seconds).reduce(0, +) / Double(max(1, pages.count)), pages.map(\.seconds).max() ?? 0),
        ]
        let read = pages.compactMap(\.differences)
        if !read.isEmpty {
            let characters = read.reduce(0) { $0 + $1.characters }, changed = read.reduce(0) { $0 + $1.characterErrors }
            lines.append(
                "read again: \(read.filter { $0.characterErrors == 0 }.count) of \(read.count) pages with the same text; "
                    + String(format: "%d of %d characters differ (%.3f %%)", changed, characters, 100 * Double(changed) / Double(max(1, characters))))
        }
        return lines.joined(separator: "\n")
    }
}
