internal import DossierModel

extension Raster {
    /// Grey or colour: gives every pixel that is not known a value between those around it, the smoother the farther they
    /// are: averages of two by two pixels, of two by two of those and so on, until something is known.
    func filled(where isKnown: [Bool]) -> Raster {
        guard isKnown.contains(false) else { return self }
        guard isKnown.contains(true), width > 1 || height > 1 else { return self }
        let coarse = halved(isKnown)
        let filled = coarse.raster.filled(where: coarse.isKnown)
        return enlarging(filled, whereNot: isKnown)
    }

    private func halved(_ isKnown: [Bool]) -> (raster: Raster, isKnown: [Bool]) {
        let step = mode == .colour ? 3 : 1
        var half = Raster(whiteWidth: (width + 1) / 2, height: (height + 1) / 2, mode: mode)
        var known = [Bool](repeating: false, count: half.width * half.height)
        for y in 0..<half.height {
            for x in 0..<half.width {
                var (sums, count) = ((0, 0, 0), 0)
                for v in 2 * y..<min(2 * y + 2, height) {
                    for u in 2 * x..<min(2 * x + 2, width) where isKnown[v &* width &+ u] {
                        let at = (v &* width &+ u) &* step
                        count += 1
                        sums.0 += Int(bytes[at])
                        if step == 3 { (sums.1, sums.2) = (sums.1 + Int(bytes[at + 1]), sums.2 + Int(bytes[at + 2])) }
                    }
                }
                guard count > 0 else { continue }
                let to = y * half.width + x
                known[to] = true
                half.bytes[to * step] = UInt8(sums.0 / count)
                if step == 3 { (half.bytes[to * 3 + 1], half.bytes[to * 3 + 2]) = (UInt8(sums.1 / count), UInt8(sums.2 / count)) }
            }
        }
        return (half, known)
    }

    /// Three quarters of the nearest coarse pixel, one of the next, each way.
    private func enlarging(_ coarse: Raster, whereNot isKnown: [Bool]) -> Raster {
        let step = mode == .colour ? 3 : 1
        var result = self
        for y in 0..<height {
            let near = y / 2 * coarse.width, next = min(max(y / 2 + (y % 2 == 0 ? -1 : 1), 0), coarse.height - 1) * coarse.width
            for x in 0..<width where !isKnown[y &* width &+ x] {
                let (u, v) = (x / 2, min(max(x / 2 + (x % 2 == 0 ? -1 : 1), 0), coarse.width - 1))
                for c in 0..<step {
                    let upper = 3 &* Int(coarse.bytes[(near &+ u) &* step &+ c]) &+ Int(coarse.bytes[(near &+ v) &* step &+ c])
                    let lower = 3 &* Int(coarse.bytes[(next &+ u) &* step &+ c]) &+ Int(coarse.bytes[(next &+ v) &* step &+ c])
                    result.bytes[(y &* width &+ x) &* step &+ c] = UInt8(truncatingIfNeeded: (3 &* upper &+ lower &+ 8) >> 4)
                }
            }
        }
        return result
    }
}
