/// Breaks Chinese text into lines of a fixed number of cells.
///
/// Punctuation never starts or ends a line on the wrong side (行首行尾禁则, GB/T 15834-2011 §5.1), and a number or
/// a Latin word is kept whole where it fits a line.
public enum LineBreaker {
    /// One thing that stands in a line: a character, or a blank as wide as several.
    struct Atom {
        var character: Character
        var cells: Double
        /// Belongs to a run that is kept whole with the atom before.
        var joins: Bool
    }

    private static let neverFirst = Set("，。、；：？！）》〉」』】〕”’％%…—·,.;:?!)]")
    private static let neverLast = Set("（《〈「『【〔“‘([")

    /// - Parameters:
    ///   - cells: full-width characters to a line, at least 2.
    ///   - indent: cells the first line starts in from the left.
    public static func lines(of text: String, cells: Double, indent: Double = 0) -> [String] {
        let atoms = atoms(of: text)
        return lines(of: atoms, cells: cells, indent: indent).map { String(atoms[$0].map(\.character)) }
    }

    /// The lines as ranges of atoms; at least one.
    static func lines(of atoms: [Atom], cells: Double, indent: Double) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        var room = cells - indent
        for unit in units(of: atoms, cells: cells) {
            let needed = width(atoms[unit])
            if needed > room, unit.lowerBound > start {
                let cut = unit.lowerBound - carriedOver(from: atoms[start..<unit.lowerBound], before: atoms[unit.lowerBound].character)
                lines.append(start..<cut)
                start = cut
                room = cells - width(atoms[cut..<unit.lowerBound])
            }
            room -= needed
        }
        if start < atoms.count || lines.isEmpty { lines.append(start..<atoms.count) }
        return lines
    }

    /// Single characters, and runs of Basic Latin without spaces of up to 20 characters (an identity number has 18).
    static func atoms(of text: some StringProtocol) -> [Atom] {
        var atoms: [Atom] = []
        var run = 0
        for character in text {
            let isLatin = CharacterWidth.isHalfWidth(character) && character != " "
            let joins = isLatin && run > 0 && run < 20
            atoms.append(Atom(character: character, cells: CharacterWidth.cells(of: character), joins: joins))
            run = isLatin ? (joins ? run + 1 : 1) : 0
        }
        return atoms
    }

    /// What is kept whole. A run that fits no line falls apart.
    private static func units(of atoms: [Atom], cells: Double) -> [Range<Int>] {
        var units: [Range<Int>] = []
        var start = 0
        for index in atoms.indices where index + 1 == atoms.count || !atoms[index + 1].joins {
            let unit = start..<index + 1
            units += width(atoms[unit]) <= cells ? [unit] : unit.map { $0..<$0 + 1 }
            start = index + 1
        }
        return units
    }

    private static func width(_ atoms: ArraySlice<Atom>) -> Double { atoms.reduce(0) { $0 + $1.cells } }

    /// How many atoms at the end of `line` must move to the next line with what begins with `next`.
    private static func carriedOver(from line: ArraySlice<Atom>, before next: Character) -> Int {
        var count = 0
        var next = next
        for atom in line.reversed() {
            guard line.count - count > 2, count < 8, neverFirst.contains(next) || neverLast.contains(atom.character) else { break }
            next = atom.character
            count += 1
        }
        return count
    }
}
