/// Breaks Chinese text into lines of a fixed number of cells.
///
/// Punctuation never starts or ends a line on the wrong side (行首行尾禁则, GB/T 15834-2011 §5.1), and a number or
/// a Latin word is kept whole where it fits a line.
public enum LineBreaker {
    private static let neverFirst = Set("，。、；：？！）》〉」』】〕”’％%…—·,.;:?!)]")
    private static let neverLast = Set("（《〈「『【〔“‘([")

    /// - Parameters:
    ///   - cells: full-width characters to a line, at least 2.
    ///   - indent: cells the first line starts in from the left.
    public static func lines(of text: String, cells: Double, indent: Double = 0) -> [String] {
        var lines: [String] = []
        var line: [Character] = []
        var room = cells - indent
        for unit in units(of: text) {
            if CharacterWidth.cells(of: String(unit)) > room, !line.isEmpty {
                let carried = carriedOver(from: &line, before: unit)
                lines.append(String(line))
                line = carried
                room = cells - CharacterWidth.cells(of: String(carried))
            }
            line += unit
            room -= CharacterWidth.cells(of: String(unit))
        }
        if !line.isEmpty || lines.isEmpty { lines.append(String(line)) }
        return lines
    }

    /// Single characters, and runs of Basic Latin without spaces of up to 20 characters (an identity number has 18).
    private static func units(of text: String) -> [[Character]] {
        var units: [[Character]] = []
        var inRun = false
        for character in text {
            let joins = CharacterWidth.isHalfWidth(character) && character != " "
            if joins, inRun, units[units.count - 1].count < 20 {
                units[units.count - 1].append(character)
            } else {
                units.append([character])
            }
            inRun = joins
        }
        return units
    }

    /// What must move to the next line with `unit`, taken off the end of `line`.
    private static func carriedOver(from line: inout [Character], before unit: [Character]) -> [Character] {
        var carried: [Character] = []
        var next = unit.first
        while let last = line.last, line.count > 2, carried.count < 8,
            next.map(neverFirst.contains) == true || neverLast.contains(last)
        {
            carried.insert(line.removeLast(), at: 0)
            next = last
        }
        return carried
    }
}
