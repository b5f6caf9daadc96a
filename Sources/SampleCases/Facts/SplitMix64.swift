import DossierModel

/// What the generator of cases draws. The sequence is part of the promise that a seed always gives the same case.
extension SplitMix64 {
    /// Another, independent stream for `purpose`.
    func stream(_ purpose: UInt64) -> SplitMix64 {
        var mixed = SplitMix64(seed: state ^ (purpose &* 0xD6E8_FEB8_6659_FD93))
        return SplitMix64(seed: mixed.next())
    }

    /// 0 ≤ value < 1.
    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    mutating func pick<T>(_ list: [T]) -> T { list[integer(0...(list.count - 1))] }

    mutating func shuffled<T>(_ list: [T]) -> [T] {
        var list = list
        for index in stride(from: list.count - 1, to: 0, by: -1) { list.swapAt(index, integer(0...index)) }
        return list
    }

    /// About normal with mean 0 and deviation 1 (sum of twelve uniform values).
    mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
}
