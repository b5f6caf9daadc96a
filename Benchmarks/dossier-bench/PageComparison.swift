import DossierModel
import ImageCodecs
import Imaging
import Recognition

/// Reads a page as scanned and as something else shows it, the same way both times.
final class PageComparison {
    struct Reading {
        var geometry: PageGeometry
        var lines: [RecognisedLine]

        var sourceQuads: [Quad] { lines.map { $0.quad.map(geometry.sourcePoint(ofUpright:)) } }
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

    init() throws { engine = try OCREngines.make(.ppocr, settings: Settings.Recognise(), threads: 2, cacheFolder: nil) }

    func read(_ frame: DecodedFrame) throws -> Reading {
        let view = frame.raster.forRecognition(dpi: frame.page.dpi).turned(frame.page.declaredTurn)
        let decision = try engine.orientation(of: view, dpi: frame.page.dpi)
        let turn = decision.verdict == .yes ? decision.turn : .none
        let skew = Skew.measure(view.turned(turn), dpi: frame.page.dpi, maximum: 15)
        let degrees = skew.verdict == .yes && abs(skew.degrees) >= 0.05 ? (skew.degrees * 100).rounded() / 100 : 0
        let geometry = PageGeometry(source: frame.page.size, rotation: frame.page.declaredTurn + turn, skew: degrees)
        return Reading(geometry: geometry, lines: try lines(frame.raster, geometry, frame.page.dpi))
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
