import DossierModel
internal import PDFObjects

/// The structure of scanned pages: document, page, paragraph or table. A page is told by its text; its image is a figure where
/// it shows something that the text does not say, behind the text, and an artifact otherwise, or everything would be spoken
/// twice.
struct PageStructure {
    /// Titles of the documents.
    private let documents: [String]
    private var parts: [Int: StructureTree.Element] = [:]

    init(documents: [String]) { self.documents = documents }

    struct Marks {
        /// Opens the marked content of the image.
        var image: String
        /// By index of the line, opens the marked content that begins with it.
        var lines: [Int: String]
        /// The page's `/StructParents`.
        var key: Int
    }

    /// - Parameter lines: those that are written.
    mutating func add(
        _ page: VolumePlan.Page, lines: [RecognisedLine], box: PageBox, as object: PDFBuilder.Object, to tree: inout StructureTree
    ) -> Marks {
        let isFirst = page.document.map { parts[$0] == nil } ?? false
        let name = page.label.map { "第 \($0) 页" } ?? "扫描 \(page.scanImage)"
        let section = tree.add("Sect", to: part(of: page, &tree), entries: "/T \(PDFSyntax.text(name.withoutControls))")
        let key = tree.beginPage()
        let heading = isFirst ? heading(of: page, lines) : nil
        var openings: [Int: String] = [:]
        for stretch in stretches(lines, heading: heading) {
            switch stretch {
            case .table(let table):
                for (line, element, type) in Self.add(table, to: section, &tree) {
                    openings[line] = Self.opening(type, tree.mark(element, on: object, key: key))
                }
            case .text(let range):
                let type = range.lowerBound == heading ? "H1" : "P"
                openings[range.lowerBound] = Self.opening(type, tree.mark(tree.add(type, to: section), on: object, key: key))
            }
        }
        guard let words = PageFigure(page: page, lines: lines).words else { return Marks(image: BlockMarking.artifact, lines: openings, key: key) }
        let figure = tree.add("Figure", to: section, entries: figureEntries(page, "\(name)影像，\(words)", box))
        return Marks(image: Self.opening("Figure", tree.mark(figure, on: object, key: key)), lines: openings, key: key)
    }

    private static func opening(_ type: String, _ identifier: Int) -> String { "/\(type) << /MCID \(identifier) >> BDC\n" }

    private mutating func part(of page: VolumePlan.Page, _ tree: inout StructureTree) -> StructureTree.Element {
        guard let document = page.document, documents.indices.contains(document) else { return tree.top }
        if let known = parts[document] { return known }
        let new = tree.add("Part", to: tree.top, entries: "/T \(PDFSyntax.text(documents[document].withoutControls))")
        parts[document] = new
        return new
    }

    /// Alternative text, and the box that the image covers (ISO 32000-1 §14.8.5.4).
    private func figureEntries(_ page: VolumePlan.Page, _ words: String, _ box: PageBox) -> String {
        let title = page.document.flatMap { documents.indices.contains($0) ? documents[$0] : nil }
        let text = (title.map { "\($0)，" } ?? "") + words
        return "/Alt \(PDFSyntax.text(text.withoutControls)) "
            + "/A << /O /Layout /Placement /Block /BBox [0 0 \(PDFSyntax.numbers([box.width, box.height]))] >>"
    }

    /// The line on a document's first page that is its title, or the part of the title that is printed (“张三第二次讯问笔录”
    /// stands over 讯问笔录).
    private func heading(of page: VolumePlan.Page, _ lines: [RecognisedLine]) -> Int? {
        guard let document = page.document, documents.indices.contains(document) else { return nil }
        let title = documents[document].filter { !$0.isWhitespace }
        return lines.indices.prefix(12).first { index in
            let text = lines[index].text.filter { !$0.isWhitespace }
            return text.count > 2 && title.contains(text) && lines[index].cell == nil
        }
    }

    private enum Stretch {
        case text(Range<Int>)
        case table(PageTable)
    }

    private func stretches(_ lines: [RecognisedLine], heading: Int?) -> [Stretch] {
        var stretches: [Stretch] = []
        var first = 0
        while first < lines.count {
            let table = lines[first].cell?.table
            let end = lines[first...].firstIndex { $0.cell?.table != table } ?? lines.count
            if table != nil, let whole = PageTable(first..<end, of: lines) {
                stretches.append(.table(whole))
            } else {
                stretches += ranges(lines, first..<end, heading: heading).map { .text($0) }
            }
            first = end
        }
        return stretches
    }

    private func ranges(_ lines: [RecognisedLine], _ part: Range<Int>, heading: Int?) -> [Range<Int>] {
        Paragraphs.ranges(of: Array(lines[part])).map { $0.lowerBound + part.lowerBound..<$0.upperBound + part.lowerBound }.flatMap { range -> [Range<Int>] in
            guard let heading, range.contains(heading) else { return [range] }
            return [range.lowerBound..<heading, heading..<heading + 1, heading + 1..<range.upperBound].filter { !$0.isEmpty }
        }
    }

    /// - Returns: Where the marked content of each cell begins, in the order of the lines.
    private static func add(
        _ table: PageTable, to section: StructureTree.Element, _ tree: inout StructureTree
    ) -> [(line: Int, StructureTree.Element, type: String)] {
        var starts: [(line: Int, StructureTree.Element, type: String)] = []
        let whole = tree.add("Table", to: section)
        for cells in table.rows {
            let row = tree.add("TR", to: whole)
            for cell in cells {
                let type = cell.isHead ? "TH" : "TD"
                let element = tree.add(type, to: row, entries: cell.attributes)
                for line in cell.lines where !cell.lines.contains(line - 1) { starts.append((line, element, type)) }
            }
        }
        return starts.sorted { $0.line < $1.line }
    }
}
