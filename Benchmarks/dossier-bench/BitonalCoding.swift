import DossierModel
import Foundation
import ImageCodecs
import JBIG2

/// How small and how fast the black-and-white pages of a case become as JBIG2, beside CCITT group 4.
struct BitonalCoding {
    struct Page {
        var name: String
        var megapixels: Double
        var group4: Int
        var jbig2: Int
        var seconds: Double
        var parameters: GenericParameters

        var ratio: Double { Double(jbig2) / Double(group4) }
        var speed: Double { megapixels / seconds }
        /// Blank sheets and separators say nothing about text.
        var hasText: Bool { group4 >= 4000 }
    }

    let pages: [Page]

    /// The scanner's black-and-white frames, each coded five times on one core, of which the fastest counts.
    init(_ trial: Trial) throws {
        pages = try trial.files.flatMap { file -> [Page] in
            let name = URL(fileURLWithPath: file).deletingLastPathComponent().lastPathComponent + "/" + URL(fileURLWithPath: file).lastPathComponent
            let settings = Settings.Intake()
            return try ScannerFiles.survey(path: file, name: name, settings: settings).frames.compactMap { frame in
                let raster = try ScannerFiles.pixels(path: file, name: name, frame: frame.frame, settings: settings)
                return raster.mode == .bitonal ? try Self.measured(raster, "\(name)#\(frame.frame)") : nil
            }
        }
        guard !pages.isEmpty else { throw DossierError(.unusableInput, "the case has no black-and-white page; give more --pages") }
    }

    private static func measured(_ raster: Raster, _ name: String) throws -> Page {
        var fastest = Double.infinity
        var stream: JBIG2Stream?
        for _ in 0..<5 {
            let start = ContinuousClock.now
            stream = JBIG2Encoder.encode(width: raster.width, height: raster.height, rows: raster.bytes)
            fastest = min(fastest, (ContinuousClock.now - start) / .seconds(1))
        }
        return Page(
            name: name, megapixels: Double(raster.width * raster.height) / 1e6, group4: try PageImageCoder.group4ByteCount(raster),
            jbig2: stream!.bytes.count, seconds: fastest, parameters: stream!.parameters)
    }

    var table: ResultTable.Column {
        let written = pages.filter(\.hasText)
        return ResultTable.Column(
            name: "Dossier",
            figures: figures(of: written, "pages with text") + figures(of: pages, "all black-and-white pages"))
    }

    private func figures(of pages: [Page], _ name: String) -> [Figure] {
        guard let largest = pages.max(by: { $0.ratio < $1.ratio }), let slowest = pages.min(by: { $0.speed < $1.speed }) else { return [] }
        let bytes = Double(pages.reduce(0) { $0 + $1.jbig2 }) / Double(pages.reduce(0) { $0 + $1.group4 })
        let speed = pages.reduce(0) { $0 + $1.megapixels } / pages.reduce(0) { $0 + $1.seconds }
        return [
            Figure("\(name)", "\(pages.count)"),
            Figure("\(name): JBIG2 bytes / group 4 bytes", String(format: "%.4f", bytes), aim: "≤ 0.69"),
            Figure("\(name): worst ratio", String(format: "%.4f (%@)", largest.ratio, largest.name)),
            Figure("\(name): megapixels/s on one core, choice included", String(format: "%.0f", speed), aim: "≥ 150"),
            Figure("\(name): slowest", String(format: "%.0f MP/s (%@)", slowest.speed, slowest.name)),
        ]
    }

    /// A line for each page, the worst ratio first.
    var details: String {
        pages.sorted { $0.ratio > $1.ratio }.map { page in
            let numbers = String(format: "%.4f  %7d → %6d bytes  %5.0f MP/s", page.ratio, page.group4, page.jbig2, page.speed)
            let parameters = "\(page.parameters.template) \(page.parameters.adaptivePixels)\(page.parameters.usesTypicalPrediction ? " typical" : "")"
            return "\(numbers)  \(page.name)  \(parameters)"
        }.joined(separator: "\n")
    }
}
