import DossierModel
import ImageCodecs
import Imaging
import Pipeline
import Recognition

/// Reads a page as scanned and as something else shows it, the same way both times.
final class PageComparison {
    struct Reading {
        var geometry: PageGeometry
        var lines: [RecognisedLine]

        /// Spaces count for nothing.
        var text: [Unicode.Scalar] { lines.flatMap { $0.text.unicodeScalars.filter { !$0.properties.isWhitespace } } }
    }

    struct Differences {
        var characters: Int
        var characterErrors: Int
        /// Readings of the scan that the other picture does not give.
        var changed: [String]

        var text: String { "differ \(characterErrors) of \(characters) \(changed)" }
    }

    private let engine: any OCREngine

    /// One thread, as in a worker.
    init() throws { engine = try OCREngines.make(.ppocr, settings: Settings.Recognise(), threads: 1, cacheFolder: nil) }

    /// As a run does it.
    ///
    /// - Returns: nil for a page that is not delivered; seconds are those of the layers with all their checks.
    func throughAllStages(
        _ path: String, _ frame: Int, _ profile: ImageProfile
    ) throws -> (layered: LayeredPage?, parts: [SHA256Digest: [UInt8]], seconds: Double, reading: Reading)? {
        var settings = Settings()
        settings.images.profile = profile
        let stopwatch = PageStopwatch()
        let done = PageTrial(engine: engine, settings: settings, stopwatch: stopwatch).taken(path: path, frame: frame)
        guard let geometry = done.geometry, let recognised = done.recognised else { return nil }
        return (done.layered, done.parts, stopwatch.seconds[.layer] ?? 0, Reading(geometry: geometry, lines: recognised.lines))
    }

    private func lines(_ raster: Raster, _ geometry: PageGeometry, _ dpi: Resolution) throws -> [RecognisedLine] {
        let view = raster.forRecognition(dpi: dpi).turned(geometry.rotation)
        return try engine.recognise(geometry.skew == 0 ? view : view.straightened(skew: geometry.skew), dpi: dpi)
            .filter { $0.confidence >= engine.leastConfidence }
    }

    func differences(_ first: Reading, _ frame: DecodedFrame, shown: Raster) throws -> Differences {
        let again = try lines(shown, first.geometry, frame.page.dpi)
        let second = Reading(geometry: first.geometry, lines: again)
        var left = again.map(\.text)
        var changed: [String] = []
        for line in first.lines {
            if let match = left.firstIndex(of: line.text) { left.remove(at: match) } else { changed.append("\(line.text)(\((line.confidence * 100).rounded() / 100))") }
        }
        return Differences(
            characters: first.text.count, characterErrors: EditDistance.between(first.text, second.text), changed: changed + left.map { "→" + $0 })
    }
}
