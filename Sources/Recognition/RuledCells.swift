internal import DossierModel

/// The cells of the ruled tables and forms on an upright page.
///
/// Dark runs longer than any stroke of a letter are rules; what rules close in on all sides is a cell. Works on a map of
/// the rules at about 75 dots per inch, in which small gaps of a broken rule are closed.
struct RuledCells {
    /// A cell, pixels of the page.
    struct Cell: Equatable {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int
        /// Cells that touch form a table; which one.
        var table = 0
    }

    /// Shorter level runs may be strokes of a title, millimetres.
    private static let shortestLevelRule = 10.0
    /// A row of a form is higher; strokes of running text are shorter. Millimetres.
    private static let shortestStandingRule = 5.5
    /// Runs go on over white gaps of this many pixels, as bitonal scans leave them.
    private static let widestGap = 3
    /// What is narrower or lower holds no text, millimetres.
    private static let smallestCell = 3.0
    /// Darker than this share of the paper is a rule.
    private static let darkness = 0.7

    /// In the order of their first pixel.
    private(set) var cells: [Cell] = []
    /// Pixels of the page for each pixel of the map.
    private let factor: Int
    private let width: Int
    private let height: Int
    /// For each pixel of the map: 0 a rule, 1 the outside, otherwise 2 + index of the cell.
    private var labels: [Int32]

    /// - Parameter declared: not believed where it makes the sheet longer than A3, or is nothing to reckon with.
    init(of page: GreyPage, dpi declared: Resolution) {
        let least = max(50, Double(max(page.width, page.height)) / Self.longestSheet)
        let dpi = Resolution(x: Self.believed(declared.x, least), y: Self.believed(declared.y, least))
        factor = max(1, Int((dpi.x / 75).rounded()))
        width = (page.width + factor - 1) / factor
        height = (page.height + factor - 1) / factor
        let map = RuleMap(
            of: page, factor: factor, level: Int(Self.shortestLevelRule * dpi.x / 25.4),
            standing: Int(Self.shortestStandingRule * dpi.y / 25.4), gap: Self.widestGap, darkness: Self.darkness)
        labels = map.grown()
        findCells(smallest: max(2, Int(Self.smallestCell * dpi.x / 25.4) / factor))
        groupTables(reach: Int(dpi.x / 10))
    }

    /// A3, inches.
    private static let longestSheet = 16.6

    private static func believed(_ dpi: Double, _ least: Double) -> Double { dpi.isFinite ? min(max(dpi, least), 2400) : max(300, least) }

    // MARK: Cells

    /// Turns the map of rules (0) and free pixels (−1) into labels.
    private mutating func findCells(smallest: Int) {
        guard labels.contains(0) else { return labels = [Int32](repeating: 1, count: labels.count) }
        for start in labels.indices where labels[start] == -1 {
            let mark = Int32(2 + cells.count)
            let region = fill(from: start, mark: mark)
            if isCell(region, smallest: smallest) {
                cells.append(region.pixels(factor))
            } else {
                relabel(region, from: mark, to: 1)
            }
        }
    }

    private struct Region {
        var left: Int
        var top: Int
        var right: Int
        var bottom: Int
        var area: Int

        func pixels(_ factor: Int) -> Cell {
            Cell(left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor)
        }
    }

    /// Not the open page, not a sliver, not a frame around other things.
    private func isCell(_ region: Region, smallest: Int) -> Bool {
        let (w, h) = (region.right - region.left, region.bottom - region.top)
        return region.left > 0 && region.top > 0 && region.right < width && region.bottom < height && min(w, h) >= smallest
            && 2 * region.area > w * h && 2 * w * h < width * height
    }

    /// Marks everything that hangs together (four neighbours), row by row.
    private mutating func fill(from start: Int, mark: Int32) -> Region {
        var region = Region(left: width, top: height, right: 0, bottom: 0, area: 0)
        var open = [start]
        while let seed = open.popLast() {
            guard labels[seed] == -1 else { continue }
            let y = seed / width
            var (left, right) = (seed, seed + 1)
            while left > y * width, labels[left - 1] == -1 { left -= 1 }
            while right < (y + 1) * width, labels[right] == -1 { right += 1 }
            for i in left..<right { labels[i] = mark }
            region.left = min(region.left, left - y * width)
            region.right = max(region.right, right - y * width)
            region.top = min(region.top, y)
            region.bottom = max(region.bottom, y + 1)
            region.area += right - left
            for near in [y - 1, y + 1] where near >= 0 && near < height {
                addRuns(in: left + (near - y) * width..<right + (near - y) * width, to: &open)
            }
        }
        return region
    }

    /// The first pixel of every free run of a stretch.
    private func addRuns(in stretch: Range<Int>, to open: inout [Int]) {
        var isFree = false
        for i in stretch {
            if labels[i] == -1, !isFree { open.append(i) }
            isFree = labels[i] == -1
        }
    }

    private mutating func relabel(_ region: Region, from old: Int32, to new: Int32) {
        for y in region.top..<region.bottom {
            for i in y * width + region.left..<y * width + region.right where labels[i] == old { labels[i] = new }
        }
    }

    /// - Parameter reach: cells this near to each other share a rule, pixels.
    private mutating func groupTables(reach: Int) {
        for i in cells.indices { cells[i].table = i }
        for i in cells.indices {
            for j in 0..<i where cells[i].touches(cells[j], reach: reach) && cells[i].table != cells[j].table {
                let (kept, gone) = (min(cells[i].table, cells[j].table), max(cells[i].table, cells[j].table))
                for k in cells.indices where cells[k].table == gone { cells[k].table = kept }
            }
        }
    }

    // MARK: Where a line stands

    /// Shares of a frame that must lie in a cell for the line to belong to it.
    private static let leastShare = 0.6

    /// Index of the cell in which most of the frame lies.
    func cell(of frame: TextFrame) -> Int? {
        guard !cells.isEmpty else { return nil }
        var counts: [Int32: Int] = [:]
        var total = 0
        for label in samples(of: frame) where label != 0 {
            counts[label, default: 0] += 1
            total += 1
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.key >= 2,
            Double(best.value) >= Self.leastShare * Double(total)
        else { return nil }
        return Int(best.key) - 2
    }

    /// Labels on a grid of 24 × 5 places inside the frame.
    private func samples(of frame: TextFrame) -> [Int32] {
        (0..<5).flatMap { row in
            (0..<24).map { column in
                label(
                    frame.left + (frame.right - frame.left) * (Double(column) + 0.5) / 24,
                    frame.top + (frame.bottom - frame.top) * (Double(row) + 1) / 6)
            }
        }
    }

    private func label(_ x: Double, _ y: Double) -> Int32 {
        let (column, row) = (Int(x) / factor, Int(y) / factor)
        guard x >= 0, y >= 0, column < width, row < height else { return 1 }
        return labels[row * width + column]
    }

    /// Parts of a level line that runs over rules from cell to cell; the frame itself where it does not.
    func split(_ frame: TextFrame) -> [TextFrame] {
        guard !cells.isEmpty, frame.isLevel else { return [frame] }
        var parts: [(label: Int32, left: Double, right: Double)] = []
        for x in stride(from: frame.left + Double(factor) / 2, to: frame.right, by: Double(factor)) {
            let label = label(x, frame.centre.y)
            guard label != 0 else { continue }
            if let last = parts.last, last.label == label {
                parts[parts.count - 1].right = x
            } else {
                parts.append((label, x, x))
            }
        }
        // What is left of a frame's margin on the other side of a rule holds no letter.
        parts.removeAll { $0.right - $0.left < 0.3 * frame.height }
        guard parts.count > 1, Set(parts.map(\.label)).count == parts.count else { return [frame] }
        return parts.map { part in
            TextFrame(
                left: max(frame.left, part.left - Double(factor)), top: frame.top, right: min(frame.right, part.right + Double(factor)),
                bottom: frame.bottom, score: frame.score)
        }
    }
}

extension RuledCells.Cell {
    func touches(_ other: RuledCells.Cell, reach: Int) -> Bool {
        left - reach < other.right && other.left - reach < right && top - reach < other.bottom && other.top - reach < bottom
    }
}

/// Where the long level and standing runs of dark pixels are, on a reduced map.
private struct RuleMap {
    private let factor: Int
    private let width: Int
    private let height: Int
    private var isRule: [Bool]

    /// - Parameters:
    ///   - level: shortest level run, pixels of the page.
    ///   - standing: shortest standing run, pixels of the page.
    init(of page: GreyPage, factor: Int, level: Int, standing: Int, gap: Int, darkness: Double) {
        self.factor = factor
        width = (page.width + factor - 1) / factor
        height = (page.height + factor - 1) / factor
        isRule = [Bool](repeating: false, count: width * height)
        let threshold = UInt8(darkness * Double(page.paperLevel))
        var first = [Int32](repeating: -1, count: page.width)
        var last = [Int32](repeating: -1, count: page.width)
        for y in 0..<page.height {
            unsafe page.pixels.withUnsafeBufferPointer { pixels in
                let row = unsafe UnsafeBufferPointer(rebasing: pixels[y * page.width..<(y + 1) * page.width])
                unsafe addLevelRuns(of: row, y: y, threshold, level, gap)
                unsafe addStandingRuns(through: row, y: y, threshold, standing, gap, &first, &last)
            }
        }
        for x in 0..<page.width where first[x] >= 0 { markStanding(x, first[x], last[x], standing) }
    }

    private mutating func addLevelRuns(of row: UnsafeBufferPointer<UInt8>, y: Int, _ threshold: UInt8, _ level: Int, _ gap: Int) {
        var (start, end) = (-1, -1)
        for x in 0..<row.count where unsafe row[x] < threshold {
            if start < 0 || x - end > gap {
                if end - start >= level { markLevel(y, start, end) }
                start = x
            }
            end = x + 1
        }
        if end - start >= level { markLevel(y, start, end) }
    }

    private mutating func markLevel(_ y: Int, _ start: Int, _ end: Int) {
        let row = y / factor * width
        for x in start / factor...(end - 1) / factor { isRule[row + x] = true }
    }

    private mutating func addStandingRuns(
        through row: UnsafeBufferPointer<UInt8>, y: Int, _ threshold: UInt8, _ standing: Int, _ gap: Int, _ first: inout [Int32],
        _ last: inout [Int32]
    ) {
        for x in 0..<row.count where unsafe row[x] < threshold {
            if first[x] < 0 || y - Int(last[x]) > gap + 1 {
                if first[x] >= 0 { markStanding(x, first[x], last[x], standing) }
                first[x] = Int32(y)
            }
            last[x] = Int32(y)
        }
    }

    private mutating func markStanding(_ x: Int, _ first: Int32, _ last: Int32, _ standing: Int) {
        guard Int(last - first) >= standing else { return }
        for y in Int(first) / factor...Int(last) / factor { isRule[y * width + x / factor] = true }
    }

    /// Rules grown by a pixel on each side become 0, everything else −1.
    func grown() -> [Int32] {
        var labels = [Int32](repeating: -1, count: width * height)
        for y in 0..<height {
            for x in 0..<width where isRule[y * width + x] {
                for v in max(0, y - 1)...min(height - 1, y + 1) {
                    for u in max(0, x - 1)...min(width - 1, x + 1) { labels[v * width + u] = 0 }
                }
            }
        }
        return labels
    }
}

extension GreyPage {
    /// The median of a sample of the pixels: on all but solid pages the paper.
    var paperLevel: UInt8 {
        guard !pixels.isEmpty else { return 255 }
        let sample = stride(from: 0, to: pixels.count, by: max(1, pixels.count / 20_011)).map { pixels[$0] }.sorted()
        return sample[sample.count / 2]
    }
}
