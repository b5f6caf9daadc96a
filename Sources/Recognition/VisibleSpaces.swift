/// Puts spaces where a reader sees them and the network read none.
///
/// The network gives a space for a wide gap beside digits and seldom one for a gap between ideographs: of 783 spaces that its text
/// of a generated case lacked, 483 stood in headings set widely (立 案 决 定 书) and most others before a name or a label. What was
/// read as a space stays one, however narrow.
struct VisibleSpaces {
    /// Gaps of ink over the em, on 8,900 pairs of four typefaces, 9 to 22 points, worn and clean.
    private enum Gap {
        /// Without a space up to 0.54 (日出: both narrow), with one 0.50 to 0.75.
        static let ideographs = 0.48
        /// Without a space up to 0.38, with one from 0.50 on.
        static let mixed = 0.45
        /// Digits and letters side by side: without one up to 0.44; what the network reads as a space is narrower and stays one.
        static let digits = 0.62
        /// Of page numbers between dashes, whose em is told by the height of digits: with a space from 0.82 on, without up to 0.3.
        static let dash = 0.7
        /// Two from 0.99 on.
        static let twoSpaces = 0.9
    }

    /// Two ideographs, from the ink of the first to that of the second: at most 1.75 em where the gap is that of narrow ones, at
    /// least 1.94 where there is a space between, 2.38 with two.
    private static let leastExtent = 1.88, leastExtentOfTwo = 2.3

    /// Ink of a line of ideographs over its em.
    private static let inkHeight = 0.93
    /// Ideographs side by side stand this far apart, em, unless a heading is set widely.
    private static let closest = 0.85, widest = 1.15
    /// So many of them tell what an em is.
    private static let fewestPairs = 3

    private let letters: [Character]
    /// Columns of the ink.
    private let centres: [Double]
    private let ink: LineInk
    private let em: Double

    /// The spaces that belong before each letter, for most none; nothing for a line that lacks none.
    ///
    /// - Parameters:
    ///   - letters: as read.
    ///   - centres: of the letters along the line, 0…1.
    ///   - width: of the line, columns of the ink.
    static func missing(in letters: [Character], centres: [Double], width: Double, ink: LineInk) -> [String] {
        guard ink.height > 0, letters.count == centres.count else { return [] }
        let spaces = VisibleSpaces(letters: letters, centres: centres.map { $0 * width }, ink: ink).missing
        return spaces.allSatisfy(\.isEmpty) ? [] : spaces
    }

    private init(letters: [Character], centres: [Double], ink: LineInk) {
        (self.letters, self.centres, self.ink) = (letters, centres, ink)
        em = Self.em(of: letters, centres, ink)
    }

    /// By the height of the ink, which brackets and a tilt make larger; by the distance of ideographs where that agrees.
    private static func em(of letters: [Character], _ centres: [Double], _ ink: LineInk) -> Double {
        let byHeight = ink.height / inkHeight
        let distances = zip(letters.indices, letters.indices.dropFirst()).filter { letters[$0].isIdeographic && letters[$1].isIdeographic }.map { centres[$1] - centres[$0] }.sorted()
        guard distances.count >= fewestPairs else { return byHeight }
        let median = distances[distances.count / 2]
        return (closest...widest).contains(median / byHeight) ? median : byHeight
    }

    private var missing: [String] {
        var spaces = [String](repeating: "", count: letters.count)
        let printed = letters.indices.filter { !letters[$0].isWhitespace }
        let gaps = zip(printed, printed.dropFirst()).map { ink.gap(from: centres[$0], to: centres[$1]) }
        for (pair, gap) in gaps.enumerated() {
            let (first, second) = (printed[pair], printed[pair + 1])
            let start = pair > 0 ? gaps[pair - 1].upperBound : ink.extent.lowerBound
            let end = pair + 1 < gaps.count ? gaps[pair + 1].lowerBound : ink.extent.upperBound
            let seen = seen(between: letters[first], and: letters[second], gap: gap.length / em, extent: (end - start) / em)
            spaces[second] = isLabel && seen == 2 ? Self.ideographicSpace : String(repeating: " ", count: max(0, seen - (second - first - 1)))
        }
        return spaces
    }

    /// Two ideographs set as wide as labels of three and four (姓　名): by the space of an ideograph, as typists do.
    private var isLabel: Bool { letters.count == 2 && letters.allSatisfy(\.isIdeographic) }

    private static let ideographicSpace = "\u{3000}"

    /// Signs of punctuation bring room of their own, in which a space would not show.
    private func seen(between first: Character, and second: Character, gap: Double, extent: Double) -> Int {
        if first.isDash && second.isNumber || first.isNumber && second.isDash { return gap >= Gap.dash ? 1 : 0 }
        guard [first, second].allSatisfy({ $0.isIdeographic || $0.isASCIILetterOrDigit }) else { return 0 }
        let isSeen =
            switch (first.isIdeographic, second.isIdeographic) {
            case (true, true): gap >= Gap.ideographs && extent >= Self.leastExtent
            case (false, false): gap >= Gap.digits
            default: gap >= Gap.mixed
            }
        guard isSeen else { return 0 }
        return gap >= Gap.twoSpaces && !(first.isIdeographic && second.isIdeographic && extent < Self.leastExtentOfTwo) ? 2 : 1
    }
}

extension Character {
    var isIdeographic: Bool { unicodeScalars.first?.properties.isIdeographic ?? false }
    fileprivate var isDash: Bool { "-–—".contains(self) }
    fileprivate var isASCIILetterOrDigit: Bool { isASCII && (isLetter || isNumber) }
}
