package import DossierModel

/// Seconds that the networks of an engine took since it was made; for benchmarks.
package struct InferenceTimes: Sendable {
    package var detection: Double
    package var reading: Double
    package var direction: Double

    package var all: Double { detection + reading + direction }
}

/// An engine that counts the time of its networks.
package protocol TimedEngine: OCREngine {
    var inferenceTimes: InferenceTimes { get }
}
