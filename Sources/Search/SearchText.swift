/// The searchable form of a page, and the way back from it to the stored lines.
///
/// Lines are joined before anything else, because a name may be broken over two of them. Gaps stay only where two words
/// would run together, so that 立 案 决 定 书 is found as 立案决定书. Where a line ends and the next begins with a digit,
/// nobody can tell whether one number goes on or another begins: a mark stands there, and both are found.
struct SearchText {
    /// Where a folded scalar comes from.
    struct Origin: Hashable {
        var line: Int
        /// Index of the `Character` within its line.
        var character: Int
    }

    /// Between digits at the end of one line and the start of the next. No stored character folds to it.
    static let lineEnd: Unicode.Scalar = "\u{85}"

    /// Folded scalars of the whole page.
    private(set) var scalars: [Unicode.Scalar] = []
    /// One entry per folded scalar.
    private(set) var origins: [Origin] = []
    private var gap = Gap.none

    private enum Gap { case none, space, lineEnd }

    init(lines: [String]) {
        let most = lines.reduce(0) { $0 + $1.utf8.count }
        scalars.reserveCapacity(most)
        origins.reserveCapacity(most)
        for (number, line) in lines.enumerated() {
            if number > 0 { gap = .lineEnd }
            append(line, number: number)
        }
    }

    private mutating func append(_ line: String, number: Int) {
        for (index, character) in line.enumerated() {
            let origin = Origin(line: number, character: index)
            for scalar in character.unicodeScalars { append(Folding.folded(scalar), origin) }
        }
    }

    private mutating func append(_ folded: Folding.Result, _ origin: Origin) {
        switch folded {
        case .scalar(let scalar): append(scalar, origin)
        case .gap: gap = .space
        case .nothing: break
        case .several(let scalars): for scalar in scalars { append(scalar, origin) }
        case .enclosed(let scalars):
            gap = .space
            for scalar in scalars { append(scalar, origin) }
            gap = .space
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ origin: Origin) {
        if gap != .none, let last = scalars.last, last.isWordPart, scalar.isWordPart {
            let mark = gap == .lineEnd && last.isDigit && scalar.isDigit ? Self.lineEnd : " "
            scalars.append(mark)
            origins.append(origin)
        }
        gap = .none
        scalars.append(scalar)
        origins.append(origin)
    }

    /// Every occurrence, overlapping ones too. A part that begins with a word begins where a word does; it may end within one.
    func occurrences(of part: [Unicode.Scalar]) -> [Range<Int>] {
        guard let first = part.first else { return [] }
        var found: [Range<Int>] = []
        for start in scalars.indices where scalars[start] == first && beginsAWord(start) {
            if let end = end(of: part, from: start) { found.append(start..<end) }
        }
        return found
    }

    private func beginsAWord(_ start: Int) -> Bool {
        start == 0 || !scalars[start].isWordPart || !scalars[start - 1].isWordPart
    }

    private func end(of part: [Unicode.Scalar], from start: Int) -> Int? {
        var here = start
        for scalar in part {
            guard here < scalars.count else { return nil }
            if scalars[here] == Self.lineEnd, scalar != " " { here += 1 }
            guard scalars[here] == scalar || (scalars[here] == Self.lineEnd && scalar == " ") else { return nil }
            here += 1
        }
        return here
    }
}
