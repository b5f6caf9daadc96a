internal import DossierModel

extension Raster {
    /// Neighbours that differ by more are no grain but something on the paper, levels.
    private static var grain: Int16 { 12 }

    /// Grey or colour: every pixel becomes the mean of those of its eight neighbours that are nearly like it, and of itself, which
    /// counts twice.
    func withoutGrain() -> Raster {
        guard width > 2, height > 2 else { return self }
        var result = self
        let (step, perRow) = (mode == .colour ? 3 : 1, bytesPerRow)
        let count = perRow - 2 * step
        var (sums, counts) = ([Int16](repeating: 0, count: count), [Int16](repeating: 0, count: count))
        unsafe bytes.withUnsafeBufferPointer { source in
            unsafe result.bytes.withUnsafeMutableBufferPointer { target in
                for y in 1..<height - 1 {
                    let first = y * perRow + step
                    for i in 0..<count { (sums[i], counts[i]) = (unsafe Int16(source[first &+ i]), 1) }
                    for line in -1...1 {
                        for side in -1...1 {
                            unsafe Self.add(source.baseAddress! + first + line * perRow + side * step, likeThose: source.baseAddress! + first, to: &sums, &counts)
                        }
                    }
                    unsafe Self.writeMeans(sums, counts, to: target.baseAddress! + first)
                }
            }
        }
        return result
    }

    /// A row of neighbours at once, which the processor does many at a time.
    private static func add(_ others: UnsafePointer<UInt8>, likeThose here: UnsafePointer<UInt8>, to sums: inout [Int16], _ counts: inout [Int16]) {
        let count = sums.count
        unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe counts.withUnsafeMutableBufferPointer { counts in
                for i in 0..<count {
                    let (other, own) = unsafe (Int16(others[i]), Int16(here[i]))
                    let isLike: Int16 = max(other &- own, own &- other) <= grain ? -1 : 0
                    unsafe sums[i] &+= other & isLike
                    unsafe counts[i] &-= isLike
                }
            }
        }
    }

    /// Rounded. Ten levels of 255 at most are divided by ten at most: 65,536ths are fine enough for every quotient.
    private static func writeMeans(_ sums: [Int16], _ counts: [Int16], to target: UnsafeMutablePointer<UInt8>) {
        let shares: [Int32] = [0] + (Int32(1)...10).map { count in (65535 + count) / count }
        for i in sums.indices {
            let count = Int32(counts[i])
            unsafe target[i] = UInt8(truncatingIfNeeded: ((Int32(sums[i]) &+ count / 2) &* shares[Int(count)]) >> 16)
        }
    }
}
