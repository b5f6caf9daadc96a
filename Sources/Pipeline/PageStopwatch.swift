package import DossierModel
import Foundation

/// Where the time of a page goes, for benchmarks. No product depends on it.
package final class PageStopwatch {
    /// The steps of a page, in the order they are done.
    package enum Step: String, CaseIterable, Sendable {
        case decode, thumbnail, blank, orientation, skew, separate, recognise, layer
    }

    /// Seconds since it was made.
    package private(set) var seconds: [Step: Double] = [:]

    package init() {}

    func measure<Value, Failure: Error>(_ step: Step, _ work: () throws(Failure) -> Value) throws(Failure) -> Value {
        let start = ContinuousClock.now
        defer { seconds[step, default: 0] += (ContinuousClock.now - start) / .seconds(1) }
        return try work()
    }
}

/// The page stages without workers and workspace, for benchmarks.
package struct PageTrial {
    private let stages: PageStages

    package init(engine: any OCREngine, settings: Settings, stopwatch: PageStopwatch) {
        stages = PageStages(engine: engine, settings: settings, stopwatch: stopwatch)
    }

    /// What was read on a frame; nil where it is blank or cannot be read.
    package func read(path: String, frame: Int) -> RecognisedPage? {
        stages.read(ScanSource(path: path, name: path), frame: frame, hands: PageHands()).product.recognised
    }

    /// A frame after all page stages.
    package struct Taken {
        /// nil for a frame that could not be decoded.
        package var geometry: PageGeometry?
        /// nil for a frame that could not be decoded.
        package var disposition: Disposition?
        /// Of decoding, cleaning and reading.
        package var findings: [Finding]
        /// nil where it is blank or cannot be read.
        package var recognised: RecognisedPage?
        /// nil where nothing is taken apart.
        package var layered: LayeredPage?
        /// Coded bytes by digest.
        package var parts: [SHA256Digest: [UInt8]]
    }

    package func taken(path: String, frame: Int) -> Taken {
        let output = stages.read(ScanSource(path: path, name: path), frame: frame, hands: PageHands())
        return Taken(
            geometry: output.product.clean?.geometry, disposition: output.product.clean?.disposition, findings: output.product.allFindings,
            recognised: output.product.recognised, layered: output.product.layered, parts: output.blobs)
    }
}
