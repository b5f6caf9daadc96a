import DossierModel
import Foundation
import Search

/// `GET /api/cases/<case>/pages/<image>[?q=term]`: the text of a page and where it stands.
///
/// All boxes are `[x, y, width, height]` in pixels of the upright page as shown (`width`, `height`); the picture shows
/// all of that page, whatever its own size.
struct PageView: Encodable {
    struct Line: Encodable {
        /// As stored.
        var text: String
        var box: [Double]
    }

    var image: Int
    var file: String
    var frame: Int
    var disposition: Disposition
    var width: Int
    var height: Int
    var lines: [Line]
    /// For each occurrence of the term the boxes of the stretches it covers, one a line.
    var hits: [[[Double]]]
    var findings: [Finding]

    /// #### Errors
    /// `badUsage` for a term without anything to search for.
    init(_ record: PageRecord, entry: PageTable.Entry, term: String?) throws(DossierError) {
        let layout = PageLayout(entry)
        let boxes = record.lines.map { layout.box(of: $0.box) }
        image = record.image
        file = record.file
        frame = record.frame
        disposition = record.disposition
        width = entry.shownSize?.width ?? 0
        height = entry.shownSize?.height ?? 0
        findings = record.findings
        lines = zip(record.lines, boxes).map { Line(text: $0.text, box: $1.rounded) }
        guard let term else { hits = []; return }
        let texts = record.lines.map(\.text)
        hits = try SearchIndex.occurrences(of: term, in: texts).map { occurrence in
            occurrence.map { LineLayout(text: texts[$0.line], box: boxes[$0.line]).box(of: $0.start..<$0.start + $0.length).rounded }
        }
    }
}

/// A level rectangle in pixels of the page as shown.
struct ShownBox: Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// To a tenth of a pixel.
    var rounded: [Double] { [x, y, width, height].map { ($0 * 10).rounded() / 10 } }
}

/// From recorded boxes to boxes on the page as shown.
struct PageLayout {
    private let geometry: PageGeometry?
    private let stretch: (x: Double, y: Double)

    init(_ entry: PageTable.Entry) {
        geometry = entry.geometry
        stretch = entry.stretch
    }

    func box(of recorded: PixelRect) -> ShownBox {
        let quad = geometry?.uprightQuad(ofSource: recorded) ?? Quad(recorded)
        let (from, to) = (quad.topLeft, quad.bottomRight)
        return ShownBox(
            x: from.x * stretch.x, y: from.y * stretch.y, width: (to.x - from.x) * stretch.x, height: (to.y - from.y) * stretch.y)
    }
}

/// Where the characters of a line stand in its box. The records keep a box for each line only; within it, characters
/// take room by their width: 1 for a full-width character, ½ for others (Unicode UAX #11). A box is drawn around ink, and
/// brackets and stops fill only half of their square: at the ends of a line they take ½.
struct LineLayout {
    let text: String
    let box: ShownBox

    /// A line of several characters that is clearly taller than wide is written downwards.
    var isVertical: Bool { box.height > 1.5 * box.width && text.count > 1 }

    /// - Parameter range: `Character`s; cut to the line.
    func box(of range: Range<Int>) -> ShownBox {
        let widths = widths
        let range = range.clamped(to: 0..<widths.count)
        let total = max(widths.reduce(0, +), 0.5)
        let start = widths[..<range.lowerBound].reduce(0, +) / total
        let length = widths[range].reduce(0, +) / total
        var part = box
        if isVertical {
            part.y += box.height * start
            part.height *= length
        } else {
            part.x += box.width * start
            part.width *= length
        }
        return part
    }

    private var widths: [Double] {
        var widths = text.map(Self.width)
        if let first = text.first, widths.count > 1, "（《〈〔【「『“‘".contains(first) { widths[0] = 0.5 }
        if let last = text.last, widths.count > 1, "）》〉〕】」』”’。，、；：！？".contains(last) { widths[widths.count - 1] = 0.5 }
        return widths
    }

    private static func width(_ character: Character) -> Double {
        guard let first = character.unicodeScalars.first else { return 0 }
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
