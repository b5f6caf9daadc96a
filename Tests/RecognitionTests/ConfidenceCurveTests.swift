import Testing

@testable import Recognition

struct ConfidenceCurveTests {
    /// What is kept, what is sure and what is surer do not depend on the scale.
    @Test func aCurveThatRisesAndEndsInWhatTheNetworkSays() {
        let certainties = (0...1_000).map { Double($0) / 1_000 }
        let promised = certainties.map(ConfidenceCurve.promised)
        #expect(zip(promised, promised.dropFirst()).allSatisfy { $0 <= $1 } && promised.allSatisfy((0...1).contains))
        #expect(zip(certainties, promised).allSatisfy { ($0 >= 0.9) == ($1 >= 0.9) && ($0 < 0.9 || $0 == $1) })
        #expect(ConfidenceCurve.promised(0.7) < 0.1 && ConfidenceCurve.promised(0.85) < 0.6)
    }
}
