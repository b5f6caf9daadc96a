import DossierModel
import Typesetting

/// What stands outside the type area: page numbers, foot notes, the seam between counterparts, the mark of a draft.
struct PageFrame {
    let page: DocumentTemplate.Page
    let part: RenderedPart
    /// 文号 for the seam.
    let number: String
    let isDraft: Bool
    let hasSeamAbove: Bool
    let hasSeamBelow: Bool

    private let grid = TextGrid.official
    private var bottom: Double { grid.top + Double(grid.lines) * grid.linePitch }
    private var right: Double { grid.left + grid.width }
    /// One character of the body.
    private var cell: Double { grid.width / 28 }
    /// Upper edge of the foot's type.
    private var footTop: Double { bottom + 4 }

    /// - Returns: What is not told in a block, such as numbers of pages, is there for the eye only.
    func elements(page: Int, of total: Int) throws(DossierError) -> (elements: [PageLayout.Element], blocks: [TextBlock]) {
        var elements: [PageLayout.Element] = [], blocks: [TextBlock] = []
        func tell(_ new: [PageLayout.Element]) {
            if !new.isEmpty { blocks.append(TextBlock(.paragraph, elements: new.textIndices.map { $0 + elements.count })) }
            elements += new
        }
        tell(try foot(part.pageFoot))
        if page == total { tell(try foot(part.foot)) }
        elements += numbers(page, of: total)
        if hasSeamAbove, page == 1 { elements += seam(at: 15) }
        if hasSeamBelow, page == total { elements += seam(at: PaperSize.a4.height - 13) }
        if isDraft { tell(draftMark) }
        return (elements, blocks)
    }

    // MARK: Foot

    private func foot(_ inlines: [Inline]) throws(DossierError) -> [PageLayout.Element] {
        guard !inlines.isEmpty else { return [] }
        let line = TextGrid(left: grid.left, top: footTop, width: grid.width, linePitch: TextLine.em(TypeSize.smallFourth), lines: 1)
        let pieces = PieceMaker(insertions: part.insertions).pieces(inlines, base: .kai)
        let rows = try line.rows(of: StyledParagraph(pieces, size: TypeSize.smallFourth, indent: 0))
        guard rows.count == 1 else {
            throw DossierError(.limitExceeded, "the foot takes more than one line; shorten it in the template", location: "foot")
        }
        return rows[0]
    }

    private func numbers(_ page: Int, of total: Int) -> [PageLayout.Element] {
        switch self.page.numbers {
        case .none: return []
        case .ofTotal:
            let text = "第\(page)页 共\(total)页"
            let width = CharacterWidth.cells(of: text) * TextLine.em(TypeSize.smallFourth)
            return [.text(TextLine(text, typeface: .song, size: TypeSize.smallFourth, left: right - width, top: footTop))]
        case .dashes:
            // 4号 宋体, the dashes 7 mm below the type area, one character in from the outer edge (GB/T 9704-2012 §7.5).
            let text = "— \(page) —"
            let em = TextLine.em(TypeSize.fourth)
            let width = CharacterWidth.cells(of: text) * em
            let left = page.isMultiple(of: 2) ? grid.left + cell : right - cell - width
            return [.text(TextLine(text, typeface: .song, size: TypeSize.fourth, left: left, top: bottom + 7 - em / 2))]
        }
    }

    // MARK: Seam

    /// A dashed line with the number on it, where the seal is set across two counterparts (骑缝章).
    private func seam(at y: Double) -> [PageLayout.Element] {
        let text = number.isEmpty ? "骑缝" : "（骑缝）\(number)"
        let width = CharacterWidth.cells(of: text) * TextLine.em(TypeSize.smallFourth)
        let left = (PaperSize.a4.width - width) / 2
        let line = TextLine(text, typeface: .fangSong, size: TypeSize.smallFourth, left: left, top: y - TextLine.em(TypeSize.smallFourth) / 2)
        return dashes(from: 10, to: left - 2, at: y) + [.text(line)] + dashes(from: left + width + 2, to: PaperSize.a4.width - 10, at: y)
    }

    private func dashes(from start: Double, to end: Double, at y: Double) -> [PageLayout.Element] {
        stride(from: start, to: end - 2, by: 3.5).map { x in
            .stroke(Stroke(.line(PaperPoint(x, y), PaperPoint(min(x + 2, end), y)), width: 0.2))
        }
    }

    private var draftMark: [PageLayout.Element] {
        let em = TextLine.em(TypeSize.smallSecond)
        let line = TextLine("草稿", typeface: .hei, size: TypeSize.smallSecond, left: grid.left + 2, top: 22)
        let frame = Stroke(.rectangle(PaperPoint(grid.left, 20.5), PaperSize(width: 2 * em + 4, height: em + 3)), width: 0.5)
        return [.stroke(frame), .text(line)]
    }
}
