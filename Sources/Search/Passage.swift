public import DossierModel

/// A page's stored lines beside their searchable form: what was found there, in the stored form.
struct Passage {
    private let lines: [String]
    let text: SearchText

    /// Searchable characters of context on each side of a match.
    private static let context = 20

    init(lines: [String]) {
        self.lines = lines
        text = SearchText(lines: lines)
    }

    /// - Parameter range: Of `text.scalars`.
    func matches(_ range: Range<Int>) -> [SearchIndex.Match] {
        var matches: [SearchIndex.Match] = []
        for origin in text.origins[range] {
            if let last = matches.last, last.line == origin.line {
                matches[matches.count - 1].length = origin.character - last.start + 1
            } else {
                matches.append(.init(line: origin.line, start: origin.character, length: 1))
            }
        }
        return matches
    }

    /// Stored characters around a match, and where in them it stands: `[start, length]`.
    func snippet(around range: Range<Int>) -> (text: String, highlight: [Int]) {
        let origins = text.origins
        let first = origins[range.lowerBound], last = origins[range.upperBound - 1]
        let from = origins[max(0, range.lowerBound - Self.context)]
        let to = origins[min(origins.count, range.upperBound + Self.context) - 1]
        let whole = stored(from, to)
        let start = whole.places.firstIndex(of: first) ?? 0
        let end = whole.places.lastIndex(of: last) ?? start
        return (String(whole.characters), [start, end - start + 1])
    }

    /// The characters from one place to another with their places; a space where words would run together.
    private func stored(_ from: SearchText.Origin, _ to: SearchText.Origin) -> (characters: [Character], places: [SearchText.Origin]) {
        var characters: [Character] = []
        var places: [SearchText.Origin] = []
        for line in from.line...to.line {
            let all = Array(lines[line])
            let part = (line == from.line ? from.character : 0)..<(line == to.line ? to.character + 1 : all.count)
            if let last = characters.last, let next = all[part].first, runTogether(last, next) {
                characters.append(" ")
                places.append(.init(line: line, character: -1))
            }
            characters += all[part]
            places += part.map { .init(line: line, character: $0) }
        }
        return (characters, places)
    }

    private func runTogether(_ last: Character, _ next: Character) -> Bool {
        guard let a = last.unicodeScalars.last, let b = next.unicodeScalars.first else { return false }
        return a.properties.isAlphabetic && b.properties.isAlphabetic && !a.isHan && !b.isHan
    }
}

extension SearchIndex {
    /// Where a term stands in the lines of one page: for each occurrence the stretches of stored lines it covers, one
    /// for each line it runs over. Nothing when a part of the term does not stand there, as in `search`.
    ///
    /// #### Errors
    /// `badUsage` for a term without a letter, number or Chinese character.
    public static func occurrences(of term: String, in lines: [String]) throws(DossierError) -> [[Match]] {
        let term = try SearchTerm(term)
        let passage = Passage(lines: lines)
        let found = term.parts.map(passage.text.occurrences)
        guard found.allSatisfy({ !$0.isEmpty }) else { return [] }
        return found.flatMap { $0 }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            .map(passage.matches)
    }
}
