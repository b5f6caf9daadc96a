import Typesetting

/// The common build of the papers: heads, bodies on the grid, feet with organ, date and seal.
enum Composer {
    static let middle = PaperSize.a4.width / 2
    static let grid = TextGrid.official

    /// A line centred on the paper, or on `centre`.
    static func centred(
        _ text: String, _ typeface: Typeface, _ size: Double, top: Double, centre: Double = middle, ink: Ink = .black
    ) -> TextLine {
        let width = CharacterWidth.cells(of: text) * TextLine.em(size)
        return TextLine(text, typeface: typeface, size: size, ink: ink, left: centre - width / 2, top: top)
    }

    /// A line ending at `right`.
    static func flushRight(
        _ text: String, _ typeface: Typeface = .fangSong, _ size: Double = TypeSize.third, right: Double = 184, top: Double
    ) -> TextLine {
        let width = CharacterWidth.cells(of: text) * TextLine.em(size)
        return TextLine(text, typeface: typeface, size: size, left: right - width, top: top)
    }

    static func rule(_ y: Double, from left: Double = 28, to right: Double = 184, width: Double = 0.3, ink: Ink = .black)
        -> PageLayout.Element
    {
        .stroke(Stroke(.line(PaperPoint(left, y), PaperPoint(right, y)), width: width, ink: ink))
    }

    /// “- 1 -”, 14 pt, 7 mm below the type area (GB/T 9704-2012 §7.5).
    static func pageNumber(_ number: Int) -> PageLayout.Element {
        .text(centred("- \(number) -", .song, TypeSize.fourth, top: 269))
    }

    /// Organ and date at the foot on the right; the seal rides on the date (骑年盖月).
    struct Foot {
        var organ: String
        var day: Day
        var isChineseDate = true
        var tilt = 0.0
        /// A signature and a fingerprint instead of a seal.
        var isPersonal = false
    }

    /// A narrated document: head, body, foot, over as many pages as it takes.
    static func letter(
        style: PaperStyle = .official, organ: String, title: String, number: String? = nil, addressee: String? = nil, body: [Paragraph], foot: Foot,
        hasRedHead: Bool = false, catalogueTitle: String? = nil
    ) -> DraftDocument {
        let foot = style.foot(foot)
        var head = heads(style, organ: organ, title: title, number: number, hasRedHead: hasRedHead)
        let firstRow = Int(((head.bottom - grid.top) / grid.linePitch).rounded(.up))
        var paragraphs = body
        if let addressee { paragraphs.insert(Paragraph(addressee, indent: 0), at: 0) }
        paragraphs += footLines(foot)
        var texts = grid.pages(of: paragraphs, firstRow: firstRow)
        keepFootTogether(&texts)
        let pages = texts.enumerated().map { index, lines in
            let top = index == 0 ? head.elements : []
            let number = texts.count > 1 ? [pageNumber(index + 1)] : []
            return DraftPage(layout: PageLayout(elements: top + lines.map { .text($0) } + number))
        }
        head.elements = []
        return DraftDocument(
            title: catalogueTitle ?? title, number: number, author: foot.organ, day: foot.day,
            pages: marked(pages, foot: foot, lastLines: texts.last ?? []))
    }

    private static func heads(_ style: PaperStyle, organ: String, title: String, number: String?, hasRedHead: Bool)
        -> (elements: [PageLayout.Element], bottom: Double)
    {
        let spaced = title.count <= style.longestSpaced ? title.spaced : title
        if hasRedHead {
            var elements: [PageLayout.Element] = [
                .text(centred(organ, .boldSong, TypeSize.smallFirst, top: 40, ink: .red)),
                rule(62, width: 0.7, ink: .red),
            ]
            if let number { elements.append(.text(centred(number, .fangSong, TypeSize.third, top: 53))) }
            elements.append(.text(centred(spaced, .boldSong, TypeSize.second, top: 72)))
            return (elements, 88)
        }
        if style.head != .twoLines { return otherHeads(style, organ: organ, title: title, number: number) }
        var elements: [PageLayout.Element] = [
            .text(centred(organ, .boldSong, TypeSize.smallSecond, top: 38)),
            .text(centred(spaced, .boldSong, TypeSize.second, top: 50)),
        ]
        if let number { elements.append(.text(flushRight(number, top: 66))) }
        return (elements, number == nil ? 66 : 78)
    }

    private static func otherHeads(_ style: PaperStyle, organ: String, title: String, number: String?)
        -> (elements: [PageLayout.Element], bottom: Double)
    {
        var elements: [PageLayout.Element] = []
        var top = 38.0
        if style.head == .oneLine, (organ + title).count <= 21 {
            elements.append(.text(centred(organ + title, .boldSong, TypeSize.smallSecond, top: top)))
        } else {
            if style.head == .smallOrgan { elements.append(.text(centred(organ, .song, TypeSize.fourth, top: top - 8))) }
            elements.append(.text(centred(title.count <= 8 ? title.spaced : title, .boldSong, style.titleSize, top: top + 3)))
        }
        top += 14
        guard let number else { return (elements, top + 4) }
        elements.append(.text(style.numberIsCentred ? centred(number, .kai, TypeSize.fourth, top: top) : flushRight(number, .fangSong, TypeSize.fourth, top: top)))
        return (elements, top + 12)
    }

    private static func footLines(_ foot: Foot) -> [Paragraph] {
        let date = foot.isChineseDate ? foot.day.chinese : foot.day.text
        return [
            Paragraph("", indent: 0), Paragraph("", indent: 0),
            Paragraph(foot.organ, indent: 0, alignment: .right, inset: 2),
            Paragraph(date, indent: 0, alignment: .right, inset: 3),
        ]
    }

    /// No page may carry the foot alone (GB/T 9704-2012 §7.3.5): text comes along.
    private static func keepFootTogether(_ pages: inout [[TextLine]]) {
        guard pages.count > 1, let last = pages.last, last.count < 5 else { return }
        let previous = pages.count - 2
        let moved = Array(pages[previous].suffix(5 - last.count + 1))
        pages[previous].removeLast(moved.count)
        pages[pages.count - 1] = (moved + last).enumerated().map { row, line in
            var line = line
            line.top = grid.rowTop(row, size: line.size)
            return line
        }
    }

    private static func marked(_ pages: [DraftPage], foot: Foot, lastLines: [TextLine]) -> [DraftPage] {
        guard let date = lastLines.last, var last = pages.last else { return pages }
        let centre = PaperPoint(date.left + date.width * 0.5, date.top - 3)
        last.marks =
            foot.isPersonal
            ? [.fingerprint(PaperPoint(date.left + 6, date.top - 8), tilt: foot.tilt)]
            : [.seal(organ: foot.organ, centre: centre, tilt: foot.tilt)]
        return pages.dropLast() + [last]
    }

    /// A ruled form on one page.
    static func form(
        organ: String?, title: String, number: String? = nil, author: String, day: Day, tables: [Table], footnote: String? = nil,
        sealed: PaperPoint? = nil, signatures: [PaperPoint] = [], seed: UInt64
    ) -> DraftDocument {
        var elements: [PageLayout.Element] = []
        var top = 28.0
        if let organ {
            elements.append(.text(centred(organ, .boldSong, TypeSize.fourth, top: top)))
            top += 9
        }
        elements.append(.text(centred(title.count <= 8 ? title.spaced : title, .boldSong, TypeSize.smallSecond, top: top)))
        top += 12
        if let number {
            elements.append(.text(flushRight(number, .fangSong, TypeSize.smallFourth, right: 186, top: top)))
            top += 8
        }
        for table in tables {
            elements += table.elements(at: PaperPoint(24, top))
            top += table.height
        }
        if let footnote {
            elements.append(.text(TextLine(footnote, typeface: .song, size: TypeSize.smallFifth, left: 25, top: top + 2)))
        }
        var marks = signatures.enumerated().map { Mark.signature(seed: seed &+ UInt64($0.offset), $0.element, width: 22) }
        if let sealed { marks.append(.seal(organ: author, centre: sealed, tilt: Double(seed % 13) - 6)) }
        let page = DraftPage(layout: PageLayout(elements: elements), marks: marks)
        return DraftDocument(title: title, number: number, author: author, day: day, pages: [page])
    }

    /// A long table over several pages, its head repeated on each.
    static func listing(
        title: String, number: String? = nil, author: String, day: Day, lead: String? = nil, columns: [Double],
        head: [String], rows: [[String]], foot: [String], rowsPerPage: Int, rowHeight: Double = 9.2, size: Double = TypeSize.smallFourth,
        sealed: Bool, seed: UInt64
    ) -> DraftDocument {
        let chunks = stride(from: 0, to: max(1, rows.count), by: rowsPerPage).map { Array(rows[$0..<min(rows.count, $0 + rowsPerPage)]) }
        let pages = chunks.enumerated().map { index, chunk in
            var elements: [PageLayout.Element] = [
                .text(centred(title.count <= 6 ? title.spaced : title, .boldSong, TypeSize.second, top: 30))
            ]
            if let number { elements.append(.text(flushRight(number, .fangSong, TypeSize.smallFourth, right: 187, top: 42))) }
            if let lead { elements.append(.text(TextLine(lead, size: TypeSize.smallFourth, left: 24, top: 49))) }
            let cells = [head.map { Table.Cell($0, typeface: .hei) }] + chunk.map { $0.map { Table.Cell($0) } }
            let table = Table(columns: columns, rows: cells.map { Table.Row($0, minimumHeight: rowHeight) }, size: size)
            elements += table.elements(at: PaperPoint(24, 57))
            guard index == chunks.count - 1 else { return DraftPage(layout: PageLayout(elements: elements + [pageNumber(index + 1)])) }
            return listingEnd(elements, top: 57 + table.height + 6, foot: foot, author: author, sealed: sealed, seed: seed)
        }
        return DraftDocument(title: title, number: number, author: author, day: day, pages: pages)
    }

    private static func listingEnd(
        _ elements: [PageLayout.Element], top: Double, foot: [String], author: String, sealed: Bool, seed: UInt64
    ) -> DraftPage {
        let lines = foot.enumerated().map {
            TextLine($0.element, size: TypeSize.smallFourth, left: 26, top: top + Double($0.offset) * 9)
        }
        var marks: [Mark] = lines.indices.dropLast(sealed ? 1 : 0).map { row in
            .signature(seed: seed &+ UInt64(row), PaperPoint(26 + lines[row].width + 2, lines[row].top - 2), width: 20)
        }
        if let last = lines.last {
            marks.append(
                sealed
                    ? .seal(organ: author, centre: PaperPoint(152, min(258, last.top)), tilt: Double(seed % 15) - 7)
                    : .fingerprint(PaperPoint(26 + last.width + 14, last.top + 2), tilt: Double(seed % 50)))
        }
        return DraftPage(layout: PageLayout(elements: elements + lines.map { .text($0) }), marks: marks)
    }
}
