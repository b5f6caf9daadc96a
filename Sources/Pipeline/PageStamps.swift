import Assembly
import DossierModel
import Typesetting

/// What the settings want stamped on the pages of a volume.
struct PageStamps {
    let policy: Settings.StampPolicy
    /// Before the running number: case and volume.
    let prefix: String

    private static let margin = 6.0

    /// nil when nothing is stamped at all.
    ///
    /// #### Errors
    /// Those of the typesetter.
    func stamps(for pages: [VolumePlan.Page], firstNumber: Int) throws(DossierError) -> VolumePlan.Stamps? {
        guard policy != .none else { return nil }
        let layouts = pages.enumerated().map { layout($1, number: firstNumber + $0) }
        var typesetter = try Typesetter()
        let typeset = try typesetter.typeset(typesetter.marking(missingIn: layouts))
        return .init(name: "页号与编号 Folio and number", pages: typeset.pages, fonts: typeset.fonts)
    }

    private func layout(_ page: VolumePlan.Page, number: Int) -> PageLayout {
        let paper = VolumePlan.paper(of: page.geometry, dpi: page.dpi)
        var lines: [TextLine] = []
        if policy != .number, let folio = page.label {
            var line = TextLine(folio, typeface: .hei, size: TypeSize.smallFourth, ink: .blue, left: 0, top: Self.margin)
            line.left = paper.width - Self.margin - line.width
            lines.append(line)
        }
        if policy != .folio {
            let text = prefix + "-" + String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
            var line = TextLine(text, typeface: .hei, size: TypeSize.smallFifth, ink: .blue, left: 0, top: 0)
            (line.left, line.top) = ((paper.width - line.width) / 2, paper.height - Self.margin - line.height)
            lines.append(line)
        }
        return PageLayout(paper: paper, elements: lines.map { .text($0) })
    }
}
