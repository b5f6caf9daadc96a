public import DossierModel

extension Typesetter {
    /// A bitonal page that stands where an image could not be read.
    ///
    /// - Parameters:
    ///   - size: pixels of the page it stands for.
    ///   - headline: what happened, e.g. “此页影像未能读取 This image could not be read”.
    ///   - lines: file, frame, reason, what to do. Long ones are broken.
    ///
    /// #### Errors
    /// `missingComponent` when the Fandol fonts are not installed; `limitExceeded` when the raster does not fit into memory.
    public static func placeholder(
        size: PixelSize, dpi: Resolution, headline: String, lines: [String]
    ) throws(DossierError) -> Raster {
        var typesetter = try Typesetter()
        let paper = PaperSize(width: Double(size.width) / dpi.x * 25.4, height: Double(size.height) / dpi.y * 25.4)
        let layout = placeholderLayout(paper: paper, headline: headline, lines: lines)
        return try typesetter.draw(layout, size: size, dpi: dpi, mode: .bitonal).raster
    }

    /// Set for A4 and scaled with the paper's shorter side, so that odd sizes keep the same look.
    static func placeholderLayout(paper: PaperSize, headline: String, lines: [String]) -> PageLayout {
        let scale = min(paper.width, paper.height) / PaperSize.a4.width
        let margin = 20 * scale
        let frame = PaperSize(width: paper.width - 2 * margin, height: paper.height - 2 * margin)
        let box = PageLayout.Element.stroke(Stroke(.rectangle(PaperPoint(margin, margin), frame), width: 0.6 * scale))
        let grid = TextGrid(
            left: margin * 1.6, top: margin * 1.8, width: paper.width - margin * 3.2, linePitch: 9 * scale, lines: .max)
        let paragraphs =
            [
                Paragraph(headline, typeface: .boldHei, size: TypeSize.smallSecond * scale, indent: 0),
                Paragraph("", indent: 0),
            ] + lines.map { Paragraph($0, typeface: .hei, size: TypeSize.smallFourth * scale, indent: 0) }
        let text = grid.pages(of: paragraphs)[0].filter { $0.top + $0.height < paper.height - margin * 1.2 }
        return PageLayout(paper: paper, elements: [box] + text.map { .text($0) })
    }
}
