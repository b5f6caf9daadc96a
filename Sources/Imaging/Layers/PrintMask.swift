internal import DossierModel

/// Where a page is darker than ink begins, a bit for a pixel, 64 to a word, the leftmost in the highest bit.
struct PrintMask {
    let width: Int
    let height: Int
    let wordsPerRow: Int
    private(set) var words: [UInt64]

    init(_ tone: borrowing Raster, _ levels: borrowing InkLevels) {
        (width, height, wordsPerRow) = (tone.width, tone.height, (tone.width + 63) / 64)
        words = [UInt64](repeating: 0, count: wordsPerRow * tone.height)
        var line = [UInt8](repeating: 0, count: tone.width)
        for y in 0..<height {
            levels.fill(&line, row: y)
            mark(row: y, tone, below: line)
        }
    }

    private mutating func mark(row y: Int, _ tone: borrowing Raster, below line: [UInt8]) {
        let (width, perRow, start) = (width, wordsPerRow, y * wordsPerRow)
        unsafe tone.bytes.withUnsafeBufferPointer { pixels in
            unsafe line.withUnsafeBufferPointer { line in
                let row = unsafe pixels.baseAddress! + y * width
                for w in 0..<perRow {
                    let end = min(64, width - w * 64)
                    if end == 64, unsafe !InkMask.anyBelow(row + w &* 64, line.baseAddress! + w &* 64) { continue }
                    var word: UInt64 = 0
                    for b in 0..<end { word = unsafe word << 1 | (row[w &* 64 &+ b] < line[w &* 64 &+ b] ? 1 : 0) }
                    words[start + w] = word << UInt64(64 - end)
                }
            }
        }
    }

    /// Grown by `reach` pixels on every side: print with the grey of its edges.
    func grown(by reach: Int) -> [UInt64] {
        var grown = words
        for _ in 0..<reach { grown = grownByOne(grown) }
        return grown
    }

    private func grownByOne(_ words: [UInt64]) -> [UInt64] {
        var wide = words
        for y in 0..<height {
            for w in y * wordsPerRow..<(y + 1) * wordsPerRow {
                let here = words[w]
                let before = w > y * wordsPerRow ? words[w - 1] << 63 : 0
                let after = w + 1 < (y + 1) * wordsPerRow ? words[w + 1] >> 63 : 0
                wide[w] = here | here >> 1 | before | here << 1 | after
            }
        }
        var result = wide
        for w in 0..<wide.count {
            if w >= wordsPerRow { result[w] |= wide[w - wordsPerRow] }
            if w + wordsPerRow < wide.count { result[w] |= wide[w + wordsPerRow] }
        }
        return result
    }

    var raster: Raster {
        var raster = Raster(whiteWidth: width, height: height, mode: .bitonal)
        let perRow = raster.bytesPerRow
        for y in 0..<height {
            for w in 0..<wordsPerRow {
                let word = words[y * wordsPerRow + w]
                guard word != 0 else { continue }
                for byte in 0..<min(8, perRow - w * 8) {
                    raster.bytes[y * perRow + w * 8 + byte] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * byte))
                }
            }
        }
        raster.clearSpareBits()
        return raster
    }
}

extension PrintMask {
    /// The mask of the page enlarged twice, interpolated linearly between the middles of pixels.
    ///
    /// An interpolated pixel is dark only where one of the four it comes from is: everything else is passed over.
    func refined(_ tone: borrowing Raster, _ levels: borrowing InkLevels) -> Raster {
        var fine = Raster(whiteWidth: 2 * width, height: 2 * height, mode: .bitonal)
        var line = [UInt8](repeating: 0, count: width)
        let near = grownByOne(words)
        for y in 0..<height {
            levels.fill(&line, row: y)
            for half in 0..<2 { refine(row: y, half: half, tone, line, near, into: &fine) }
        }
        return fine
    }

    private func refine(
        row y: Int, half: Int, _ tone: borrowing Raster, _ line: [UInt8], _ near: [UInt64], into fine: inout Raster
    ) {
        let (width, perRow) = (width, fine.bytesPerRow)
        let other = half == 0 ? max(y - 1, 0) : min(y + 1, height - 1)
        unsafe tone.bytes.withUnsafeBufferPointer { pixels in
            let (here, there) = unsafe (pixels.baseAddress! + y * width, pixels.baseAddress! + other * width)
            @inline(__always) func column(_ x: Int) -> Int { unsafe 3 &* Int(here[x]) &+ Int(there[x]) }
            for w in 0..<wordsPerRow {
                let word = near[y * wordsPerRow + w]
                guard word != 0 else { continue }
                // What grew past the right edge is no pixel of the page.
                for quad in 0..<min(16, (width - w * 64 + 3) / 4) where word >> UInt64(60 - 4 * quad) & 15 != 0 {
                    var byte: UInt8 = 0
                    for x in w &* 64 &+ 4 &* quad..<min(w &* 64 &+ 4 &* quad &+ 4, width) {
                        let middle = 3 &* column(x), limit = Int(line[x]) &* 16
                        let bit = UInt8(1) << UInt8(7 &- 2 &* (x & 3))
                        if middle &+ column(max(x &- 1, 0)) < limit { byte |= bit }
                        if middle &+ column(min(x &+ 1, width &- 1)) < limit { byte |= bit >> 1 }
                    }
                    fine.bytes[(2 &* y &+ half) &* perRow &+ w &* 16 &+ quad] = byte
                }
            }
        }
    }
}
