internal import DossierModel

/// A page summed up cell by cell: how bright it is, how much of it is print, how uneven the rest.
struct PageCells {
    /// Pixels of a cell.
    let step: (x: Int, y: Int)
    let columns: Int
    let rows: Int
    let channels: Int
    let mode: ColourMode
    /// Pixels per cell: fewer at the right and lower edge.
    private(set) var counts: [UInt16]
    /// Of all pixels, channel by channel.
    private(set) var sums: [UInt16]
    /// Pixels that are print or the grey edge of print, and their sums.
    private(set) var hiddenCounts: [UInt16]
    private(set) var hiddenSums: [UInt16]
    /// Pixels that are print.
    private(set) var printCounts: [UInt16]
    /// Of the other pixels' brightness: sums and sums of squares.
    private var tones: [UInt16]
    private var squares: [UInt32]
    let inkColumns: Int
    let inkRows: Int

    /// The grey edge of print, pixels.
    private static var edge: Int { 2 }
    /// 255 × 16² fits 16 bits.
    private static var largestStep: Int { 16 }

    /// - Parameter cellDPI: cells per inch, about.
    init(_ page: borrowing Raster, _ tone: borrowing Raster, _ print: borrowing PrintMask, dpi: Resolution, cellDPI: Double) {
        func step(_ dpi: Double) -> Int { min(max(1, Int((dpi / cellDPI).rounded())), Self.largestStep) }
        self.step = (step(dpi.x), step(dpi.y))
        (columns, rows) = ((page.width + self.step.x - 1) / self.step.x, (page.height + self.step.y - 1) / self.step.y)
        (mode, channels) = (page.mode, page.mode == .colour ? 3 : 1)
        let count = columns * rows
        (counts, hiddenCounts, printCounts) = (.init(repeating: 0, count: count), .init(repeating: 0, count: count), .init(repeating: 0, count: count))
        (sums, hiddenSums) = (.init(repeating: 0, count: count * channels), .init(repeating: 0, count: count * channels))
        (tones, squares) = (.init(repeating: 0, count: count), .init(repeating: 0, count: count))
        let per = PrintColours.cellsPerColour
        (inkColumns, inkRows) = ((columns + per - 1) / per, (rows + per - 1) / per)
        sumUp(page)
        sumUpTones(tone)
        sumUpPrint(page, tone, print)
    }

    // MARK: Sums over all pixels

    /// Rows of a cell are added up first, which the processor does many at a time.
    private mutating func sumUp(_ page: borrowing Raster) {
        var line = [UInt16](repeating: 0, count: page.width * channels)
        for row in 0..<rows {
            let lines = row * step.y..<min((row + 1) * step.y, page.height)
            for i in line.indices { line[i] = 0 }
            for y in lines { Self.add(page, row: y, to: &line) }
            for column in 0..<columns {
                let across = column * step.x..<min((column + 1) * step.x, page.width)
                counts[row * columns + column] = UInt16(across.count * lines.count)
                for channel in 0..<channels {
                    var sum: UInt16 = 0
                    for x in across { sum &+= line[x &* channels &+ channel] }
                    sums[(row * columns + column) * channels + channel] = sum
                }
            }
        }
    }

    private static func add(_ page: borrowing Raster, row y: Int, to line: inout [UInt16]) {
        let perRow = page.bytesPerRow
        unsafe page.bytes.withUnsafeBufferPointer { bytes in
            unsafe line.withUnsafeMutableBufferPointer { line in
                let row = unsafe bytes.baseAddress! + y * perRow
                for i in 0..<perRow { unsafe line[i] &+= UInt16(row[i]) }
            }
        }
    }

    private mutating func sumUpTones(_ tone: borrowing Raster) {
        let (width, height, columns, stepX) = (tone.width, tone.height, columns, step.x)
        var (line, square) = ([UInt16](repeating: 0, count: width), [UInt32](repeating: 0, count: width))
        unsafe tone.bytes.withUnsafeBufferPointer { bytes in
            for row in 0..<rows {
                for x in 0..<width { (line[x], square[x]) = (0, 0) }
                for y in row * step.y..<min((row + 1) * step.y, height) {
                    for x in 0..<width {
                        let value = unsafe UInt32(bytes[y &* width &+ x])
                        line[x] &+= UInt16(truncatingIfNeeded: value)
                        square[x] &+= value &* value
                    }
                }
                for column in 0..<columns {
                    var (sum, squared): (UInt16, UInt32) = (0, 0)
                    for x in column &* stepX..<min((column &+ 1) &* stepX, width) { (sum, squared) = (sum &+ line[x], squared &+ square[x]) }
                    (tones[row * columns + column], squares[row * columns + column]) = (sum, squared)
                }
            }
        }
    }

    // MARK: Print

    /// Visits the pixels that are print or its edge, one row after the other.
    private mutating func sumUpPrint(_ page: borrowing Raster, _ tone: borrowing Raster, _ print: borrowing PrintMask) {
        let grown = print.grown(by: Self.edge)
        let columnOf = (0..<page.width).map { Int32($0 / step.x) }
        for y in 0..<page.height {
            let row = y / step.y
            for w in 0..<print.wordsPerRow {
                var rest = grown[y * print.wordsPerRow + w]
                let ink = print.words[y * print.wordsPerRow + w]
                while rest != 0 {
                    let bit = rest.leadingZeroBitCount
                    rest &= ~(0x8000_0000_0000_0000 >> UInt64(bit))
                    let x = w &* 64 &+ bit
                    guard x < page.width else { break }
                    hide(page, tone, x, y, column: Int(columnOf[x]), row: row, isPrint: ink << UInt64(bit) & 0x8000_0000_0000_0000 != 0)
                }
            }
        }
    }

    @inline(__always)
    private mutating func hide(
        _ page: borrowing Raster, _ tone: borrowing Raster, _ x: Int, _ y: Int, column: Int, row: Int, isPrint: Bool
    ) {
        let cell = row &* columns &+ column, at = y &* page.width &+ x
        let level = tone.bytes[at]
        hiddenCounts[cell] &+= 1
        tones[cell] &-= UInt16(level)
        squares[cell] &-= UInt32(level) &* UInt32(level)
        for channel in 0..<channels { hiddenSums[cell &* channels &+ channel] &+= UInt16(page.bytes[at &* channels &+ channel]) }
        if isPrint { printCounts[cell] &+= 1 }
    }

    // MARK: What the sums say

    /// Mean of one channel over all pixels of a cell.
    func mean(_ cell: Int, _ channel: Int) -> Int { Int(sums[cell * channels + channel]) / Int(counts[cell]) }

    /// Variance of the brightness of what is no print; 0 where that is little.
    func unevenness(_ cell: Int) -> Int {
        let count = Int(counts[cell]) - Int(hiddenCounts[cell])
        guard count * 3 > Int(counts[cell]) else { return 0 }
        let sum = Int(tones[cell])
        return (Int(squares[cell]) * count - sum * sum) / (count * count)
    }

    /// The paper without its grain, a pixel for each cell; under print, and where the scan is kept, taken from around.
    func paper(without kept: KeptBlocks) -> Raster {
        var raster = Raster(whiteWidth: columns, height: rows, mode: mode)
        var isKnown = [Bool](repeating: false, count: columns * rows)
        for cell in isKnown.indices {
            let seen = Int(counts[cell]) - Int(hiddenCounts[cell])
            guard seen * 4 > Int(counts[cell]) else { continue }
            isKnown[cell] = true
            for i in cell * channels..<(cell + 1) * channels { raster.bytes[i] = UInt8((Int(sums[i]) - Int(hiddenSums[i]) + seen / 2) / seen) }
        }
        for run in kept.runs { forget(run, &isKnown) }
        return raster.filled(where: isKnown).withoutGrain()
    }

    private func forget(_ box: PixelRect, _ isKnown: inout [Bool]) {
        for row in box.y / step.y..<min((box.y + box.height) / step.y, rows) {
            for column in box.x / step.x..<min((box.x + box.width) / step.x, columns) { isKnown[row * columns + column] = false }
        }
    }
}
