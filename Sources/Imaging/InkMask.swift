internal import DossierModel

/// The dark pixels of a plane, 64 to a word, the leftmost in the highest bit.
struct InkMask {
    let width: Int
    let height: Int
    let wordsPerRow: Int
    var words: [UInt64]

    /// Nothing is marked.
    init(width: Int, height: Int) {
        (self.width, self.height, wordsPerRow) = (width, height, (width + 63) / 64)
        words = [UInt64](repeating: 0, count: wordsPerRow * height)
    }

    /// Marks what is darker than `share` of the paper around it.
    init(_ plane: borrowing AnalysisPlane, paper: borrowing PaperModel, darkerThan share: Double) {
        (width, height) = (plane.width, plane.height)
        wordsPerRow = (plane.width + 63) / 64
        words = [UInt64](repeating: 0, count: wordsPerRow * plane.height)
        let scale = UInt32(share * 256)
        var line = [UInt8](repeating: 0, count: width)
        for y in 0..<height {
            // Paper changes slowly: one line serves four.
            if y & 3 == 0 {
                paper.fill(&line, row: y)
                for x in 0..<width { line[x] = UInt8(truncatingIfNeeded: (UInt32(line[x]) &* scale) >> 8) }
            }
            mark(row: y, of: plane, below: line)
        }
    }

    private mutating func mark(row y: Int, of plane: borrowing AnalysisPlane, below line: [UInt8]) {
        let (width, start, perRow) = (width, y * wordsPerRow, wordsPerRow)
        unsafe plane.pixels.withUnsafeBufferPointer { pixels in
            unsafe line.withUnsafeBufferPointer { line in
                let row = unsafe pixels.baseAddress! + y * width
                for w in 0..<perRow {
                    var word: UInt64 = 0
                    let end = min(64, width - w * 64)
                    if end == 64, unsafe !Self.anyBelow(row + w &* 64, line.baseAddress! + w &* 64) { continue }
                    for b in 0..<end { word = unsafe word << 1 | (row[w &* 64 &+ b] < line[w &* 64 &+ b] ? 1 : 0) }
                    words[start + w] = word << UInt64(64 - end)
                }
            }
        }
    }

    /// Most of a page is paper: 64 pixels are passed over at once.
    @inline(__always)
    static func anyBelow(_ row: UnsafePointer<UInt8>, _ line: UnsafePointer<UInt8>) -> Bool {
        let (a, b) = unsafe (UnsafeRawPointer(row), UnsafeRawPointer(line))
        var below = SIMDMask<SIMD16<Int8>>(repeating: false)
        for i in 0..<4 {
            let pixels = unsafe a.loadUnaligned(fromByteOffset: 16 * i, as: SIMD16<UInt8>.self)
            below .|= unsafe pixels .< b.loadUnaligned(fromByteOffset: 16 * i, as: SIMD16<UInt8>.self)
        }
        return any(below)
    }

    subscript(x: Int, y: Int) -> Bool { words[y * wordsPerRow + x >> 6] & 1 << UInt64(63 - x & 63) != 0 }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Takes away every solid dark thing of at least `width` × `height` plane pixels (black edges, holes, photographs)
    /// with a rim of `rim` pixels. Strokes of text are thinner and stay.
    mutating func removeSolids(width solidWidth: Int, height solidHeight: Int, rim: Int) {
        let mask = pix()
        let solids = mask.opened(width: solidWidth, height: solidHeight)
        guard !solids.isEmpty else { return }
        mask.subtract(solids.dilated(width: 2 * rim + 1, height: 2 * rim + 1))
        self.words = Self.words(of: mask, perRow: wordsPerRow)
    }

    func pix() -> Pix {
        let pix = Pix(width: width, height: height, depth: 1)
        unsafe pix.withWords { target, perRow in
            for y in 0..<height {
                for w in 0..<perRow {
                    let word = words[y * wordsPerRow + w / 2]
                    unsafe target[y * perRow + w] = UInt32(truncatingIfNeeded: w & 1 == 0 ? word >> 32 : word)
                }
            }
        }
        return pix
    }

    static func words(of pix: borrowing Pix, perRow: Int) -> [UInt64] {
        let (width, height) = (pix.width, pix.height)
        var words = [UInt64](repeating: 0, count: perRow * height)
        let spare = UInt64(perRow * 64 - width)
        unsafe pix.withWords { source, sourcePerRow in
            for y in 0..<height {
                for w in 0..<sourcePerRow {
                    unsafe words[y * perRow + w / 2] |= UInt64(source[y * sourcePerRow + w]) << (w & 1 == 0 ? 32 : 0)
                }
                words[(y + 1) * perRow - 1] &= ~UInt64(0) << spare
            }
        }
        return words
    }
}
