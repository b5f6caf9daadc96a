public import DossierModel

/// The text of one page in a form that other programs read. Coordinates are pixels of the upright, straightened page.
///
/// Spaces end a word, nothing else does: Chinese text is one word per run. The text is what stands in `pages.jsonl`;
/// characters that XML cannot hold are written by their pictures (U+2400 block).
public enum PageTextFormat: String, CaseIterable, Sendable {
    /// ALTO 4.2 (Library of Congress), with a `Glyph` for every character whose place is known.
    case alto
    /// hOCR 1.2, with `ocrx_cinfo` for the same.
    case hocr

    /// What a file of this form is called at its end.
    public var fileExtension: String {
        switch self {
        case .alto: "alto.xml"
        case .hocr: "hocr.html"
        }
    }

    /// - Parameters:
    ///   - engine: what read the text, as in `manifest.json`.
    ///   - pipeline: version of this program.
    /// - Returns: a whole XML document; nil for an image whose pixels could not be had, which has no size.
    public func text(of record: PageRecord, engine: String, software: String) -> String? {
        guard let page = PlacedPage(record) else { return nil }
        return switch self {
        case .alto: ALTOPage(page: page, engine: engine, software: software).text
        case .hocr: HOCRPage(page: page, engine: engine, software: software).text
        }
    }
}

/// A page with the places of its words and characters.
struct PlacedPage {
    struct Box {
        var left: Int, top: Int, right: Int, bottom: Int
        var width: Int { right - left }
        var height: Int { bottom - top }
    }

    struct Word {
        /// nil where the places of the line's characters are not known.
        var box: Box?
        var characters: [(text: String, box: Box?)]
        var text: String { characters.map(\.text).joined() }
    }

    struct Line {
        var box: Box
        var confidence: Double
        var words: [Word]
    }

    let record: PageRecord
    let size: PixelSize
    /// Lines that hold more than spaces, in reading order.
    let lines: [Line]

    init?(_ record: PageRecord) {
        guard let source = record.size else { return nil }
        let geometry = PageGeometry(source: source, rotation: record.rotation, skew: record.skew)
        self.record = record
        size = geometry.upright
        lines = record.lines.compactMap { Line($0, on: geometry) }
    }

    /// The box that holds all lines; the page where there is none.
    var printSpace: Box {
        guard let first = lines.first?.box else { return Box(left: 0, top: 0, right: size.width, bottom: size.height) }
        return lines.dropFirst().reduce(first) { $0.joined($1.box) }
    }
}

extension PlacedPage.Box {
    init(_ quad: Quad, within size: PixelSize) {
        func whole(_ value: Double, _ most: Int) -> Int { Int(min(max(value.rounded(), 0), Double(most))) }
        self.init(
            left: whole(quad.topLeft.x, size.width), top: whole(quad.topLeft.y, size.height),
            right: whole(quad.bottomRight.x, size.width), bottom: whole(quad.bottomRight.y, size.height))
    }

    func joined(_ other: Self) -> Self {
        Self(left: min(left, other.left), top: min(top, other.top), right: max(right, other.right), bottom: max(bottom, other.bottom))
    }

    /// The part between two places along the writing.
    func part(_ range: Range<Int>, _ direction: WritingDirection) -> Self {
        var part = self
        switch direction {
        case .rightwards: (part.left, part.right) = (min(right, left + range.lowerBound), min(right, left + range.upperBound))
        case .downwards: (part.top, part.bottom) = (min(bottom, top + range.lowerBound), min(bottom, top + range.upperBound))
        }
        return part
    }
}

extension PlacedPage.Line {
    init?(_ line: PageRecord.Line, on geometry: PageGeometry) {
        let box = PlacedPage.Box(geometry.uprightQuad(ofSource: line.box), within: geometry.upright)
        let places = line.advances.flatMap { CharacterPlaces($0, of: line.text) }
        let direction = WritingDirection(of: line.text, width: Double(box.width), height: Double(box.height))
        var words: [PlacedPage.Word] = []
        var word = PlacedPage.Word(characters: [])
        for (index, character) in line.text.enumerated() {
            if character.isWhitespace {
                if !word.characters.isEmpty { words.append(word) }
                word = PlacedPage.Word(characters: [])
            } else {
                let place = places.map { box.part($0.characters[index], direction) }
                word.characters.append((String(character), place))
                word.box = place.map { word.box?.joined($0) ?? $0 }
            }
        }
        if !word.characters.isEmpty { words.append(word) }
        guard !words.isEmpty else { return nil }
        if words.count == 1 { words[0].box = box }
        self.init(box: box, confidence: line.confidence, words: words)
    }
}
