/// What the network's mean certainty of a line is worth: the share of its characters that are right.
enum ConfidenceCurve {
    /// Certainty and share right, between which it runs straight; from the last on a line is as right as the network is certain.
    ///
    /// Measured on generated cases (144 characters below 0.9 of 98,000): of lines between 0.6 and 0.8 one character in ten is
    /// right, because what is read there is marks, signatures and strokes rather than print: “Confidence” in Benchmarks/RESULTS.md.
    private static let points = [(0.0, 0.0), (0.6, 0.05), (0.75, 0.08), (0.83, 0.32), (0.9, 0.75)]

    /// - Parameter certainty: mean probability of a line's letters, 0…1.
    static func promised(_ certainty: Double) -> Double {
        guard let upper = points.firstIndex(where: { $0.0 > certainty }), upper > 0 else { return certainty }
        let (from, to) = (points[upper - 1], points[upper])
        return from.1 + (to.1 - from.1) * (certainty - from.0) / (to.0 - from.0)
    }
}
