import DossierModel
internal import PDFObjects
import Typesetting

/// The structure of typeset sheets: headings, paragraphs, tables that go on over pages, links.
struct SheetStructure {
    private var section: StructureTree.Element?
    private var tables: [Int: StructureTree.Element] = [:]
    private var rows: [[Int]: StructureTree.Element] = [:]
    /// The heading or paragraph that came last.
    private var last: StructureTree.Element?

    /// Marks of one sheet, and what hangs on its page.
    struct Marked {
        var marking: BlockMarking
        /// Further entries of the page's dictionary.
        var entries: String
    }

    /// Takes a sheet into the tree.
    ///
    /// - Parameters:
    ///   - group: Where a sheet with a title begins its section.
    ///   - targets: The pages that links may lead to.
    mutating func add(
        _ sheet: VolumePlan.Sheet, as page: PDFBuilder.Object, under group: StructureTree.Element, targets: [PDFBuilder.Object],
        to tree: inout StructureTree, in document: borrowing PDFBuilder
    ) throws(DossierError) -> Marked {
        let section = section(of: sheet, under: group, in: &tree)
        let key = tree.beginPage()
        var openings: [Int: String] = [:]
        var annotations: [PDFBuilder.Object] = []
        let known = Set(rows.keys)
        for (index, block) in sheet.blocks.enumerated() {
            // A table's head that is repeated on its next page is not read twice.
            if case .cell(let cell) = block.role, known.contains([cell.table, cell.row]) { continue }
            var element = element(of: block, in: section, &tree)
            if let link = sheet.links.first(where: { $0.block == index }), targets.indices.contains(link.target) {
                element = tree.add("Link", to: element)
                annotations.append(try annotation(link, on: sheet, page, element, targets[link.target], &tree, in: document))
            }
            // A line drawn between two stretches of a block is an artifact, and each stretch has marks of its own.
            for stretch in block.stretches {
                let opening = "/\(block.role.type) << /MCID \(tree.mark(element, on: page, key: key)) >> BDC\n"
                for place in stretch { openings[place] = opening }
            }
        }
        let links = annotations.isEmpty ? "" : " /Tabs /S /Annots [\(annotations.map(\.description).joined(separator: " "))]"
        return Marked(marking: BlockMarking(openings: openings), entries: "/StructParents \(key)" + links)
    }

    private mutating func section(
        of sheet: VolumePlan.Sheet, under group: StructureTree.Element, in tree: inout StructureTree
    ) -> StructureTree.Element {
        if let section, sheet.title == nil { return section }
        let new = tree.add("Sect", to: group, entries: "/T \(PDFSyntax.text((sheet.title ?? sheet.label).withoutControls))")
        section = new
        return new
    }

    private mutating func element(
        of block: TextBlock, in section: StructureTree.Element, _ tree: inout StructureTree
    ) -> StructureTree.Element {
        guard case .cell(let cell) = block.role else {
            let element = block.isContinued ? last ?? tree.add(block.role.type, to: section) : tree.add(block.role.type, to: section)
            last = element
            return element
        }
        let table = tables[cell.table] ?? tree.add("Table", to: section)
        tables[cell.table] = table
        let row = rows[[cell.table, cell.row]] ?? tree.add("TR", to: table)
        rows[[cell.table, cell.row]] = row
        return tree.add(block.role.type, to: row, entries: cell.attributes)
    }

    /// A link annotation without a border (ISO 32000-1 §12.5.6.5), printed as nothing.
    private func annotation(
        _ link: PageLink, on sheet: VolumePlan.Sheet, _ page: PDFBuilder.Object, _ element: StructureTree.Element,
        _ target: PDFBuilder.Object, _ tree: inout StructureTree, in document: borrowing PDFBuilder
    ) throws(DossierError) -> PDFBuilder.Object {
        let points = 72 / 25.4
        let bottom = sheet.page.paper.height - link.origin.y - link.size.height
        let corners = [link.origin.x, bottom, link.origin.x + link.size.width, bottom + link.size.height].map { $0 * points }
        let object = try document.reserve()
        try document.set(
            object,
            to: """
                << /Type /Annot /Subtype /Link /Rect [\(PDFSyntax.numbers(corners))] /Border [0 0 0] /F 4 /Dest [\(target) /Fit]
                /Contents \(PDFSyntax.text(link.text.withoutControls)) /StructParent \(tree.own(object, by: element, on: page)) >>
                """)
        return object
    }
}

extension TextBlock {
    /// Its elements where they follow each other.
    fileprivate var stretches: [Range<Int>] {
        elements.reduce(into: []) { stretches, element in
            if let last = stretches.last, last.upperBound == element {
                stretches[stretches.count - 1] = last.lowerBound..<element + 1
            } else {
                stretches.append(element..<element + 1)
            }
        }
    }
}

extension TextBlock.Role {
    /// The standard structure type (ISO 32000-1 §14.8.4).
    fileprivate var type: String {
        switch self {
        case .heading(let level): "H\(level)"
        case .paragraph: "P"
        case .cell(let cell): cell.heads == nil ? "TD" : "TH"
        }
    }
}

extension TextBlock.Cell {
    /// Table attributes (ISO 32000-1 §14.8.5.7).
    fileprivate var attributes: String {
        var entries: [String] = []
        if let heads { entries.append("/Scope /\(heads == .column ? "Column" : "Row")") }
        if span > 1 { entries.append("/ColSpan \(span)") }
        return entries.isEmpty ? "" : "/A << /O /Table \(entries.joined(separator: " ")) >>"
    }
}
