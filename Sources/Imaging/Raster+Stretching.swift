public import DossierModel

extension Raster {
    /// The grey raster with its pixels repeated `x` times across and `y` times down (nearest pixel), so that oblong fax
    /// pixels become square.
    /// - Precondition: both factors are at least 1.
    public func stretched(x: Double, y: Double) -> Raster {
        precondition(x >= 1 && y >= 1, "stretching never drops a pixel")
        let source = greyed()
        let (w, h) = (Int((Double(width) * x).rounded()), Int((Double(height) * y).rounded()))
        let columns = (0..<w).map { min(width - 1, Int(Double($0) / x)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(w * h)
        for row in 0..<h {
            let start = min(height - 1, Int(Double(row) / y)) * width
            for column in columns { bytes.append(source.bytes[start + column]) }
        }
        return Raster(width: w, height: h, mode: .grey, bytes: bytes)
    }
}
