/// Base-2 logarithms of whole numbers in 1/256, the same on every machine.
struct FixedLogarithm {
    static let shared = FixedLogarithm()

    private static let tableSize = 1 << 16
    private let small: [Int32]
    private let smallTimes: [Int32]

    private init() {
        let fine = (0..<Self.tableSize).map(Self.calculated)
        small = fine.map { Int32($0 >> 12) }
        smallTimes = fine.enumerated().map { Int32(($0.offset * $0.element) >> 12) }
    }

    /// log₂ n; 0 for 0.
    @inline(__always)
    func callAsFunction(_ n: Int) -> Int { n < Self.tableSize ? Int(small[n]) : Self.calculated(n) >> 12 }

    /// n × log₂ n.
    @inline(__always)
    func times(_ n: Int) -> Int { n < Self.tableSize ? Int(smallTimes[n]) : (n * Self.calculated(n)) >> 12 }

    /// log₂ n in 1/2²⁰. Squaring the mantissa doubles the logarithm, so that its bits come out one by one.
    private static func calculated(_ n: Int) -> Int {
        guard n > 1 else { return 0 }
        let exponent = 63 - n.leadingZeroBitCount
        var mantissa = exponent > 31 ? UInt64(n) >> UInt64(exponent - 31) : UInt64(n) << UInt64(31 - exponent)
        var result = exponent
        for _ in 0..<20 {
            mantissa = (mantissa * mantissa) >> 31
            let bit = mantissa >> 32
            mantissa >>= bit
            result = result << 1 | Int(bit)
        }
        return result
    }
}
