internal import DossierModel

/// The colours of print and writing, coarser than the paper's: letters have one colour each.
///
/// A scanner blurs strokes: their middle is paler than the ink, their edge darker than the paper. The colour of a place is
/// what makes the strokes of the mask as dark, together, as the strokes of the scan with their edges.
struct PrintColours {
    /// Cells of the paper for one colour, each way.
    static let cellsPerColour = 4

    private let known: [Bool]
    private let colours: Raster
    /// Pixels of print at each place.
    private let counts: [Int]

    init(_ cells: borrowing PageCells, paper: Raster, without kept: KeptBlocks) {
        var places = Places(cells, paper: paper)
        if !kept.isEmpty { places.leaveOut(kept, cells) }
        var raster = Raster(whiteWidth: cells.inkColumns, height: cells.inkRows, mode: cells.mode)
        for row in 0..<cells.inkRows {
            for column in 0..<cells.inkColumns where places.print[row * cells.inkColumns + column] > 0 {
                let place = row * cells.inkColumns + column
                for channel in 0..<cells.channels { raster.bytes[place * cells.channels + channel] = places.colour(column, row, channel) }
            }
        }
        (colours, counts, known) = (raster, places.print, places.print.map { $0 > 0 })
    }

    /// Sums over the cells of a place.
    private struct Places {
        let columns: Int
        let rows: Int
        let channels: Int
        private(set) var print: [Int]
        /// Over print and its edge: the scan, less the paper that shows beside the print.
        private var ink: [Int]

        init(_ cells: borrowing PageCells, paper: Raster) {
            (columns, rows, channels) = (cells.inkColumns, cells.inkRows, cells.channels)
            print = .init(repeating: 0, count: columns * rows)
            ink = .init(repeating: 0, count: columns * rows * channels)
            for row in 0..<cells.rows {
                for column in 0..<cells.columns where cells.hiddenCounts[row * cells.columns + column] > 0 {
                    let cell = row * cells.columns + column
                    let place = row / cellsPerColour * columns + column / cellsPerColour
                    print[place] += Int(cells.printCounts[cell])
                    let beside = Int(cells.hiddenCounts[cell]) - Int(cells.printCounts[cell])
                    for c in 0..<channels {
                        ink[place * channels + c] += Int(cells.hiddenSums[cell * channels + c]) - beside * Int(paper.bytes[cell * channels + c])
                    }
                }
            }
        }

        /// Places that lie wholly in what is kept.
        mutating func leaveOut(_ kept: KeptBlocks, _ cells: borrowing PageCells) {
            let (stepX, stepY) = (cells.step.x * cellsPerColour, cells.step.y * cellsPerColour)
            for row in 0..<rows {
                for column in 0..<columns where print[row * columns + column] > 0 {
                    guard kept.covers(PixelRect(x: column * stepX, y: row * stepY, width: stepX, height: stepY)) else { continue }
                    print[row * columns + column] = 0
                    for c in 0..<channels { ink[(row * columns + column) * channels + c] = 0 }
                }
            }
        }

        /// With the places around, which count less: the edge of a stroke may lie in the next, but the colour that makes
        /// a rule as dark as it was changes from place to place where the rule is a little aslant. Ink of another hue
        /// beside it counts nothing: black print under a red letterhead stays black.
        func colour(_ column: Int, _ row: Int, _ channel: Int) -> UInt8 {
            let own = row * columns + column
            var (sum, count) = (0, 0)
            for y in max(0, row - 1)...min(rows - 1, row + 1) {
                for x in max(0, column - 1)...min(columns - 1, column + 1) where isOneHue(own, y * columns + x) {
                    let weight = (x == column ? 3 : 1) * (y == row ? 3 : 1)
                    sum += weight * ink[(y * columns + x) * channels + channel]
                    count += weight * print[y * columns + x]
                }
            }
            return UInt8(min(max(sum / max(1, count), 0), 255))
        }

        /// Less print than this, in pixels, has no hue of its own.
        private static let leastPrint = 12
        /// Red and blue less green, levels.
        private static let hueTolerance = 48

        private func isOneHue(_ own: Int, _ other: Int) -> Bool {
            guard channels == 3, own != other, print[own] >= Self.leastPrint, print[other] >= Self.leastPrint else { return true }
            func difference(_ channel: Int) -> Int {
                (ink[3 * own + channel] - ink[3 * own + 1]) / print[own] - (ink[3 * other + channel] - ink[3 * other + 1]) / print[other]
            }
            return abs(difference(0)) <= Self.hueTolerance && abs(difference(2)) <= Self.hueTolerance
        }
    }

    var isEmpty: Bool { !known.contains(true) }

    /// Everywhere, also between the letters.
    var raster: Raster { colours.filled(where: known) }

    /// Colours this close are one ink, levels of a channel.
    private static var tolerance: Int { 28 }

    /// R G B of the mean, when nearly all print is close to it.
    var oneInk: [UInt8]? {
        let mean = mean()
        var (near, all) = (0, 0)
        for place in counts.indices where counts[place] > 0 {
            all += counts[place]
            let isNear = mean.indices.allSatisfy { abs(Int(colours.bytes[place * mean.count + $0]) - Int(mean[$0])) <= Self.tolerance }
            if isNear { near += counts[place] }
        }
        guard near * 1000 >= all * 985 else { return nil }
        return mean.count == 3 ? mean : [mean[0], mean[0], mean[0]]
    }

    private func mean() -> [UInt8] {
        let channels = colours.mode == .colour ? 3 : 1
        let total = max(1, counts.reduce(0, +))
        return (0..<channels).map { channel in
            UInt8(counts.indices.reduce(0) { $0 + counts[$1] * Int(colours.bytes[$1 * channels + channel]) } / total)
        }
    }

    /// At a cell of the paper.
    func colour(ofCell cell: Int, _ channel: Int, _ cells: borrowing PageCells) -> Int {
        let (row, column) = (cell / cells.columns, cell % cells.columns)
        let at = row / Self.cellsPerColour * colours.width + column / Self.cellsPerColour
        return Int(colours.bytes[at * cells.channels + channel])
    }
}
