public import DossierModel
public import Typesetting

/// A document with every position settled.
public struct DocumentPages: Sendable {
    public struct Part: Hashable, Sendable {
        /// nil where the document has one part only.
        public var name: String?
        public var pageCount: Int
    }

    public var pages: [PageLayout]
    /// For each page what its elements are, in reading order; those of no block are there for the eye only.
    public var blocks: [[TextBlock]]
    public var parts: [Part]
    /// As the template wants it printed.
    public var isTwoSided: Bool
}

extension DocumentTemplate {
    /// Lays the document out on the official grid: A4, 22 lines of 28 characters (GB/T 9704-2012 §5.2).
    ///
    /// The same template, values and number give the same pages.
    /// - Parameter isDraft: Marks every page 草稿.
    ///
    /// #### Errors
    /// `limitExceeded` where something does not fit: a blank's text, a row of a table, a heading.
    public func pages(_ values: DocumentValues, number: String, isDraft: Bool = false) throws(DossierError) -> DocumentPages {
        let parts = rendered(values, number: number)
        var document = DocumentPages(pages: [], blocks: [], parts: [], isTwoSided: header.page.sides == .two)
        for (index, part) in parts.enumerated() {
            var setter = PartSetter(template: self, part: part, index: index, organName: values.organName, number: number)
            var pages = try setter.pages()
            let frame = PageFrame(
                page: header.page, part: part, number: header.numbering.position == .none ? "" : number, isDraft: isDraft,
                hasSeamAbove: parts.count > 1 && index > 0, hasSeamBelow: parts.count > 1 && index + 1 < parts.count)
            let count = pages.count
            for number in pages.indices { try pages[number].add(frame.elements(page: number + 1, of: count)) }
            if document.isTwoSided, count % 2 == 1, index + 1 < parts.count { pages.append(ToldPage()) }
            document.pages += pages.map(\.layout)
            document.blocks += pages.map(\.blocks)
            document.parts.append(.init(name: part.name, pageCount: count))
        }
        return document
    }
}

/// A page being filled: elements, and what they are.
struct ToldPage {
    var layout = PageLayout()
    var blocks: [TextBlock] = []

    /// Elements of no block, and the blocks that are text.
    mutating func add(_ frame: (elements: [PageLayout.Element], blocks: [TextBlock])) {
        let first = layout.elements.count
        layout.elements += frame.elements
        blocks += frame.blocks.map { TextBlock($0.role, elements: $0.elements.map { $0 + first }) }
    }
}

/// Something that is never divided between pages, as if it stood at the top of the type area.
struct Slab {
    /// Elements that belong to a block of the document, which may have some in other slabs.
    struct Telling {
        /// Tells the blocks of a document apart.
        var block: Int
        var role: TextBlock.Role
        /// Indices into the slab's elements.
        var elements: [Int]
    }

    var height: Double
    var elements: [PageLayout.Element]
    var tellings: [Telling] = []
    /// Stays on one page with what follows.
    var keepsWithNext = false
    /// Begins on a line of the grid.
    var isOnGrid = true
    /// Of a table: what is repeated at the top of the next page.
    var tableHead: [PageLayout.Element]?
    var tableHeadHeight = 0.0
}

/// Sets the blocks of one part into slabs, and the slabs into pages.
struct PartSetter {
    let template: DocumentTemplate
    let part: RenderedPart
    let organName: String
    let number: String
    private let grid = TextGrid.official
    /// Of the last block, over all parts.
    private var block: Int
    /// Of the last heading; structure leaves none out (ISO 14289-1 §7.4.2).
    private var level = 1

    /// Blocks of a part are numbered from its place times this.
    private static let blocksOfAPart = 1_000_000

    init(template: DocumentTemplate, part: RenderedPart, index: Int, organName: String, number: String) {
        self.template = template
        self.part = part
        self.organName = organName
        self.number = number
        block = index * Self.blocksOfAPart
    }

    mutating func pages() throws(DossierError) -> [ToldPage] {
        var slabs = try head()
        for block in part.blocks { try set(block, into: &slabs) }
        return try Paginator(grid: grid).pages(of: slabs)
    }

    // MARK: Head

    private mutating func head() throws(DossierError) -> [Slab] {
        var slabs = try rows(StyledParagraph([title(organName)], size: titleSize(CharacterWidth.cells(of: organName)), indent: 0, alignment: .centre))
        let heading = PieceMaker(insertions: part.insertions).pieces(part.heading, base: .boldSong)
        slabs += try rows(
            StyledParagraph(heading, size: titleSize(Self.cells(heading)), indent: 0, alignment: .centre), as: .heading(level: 1))
        if let name = part.name {
            slabs += try rows(StyledParagraph([.text("（\(name)）", .kai, isUnderlined: false)], indent: 0, alignment: .centre))
        }
        switch template.header.numbering.position {
        case .none: break
        case .right: slabs += try rows(StyledParagraph([.text(number, .fangSong, isUnderlined: false)], indent: 0, alignment: .right))
        case .centre: slabs += try rows(StyledParagraph([.text(number, .fangSong, isUnderlined: false)], indent: 0, alignment: .centre))
        }
        slabs.append(blankRow)
        for index in slabs.indices { slabs[index].keepsWithNext = true }
        return slabs
    }

    private func title(_ text: String) -> StyledParagraph.Piece { .text(text, .boldSong, isUnderlined: false) }

    /// 2号, and 小2号 where that keeps the title in one line.
    private func titleSize(_ cells: Double) -> Double {
        cells <= grid.cells(size: TypeSize.second) ? TypeSize.second : TypeSize.smallSecond
    }

    private var blankRow: Slab { Slab(height: grid.linePitch, elements: []) }

    // MARK: Blocks

    private mutating func rows(_ paragraph: StyledParagraph, as role: TextBlock.Role = .paragraph) throws(DossierError) -> [Slab] {
        block += 1
        return try grid.rows(of: paragraph).map { row in
            Slab(height: grid.linePitch, elements: row, tellings: [.init(block: block, role: role, elements: row.textIndices)])
        }
    }

    private mutating func set(_ block: Block, into slabs: inout [Slab]) throws(DossierError) {
        switch block {
        case .paragraph(let inlines):
            for inlines in split(inlines) { slabs += try rows(StyledParagraph(pieces(inlines))) }
        case .flush(let inlines): slabs += try rows(StyledParagraph(pieces(inlines), indent: 0))
        case .heading(let level, let inlines):
            // 一、黑体 （一）楷体 1. and （1） 仿宋 (GB/T 9704-2012 §7.3.3)
            let typeface: Typeface = level == 1 ? .hei : level == 2 ? .kai : .fangSong
            // The title is level 1.
            self.level = min(level + 1, self.level + 1)
            var new = try rows(StyledParagraph(pieces(inlines, typeface)), as: .heading(level: self.level))
            for index in new.indices { new[index].keepsWithNext = true }
            slabs += new
        case .rule:
            let y = grid.top + grid.linePitch / 2
            let line = Stroke(.line(PaperPoint(grid.left, y), PaperPoint(grid.left + grid.width, y)), width: 0.3)
            slabs.append(Slab(height: grid.linePitch, elements: [.stroke(line)]))
        case .signature(let lines): try sign(lines, into: &slabs)
        case .table(let text): slabs += try table(text)
        }
    }

    /// A value of several lines is several paragraphs.
    private func split(_ inlines: [Inline]) -> [[Inline]] {
        var paragraphs: [[Inline]] = [[]]
        for inline in inlines {
            guard case .text(let text, let emphasis) = inline else {
                paragraphs[paragraphs.count - 1].append(inline)
                continue
            }
            let lines = text.reduce(into: [""]) { all, character in
                let new = self.lines(of: character)
                all[all.count - 1] += new[0]
                all += new.dropFirst()
            }
            for (index, line) in lines.enumerated() {
                if index > 0 { paragraphs.append([]) }
                paragraphs[paragraphs.count - 1].append(.text(line, emphasis))
            }
        }
        return paragraphs.filter { !$0.isEmpty }
    }

    /// The character, or its value's lines as characters of their own.
    private func lines(of character: Character) -> [String] {
        guard let insertion = part.insertions.insertion(for: character), insertion.text.contains("\n") else { return [String(character)] }
        return insertion.text.split(separator: "\n").map { line in
            var copy = insertion
            copy.text = String(line)
            return part.insertions.add(copy)
        }
    }

    /// The lines are centred on one another, four characters in from the right edge, with the four lines before them on
    /// the same page (“此致” and the court's name are two): a page never holds a signature alone (GB/T 9704-2012 §7.3.5).
    private mutating func sign(_ lines: [[Inline]], into slabs: inout [Slab]) throws(DossierError) {
        for index in slabs.indices.suffix(4) { slabs[index].keepsWithNext = true }
        let styled = lines.map { pieces($0) }
        let widest = styled.map(Self.cells).max() ?? 0
        var new = [blankRow]
        for pieces in styled {
            let inset = max(0, 4 + (widest - Self.cells(pieces)) / 2)
            new += try rows(StyledParagraph(pieces, indent: 0, alignment: .right, inset: widest + 4 > 28 ? 0 : inset))
        }
        for index in new.indices.dropLast() { new[index].keepsWithNext = true }
        slabs += new
    }

    private static func cells(_ pieces: [StyledParagraph.Piece]) -> Double {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text, _, _): sum + CharacterWidth.cells(of: text)
            case .blank(let blank): sum + blank.cells
            case .lineBreak: sum
            }
        }
    }

    // MARK: Characters

    private func pieces(_ inlines: [Inline], _ base: Typeface = .fangSong) -> [StyledParagraph.Piece] {
        PieceMaker(insertions: part.insertions).pieces(inlines, base: base)
    }

    /// Of a table's cell: text alone.
    private func plainText(_ text: String) -> String {
        text.map { character in part.insertions.insertion(for: character).map(\.text) ?? String(character) }.joined()
    }

    // MARK: Tables

    private static let tableSize = TypeSize.fifth

    private mutating func table(_ text: String) throws(DossierError) -> [Slab] {
        let source = TableText(text)
        if let fault = source.fault { throw DossierError(.unusableInput, fault.message, location: "table") }
        let sum = source.columns.reduce(0) { $0 + $1.share }
        let columns = source.columns.map { $0.share / sum * grid.width }
        let head = source.head.map { row($0, source.columns, isHead: true) }
        block += 1
        let (number, first) = (block, head == nil ? 0 : 1)
        var slabs: [Slab] = []
        if let head { slabs.append(slab(head, columns, head: nil, table: number, row: 0, isHead: true)) }
        for (index, cells) in source.rows.enumerated() {
            slabs.append(slab(row(cells, source.columns, isHead: false), columns, head: head, table: number, row: first + index))
        }
        if !slabs.isEmpty, head != nil { slabs[0].keepsWithNext = true }
        // The rule keeps clear of the line above.
        return [Slab(height: 2, elements: [], keepsWithNext: true)] + slabs
    }

    /// - Parameters:
    ///   - head: what is repeated on the next page, for the eye only.
    ///   - number: of the table among the blocks.
    ///   - place: of the row in the table.
    private mutating func slab(
        _ row: Table.Row, _ columns: [Double], head: Table.Row?, table number: Int, row place: Int, isHead: Bool = false
    ) -> Slab {
        func set(_ row: Table.Row) -> Table { Table(columns: columns, rows: [row], size: Self.tableSize, ruleWidth: 0.25) }
        let (table, origin) = (set(row), PaperPoint(grid.left, grid.top))
        var slab = Slab(height: table.height, elements: [], isOnGrid: false)
        for cell in table.placed(at: origin) {
            block += 1
            slab.elements.append(table.rule(cell))
            let first = slab.elements.count
            slab.elements += cell.lines.map { .text($0) }
            let told = TextBlock.Cell(table: number, row: place, span: cell.cell.span, heads: isHead ? .column : nil)
            slab.tellings.append(.init(block: block, role: .cell(told), elements: Array(first..<slab.elements.count)))
        }
        slab.tableHead = head.map { set($0).elements(at: origin) }
        slab.tableHeadHeight = head.map { set($0).height } ?? 0
        return slab
    }

    private func row(_ cells: [String], _ columns: [TableText.Column], isHead: Bool) -> Table.Row {
        var row: [Table.Cell] = []
        for (text, column) in zip(cells, columns) {
            if text == "<", !row.isEmpty {
                row[row.count - 1].span += 1
                continue
            }
            let alignment: Paragraph.Alignment = isHead ? .centre : column.alignment == .centre ? .centre : column.alignment == .right ? .right : .left
            row.append(Table.Cell(plainText(text), typeface: isHead ? .hei : .fangSong, alignment: alignment))
        }
        return Table.Row(row, minimumHeight: 8)
    }
}

/// Puts values in the place of their characters and makes blanks.
struct PieceMaker {
    let insertions: Insertions

    func pieces(_ inlines: [Inline], base: Typeface = .fangSong) -> [StyledParagraph.Piece] {
        var pieces: [StyledParagraph.Piece] = []
        for inline in inlines {
            switch inline {
            case .lineBreak: pieces.append(.lineBreak)
            case .text(let text, let emphasis):
                let typeface: Typeface = emphasis == .kai ? .kai : emphasis == .hei ? .hei : base
                append(text, typeface, to: &pieces)
            }
        }
        return pieces
    }

    private func append(_ text: String, _ typeface: Typeface, to pieces: inout [StyledParagraph.Piece]) {
        var run = ""
        var rest = text[...]
        while let character = rest.first {
            if let insertion = insertions.insertion(for: character) {
                Self.join(run, typeface, to: &pieces)
                run = ""
                append(insertion, typeface, to: &pieces)
                rest.removeFirst()
            } else if rest.hasPrefix("__") {
                // Two underscores are as wide as one character, to be written on by hand.
                Self.join(run, typeface, to: &pieces)
                run = ""
                let line = rest.prefix { $0 == "_" }
                pieces.append(.blank(.init("", cells: Double(line.count) / 2, typeface: typeface, label: "")))
                rest.removeFirst(line.count)
            } else {
                run.append(rest.removeFirst())
            }
        }
        Self.join(run, typeface, to: &pieces)
    }

    private func append(_ insertion: Insertion, _ typeface: Typeface, to pieces: inout [StyledParagraph.Piece]) {
        let text = insertion.text.isEmpty && insertion.isBlank ? "\\" : insertion.text
        if insertion.isBlank, let width = insertion.width ?? (insertion.text.isEmpty ? 3 : nil) {
            pieces.append(.blank(.init(text, cells: width, typeface: typeface, label: insertion.label)))
            return
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { pieces.append(.lineBreak) }
            Self.join(String(line), typeface, isUnderlined: insertion.isBlank, to: &pieces)
        }
    }

    /// Neighbours that look alike are one piece.
    private static func join(_ text: String, _ typeface: Typeface, isUnderlined: Bool = false, to pieces: inout [StyledParagraph.Piece]) {
        guard !text.isEmpty else { return }
        if case .text(let before, typeface, isUnderlined)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + text, typeface, isUnderlined: isUnderlined)
        } else {
            pieces.append(.text(text, typeface, isUnderlined: isUnderlined))
        }
    }
}

extension TextBlock.Role {
    fileprivate var isCell: Bool { if case .cell = self { true } else { false } }
}

extension [PageLayout.Element] {
    /// Of the elements that say something.
    var textIndices: [Int] { indices.filter { if case .text = self[$0] { true } else { false } } }
}

/// Distributes slabs over pages.
struct Paginator {
    let grid: TextGrid

    private struct State {
        var pages: [ToldPage] = [ToldPage()]
        /// Millimetres used of the page.
        var used = 0.0
        /// The block that came last, and whether it has begun on this page.
        var block: (number: Int, isHere: Bool)?
    }

    private var height: Double { Double(grid.lines) * grid.linePitch }

    /// #### Errors
    /// `limitExceeded` for a slab higher than a page.
    func pages(of slabs: [Slab]) throws(DossierError) -> [ToldPage] {
        var state = State()
        for chain in chains(slabs) {
            let isWhole = self.height(of: chain, after: 0) <= height + 0.01
            if isWhole, self.height(of: chain, after: state.used) > height + 0.01 { turn(&state, before: chain[0]) }
            for slab in chain { try place(slab, in: &state) }
        }
        return state.pages
    }

    private func chains(_ slabs: [Slab]) -> [[Slab]] {
        var chains: [[Slab]] = []
        var isOpen = false
        for slab in slabs {
            if isOpen { chains[chains.count - 1].append(slab) } else { chains.append([slab]) }
            isOpen = slab.keepsWithNext
        }
        return chains
    }

    private func height(of chain: [Slab], after used: Double) -> Double {
        chain.reduce(used) { start(of: $1, after: $0) + $1.height }
    }

    private func start(of slab: Slab, after used: Double) -> Double {
        slab.isOnGrid ? ((used - 0.01) / grid.linePitch).rounded(.up) * grid.linePitch : used
    }

    private func place(_ slab: Slab, in state: inout State) throws(DossierError) {
        if start(of: slab, after: state.used) + slab.height > height + 0.01, state.used > 0 { turn(&state, before: slab) }
        let y = start(of: slab, after: state.used)
        guard y + slab.height <= height + 0.01 else {
            throw DossierError(.limitExceeded, "a row of a table is higher than a page; shorten its text or widen its columns in the template", location: "table")
        }
        tell(slab, in: &state)
        state.pages[state.pages.count - 1].layout.elements += slab.elements.map { $0.moved(down: y) }
        state.used = y + slab.height
    }

    private func tell(_ slab: Slab, in state: inout State) {
        let (page, first) = (state.pages.count - 1, state.pages[state.pages.count - 1].layout.elements.count)
        for telling in slab.tellings where !telling.elements.isEmpty || telling.role.isCell {
            let elements = telling.elements.map { $0 + first }
            let isSame = state.block?.number == telling.block
            if isSame, state.block!.isHere {
                state.pages[page].blocks[state.pages[page].blocks.count - 1].elements += elements
            } else {
                state.pages[page].blocks.append(TextBlock(telling.role, elements: elements, isContinued: isSame))
            }
            state.block = (telling.block, true)
        }
    }

    private func turn(_ state: inout State, before slab: Slab) {
        state.pages.append(ToldPage(layout: PageLayout(elements: slab.tableHead ?? [])))
        state.block?.isHere = false
        state.used = slab.tableHead == nil ? 0 : slab.tableHeadHeight
    }
}
