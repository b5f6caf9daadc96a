import DossierModel

/// A line cut into clusters, each with its place along the line.
///
/// White space belongs to the cluster before it (at the start of a line, after it). Readers split words at a space
/// that is a glyph of its own and put in one of their own making; a glyph that stands for “A ” passes through whole.
struct TextCells {
    /// Strings as they are extracted.
    private(set) var clusters: [String] = []
    /// Where each cluster starts and the last one ends, 0…1 along the line; one more than `clusters`.
    private(set) var bounds: [Double] = []

    init(_ line: RecognisedLine) {
        let characters = PageText.characters(line.text)
        let edges = Self.edges(count: characters.count, spans: line.characterSpans)
        for (index, character) in characters.enumerated() {
            if !clusters.isEmpty, Self.isSpace(character) || Self.isSpace(clusters.last!) {
                clusters[clusters.count - 1] += character
            } else {
                clusters.append(character)
                bounds.append(edges[index])
            }
        }
        bounds.append(edges[characters.count])
    }

    /// The whole line as one cluster.
    mutating func merge() {
        clusters = [clusters.joined()]
        bounds = [bounds.first!, bounds.last!]
    }

    private static func isSpace(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(PageText.isSpace) }

    /// Cuts the line between the spans so that no gaps are left; evenly, where the spans make no sense.
    private static func edges(count: Int, spans: [Double]) -> [Double] {
        let even = (0...count).map { Double($0) / Double(count) }
        guard count > 0, spans.count == 2 * count, spans.allSatisfy(\.isFinite) else { return even }
        var edges = [max(0, spans[0])]
        for index in 1..<count { edges.append((spans[2 * index - 1] + spans[2 * index]) / 2) }
        edges.append(min(1, spans[2 * count - 1]))
        let narrowest = 0.3 * (edges[count] - edges[0]) / Double(count)
        guard edges[count] - edges[0] > 0.2 else { return even }
        for index in 1..<count { edges[index] = max(edges[index], edges[index - 1] + narrowest) }
        for index in (1..<count).reversed() { edges[index] = min(edges[index], edges[index + 1] - narrowest) }
        return edges
    }
}
