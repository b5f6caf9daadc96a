import DossierModel

/// A line cut into clusters, each with its place along the line.
///
/// White space belongs to the cluster before it (at the start of a line, after it). Readers split words at a space
/// that is a glyph of its own and put in one of their own making; a glyph that stands for “A ” or for two spaces passes
/// through whole.
struct TextCells {
    /// UTF-16 units in a cluster. ToUnicode entries may hold 512 bytes (Adobe Technical Note 5411 §1.4.1), but poppler
    /// reads tokens of up to 255 characters: 63 units in hexadecimal.
    static let longest = 60
    /// Of one character with its marks, so that the space behind it still has room.
    private static let longestCharacter = 50

    /// Strings as they are extracted.
    private(set) var clusters: [String] = []
    /// Where each cluster starts and the last one ends, 0…1 along the line; one more than `clusters`.
    private(set) var bounds: [Double] = []

    init(_ line: RecognisedLine) {
        let characters = PageText.characters(line.text)
        let edges = Self.edges(count: characters.count, spans: line.characterSpans)
        for (index, character) in characters.enumerated() {
            let pieces = Self.pieces(character)
            let width = (edges[index + 1] - edges[index]) / Double(pieces.count)
            for (number, piece) in pieces.enumerated() { append(piece, at: edges[index] + Double(number) * width) }
        }
        bounds.append(edges[characters.count])
    }

    private mutating func append(_ piece: String, at edge: Double) {
        guard let last = clusters.last, Self.isSpace(piece) || Self.isSpace(last) else { return begin(piece, at: edge) }
        if last.utf16.count + piece.utf16.count <= Self.longest {
            clusters[clusters.count - 1] += piece
        } else if Self.isSpace(piece) {
            // What is full ends in a space, and takes it along: alone, a space would be a glyph of its own.
            begin(String(clusters[clusters.count - 1].unicodeScalars.removeLast()) + piece, at: edge)
        } else {
            begin(piece, at: edge)
        }
    }

    private mutating func begin(_ cluster: String, at edge: Double) {
        clusters.append(cluster)
        bounds.append(edge)
    }

    /// A character under a heap of marks, cut up.
    private static func pieces(_ character: String) -> [String] {
        guard character.utf16.count > longestCharacter else { return [character] }
        return character.unicodeScalars.reduce(into: [""]) { pieces, scalar in
            let last = pieces.count - 1
            if pieces[last].utf16.count + UTF16.width(scalar) <= longestCharacter {
                pieces[last].unicodeScalars.append(scalar)
            } else {
                pieces.append(String(scalar))
            }
        }
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
