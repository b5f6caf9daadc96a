public import DossierModel

extension Raster {
    /// The grey raster with each pixel the median of a square around it: specks and noise smaller than half of the square go,
    /// edges stay where they are.
    ///
    /// - Parameter side: of the square, pixels; odd.
    /// - Precondition: the raster is grey.
    public func medianFiltered(side: Int) -> Raster {
        precondition(mode == .grey && side > 0 && !side.isMultiple(of: 2), "a median is taken of grey pixels in a square with a middle")
        guard side > 1, min(width, height) >= side else { return self }
        return Pix(self).medianFiltered(side: side).raster
    }
}
