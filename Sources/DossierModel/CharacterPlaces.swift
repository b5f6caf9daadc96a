/// Where the characters of a line stand along it, pixels from the start of the line's box in reading direction.
///
/// The records hold a place as *advances*, whole numbers in the order of the text: the width of each Unicode scalar,
/// and before it, as a negative number, room that is left empty (compare the numbers of the operator `TJ`, ISO 32000-1
/// §9.4.3). `[-3, 40, 41, -120, 40]` are three characters, the first 3 pixels from the edge, a gap before the last.
/// A scalar that joins the character before it has the width 0.
public struct CharacterPlaces: Hashable, Sendable {
    /// Start and end of each `Character`.
    public let characters: [Range<Int>]

    /// nil when the advances do not fit the text.
    public init?(_ advances: [Int], of text: String) {
        var ranges: [Range<Int>] = []
        var place = 0
        for advance in advances {
            // A damaged record must not overflow.
            guard (-Self.longest...Self.longest).contains(advance), place <= Self.longest else { return nil }
            if advance >= 0 { ranges.append(place..<place + advance) }
            place += abs(advance)
        }
        guard ranges.count == text.unicodeScalars.count else { return nil }
        var rest = ranges[...]
        characters = text.map { character in
            let scalars = rest.prefix(character.unicodeScalars.count)
            rest = rest.dropFirst(scalars.count)
            return scalars.first!.lowerBound..<scalars.last!.upperBound
        }
    }

    private static let longest = 1 << 20

    /// - Parameter spans: As in `RecognisedLine`, in pixels along the line.
    /// - Parameter gap: Room narrower than this is shared out between its neighbours.
    init?(spans: [Double], of text: String, within length: Double, gap: Double) {
        guard !spans.isEmpty, spans.count == 2 * text.count, spans.allSatisfy(\.isFinite) else { return nil }
        var edges = spans.map { min(max($0, 0), length) }
        for i in edges.indices.dropFirst() { edges[i] = max(edges[i], edges[i - 1]) }
        for i in stride(from: 1, to: edges.count - 1, by: 2) where edges[i + 1] - edges[i] < gap {
            let middle = (edges[i] + edges[i + 1]) / 2
            (edges[i], edges[i + 1]) = (middle, middle)
        }
        let whole = edges.map { Int($0.rounded()) }
        characters = stride(from: 0, to: whole.count, by: 2).map { whole[$0]..<whole[$0 + 1] }
    }

    public func advances(of text: String) -> [Int] {
        var advances: [Int] = []
        var place = 0
        for (character, range) in zip(text, characters) {
            if range.lowerBound > place { advances.append(place - range.lowerBound) }
            advances.append(range.count)
            advances += Array(repeating: 0, count: character.unicodeScalars.count - 1)
            place = range.upperBound
        }
        return advances
    }

    /// Start and end of a stretch of characters; cut to the line, nil when nothing is left of it.
    public func extent(of stretch: Range<Int>) -> Range<Int>? {
        let part = characters[stretch.clamped(to: characters.indices)]
        guard let first = part.first, let last = part.last else { return nil }
        return first.lowerBound..<last.upperBound
    }
}

/// Which way a line of text runs on the upright page. The records hold a level box only, which tells it.
public enum WritingDirection: Sendable {
    case rightwards
    case downwards

    /// A line of several characters that is clearly taller than wide is written downwards.
    public init(of text: String, width: Double, height: Double) {
        self = height > 1.5 * width && text.count > 1 ? .downwards : .rightwards
    }
}

extension PageRecord.Line {
    /// What the record of a page says of a line that was read on it.
    public init(_ line: RecognisedLine, on geometry: PageGeometry) {
        let box = line.quad.map(geometry.sourcePoint(ofUpright:)).boundingBox(within: geometry.source)
        let places = CharacterPlaces(line, in: geometry.uprightQuad(ofSource: box))
        self.init(text: line.text, box: box, confidence: line.confidence, advances: places?.advances(of: line.text),
            doubts: line.doubts.isEmpty ? nil : line.doubts)
    }
}

extension CharacterPlaces {
    /// A gap at least as wide as this share of the line's height is no character's room.
    private static let gapShare = 0.5

    /// Places along the level rectangle that the record's box stands for; nil where the line has no spans or runs
    /// another way than its rectangle shows.
    init?(_ line: RecognisedLine, in level: Quad) {
        let (width, height) = (level.topRight.x - level.topLeft.x, level.bottomLeft.y - level.topLeft.y)
        let start = line.quad.topLeft.middle(line.quad.bottomLeft), end = line.quad.topRight.middle(line.quad.bottomRight)
        let (along, from, to, corner, across) =
            switch WritingDirection(of: line.text, width: width, height: height) {
            case .rightwards: (width, start.x, end.x, level.topLeft.x, height)
            case .downwards: (height, start.y, end.y, level.topLeft.y, width)
            }
        // Half of the rectangle's length: a line across it is shorter, one in the other direction negative.
        guard to - from > along / 2 else { return nil }
        self.init(
            spans: line.characterSpans.map { from + (to - from) * $0 - corner }, of: line.text, within: along,
            gap: Self.gapShare * across)
    }
}

extension PixelPoint {
    fileprivate func middle(_ other: PixelPoint) -> PixelPoint { PixelPoint(x: (x + other.x) / 2, y: (y + other.y) / 2) }
}

extension Character {
    /// The room it takes in Chinese print, in full-width cells: 1 for a full-width character, ½ for others (Unicode UAX #11).
    public var naturalWidth: Double {
        guard let first = unicodeScalars.first else { return 0 }
        return switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            1
        // Ambiguous in the standard, full-width in Chinese print.
        case 0x2014...0x2026, 0x2160...0x216B, 0x2460...0x24FF, 0x25A0...0x25FF, 0xB7, 0xD7: 1
        default: 0.5
        }
    }
}
