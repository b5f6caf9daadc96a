extension [Int] {
    /// Of a histogram, the level below which so much of it lies; nil for an empty one.
    func level(at share: Double) -> Int? {
        var rest = Int(Double(reduce(0, +)) * share)
        return firstIndex { rest -= $0; return rest < 0 }
    }
}
