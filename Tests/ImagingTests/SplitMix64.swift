import DossierModel

/// What generated sheets ask of it.
extension SplitMix64 {
    mutating func real(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) / 9007199254740992
    }

    mutating func whole(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }

    mutating func chance(_ share: Double) -> Bool { real(0...1) < share }
}
