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
        /// As in `PageRecord.Line`, in pixels of the page as shown; nil where the places of the characters are not known.
        var advances: [Double]?
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
        let layouts = record.lines.map(layout.line)
        image = record.image
        file = record.file
        frame = record.frame
        disposition = record.disposition
        width = entry.shownSize?.width ?? 0
        height = entry.shownSize?.height ?? 0
        findings = record.findings
        lines = layouts.map { Line(text: $0.text, box: $0.box.rounded, advances: $0.advances) }
        guard let term else { hits = []; return }
        let texts = record.lines.map(\.text)
        hits = try SearchIndex.occurrences(of: term, in: texts).map { occurrence in
            occurrence.map { layouts[$0.line].box(of: $0.start..<$0.start + $0.length).rounded }
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

    func line(_ recorded: PageRecord.Line) -> LineLayout {
        let quad = geometry?.uprightQuad(ofSource: recorded.box) ?? Quad(recorded.box)
        let direction = WritingDirection(
            of: recorded.text, width: quad.topRight.x - quad.topLeft.x, height: quad.bottomLeft.y - quad.topLeft.y)
        return LineLayout(
            text: recorded.text, box: box(of: quad), direction: direction,
            places: recorded.advances.flatMap { CharacterPlaces($0, of: recorded.text) },
            scale: direction == .downwards ? stretch.y : stretch.x)
    }

    private func box(of quad: Quad) -> ShownBox {
        let (from, to) = (quad.topLeft, quad.bottomRight)
        return ShownBox(
            x: from.x * stretch.x, y: from.y * stretch.y, width: (to.x - from.x) * stretch.x, height: (to.y - from.y) * stretch.y)
    }
}

/// Where the characters of a line stand in its box: where the record says so, or else in proportion to their
/// natural widths. A box is drawn around ink, and brackets and stops fill only
/// half of their square: at the ends of a line they take ½.
struct LineLayout {
    let text: String
    let box: ShownBox
    let direction: WritingDirection
    var places: CharacterPlaces?
    /// Pixels of the page as shown for each recorded one, along the line.
    var scale = 1.0

    /// In pixels of the page as shown.
    var advances: [Double]? {
        places?.advances(of: text).map { (Double($0) * scale * 10).rounded() / 10 }
    }

    /// - Parameter range: `Character`s; cut to the line.
    func box(of range: Range<Int>) -> ShownBox {
        let (start, length) = stretch(of: range)
        var part = box
        switch direction {
        case .downwards: (part.y, part.height) = (box.y + start, length)
        case .rightwards: (part.x, part.width) = (box.x + start, length)
        }
        return part
    }

    private func stretch(of range: Range<Int>) -> (start: Double, length: Double) {
        if let extent = places?.extent(of: range) { return (Double(extent.lowerBound) * scale, Double(extent.count) * scale) }
        let widths = widths
        let range = range.clamped(to: 0..<widths.count)
        let unit = (direction == .downwards ? box.height : box.width) / max(widths.reduce(0, +), 0.5)
        return (widths[..<range.lowerBound].reduce(0, +) * unit, widths[range].reduce(0, +) * unit)
    }

    private var widths: [Double] {
        var widths = text.map(\.naturalWidth)
        if let first = text.first, widths.count > 1, "（《〈〔【「『“‘".contains(first) { widths[0] = 0.5 }
        if let last = text.last, widths.count > 1, "）》〉〕】」』”’。，、；：！？".contains(last) { widths[widths.count - 1] = 0.5 }
        return widths
    }
}
