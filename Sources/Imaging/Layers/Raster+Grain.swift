internal import DossierModel

extension Raster {
    /// Neighbours that differ by more are no grain but something on the paper, levels.
    private static var grain: Int { 12 }

    /// Grey or colour: every pixel becomes the mean of those of its eight neighbours that are nearly like it, and of itself.
    func withoutGrain() -> Raster {
        guard width > 2, height > 2 else { return self }
        var result = self
        let (step, perRow) = (mode == .colour ? 3 : 1, bytesPerRow)
        unsafe bytes.withUnsafeBufferPointer { source in
            unsafe result.bytes.withUnsafeMutableBufferPointer { target in
                for y in 1..<height - 1 {
                    for i in y * perRow + step..<(y + 1) * perRow - step {
                        let here = unsafe Int(source[i])
                        var (sum, count) = (here, 1)
                        for line in -1...1 {
                            for side in -1...1 {
                                let other = unsafe Int(source[i &+ line &* perRow &+ side &* step])
                                let isLike = abs(other &- here) <= Self.grain
                                (sum, count) = (sum &+ (isLike ? other : 0), count &+ (isLike ? 1 : 0))
                            }
                        }
                        unsafe target[i] = UInt8(truncatingIfNeeded: (sum &+ count / 2) / count)
                    }
                }
            }
        }
        return result
    }
}
