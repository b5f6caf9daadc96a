internal import DossierModel

/// Whether brackets and colons are set full-width, told by the room they take.
///
/// The network knows the shape of a sign and hardly its width: on generated pages two thirds of all wrong characters were
/// （ ） ： read as ( ) :. A full-width sign takes the place of a character (GB/T 15834-2011 §5.1), its ink in the half that is
/// turned to what it encloses or follows; a half-width one takes a third to a half of that.
struct PunctuationWidth {
    private static let fullWidth: [Character: Character] = ["(": "（", ")": "）", ":": "："]
    private static let halfWidth = Dictionary(uniqueKeysWithValues: fullWidth.map { ($1, $0) })

    /// Measures of a sign, em, and what lies half-way between the widths.
    private enum Middle {
        /// From what stands before the sign to what stands after it: 1, or 0.33 to 0.5.
        static let advance = 0.75
        /// From the ink of the sign to what stands on its open side: 0.75, or 0.2.
        static let room = 0.46
    }

    /// Beyond these a sign is not what it was read as. On lines in four typefaces and sizes from 9 to 16 points, half-width signs
    /// as wide as half an em, full ones lay above 0.07 and half ones below -0.02; a full-width one was the rarer mistake.
    private enum Evidence {
        static let full = 0.04
        static let half = -0.06
    }

    /// So many pairs of ideographs side by side tell what an em is.
    private static let fewestPairs = 2
    /// An ideograph's place is the mean of what so many in a row say, since the network's steps are a third of an em.
    private static let longestRun = 5

    /// Room of more than this, em, is no sign's: a blank to be filled in, a tab.
    private static let widest = 1.35
    private let letters: [Character]
    private let centres: [Double]
    private let em: Double

    /// The letters with brackets and colons in the width they are set in; what no room tells stays as it was read.
    ///
    /// - Parameter centres: of the letters along the line, any unit.
    static func told(_ letters: [Character], centres: [Double]) -> [Character] {
        guard letters.contains(where: isSign), let line = PunctuationWidth(letters, centres) else { return letters }
        return line.told
    }

    private static func isSign(_ letter: Character) -> Bool { fullWidth[letter] != nil || halfWidth[letter] != nil }

    /// nil for a line that does not tell what an em is.
    private init?(_ letters: [Character], _ centres: [Double]) {
        guard letters.count == centres.count, let em = Self.em(of: letters, centres) else { return nil }
        (self.letters, self.centres, self.em) = (letters, centres, em)
    }

    /// Mean distance of ideographs side by side; those with a space between them are left out.
    private static func em(of letters: [Character], _ centres: [Double]) -> Double? {
        let distances = zip(letters.indices, letters.indices.dropFirst()).filter { letters[$0].isIdeographic && letters[$1].isIdeographic }.map { centres[$1] - centres[$0] }.sorted()
        guard distances.count >= fewestPairs else { return nil }
        let close = distances.filter { $0 < 1.5 * distances[distances.count / 2] }
        let mean = close.reduce(0, +) / Double(max(1, close.count))
        return mean > 0 ? mean : nil
    }

    private var told: [Character] {
        var evidence = letters.indices.map { Self.isSign(letters[$0]) ? self.evidence($0) : nil }
        // Brackets come in pairs of one width: of two that tell the mean counts, and one that is wide tells its partner, which at
        // the edge of a line has nothing else to go by. One that is narrow does not: what was read wide stays.
        for (opening, closing) in pairs {
            let own = [evidence[opening], evidence[closing], numbered(opening, closing)].compactMap(\.self)
            let mean = own.reduce(0, +) / Double(max(1, own.count))
            for at in [opening, closing] where !own.isEmpty && (evidence[at] != nil || mean > 0) { evidence[at] = mean }
        }
        return letters.indices.map { at in
            guard let evidence = evidence[at] else { return letters[at] }
            if evidence > Evidence.full { return Self.fullWidth[letters[at]] ?? letters[at] }
            return evidence < Evidence.half ? Self.halfWidth[letters[at]] ?? letters[at] : letters[at]
        }
    }

    private var pairs: [(opening: Int, closing: Int)] {
        var (pairs, open) = ([(opening: Int, closing: Int)](), nil as Int?)
        for at in letters.indices {
            if "(（".contains(letters[at]) { open = at }
            if ")）".contains(letters[at]), let opening = open {
                pairs.append((opening, at))
                open = nil
            }
        }
        return pairs
    }

    /// How much wider than half-way a sign is, em; nil where nothing stands beside it that tells.
    private func evidence(_ at: Int) -> Double? {
        let (before, after) = (edge(at - 1, away: -1), edge(at + 1, away: 1))
        let open = "(（".contains(letters[at]) ? before.map { centres[at] - $0 } : after.map { $0 - centres[at] }
        let advance = before.flatMap { before in after.map { ($0 - before) / em } }, room = open.map { $0 / em }
        guard max(advance ?? 0, room ?? 0) <= Self.widest else { return nil }
        let measures = [advance.map { $0 - Middle.advance }, room.map { $0 - Middle.room }].compactMap(\.self)
        return measures.isEmpty ? nil : measures.reduce(0, +) / Double(measures.count)
    }

    /// （2） at the head of a line: its closing bracket measured from the ink of the opening one as well, since a single digit is a
    /// poor mark.
    private func numbered(_ opening: Int, _ closing: Int) -> Double? {
        let inside = letters[(opening + 1)..<closing]
        guard (1...3).contains(inside.count), inside.allSatisfy({ $0.isASCII && $0.isNumber }), let after = edge(closing + 1, away: 1) else { return nil }
        return (after - centres[opening]) / em - 0.25 - 0.5 * Double(inside.count) - Middle.advance
    }

    /// Where the place of a letter ends that is turned to a sign beside it; nil for signs and spaces, whose own room would count.
    private func edge(_ at: Int, away: Int) -> Double? {
        guard letters.indices.contains(at) else { return nil }
        let half = Double(away) * em / 2
        guard letters[at].isIdeographic else {
            return letters[at].isASCII && (letters[at].isLetter || letters[at].isNumber) ? centres[at] - half / 2 : nil
        }
        var (sum, count, next) = (0.0, 0, at)
        while letters.indices.contains(next), letters[next].isIdeographic, count < Self.longestRun {
            sum += centres[next] - Double(away * count) * em
            (count, next) = (count + 1, next + away)
        }
        return sum / Double(count) - half
    }
}
