import DossierModel

/// What somebody looks for: parts that must all stand on a page, in folded form.
struct SearchTerm {
    let parts: [[Unicode.Scalar]]
    /// For FTS5.
    let tokens: String
    /// Whether the tokens alone decide; otherwise every candidate page is compared with the parts.
    let isDecidedByTokens: Bool

    /// Parts are separated by white space; `"` around some makes them one part.
    ///
    /// #### Errors
    /// `badUsage` for a term without a letter, number or Chinese character.
    init(_ term: String) throws(DossierError) {
        parts = Self.split(term).map { SearchText(lines: [$0]).scalars }.filter { !$0.isEmpty }
        let queries = parts.compactMap(SearchTokens.query)
        guard !queries.isEmpty else {
            throw DossierError(.badUsage, "“\(term)” has nothing to search for; give a Chinese character, a word or a number")
        }
        tokens = queries.joined(separator: " AND ")
        isDecidedByTokens = parts.allSatisfy(SearchTokens.decide)
    }

    func stands(in text: SearchText) -> Bool {
        parts.allSatisfy { !text.occurrences(of: $0).isEmpty }
    }

    /// Every second piece between straight quotes is a quoted one, if its closing quote is there.
    private static func split(_ term: String) -> [String] {
        let pieces = term.split(separator: "\"", omittingEmptySubsequences: false)
        return pieces.enumerated().flatMap { index, piece in
            index % 2 == 1 && index < pieces.count - 1 ? [String(piece)] : piece.split(whereSeparator: \.isWhitespace).map(String.init)
        }
    }
}
